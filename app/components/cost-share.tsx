import { Form, useNavigation } from "@remix-run/react";
import { BlockStack, Button, Card, FormLayout, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState, type ReactNode } from "react";
import type { RuleSaved } from "#app/presenters/cost-form.ts";
import type { RulesView } from "#app/presenters/cost-rules.ts";
import type { RuleRemoval } from "./cost-removal.tsx";
import { RemoveRule } from "./cost-rules.tsx";

const WORDS = {
  fallback_margin: {
    title: "Assumed margin",
    help: "Goods whose unit cost nobody gave count as if they had this margin. They stay outside the cost coverage.",
    label: "Margin",
    suffix: "% of net sales",
    none: "None: such goods count as if they cost nothing.",
  },
  credit_cost: {
    title: "Cost of credit",
    help: "What it costs you a year to wait for the money of an invoice. It counts from the day of the invoice to its payment.",
    label: "Rate",
    suffix: "% a year",
    none: "None: waiting for money counts as free.",
  },
} as const;

interface Props {
  readonly kind: keyof typeof WORDS;
  readonly rules: RulesView;
  readonly saved: RuleSaved | undefined;
}

const errorOf = (saved: RuleSaved | undefined, kind: string, field: string): { error?: string } => {
  const fault = saved?.ok === false && saved.form === kind ? saved.faults[field] : undefined;
  return fault === undefined ? {} : { error: fault };
};

const ShareFields = ({ kind, rules, saved }: Props): ReactNode => {
  const [percent, setPercent] = useState(kind === "fallback_margin" ? rules.margin : rules.rate);
  const [from, setFrom] = useState("");
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        <TextField
          label={WORDS[kind].label}
          name="percent"
          inputMode="decimal"
          suffix={WORDS[kind].suffix}
          autoComplete="off"
          value={percent}
          onChange={setPercent}
          {...errorOf(saved, kind, "percent")}
        />
        <TextField
          label="From (blank: for all time)"
          name="from"
          type="date"
          autoComplete="off"
          value={from}
          onChange={setFrom}
          {...errorOf(saved, kind, "from")}
        />
      </FormLayout.Group>
    </FormLayout>
  );
};

/** A percentage with the day from which it holds: the fallback margin, or the cost of credit. */
export const CostShare = ({ removal, ...props }: Props & { readonly removal: RuleRemoval }): ReactNode => {
  const { kind, rules } = props;
  const words = WORDS[kind];
  const states = kind === "fallback_margin" ? rules.margins : rules.rates;
  const navigation = useNavigation();
  const isBusy = navigation.state === "submitting" && navigation.formData?.get("intent") === kind;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {words.title}
        </Text>
        <Text as="p" tone="subdued">
          {words.help}
        </Text>
        {states.length === 0 && <Text as="p">{words.none}</Text>}
        {states.map((rule) => (
          <InlineStack key={rule.place} align="space-between" gap="200">
            <Text as="span">{rule.text}</Text>
            <RemoveRule rule={rule} version={rules.version} removal={removal} name={`${words.title}: ${rule.text}`} />
          </InlineStack>
        ))}
        <Form method="post">
          <input type="hidden" name="intent" value={kind} />
          <input type="hidden" name="version" value={rules.version} />
          <BlockStack gap="300">
            <ShareFields {...props} />
            <InlineStack align="end">
              <Button submit loading={isBusy} accessibilityLabel={`Save ${words.title.toLowerCase()}`}>
                Save
              </Button>
            </InlineStack>
          </BlockStack>
        </Form>
      </BlockStack>
    </Card>
  );
};
