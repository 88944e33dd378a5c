import { ChoiceList, TextField } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { PolicyFaults, PolicyField, PolicyFields } from "#app/core/tiers/policy-form.ts";

/** The state of a policy's form, as its fields read it. */
export interface PolicyInputs {
  readonly fields: PolicyFields;
  readonly faults: PolicyFaults;
  readonly shown: ReadonlySet<PolicyField>;
  readonly change: (field: PolicyField, value: string) => void;
}

interface FieldProps {
  readonly field: PolicyField;
  readonly label: string;
  readonly inputs: PolicyInputs;
}

const errorOf = ({ field, inputs }: FieldProps): { error?: string } => {
  const error = inputs.faults[field];
  return error === undefined ? {} : { error };
};

/** A whole number; not there while the method does not read it. */
export const PolicyNumber = (props: FieldProps & { help: string; unit?: string }): ReactNode => {
  const { field, label, help, unit, inputs } = props;
  if (!inputs.shown.has(field)) return null;
  return (
    <TextField
      label={label}
      name={field}
      type="number"
      min={0}
      inputMode="numeric"
      autoComplete="off"
      helpText={help}
      value={inputs.fields[field]}
      onChange={(value) => inputs.change(field, value)}
      {...(unit === undefined ? {} : { suffix: unit })}
      {...errorOf(props)}
    />
  );
};

type Option = readonly [value: string, label: string, help: string];

/** One of a few. */
export const PolicyChoice = (props: FieldProps & { options: readonly Option[] }): ReactNode => {
  const { field, label, options, inputs } = props;
  if (!inputs.shown.has(field)) return null;
  return (
    <ChoiceList
      title={label}
      titleHidden={field === "method"}
      name={field}
      selected={[inputs.fields[field]]}
      onChange={([chosen]: string[]) => inputs.change(field, chosen ?? inputs.fields[field])}
      choices={options.map(([value, text, helpText]) => ({
        value,
        label: text,
        ...(helpText === "" ? {} : { helpText }),
      }))}
      {...errorOf(props)}
    />
  );
};
