import { BlockStack, ChoiceList, InlineError, InlineStack, Select, Tag, Text, TextField } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { ExampleOn, ExampleView } from "#app/presenters/plan-example.ts";

/** What the fields of a plan's form stand on. */
export interface Editing {
  readonly currency: string;
  readonly collections: readonly { readonly handle: string; readonly title: string }[];
  readonly on: ExampleOn;
  /** What is wrong at a place such as "parts.0.steps.1.percent". */
  readonly errorAt: (at: string) => string | undefined;
}

interface PlanTextProps {
  readonly editing: Editing;
  readonly at: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly suffix?: string;
  readonly help?: ReactNode;
  readonly labelHidden?: boolean;
  readonly type?: "text" | "date";
}

/** A text, a number or a day of a plan. */
export const PlanText = ({ editing, at, help, type = "text", suffix, ...field }: PlanTextProps): ReactNode => (
  <TextField
    {...field}
    type={type}
    autoComplete="off"
    inputMode={type === "date" || suffix === undefined ? "text" : "decimal"}
    suffix={suffix}
    helpText={help}
    error={editing.errorAt(at)}
  />
);

/** What a step or a percentage comes to on the product of the example. */
export const Example = ({ example }: { example: ExampleView | null }): ReactNode => (
  <span aria-live="polite">
    {example && (
      <Text as="span" variant="bodySm" tone={example.isHeld ? "caution" : "subdued"} breakWord>
        {example.text}
      </Text>
    )}
  </span>
);

/** What is wrong with more than one field. */
export const FaultAt = ({ editing, at }: { editing: Editing; at: string }): ReactNode => {
  const message = editing.errorAt(at);
  return message === undefined ? null : <InlineError message={message} fieldID={at} />;
};

interface ChosenProps {
  readonly editing: Editing;
  readonly chosen: readonly string[];
  readonly label: string;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Collections, added one by one. */
export const ChosenCollections = ({ editing, chosen, label, onChange }: ChosenProps): ReactNode => {
  const { collections } = editing;
  const titleOf = (handle: string): string => collections.find((one) => one.handle === handle)?.title ?? handle;
  const others = collections.filter(({ handle }) => !chosen.includes(handle));
  return (
    <BlockStack gap="200">
      {chosen.length > 0 && (
        <InlineStack gap="100">
          {chosen.map((handle) => (
            <Tag key={handle} onRemove={() => onChange(chosen.filter((one) => one !== handle))}>
              {titleOf(handle)}
            </Tag>
          ))}
        </InlineStack>
      )}
      <Select
        label={label}
        labelHidden
        options={[
          { label: collections.length === 0 ? "The shop has no collections" : "Add a collection", value: "" },
          ...others.map(({ handle, title }) => ({ label: title, value: handle })),
        ]}
        value=""
        disabled={others.length === 0}
        onChange={(handle) => handle !== "" && onChange([...chosen, handle])}
      />
    </BlockStack>
  );
};

interface CoveredProps {
  readonly editing: Editing;
  readonly at: string;
  readonly collections: readonly string[] | null;
  readonly onChange: (collections: readonly string[] | null) => void;
}

/** On which products a part is given: on all, or on those of some collections. */
export const CoveredProducts = ({ editing, at, collections, onChange }: CoveredProps): ReactNode => (
  <BlockStack gap="200">
    <ChoiceList
      title="On which products"
      choices={[
        { label: "All products", value: "all" },
        { label: "Products of chosen collections", value: "chosen" },
      ]}
      selected={[collections === null ? "all" : "chosen"]}
      onChange={([choice]: string[]) => onChange(choice === "all" ? null : (collections ?? []))}
    />
    {collections !== null && (
      <ChosenCollections editing={editing} chosen={collections} label="Collection to add" onChange={onChange} />
    )}
    <FaultAt editing={editing} at={`${at}.collections`} />
  </BlockStack>
);

/** One of a few words of a plan. */
export const PlanSelect = <Value extends string>(props: {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly words: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}): ReactNode => {
  const { label, labelHidden, words, value, onChange } = props;
  const options: { value: Value; label: string }[] = [];
  for (const one in words) options.push({ value: one, label: words[one] });
  return (
    <Select
      label={label}
      labelHidden={labelHidden}
      options={options}
      value={value}
      onChange={(chosen) => {
        const option = options.find((one) => one.value === chosen);
        if (option) onChange(option.value);
      }}
    />
  );
};
