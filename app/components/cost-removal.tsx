import { useFetcher } from "@remix-run/react";
import { Modal, TitleBar, useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Box, Text } from "@shopify/polaris";
import { useEffect, useState, type ReactNode } from "react";
import type { RuleSaved } from "#app/presenters/cost-form.ts";

/** A rule that is to be removed: its place in the rules of a version, and what it is called. */
export interface RemovableRule {
  readonly place: number;
  readonly version: number;
  readonly name: string;
}

export interface RuleRemoval {
  /** The rule that is asked about; null before the first. */
  readonly rule: RemovableRule | null;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly ask: (rule: RemovableRule) => void;
  readonly close: () => void;
  readonly confirm: () => void;
}

/** Asks before a rule is removed, since all profit is worked out again after it, and says when it is done. */
export const useRuleRemoval = (): RuleRemoval => {
  const shopify = useAppBridge();
  const { data, state, submit } = useFetcher<RuleSaved>();
  // Kept while the dialog closes.
  const [rule, setRule] = useState<RemovableRule | null>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (data?.ok) shopify.toast.show("Rule removed. Profit is being worked out again.");
    else if (data) shopify.toast.show(Object.values(data.faults).join(" "), { isError: true });
  }, [data, shopify]);
  return {
    rule,
    isOpen,
    isBusy: state !== "idle",
    ask: (next) => {
      setRule(next);
      setOpen(true);
    },
    close: () => setOpen(false),
    confirm: () => {
      if (rule) submit({ intent: "remove", place: rule.place, version: rule.version }, { method: "post" });
      setOpen(false);
    },
  };
};

/** The rule that would be removed, to be confirmed. */
export const RuleRemovalConfirmation = ({ removal }: { removal: RuleRemoval }): ReactNode => {
  const { rule, isOpen, close, confirm } = removal;
  return (
    <Modal id="rule-removal" open={isOpen} onHide={close}>
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="p" fontWeight="semibold" breakWord>
            {rule?.name}
          </Text>
          <Text as="p">
            Profit and tiers of all orders are worked out again without this rule. It cannot be brought back, except
            from a file of the rules that you have saved.
          </Text>
        </BlockStack>
      </Box>
      <TitleBar title="Remove this rule">
        <button type="button" variant="primary" tone="critical" onClick={confirm}>
          Remove rule
        </button>
        <button type="button" onClick={close}>
          Cancel
        </button>
      </TitleBar>
    </Modal>
  );
};
