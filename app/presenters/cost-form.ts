import type { RuleEdit } from "#app/core/costs/edit-rules.ts";
import {
  BLANK_CHARGE,
  isChargeKind,
  shareFromFields,
  type ChargeFields,
  type FieldFaults,
} from "#app/core/costs/rule-form.ts";

/** What a form of rules answers: saved, or what is wrong by field; `form` where something is wrong with all of it. */
export type RuleSaved =
  | { readonly ok: true; readonly at: number }
  | { readonly ok: false; readonly form: string; readonly faults: FieldFaults };

export const CHANGED_MEANWHILE =
  "The rules have been changed elsewhere in the meantime. They are shown as they are now.";

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};

/** The version of the rules that a form was made from. */
export const versionOf = (form: FormData): number => Number(textOf(form, "version"));

export const chargeFieldsOf = (form: FormData): ChargeFields => {
  const kind = textOf(form, "kind");
  return {
    kind: isChargeKind(kind) ? kind : BLANK_CHARGE.kind,
    perOrder: textOf(form, "perOrder"),
    perLine: textOf(form, "perLine"),
    perUnit: textOf(form, "perUnit"),
    perKg: textOf(form, "perKg"),
    percent: textOf(form, "percent"),
    gateway: textOf(form, "gateway"),
    countries: textOf(form, "countries"),
    tiers: form.getAll("tiers").filter((tier) => typeof tier === "string"),
    from: textOf(form, "from"),
  };
};

/** A place in the list of rules, counted from 0; null for what is none. */
export const placeOf = (text: string | null): number | null => (/^\d{1,3}$/.test(text ?? "") ? Number(text) : null);

type EditRead =
  | { readonly ok: true; readonly edit: RuleEdit }
  | { readonly ok: false; readonly form: string; readonly faults: FieldFaults };

/** What the forms of the page of costs ask for: a rule removed, a margin or a rate set. */
export const editFromForm = (form: FormData): EditRead => {
  const intent = textOf(form, "intent");
  if (intent === "remove") {
    const place = placeOf(textOf(form, "place"));
    return place === null
      ? { ok: false, form: intent, faults: { form: "Choose a rule." } }
      : { ok: true, edit: { kind: "remove", place } };
  }
  if (intent !== "credit_cost" && intent !== "fallback_margin") {
    return { ok: false, form: intent, faults: { form: "This is not something to be done here." } };
  }
  const read = shareFromFields(intent, { percent: textOf(form, "percent"), from: textOf(form, "from") });
  return read.ok
    ? { ok: true, edit: { kind: "set", rule: read.value } }
    : { ok: false, form: intent, faults: read.faults };
};
