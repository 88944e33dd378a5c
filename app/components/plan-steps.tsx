import { BlockStack, Button, InlineGrid, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import {
  blankStep,
  type CumulativeDraft,
  type QuantityDraft,
  type StepDraft,
  type StepKind,
} from "#app/core/plan/plan-draft.ts";
import { isInMoney, stepInWords } from "#app/presenters/plan-example.ts";
import { Example, FaultAt, PlanSelect, PlanText, type Editing } from "./plan-inputs.tsx";
import { useRows } from "./plan-rows.ts";

const KINDS: Readonly<Record<StepKind, string>> = {
  percent: "percent off",
  amountOff: "off each unit",
  fixedPrice: "price of each unit",
};

interface StepProps {
  readonly editing: Editing;
  readonly at: string;
  readonly part: QuantityDraft | CumulativeDraft;
  readonly index: number;
  readonly step: StepDraft;
  /** Null: it is taken away. */
  readonly onChange: (step: StepDraft | null) => void;
}

const Step = ({ editing, at, part, index, step, onChange }: StepProps): ReactNode => {
  const { currency } = editing;
  const labels = { labelHidden: index > 0, editing };
  const unit = isInMoney(part) ? currency : part.measure === "orders" ? "orders" : "units";
  return (
    <div role="group" data-row="step" aria-label={`Step ${index + 1}`}>
      <BlockStack gap="100">
        <InlineGrid columns={{ xs: 2, sm: "1fr 1fr 1fr auto" }} gap="200" alignItems="start">
          <PlanText
            {...labels}
            label="From"
            at={`${at}.from`}
            suffix={unit}
            value={step.from}
            onChange={(from) => onChange({ ...step, from })}
          />
          <PlanText
            {...labels}
            label="Gives"
            at={`${at}.${step.kind}`}
            suffix={step.kind === "percent" ? "%" : currency}
            value={step.value}
            onChange={(value) => onChange({ ...step, value })}
          />
          <PlanSelect
            label="As"
            labelHidden={index > 0}
            words={KINDS}
            value={step.kind}
            onChange={(kind) => onChange({ ...step, kind })}
          />
          <div style={{ paddingBlockStart: index === 0 ? "var(--p-space-600)" : 0 }}>
            <Button
              variant="tertiary"
              tone="critical"
              accessibilityLabel={`Remove step ${index + 1}`}
              onClick={() => onChange(null)}
            >
              Remove
            </Button>
          </div>
        </InlineGrid>
        <Example example={stepInWords(part, step, editing.on)} />
      </BlockStack>
    </div>
  );
};

interface StepsProps {
  readonly editing: Editing;
  readonly at: string;
  readonly part: QuantityDraft | CumulativeDraft;
  readonly onChange: (steps: readonly StepDraft[]) => void;
}

/** The steps of a part, each with what it comes to. */
export const PlanSteps = ({ editing, at, part, onChange }: StepsProps): ReactNode => {
  const { steps } = part;
  const { root, afterAdding, afterRemoving } = useRows("step");
  const changed = (key: number, step: StepDraft | null): StepDraft[] =>
    steps.flatMap((one) => (one.key === key ? (step ?? []) : one));
  const change = (index: number, key: number, step: StepDraft | null): void => {
    if (!step) afterRemoving(index);
    onChange(changed(key, step));
  };
  const add = (): void => {
    afterAdding(steps.length);
    onChange([...steps, blankStep(steps)]);
  };
  return (
    <div ref={root}>
      <BlockStack gap="300">
        <Text as="h4" variant="headingSm">
          Steps
        </Text>
        {steps.map((step, index) => (
          <Step
            key={step.key}
            editing={editing}
            at={`${at}.steps.${index}`}
            part={part}
            index={index}
            step={step}
            onChange={(next) => change(index, step.key, next)}
          />
        ))}
        <FaultAt editing={editing} at={`${at}.steps`} />
        <div data-adds>
          <Button onClick={add}>Add a step</Button>
        </div>
      </BlockStack>
    </div>
  );
};
