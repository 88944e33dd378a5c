import { useNavigation, useSubmit } from "@remix-run/react";
import { BlockStack, Button, Card, InlineGrid, InlineStack, Text } from "@shopify/polaris";
import { useState, type ReactNode } from "react";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import {
  fieldsOfPolicy,
  fieldsShown,
  policyFromFields,
  type PolicyFaults,
  type PolicyField,
  type PolicyFields,
} from "#app/core/tiers/policy-form.ts";
import { ChangesBar } from "./changes-bar.tsx";
import { PolicyChoice, PolicyNumber, type PolicyInputs } from "./tier-policy-inputs.tsx";

const Part = ({ title, about, children }: { title: string; about: string; children: ReactNode }): ReactNode => (
  <BlockStack gap="300">
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      <Text as="p" tone="subdued">
        {about}
      </Text>
    </BlockStack>
    {children}
  </BlockStack>
);

const Row = ({ children }: { children: ReactNode }): ReactNode => (
  <InlineGrid columns={{ xs: 1, sm: 3 }} gap="300">
    {children}
  </InlineGrid>
);

const Method = ({ inputs }: { inputs: PolicyInputs }): ReactNode => (
  <Part title="Method" about="How customers are ranked, and where the tiers are cut.">
    <PolicyChoice
      field="method"
      label="Method"
      inputs={inputs}
      options={[
        ["share", "By share of profit", "A are the best ones who together make most of the profit."],
        ["rank", "By rank", "A is a fixed part of the customers, from the top. Loss-makers are always C."],
        ["score", "By score", "Profit, payment and cooperation are weighed into points from 0 to 100."],
      ]}
    />
    <Row>
      <PolicyNumber field="profit" label="Weight of profit" help="Profit contribution." unit="%" inputs={inputs} />
      <PolicyNumber
        field="receivables"
        label="Weight of payment"
        help="Days beyond terms. Without invoices: the middle."
        unit="%"
        inputs={inputs}
      />
      <PolicyNumber
        field="cooperation"
        label="Weight of cooperation"
        help="Returned, cancelled and disputed sales."
        unit="%"
        inputs={inputs}
      />
    </Row>
    <PolicyChoice
      field="cut"
      label="Cut the scores"
      inputs={inputs}
      options={[
        ["share", "By share of the points", ""],
        ["rank", "By rank", ""],
      ]}
    />
    <Row>
      <PolicyNumber field="shareA" label="A up to" help="Share of the whole, from the top." unit="%" inputs={inputs} />
      <PolicyNumber field="shareB" label="B up to" help="B goes on where A ends." unit="%" inputs={inputs} />
      <PolicyNumber field="rankA" label="A: the first" help="Part of the customers." unit="%" inputs={inputs} />
      <PolicyNumber field="rankB" label="B: the next" help="Part of the customers." unit="%" inputs={inputs} />
    </Row>
  </Part>
);

const Window = ({ inputs }: { inputs: PolicyInputs }): ReactNode => (
  <Part title="Window" about="Profit and tiers count what happened in it. A return counts on the day it comes back.">
    <PolicyChoice
      field="window"
      label="Count"
      inputs={inputs}
      options={[
        ["days", "A number of days until today", ""],
        ["all", "All time", ""],
      ]}
    />
    <Row>
      <PolicyNumber field="days" label="The last" help="365 is a year." unit="days" inputs={inputs} />
    </Row>
  </Part>
);

const Calm = ({ inputs }: { inputs: PolicyInputs }): ReactNode => (
  <Part title="Near a border" about="Keeps customers from going to and fro.">
    <PolicyChoice
      field="hysteresis"
      label="Who comes across a border"
      inputs={inputs}
      options={[
        ["on", "Moves when far enough, or for long enough, across", ""],
        ["off", "Moves at once", ""],
      ]}
    />
    <Row>
      <PolicyNumber field="fallBelow" label="Falls under" help="Of the border's value." unit="%" inputs={inputs} />
      <PolicyNumber field="riseAbove" label="Rises over" help="Of the border's value." unit="%" inputs={inputs} />
      <PolicyNumber field="runs" label="Or after" help="In a row on the other side." unit="runs" inputs={inputs} />
    </Row>
  </Part>
);

const Flags = ({ inputs }: { inputs: PolicyInputs }): ReactNode => (
  <Part title="Flags" about="What is marked beside the tier.">
    <Row>
      <PolicyNumber
        field="topPercent"
        label="Key accounts and grow"
        help="The best of A, and the best of B."
        unit="%"
        inputs={inputs}
      />
      <PolicyNumber field="newDays" label="New for" help="After the first order." unit="days" inputs={inputs} />
      <PolicyNumber
        field="pruneOrders"
        label="Prune: orders"
        help="A loss-maker with fewer is kept."
        unit="orders"
        inputs={inputs}
      />
      <PolicyNumber
        field="pruneDays"
        label="Prune: history"
        help="A loss-maker with less is kept."
        unit="days"
        inputs={inputs}
      />
    </Row>
  </Part>
);

interface Props {
  readonly policy: TierPolicy;
  /** What the server found wrong with what was sent last. */
  readonly faults: PolicyFaults;
}

/** The tier policy: what is typed is checked at once, shown in a preview when asked, and counts when it is saved. */
export const TierPolicyForm = ({ policy, faults: sent }: Props): ReactNode => {
  const navigation = useNavigation();
  const submit = useSubmit();
  const [fields, setFields] = useState<PolicyFields>(() => fieldsOfPolicy(policy));
  const read = policyFromFields(fields, policy);
  const busy = navigation.state === "submitting" ? navigation.formData?.get("intent") : null;
  const inputs: PolicyInputs = {
    fields,
    faults: read.ok ? sent : read.faults,
    shown: fieldsShown(fields),
    change: (field: PolicyField, value: string) => setFields((before) => ({ ...before, [field]: value })),
  };
  const saved = fieldsOfPolicy(policy);
  // Fields that are not shown are no part of the policy.
  const isDirty = JSON.stringify(read) !== JSON.stringify(policyFromFields(saved, policy));
  const send = (intent: "preview" | "save"): void =>
    submit({ ...fields, intent }, { method: "post", replace: true, preventScrollReset: true });
  return (
    <Card>
      <ChangesBar
        id="tier-policy-save-bar"
        isOpen={isDirty}
        isSaving={busy === "save"}
        canSave={read.ok}
        onSave={() => send("save")}
        onDiscard={() => setFields(saved)}
      />
      <BlockStack gap="600">
        <Method inputs={inputs} />
        <Window inputs={inputs} />
        <Calm inputs={inputs} />
        <Flags inputs={inputs} />
        <InlineStack align="end" gap="200">
          <Button onClick={() => send("preview")} loading={busy === "preview"} disabled={!read.ok}>
            Preview
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
};
