import { Banner, BlockStack, Card, ChoiceList, InlineGrid, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { LimitField, PlanDraft } from "#app/core/plan/plan-draft.ts";
import { presentWarning } from "#app/presenters/plan.ts";
import { ChosenCollections, FaultAt, PlanText, type Editing } from "./plan-inputs.tsx";

interface Props {
  readonly editing: Editing;
  readonly draft: PlanDraft;
  readonly change: (part: Partial<PlanDraft>) => void;
}

const Section = ({ title, about, children }: { title: string; about: string; children: ReactNode }): ReactNode => (
  <Card>
    <BlockStack gap="400">
      <BlockStack gap="100">
        <Text as="h3" variant="headingMd">
          {title}
        </Text>
        <Text as="p" tone="subdued">
          {about}
        </Text>
      </BlockStack>
      {children}
    </BlockStack>
  </Card>
);

const Two = ({ children }: { children: ReactNode }): ReactNode => (
  <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
    {children}
  </InlineGrid>
);

const Limits = ({ editing, draft, change, taxesIncluded }: Props & { taxesIncluded: boolean }): ReactNode => {
  const { limits } = draft;
  const limit = (field: LimitField) => ({
    editing,
    at: `limits.${field}`,
    value: limits[field],
    onChange: (value: string) => change({ limits: { ...limits, [field]: value } }),
  });
  return (
    <Section
      title="Limits"
      about="However much the parts give, no unit is sold below these. While a margin is set, products whose cost is unknown get no discount."
    >
      <Two>
        <PlanText {...limit("minMarginPercent")} label="Minimum margin" suffix="%" help="Of the price net of tax." />
        <PlanText
          {...limit("minOverCost")}
          label="Minimum over the cost"
          suffix={editing.currency}
          help="Of each unit. 0: never below the cost."
        />
        <PlanText
          {...limit("maxPercent")}
          label="Highest percentage in all"
          suffix="%"
          help="Of all parts together. Blank: no limit."
        />
        {taxesIncluded && (
          <PlanText
            {...limit("highestTaxPercent")}
            label="Highest tax rate"
            suffix="%"
            help="Your prices include tax: the highest rate of any product, so that the margin is kept net of it."
          />
        )}
      </Two>
    </Section>
  );
};

const Meet = ({ draft, change }: Props): ReactNode => (
  <Section title="Where several parts cover a product" about="It counts line by line of the cart.">
    <ChoiceList
      title="Where several parts cover a product"
      titleHidden
      choices={[
        { label: "The largest discount wins", value: "best" },
        { label: "Discounts are added up", value: "add" },
      ]}
      selected={[draft.meet]}
      onChange={([meet]: string[]) => change({ meet: meet === "add" ? "add" : "best" })}
    />
  </Section>
);

const Schedule = ({ editing, draft, change }: Props): ReactNode => (
  <Section title="Schedule" about="Days of your shop. Blank: from publishing on, without an end.">
    <Two>
      <PlanText
        editing={editing}
        at="schedule.from"
        type="date"
        label="First day"
        value={draft.from}
        onChange={(from) => change({ from })}
      />
      <PlanText
        editing={editing}
        at="schedule.to"
        type="date"
        label="Last day"
        value={draft.to}
        onChange={(to) => change({ to })}
      />
    </Two>
  </Section>
);

const INCLUDED = {
  giftCards: "Gift cards",
  subscriptions: "Subscription lines",
  pointOfSale: "Point of sale",
  salePriced: "Lines with a compare-at price above their price (on sale)",
  catalogBreaks: "Quantity breaks for companies whose catalog has volume pricing of its own",
} as const;

const COMBINED = {
  orderDiscounts: "Order discounts",
  productDiscounts: "Product discounts",
  shippingDiscounts: "Shipping discounts",
} as const;

/** Switches as a list of choices. */
const Switches = <Name extends string>(props: {
  readonly title: string;
  readonly words: Readonly<Record<Name, string>>;
  readonly value: Readonly<Record<Name, boolean>>;
  readonly onChange: (value: Readonly<Record<Name, boolean>>) => void;
}): ReactNode => {
  const { title, words, value, onChange } = props;
  const names: Name[] = [];
  for (const name in words) names.push(name);
  return (
    <ChoiceList
      allowMultiple
      title={title}
      titleHidden
      choices={names.map((name) => ({ value: name, label: words[name] }))}
      selected={names.filter((name) => value[name])}
      onChange={(selected: string[]) => {
        const next: Record<Name, boolean> = { ...value };
        for (const name of names) next[name] = selected.includes(name);
        onChange(next);
      }}
    />
  );
};

const Covered = ({ editing, draft, change }: Props): ReactNode => (
  <>
    <Section title="Left out" about="Products of these collections get nothing and count for nothing in the cart.">
      <ChosenCollections
        editing={editing}
        chosen={draft.excluded}
        label="Collection to leave out"
        onChange={(excluded) => change({ excluded })}
      />
      <FaultAt editing={editing} at="exclude.collections" />
    </Section>
    <Section title="Taken in" about="Left out unless chosen here.">
      <Switches
        title="Taken in"
        words={INCLUDED}
        value={draft.included}
        onChange={(included) => change({ included })}
      />
    </Section>
  </>
);

const Combines = ({ draft, change }: Props): ReactNode => {
  const { limits, combinesWith } = draft;
  const isHeld = limits.minMarginPercent.trim() !== "" || limits.minOverCost.trim() !== "";
  return (
    <Section title="May be combined with" about="Discounts of yours and of other apps, by their kind.">
      <Switches
        title="May be combined with"
        words={COMBINED}
        value={combinesWith}
        onChange={(next) => change({ combinesWith: next })}
      />
      {isHeld && Object.values(combinesWith).some(Boolean) && (
        <Banner tone="warning">
          <p>{presentWarning({ at: "combinesWith", code: "combines-over-floor" }).text}</p>
        </Banner>
      )}
    </Section>
  );
};

/** What holds for all parts of a plan. */
export const PlanSettings = (props: Props & { readonly taxesIncluded: boolean }): ReactNode => (
  <>
    {props.draft.parts.length > 1 && <Meet {...props} />}
    <Limits {...props} />
    <Schedule {...props} />
    <Covered {...props} />
    <Combines {...props} />
  </>
);
