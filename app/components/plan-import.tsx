import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Banner, List } from "@shopify/polaris";
import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import type { PlanJson } from "#app/core/plan/plan-json.ts";
import type { PlanFault } from "#app/core/plan/plan-reader.ts";
import { faultInWords } from "#app/presenters/plan-faults.ts";
import type { PlanAnswer } from "#app/presenters/plan-page.ts";

const MOST_BYTES = 1024 * 1024;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

export interface PlanImport {
  readonly input: RefObject<HTMLInputElement>;
  readonly choose: () => void;
  readonly take: (file: File) => void;
  readonly isBusy: boolean;
  readonly reasons: readonly string[];
}

/** Reads a plan from a file into the form; nothing is saved by it. */
export const usePlanImport = (fill: (plan: PlanJson) => void): PlanImport => {
  const shopify = useAppBridge();
  const fetcher = useFetcher<PlanAnswer>();
  const input = useRef<HTMLInputElement>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const filled = useRef<PlanAnswer | undefined>(undefined);
  const { data, state } = fetcher;
  useEffect(() => {
    if (state !== "idle" || data?.kind !== "read" || filled.current === data) return;
    filled.current = data;
    fill(data.plan);
    shopify.toast.show("The file is in the form. Save to keep it.");
  }, [data, state, fill, shopify]);
  const read = async (file: File): Promise<void> => {
    if (file.size > MOST_BYTES) return setUnread("The file is larger than 1 MB.");
    const text = await file.text();
    if (!isJson(text)) return setUnread("The file is not JSON.");
    setUnread(null);
    fetcher.submit({ intent: "read", plan: text }, { method: "post" });
  };
  const faults: readonly PlanFault[] = state === "idle" && data?.kind === "refused" ? data.faults : [];
  return {
    input,
    choose: () => input.current?.click(),
    take: (file) => void read(file),
    isBusy: state !== "idle",
    reasons: unread === null ? faults.map(faultInWords) : [unread],
  };
};

/** The chooser that the page's action opens, and what is wrong with the file. */
export const PlanImportFile = ({ planImport }: { planImport: PlanImport }): ReactNode => {
  const { input, take, reasons } = planImport;
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label="Plan file"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) take(file);
          // The same file can be chosen again once it was put right.
          target.value = "";
        }}
      />
      {reasons.length > 0 && (
        <Banner tone="critical" title="This file cannot be imported">
          <List>
            {reasons.map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
        </Banner>
      )}
    </>
  );
};
