import { BlockStack, Button, InlineGrid, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { nextKey, type CompanyDraft, type TierDraft } from "#app/core/plan/plan-draft.ts";
import { PRICED_TIERS, type PricedTier } from "#app/core/plan/plan.ts";
import { percentInWords } from "#app/presenters/plan-example.ts";
import { Example, PlanText, type Editing } from "./plan-inputs.tsx";
import { useRows } from "./plan-rows.ts";

/** Whom a percentage by tier is for. */
export const TIER_WORDS: Readonly<Record<PricedTier, string>> = {
  A: "Tier A",
  B: "Tier B",
  C: "Tier C",
  key: "Key accounts",
};

interface CompanyProps {
  readonly editing: Editing;
  readonly at: string;
  readonly index: number;
  readonly company: CompanyDraft;
  /** Null: it is taken away. */
  readonly onChange: (company: CompanyDraft | null) => void;
}

const Company = ({ editing, at, index, company, onChange }: CompanyProps): ReactNode => {
  const place = `${at}.companies.${company.id.trim()}`;
  // The number and the percentage are one entry, and what is wrong with either is said of it.
  const isNumber = /^\d+$/.test(company.id.trim());
  const isOfPercent = isNumber && (company.percent.trim() === "" || !!editing.errorAt(place)?.includes("percentage"));
  return (
    <div role="group" data-row="company" aria-label={`Company ${index + 1}`}>
      <InlineGrid columns={{ xs: 2, sm: "1fr 1fr auto" }} gap="200" alignItems="start">
        <PlanText
          editing={editing}
          at={isOfPercent ? "" : place}
          label="Company's number"
          help="At the end of the company's address in the admin."
          value={company.id}
          onChange={(id) => onChange({ ...company, id })}
        />
        <PlanText
          editing={editing}
          at={isOfPercent ? place : ""}
          label="Percentage"
          suffix="%"
          help={<Example example={percentInWords(company.percent, editing.on)} />}
          value={company.percent}
          onChange={(percent) => onChange({ ...company, percent })}
        />
        <div style={{ paddingBlockStart: "var(--p-space-600)" }}>
          <Button
            variant="tertiary"
            tone="critical"
            accessibilityLabel={`Remove company ${index + 1}`}
            onClick={() => onChange(null)}
          >
            Remove
          </Button>
        </div>
      </InlineGrid>
    </div>
  );
};

interface Props {
  readonly editing: Editing;
  readonly at: string;
  readonly part: TierDraft;
  readonly onChange: (part: TierDraft) => void;
}

/** Companies with a percentage of their own. */
const Companies = ({ editing, at, part, onChange }: Props): ReactNode => {
  const { companies } = part;
  const { root, afterAdding, afterRemoving } = useRows("company");
  const change = (index: number, company: CompanyDraft | null): void => {
    if (!company) afterRemoving(index);
    onChange({ ...part, companies: companies.flatMap((one, place) => (place === index ? (company ?? []) : one)) });
  };
  const add = (): void => {
    afterAdding(companies.length);
    onChange({ ...part, companies: [...companies, { key: nextKey(companies), id: "", percent: "" }] });
  };
  return (
    <div ref={root}>
      <BlockStack gap="300">
        <Text as="h4" variant="headingSm">
          Single companies
        </Text>
        {companies.map((company, index) => (
          <Company
            key={company.key}
            editing={editing}
            at={at}
            index={index}
            company={company}
            onChange={(next) => change(index, next)}
          />
        ))}
        <div data-adds>
          <Button onClick={add}>Add a company</Button>
        </div>
      </BlockStack>
    </div>
  );
};

/** Percentages by tier, and of single companies. */
export const TierPercents = ({ editing, at, part, onChange }: Props): ReactNode => {
  const { tiers } = part;
  return (
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
        {PRICED_TIERS.map((tier) => (
          <PlanText
            key={tier}
            editing={editing}
            at={`${at}.tiers.${tier}`}
            label={TIER_WORDS[tier]}
            suffix="%"
            help={
              tier === "key" && tiers.key.trim() === "" ? (
                "Blank: that of tier A."
              ) : (
                <Example example={percentInWords(tiers[tier], editing.on)} />
              )
            }
            value={tiers[tier]}
            onChange={(percent) => onChange({ ...part, tiers: { ...tiers, [tier]: percent } })}
          />
        ))}
      </InlineGrid>
      <Companies editing={editing} at={at} part={part} onChange={onChange} />
    </BlockStack>
  );
};
