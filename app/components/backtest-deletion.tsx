import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useState, type ReactNode } from "react";
import type { BacktestView } from "#app/presenters/backtest.ts";
import { RemovalDialog, useAsked, type Asked } from "./removal.tsx";

/** Of the heading of the list, and of the row of a back-test: where the focus goes when a row is deleted. */
export const BACKTESTS_HEADING = "backtests-heading";
export const backtestRow = (id: number): string => `backtest-${id}`;

interface Answer {
  readonly ok: boolean;
  readonly message?: string;
}

export interface BacktestDeletion extends Asked<BacktestView> {
  readonly isBusy: boolean;
  readonly confirm: () => void;
}

/** Asks before a back-test is deleted, says when it is done, and has the focus go on to the next one. */
export const useBacktestDeletion = (tests: readonly BacktestView[]): BacktestDeletion => {
  const shopify = useAppBridge();
  const { data, state, submit } = useFetcher<Answer>();
  const asked = useAsked<BacktestView>();
  const [next, setNext] = useState<number | null>(null);
  useEffect(() => {
    if (data?.ok) shopify.toast.show("Back-test deleted");
    else if (data) shopify.toast.show(data.message ?? "It could not be deleted", { isError: true });
  }, [data, shopify]);
  useEffect(() => {
    // Only when idle: before, the row is still there and the button in it has the focus.
    if (state !== "idle" || !data?.ok) return;
    const row = next === null ? null : document.getElementById(backtestRow(next));
    (row?.querySelector("a") ?? document.getElementById(BACKTESTS_HEADING))?.focus();
  }, [data, state, next]);
  const { subject: test, close } = asked;
  return {
    ...asked,
    isBusy: state !== "idle",
    confirm: () => {
      if (test) {
        setNext(tests[tests.findIndex(({ id }) => id === test.id) + 1]?.id ?? null);
        submit({ intent: "delete", id: test.id }, { method: "post" });
      }
      close();
    },
  };
};

/** The back-test that would be deleted, to be confirmed. */
export const BacktestDeletionConfirmation = ({ deletion }: { deletion: BacktestDeletion }): ReactNode => (
  <RemovalDialog
    id="backtest-deletion"
    isOpen={deletion.isOpen}
    title="Delete this back-test"
    name={deletion.subject?.title}
    consequence="It is deleted with all that it found. Orders, the plan and discounts stay as they are."
    action="Delete back-test"
    onConfirm={deletion.confirm}
    onClose={deletion.close}
  />
);
