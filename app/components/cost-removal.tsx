import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, type ReactNode } from "react";
import type { RuleSaved } from "#app/presenters/cost-form.ts";
import { RemovalDialog, useAsked, type Asked } from "./removal.tsx";

/** A rule that is to be removed: its place in the rules of a version, and what it is called. */
export interface RemovableRule {
  readonly place: number;
  readonly version: number;
  readonly name: string;
}

export interface RuleRemoval extends Asked<RemovableRule> {
  readonly isBusy: boolean;
  readonly confirm: () => void;
}

/** Asks before a rule is removed, since all profit is worked out again after it, and says when it is done. */
export const useRuleRemoval = (): RuleRemoval => {
  const shopify = useAppBridge();
  const { data, state, submit } = useFetcher<RuleSaved>();
  const asked = useAsked<RemovableRule>();
  useEffect(() => {
    if (data?.ok) shopify.toast.show("Rule removed. Profit is being worked out again.");
    else if (data) shopify.toast.show(Object.values(data.faults).join(" "), { isError: true });
  }, [data, shopify]);
  const { subject: rule, close } = asked;
  return {
    ...asked,
    isBusy: state !== "idle",
    confirm: () => {
      if (rule) submit({ intent: "remove", place: rule.place, version: rule.version }, { method: "post" });
      close();
    },
  };
};

/** The rule that would be removed, to be confirmed. */
export const RuleRemovalConfirmation = ({ removal }: { removal: RuleRemoval }): ReactNode => (
  <RemovalDialog
    id="rule-removal"
    isOpen={removal.isOpen}
    title="Remove this rule"
    name={removal.subject?.name}
    consequence="Profit and tiers of all orders are worked out again without this rule. It cannot be brought back, except from a file of the rules that you have saved."
    action="Remove rule"
    onConfirm={removal.confirm}
    onClose={removal.close}
  />
);
