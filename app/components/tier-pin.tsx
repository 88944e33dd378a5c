import { useNavigation, useSubmit } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useState, type ReactNode } from "react";
import type { PinFaults, PinFields } from "#app/core/tiers/pin-form.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import type { PinView } from "#app/presenters/tier-pin.ts";

interface Props {
  readonly pin: PinView | null;
  readonly tier: Tier;
  readonly faults: PinFaults;
}

const TIERS = (["A", "B", "C"] as const).map((tier) => ({ label: `Tier ${tier}`, value: tier }));

const SetPin = ({ tier, faults }: Omit<Props, "pin">): ReactNode => {
  const submit = useSubmit();
  const navigation = useNavigation();
  const [fields, setFields] = useState<PinFields>({ tier, reason: "", until: "" });
  const change = (field: keyof PinFields) => (value: string) => setFields((before) => ({ ...before, [field]: value }));
  const error = (field: keyof PinFields): { error?: string } => {
    const fault = faults[field];
    return fault === undefined ? {} : { error: fault };
  };
  return (
    <BlockStack gap="300">
      <Select label="Tier" options={TIERS} value={fields.tier} onChange={change("tier")} {...error("tier")} />
      <TextField
        label="Reason"
        autoComplete="off"
        multiline={2}
        helpText="For whoever looks at this customer next."
        value={fields.reason}
        onChange={change("reason")}
        {...error("reason")}
      />
      <TextField
        label="Until"
        type="date"
        autoComplete="off"
        helpText="The last day on which it holds; empty: until it is taken away."
        value={fields.until}
        onChange={change("until")}
        {...error("until")}
      />
      <InlineStack align="end">
        <Button
          onClick={() => submit({ ...fields, intent: "pin" }, { method: "post", preventScrollReset: true })}
          loading={navigation.formData?.get("intent") === "pin"}
        >
          Pin
        </Button>
      </InlineStack>
    </BlockStack>
  );
};

const Pinned = ({ pin }: { pin: PinView }): ReactNode => {
  const submit = useSubmit();
  const navigation = useNavigation();
  return (
    <BlockStack gap="200">
      <Text as="p">
        {pin.hasEnded ? "Was pinned" : "Pinned"} to tier {pin.tier}, {pin.until}.
      </Text>
      <Text as="p" tone="subdued" breakWord>
        {pin.reason}
      </Text>
      <InlineStack align="end">
        <Button
          onClick={() => submit({ intent: "unpin" }, { method: "post", preventScrollReset: true })}
          loading={navigation.formData?.get("intent") === "unpin"}
        >
          Take the pin away
        </Button>
      </InlineStack>
    </BlockStack>
  );
};

/** The customer's pin, or the form to set one. */
export const TierPinCard = ({ pin, tier, faults }: Props): ReactNode => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        Pin
      </Text>
      {pin ? <Pinned pin={pin} /> : <SetPin tier={tier} faults={faults} />}
    </BlockStack>
  </Card>
);
