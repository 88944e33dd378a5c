import { useFetcher } from "@remix-run/react";
import { Modal, TitleBar, useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Box, Text } from "@shopify/polaris";
import { useEffect, useState, type ReactNode } from "react";
import type { BacktestView } from "#app/presenters/backtest.ts";

/** Of the heading of the list, and of the row of a back-test: where the focus goes when a row is deleted. */
export const BACKTESTS_HEADING = "backtests-heading";
export const backtestRow = (id: number): string => `backtest-${id}`;

interface Answer {
  readonly ok: boolean;
  readonly message?: string;
}

export interface BacktestDeletion {
  /** The back-test that is asked about; null before the first. */
  readonly test: BacktestView | null;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly ask: (test: BacktestView) => void;
  readonly close: () => void;
  readonly confirm: () => void;
}

/** Asks before a back-test is deleted, says when it is done, and has the focus go on to the next one. */
export const useBacktestDeletion = (tests: readonly BacktestView[]): BacktestDeletion => {
  const shopify = useAppBridge();
  const { data, state, submit } = useFetcher<Answer>();
  // Kept while the dialog closes.
  const [test, setTest] = useState<BacktestView | null>(null);
  const [isOpen, setOpen] = useState(false);
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
  return {
    test,
    isOpen,
    isBusy: state !== "idle",
    ask: (asked) => {
      setTest(asked);
      setOpen(true);
    },
    close: () => setOpen(false),
    confirm: () => {
      if (test) {
        setNext(tests[tests.findIndex(({ id }) => id === test.id) + 1]?.id ?? null);
        submit({ intent: "delete", id: test.id }, { method: "post" });
      }
      setOpen(false);
    },
  };
};

/** The back-test that would be deleted, to be confirmed. */
export const BacktestDeletionConfirmation = ({ deletion }: { deletion: BacktestDeletion }): ReactNode => {
  const { test, isOpen, close, confirm } = deletion;
  return (
    <Modal id="backtest-deletion" open={isOpen} onHide={close}>
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="p" fontWeight="semibold" breakWord>
            {test?.title}
          </Text>
          <Text as="p">It is deleted with all that it found. Orders, the plan and discounts stay as they are.</Text>
        </BlockStack>
      </Box>
      <TitleBar title="Delete this back-test">
        <button type="button" variant="primary" tone="critical" onClick={confirm}>
          Delete back-test
        </button>
        <button type="button" onClick={close}>
          Cancel
        </button>
      </TitleBar>
    </Modal>
  );
};
