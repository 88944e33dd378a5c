import { BlockStack, InlineGrid, Text, TextField } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { EarlyPaymentDraft, PayNowDraft } from "#app/core/plan/payment-drafts.ts";
import { PRICED_TIERS } from "#app/core/plan/plan.ts";
import { percentInWords, yearlyCostInWords } from "#app/presenters/plan-example.ts";
import { Example, PlanSelect, PlanText, type Editing } from "./plan-inputs.tsx";
import { TIER_WORDS } from "./plan-tiers.tsx";

interface Props<Part> {
  readonly editing: Editing;
  readonly at: string;
  readonly part: Part;
  readonly onChange: (part: Part) => void;
}

/** What buyers who pay now get, and what counts as paying now. */
export const PayNowFields = ({ editing, at, part, onChange }: Props<PayNowDraft>): ReactNode => (
  <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
    <PlanText
      editing={editing}
      at={`${at}.percent`}
      label="Percentage"
      suffix="%"
      help={<Example example={percentInWords(part.percent, editing.on)} />}
      value={part.percent}
      onChange={(percent) => onChange({ ...part, percent })}
    />
    <TextField
      label="Payment methods that count as paying now"
      helpText="One a line, as buyers read them at checkout. All others are hidden from buyers who ask to pay now."
      autoComplete="off"
      multiline={4}
      maxHeight={200}
      error={editing.errorAt(`${at}.methods`)}
      value={part.methods}
      onChange={(methods) => onChange({ ...part, methods })}
    />
  </InlineGrid>
);

const PAID_AS: Readonly<Record<EarlyPaymentDraft["paidAs"], string>> = {
  "store-credit": "Store credit",
  refund: "Refund to the payment method",
};

type Fields = Props<EarlyPaymentDraft>;

/** "2/10 net 30": how much, within how many days, instead of after how many. */
const Terms = ({ editing, at, part, onChange }: Fields): ReactNode => (
  <InlineGrid columns={{ xs: 1, sm: 3 }} gap="300">
    <PlanText
      editing={editing}
      at={`${at}.percent`}
      label="Percentage"
      suffix="%"
      help={yearlyCostInWords(part) ?? "Of the goods on the invoice, after discounts and without tax."}
      value={part.percent}
      onChange={(percent) => onChange({ ...part, percent })}
    />
    <PlanText
      editing={editing}
      at={`${at}.discountDays`}
      label="Paid within"
      suffix="days"
      help="Of the day of issue, by the shop's time."
      value={part.discountDays}
      onChange={(discountDays) => onChange({ ...part, discountDays })}
    />
    <PlanText
      editing={editing}
      at={`${at}.netDays`}
      label="Due anyway after"
      suffix="days"
      help="What the payment terms of most invoices say."
      value={part.netDays}
      onChange={(netDays) => onChange({ ...part, netDays })}
    />
  </InlineGrid>
);

const Given = ({ editing, at, part, onChange }: Fields): ReactNode => (
  <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
    <PlanSelect
      label="Given as"
      words={PAID_AS}
      value={part.paidAs}
      onChange={(paidAs) => onChange({ ...part, paidAs })}
    />
    {part.paidAs === "store-credit" && (
      <PlanText
        editing={editing}
        at={`${at}.creditDays`}
        label="Can be spent for"
        suffix="days"
        help="Blank: for ever."
        value={part.creditDays}
        onChange={(creditDays) => onChange({ ...part, creditDays })}
      />
    )}
  </InlineGrid>
);

/** Within how many days who gets what, and how it is given. */
export const EarlyPaymentFields = (fields: Fields): ReactNode => {
  const { editing, at, part, onChange } = fields;
  return (
    <BlockStack gap="400">
      <Terms {...fields} />
      <Given {...fields} />
      <BlockStack gap="200">
        <Text as="h4" variant="headingSm">
          Other percentages by tier
        </Text>
        <InlineGrid columns={{ xs: 2, sm: 4 }} gap="300">
          {PRICED_TIERS.map((tier) => (
            <PlanText
              key={tier}
              editing={editing}
              at={`${at}.tiers.${tier}`}
              label={TIER_WORDS[tier]}
              suffix="%"
              value={part.tiers[tier]}
              onChange={(percent) => onChange({ ...part, tiers: { ...part.tiers, [tier]: percent } })}
            />
          ))}
        </InlineGrid>
      </BlockStack>
    </BlockStack>
  );
};
