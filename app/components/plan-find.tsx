import { useFetcher } from "@remix-run/react";
import { Autocomplete } from "@shopify/polaris";
import { useEffect, useState, type ReactNode } from "react";
import { cutInWords, type Choice, type ChoiceKind, type FoundChoices } from "#app/presenters/plan-choices.ts";

/** As long as nobody pauses while typing. */
const PAUSE_MS = 200;

/** What the server finds by a text; null: nothing is looked for. Undefined until it has answered to just this text. */
const useFound = (of: ChoiceKind, text: string | null): FoundChoices | undefined => {
  const { data, load } = useFetcher<FoundChoices>();
  const isAnswered = data !== undefined && data.text === text;
  useEffect(() => {
    if (text === null || isAnswered) return undefined;
    const ask = (): void => load(`/app/discounts/choices?${new URLSearchParams({ of, text }).toString()}`);
    const timer = setTimeout(ask, text === "" ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [of, text, isAnswered, load]);
  return isAnswered ? data : undefined;
};

interface Props {
  readonly of: ChoiceKind;
  readonly label: string;
  readonly help?: string;
  readonly chosen: Choice | null;
  /** What can be chosen although the server does not know it, such as a guest. */
  readonly always?: readonly Choice[];
  readonly error?: string | undefined;
  readonly onChoose: (choice: Choice) => void;
}

/**
 * A field that finds what is typed among more than a list can hold. Until something else is chosen what was chosen stays:
 * whoever leaves the field in the middle of a word has changed nothing.
 */
export const PlanFind = ({ of, label, help, chosen, always = [], error, onChoose }: Props): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  // Null: nothing is typed, and what is chosen stands in the field.
  const [typed, setTyped] = useState<string | null>(null);
  const text = (typed ?? "").trim().slice(0, 100);
  const found = useFound(of, isOpen ? text : null);
  const isAlike = (choice: Choice): boolean => choice.label.toLowerCase().includes(text.toLowerCase());
  const choices = found ? [...always.filter(isAlike), ...found.choices] : [];
  return (
    <Autocomplete
      options={choices.map(({ value, label: name }) => ({ value, label: name }))}
      selected={chosen ? [chosen.value] : []}
      loading={found === undefined}
      listTitle={found && cutInWords(found)}
      emptyState="Nothing is found"
      onSelect={([value]) => {
        const choice = choices.find((one) => one.value === value);
        if (choice) onChoose(choice);
        setTyped(null);
      }}
      textField={
        <Autocomplete.TextField
          label={label}
          helpText={help}
          autoComplete="off"
          selectTextOnFocus
          maxLength={100}
          value={typed ?? chosen?.label ?? ""}
          error={error}
          onChange={setTyped}
          onFocus={() => setOpen(true)}
          onBlur={() => {
            setOpen(false);
            setTyped(null);
          }}
        />
      }
    />
  );
};
