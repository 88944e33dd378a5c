import { Form, useNavigation } from "@remix-run/react";
import {
  Banner,
  BlockStack,
  Button,
  Card,
  ChoiceList,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState, type ReactNode } from "react";
import { CHARGE_KINDS } from "#app/core/costs/cost-rules.ts";
import {
  chargeFromFields,
  fieldsFor,
  isChargeKind,
  type ChargeFields,
  type FieldFaults,
} from "#app/core/costs/rule-form.ts";
import { PER_FIELDS } from "#app/core/costs/rule-json.ts";
import { TIERS } from "#app/core/customers/customer-filter.ts";
import { exampleText, KIND_WORDS, ruleText } from "#app/presenters/cost-rules.ts";

interface Props {
  readonly currency: string;
  readonly version: number;
  readonly fields: ChargeFields;
  readonly faults: FieldFaults;
}

type TextName = Exclude<keyof ChargeFields, "kind" | "tiers">;

interface Editing {
  readonly fields: ChargeFields;
  readonly change: (part: Partial<ChargeFields>) => void;
  readonly errorOf: (name: string) => { error?: string };
}

/** What a field needs that is one text of the form. */
const textProps = ({ fields, change, errorOf }: Editing, name: TextName) => ({
  name,
  value: fields[name],
  autoComplete: "off",
  onChange: (value: string) => change({ [name]: value }),
  ...errorOf(name),
});

const Amounts = ({ editing, currency }: { editing: Editing; currency: string }): ReactNode => {
  const { kind } = editing.fields;
  const words = KIND_WORDS[kind];
  const asked = fieldsFor(kind);
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        {PER_FIELDS.filter((name) => asked.includes(name)).map((name) => (
          <TextField
            key={name}
            label={`Per ${words.per[name]}`}
            inputMode="decimal"
            suffix={currency}
            {...textProps(editing, name)}
          />
        ))}
        <TextField
          label="Percentage"
          inputMode="decimal"
          suffix={`% ${words.percentOf}`}
          {...textProps(editing, "percent")}
        />
      </FormLayout.Group>
    </FormLayout>
  );
};

const Conditions = ({ editing }: { editing: Editing }): ReactNode => (
  <FormLayout>
    <TextField
      label="Sent to"
      helpText="Country codes, such as GB, DE. Blank: anywhere."
      {...textProps(editing, "countries")}
    />
    <TextField
      label="Paid by"
      helpText="The payment gateway as Shopify names it, such as shopify_payments or manual. Blank: any."
      {...textProps(editing, "gateway")}
    />
    <ChoiceList
      allowMultiple
      title="Customers in tier (none chosen: any)"
      choices={TIERS.map((tier) => ({ label: `Tier ${tier}`, value: tier }))}
      selected={[...editing.fields.tiers]}
      onChange={(tiers: string[]) => editing.change({ tiers })}
    />
    <TextField
      label="From"
      type="date"
      helpText="The first day on which it holds. Blank: for all time. To end a rule, add one with the same conditions, an amount of 0 and the day from which it no longer holds."
      {...textProps(editing, "from")}
    />
  </FormLayout>
);

/** What the rule comes to, while it is typed: in words, and for an order that one can check in the head. */
const Preview = ({ fields, currency }: { fields: ChargeFields; currency: string }): ReactNode => {
  const read = chargeFromFields(fields, currency);
  return (
    <div aria-live="polite">
      <Card background="bg-surface-secondary">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            What it comes to
          </Text>
          {read.ok ? (
            <>
              <Text as="p" breakWord>
                {ruleText(read.value, currency)}.
              </Text>
              <Text as="p" breakWord>
                {exampleText(read.value, currency)}
              </Text>
            </>
          ) : (
            <Text as="p" tone="subdued">
              Give an amount, and this says what an order would cost.
            </Text>
          )}
        </BlockStack>
      </Card>
    </div>
  );
};

/** A cost rule: what it is for, how much, to which orders it applies, from when. */
export const CostRuleForm = ({ currency, version, fields: initial, faults }: Props): ReactNode => {
  const [fields, setFields] = useState(initial);
  const { state } = useNavigation();
  const editing: Editing = {
    fields,
    change: (part) => setFields((old) => ({ ...old, ...part })),
    errorOf: (name) => (faults[name] === undefined ? {} : { error: faults[name] }),
  };
  return (
    <Form method="post">
      <BlockStack gap="400">
        {faults["form"] && <Banner tone="warning" title={faults["form"]} />}
        <Card>
          <BlockStack gap="400">
            <input type="hidden" name="version" value={version} />
            {/* The list's own fields would be sent as "tiers[]". */}
            {fields.tiers.map((tier) => (
              <input key={tier} type="hidden" name="tiers" value={tier} />
            ))}
            <Select
              label="Kind"
              name="kind"
              options={CHARGE_KINDS.map((kind) => ({ label: KIND_WORDS[kind].label, value: kind }))}
              value={fields.kind}
              helpText={KIND_WORDS[fields.kind].meaning}
              onChange={(kind) => isChargeKind(kind) && editing.change({ kind })}
            />
            <Amounts editing={editing} currency={currency} />
            <Text as="h2" variant="headingSm">
              To which orders it applies
            </Text>
            <Conditions editing={editing} />
          </BlockStack>
        </Card>
        <Preview fields={fields} currency={currency} />
        <InlineStack align="end">
          <Button submit variant="primary" loading={state !== "idle"}>
            Save rule
          </Button>
        </InlineStack>
      </BlockStack>
    </Form>
  );
};
