import { Form } from "@remix-run/react";
import { BlockStack, Button, Card, Checkbox, InlineGrid, InlineStack, Text, TextField } from "@shopify/polaris";
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import type { CartInChoices, Choice, LineInChoices } from "#app/presenters/plan-choices.ts";
import { lineFaults } from "#app/presenters/plan-preview.ts";
import { PlanFind } from "./plan-find.tsx";

const GUEST: Choice = { value: "", label: "A guest" };

interface LineFieldsProps {
  readonly line: LineInChoices;
  readonly place: number;
  /** Trying was asked for: what is wrong is shown while it is being put right. */
  readonly isTried: boolean;
  readonly onChange: (line: LineInChoices | null) => void;
}

const LineFields = ({ line, place, isTried, onChange }: LineFieldsProps): ReactNode => {
  const faults = isTried ? lineFaults(line) : {};
  return (
    <div role="group" aria-label={`Line ${place}`}>
      <InlineGrid columns={{ xs: "1fr", sm: "1fr 8rem auto" }} gap="200" alignItems="start">
        <PlanFind
          of="variants"
          label={`Product of line ${place}`}
          help="Type to find it by its title or SKU."
          chosen={line.variant}
          error={faults.variant}
          onChoose={(variant) => onChange({ ...line, variant })}
        />
        <TextField
          label="Quantity"
          type="number"
          min={1}
          max={999_999}
          autoComplete="off"
          value={line.quantity}
          error={faults.quantity}
          onChange={(quantity) => onChange({ ...line, quantity })}
        />
        <div style={{ paddingBlockStart: "var(--p-space-600)" }}>
          <Button onClick={() => onChange(null)} accessibilityLabel={`Remove line ${place}`}>
            Remove
          </Button>
        </div>
      </InlineGrid>
      <input type="hidden" name="line" value={`${line.variant?.value ?? ""}x${line.quantity}`} />
    </div>
  );
};

type KeyedLine = LineInChoices & { readonly key: number };

const blankLine = (lines: readonly KeyedLine[], quantity: string): KeyedLine => ({
  key: lines.reduce((most, { key }) => Math.max(most, key), 0) + 1,
  variant: null,
  quantity,
});

/** The lines as they are typed. A cart without any has nothing to be tried: there is always one. */
const useLines = (given: readonly LineInChoices[]) => {
  const [lines, setLines] = useState<readonly KeyedLine[]>(() =>
    given.length > 0 ? given.map((line, key) => ({ ...line, key })) : [blankLine([], "12")],
  );
  const change = (key: number, line: LineInChoices | null): void => {
    const changed = lines.flatMap((old) => (old.key === key ? (line ? { ...line, key } : []) : old));
    setLines(changed.length > 0 ? changed : [blankLine(lines, "1")]);
  };
  return { lines, change, add: () => setLines([...lines, blankLine(lines, "1")]) };
};

/** Lets a cart be tried once each line is whole, and leads to what is not. */
const useTrying = (lines: readonly LineInChoices[], given: readonly LineInChoices[]) => {
  const form = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  const onSubmit = (event: FormEvent): void => {
    if (lines.every((line) => Object.keys(lineFaults(line)).length === 0)) return setRefusals(0);
    event.preventDefault();
    setRefusals(refusals + 1);
  };
  // An address may name products that are not there any more.
  const isIncomplete = given.some(({ variant }) => variant === null);
  return { form, onSubmit, isTried: refusals > 0 || isIncomplete };
};

/** Who buys, and what: the address of the page holds it, so that a try can be handed on. */
export const PlanPreviewForm = (given: CartInChoices & { readonly asksToPayNow: boolean }): ReactNode => {
  const [who, setWho] = useState(given.buyer ?? GUEST);
  const [paysNow, setPaysNow] = useState(given.asksToPayNow);
  const { lines, change, add } = useLines(given.lines);
  const { form, onSubmit, isTried } = useTrying(lines, given.lines);
  return (
    <Card>
      <Form method="get" ref={form} onSubmit={onSubmit} noValidate>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Cart
          </Text>
          <PlanFind
            of="buyers"
            label="Buyer"
            help="Type to find a customer or a company by name or e-mail address."
            chosen={who}
            always={[GUEST]}
            onChoose={setWho}
          />
          <input type="hidden" name="buyer" value={who.value} />
          <Checkbox label="The buyer asks to pay now" name="pay" value="now" checked={paysNow} onChange={setPaysNow} />
          {lines.map((line, index) => (
            <LineFields
              key={line.key}
              line={line}
              place={index + 1}
              isTried={isTried}
              onChange={(changed) => change(line.key, changed)}
            />
          ))}
          <InlineStack gap="200">
            <Button submit variant="primary">
              Try it
            </Button>
            <Button onClick={add}>Add a line</Button>
          </InlineStack>
        </BlockStack>
      </Form>
    </Card>
  );
};
