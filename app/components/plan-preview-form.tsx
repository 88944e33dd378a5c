import { Form } from "@remix-run/react";
import { BlockStack, Button, Card, Checkbox, InlineGrid, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useState, type ReactNode } from "react";

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface Line {
  readonly variantId: string;
  readonly quantity: string;
}

interface Props {
  readonly buyers: readonly Choice[];
  readonly variants: readonly Choice[];
  readonly buyer: string;
  readonly asksToPayNow: boolean;
  readonly lines: readonly Line[];
}

interface LineFieldsProps {
  readonly line: Line;
  readonly place: number;
  readonly variants: readonly Choice[];
  readonly onChange: (line: Line | null) => void;
}

const LineFields = ({ line, place, variants, onChange }: LineFieldsProps): ReactNode => (
  <InlineGrid columns={{ xs: "1fr", sm: "1fr 8rem auto" }} gap="200" alignItems="end">
    <Select
      label={`Product of line ${place}`}
      options={variants.map((choice) => ({ ...choice }))}
      value={line.variantId}
      onChange={(variantId) => onChange({ ...line, variantId })}
    />
    <TextField
      label="Quantity"
      type="number"
      min={1}
      max={999_999}
      autoComplete="off"
      value={line.quantity}
      onChange={(quantity) => onChange({ ...line, quantity })}
    />
    <Button onClick={() => onChange(null)} accessibilityLabel={`Remove line ${place}`}>
      Remove
    </Button>
    <input type="hidden" name="line" value={`${line.variantId}x${line.quantity}`} />
  </InlineGrid>
);

/** Who buys, and what: the address of the page holds it, so that a try can be handed on. */
export const PlanPreviewForm = ({ buyers, variants, buyer, asksToPayNow, lines: given }: Props): ReactNode => {
  const first = variants[0]?.value ?? "";
  const [who, setWho] = useState(buyer);
  const [paysNow, setPaysNow] = useState(asksToPayNow);
  const [lines, setLines] = useState<readonly Line[]>(
    given.length > 0 ? given : [{ variantId: first, quantity: "12" }],
  );
  const change = (place: number, line: Line | null): void =>
    setLines(lines.flatMap((old, index) => (index === place ? (line ?? []) : old)));
  return (
    <Card>
      <Form method="get">
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Cart
          </Text>
          <Select
            label="Buyer"
            name="buyer"
            options={[{ value: "", label: "A guest" }, ...buyers.map((choice) => ({ ...choice }))]}
            value={who}
            onChange={setWho}
          />
          <Checkbox label="The buyer asks to pay now" name="pay" value="now" checked={paysNow} onChange={setPaysNow} />
          {lines.map((line, index) => (
            <LineFields
              key={index}
              line={line}
              place={index + 1}
              variants={variants}
              onChange={(changed) => change(index, changed)}
            />
          ))}
          <InlineStack gap="200">
            <Button submit variant="primary">
              Try it
            </Button>
            <Button onClick={() => setLines([...lines, { variantId: first, quantity: "1" }])}>Add a line</Button>
          </InlineStack>
        </BlockStack>
      </Form>
    </Card>
  );
};
