import { BlockStack, Button, Card, InlineGrid, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { CumulativeDraft, PartDraft, QuantityDraft, WindowChoice } from "#app/core/plan/plan-draft.ts";
import { CoveredProducts, FaultAt, PlanSelect, PlanText, type Editing } from "./plan-inputs.tsx";
import { EarlyPaymentFields, PayNowFields } from "./plan-payments.tsx";
import { PlanSteps } from "./plan-steps.tsx";
import { TierPercents } from "./plan-tiers.tsx";

/** The kinds of parts, as they are called and what they do. */
export const PART_WORDS: Readonly<Record<PartDraft["kind"], { readonly name: string; readonly about: string }>> = {
  "quantity-break": { name: "Quantity break", about: "More in one cart, more discount." },
  cumulative: {
    name: "Cumulative break",
    about: "More bought over a time, more discount. All purchases count; what comes back is taken off.",
  },
  "tier-price": {
    name: "Tier price",
    about: "A percentage by the customer's tier. Customers marked to be pruned get none.",
  },
  "pay-now": {
    name: "Pay now",
    about:
      "A percentage for buyers who pay at checkout, although they could pay later: companies with payment terms, and " +
      "shoppers who would pay on delivery or by bank deposit. It comes on top of the other parts, within their limits.",
  },
  "early-payment-after": {
    name: "Early payment",
    about: "Who pays an invoice within so many days gets a percentage of its goods back, as with 2/10 net 30.",
  },
};

const SCOPES: Readonly<Record<QuantityDraft["scope"], string>> = {
  variant: "Each variant by itself",
  product: "All variants of a product",
  collection: "All products of a collection",
  cart: "The whole cart",
};

const WINDOWS: Readonly<Record<WindowChoice, string>> = {
  days: "The last days",
  month: "This calendar month",
  quarter: "This calendar quarter",
  year: "This calendar year",
  lifetime: "All time",
};

interface FieldsProps<Part extends PartDraft> {
  readonly editing: Editing;
  readonly at: string;
  readonly part: Part;
  readonly onChange: (part: Part) => void;
}

const QuantityFields = ({ editing, at, part, onChange }: FieldsProps<QuantityDraft>): ReactNode => (
  <>
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
      <PlanSelect
        label="Counted together"
        words={SCOPES}
        value={part.scope}
        onChange={(scope) => onChange({ ...part, scope })}
      />
      <PlanSelect
        label="Measured in"
        words={{ units: "Units", amount: `Amount (${editing.currency})` }}
        value={part.measure}
        onChange={(measure) => onChange({ ...part, measure })}
      />
    </InlineGrid>
    <PlanSteps editing={editing} at={at} part={part} onChange={(steps) => onChange({ ...part, steps })} />
  </>
);

const CumulativeFields = ({ editing, at, part, onChange }: FieldsProps<CumulativeDraft>): ReactNode => (
  <>
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
      <PlanSelect
        label="Counted over"
        words={WINDOWS}
        value={part.window}
        onChange={(window) => onChange({ ...part, window })}
      />
      <PlanSelect
        label="Measured in"
        words={{ "net-sales": `Net sales (${editing.currency})`, units: "Units", orders: "Orders" }}
        value={part.measure}
        onChange={(measure) => onChange({ ...part, measure })}
      />
      {part.window === "days" && (
        <PlanText
          editing={editing}
          at={`${at}.window.days`}
          label="Number of days"
          suffix="days"
          help="365 is a year."
          value={part.days}
          onChange={(days) => onChange({ ...part, days })}
        />
      )}
    </InlineGrid>
    <PlanSteps editing={editing} at={at} part={part} onChange={(steps) => onChange({ ...part, steps })} />
  </>
);

const Fields = (props: FieldsProps<PartDraft>): ReactNode => {
  const { part, ...others } = props;
  switch (part.kind) {
    case "quantity-break":
      return <QuantityFields {...others} part={part} />;
    case "cumulative":
      return <CumulativeFields {...others} part={part} />;
    case "tier-price":
      return <TierPercents {...others} part={part} />;
    case "pay-now":
      return <PayNowFields {...others} part={part} />;
    case "early-payment-after":
      return <EarlyPaymentFields {...others} part={part} />;
  }
};

interface Props {
  readonly editing: Editing;
  readonly index: number;
  readonly part: PartDraft;
  /** Null: it is taken away. */
  readonly onChange: (part: PartDraft | null) => void;
}

/** A part of a plan: what it gives for what, and on which products. */
export const PlanPart = ({ editing, index, part, onChange }: Props): ReactNode => {
  const at = `parts.${index}`;
  const { name, about } = PART_WORDS[part.kind];
  return (
    <div data-row="part">
      <Card>
        <BlockStack gap="400">
          <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
            <BlockStack gap="100">
              <Text as="h3" variant="headingMd">
                {index + 1}. {name}
              </Text>
              <Text as="p" tone="subdued">
                {about}
              </Text>
            </BlockStack>
            <Button
              variant="tertiary"
              tone="critical"
              accessibilityLabel={`Delete part ${index + 1}, ${name}`}
              onClick={() => onChange(null)}
            >
              Delete
            </Button>
          </InlineStack>
          <FaultAt editing={editing} at={at} />
          <Fields editing={editing} at={at} part={part} onChange={onChange} />
          {"collections" in part && (
            <CoveredProducts
              editing={editing}
              at={at}
              collections={part.collections}
              onChange={(collections) => onChange({ ...part, collections })}
            />
          )}
        </BlockStack>
      </Card>
    </div>
  );
};
