import { z } from "zod";
import type { FunctionExtension } from "../functions/extensions.ts";
import { PAYMENT_API } from "../functions/function-schema.ts";
import type { MetafieldWrite } from "../metafields/metafield-store.ts";
import type { PaymentCustomization } from "../payments/payment-customization.ts";
import type { AdminContext } from "./context.ts";
import { gid } from "./gid.ts";
import { faultOf, metafieldOfInput, writeOf } from "./metafield-of-input.ts";

/** A user error, by the codes of PaymentCustomizationErrorCode. */
export interface CustomizationFault {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

/** Active ones at a time. */
const MOST_ACTIVE = 25;
const LONGEST_TITLE = 255;
const INPUT = "paymentCustomization";

const inputSchema = z.object({
  title: z.string().nullish(),
  enabled: z.boolean().nullish(),
  functionHandle: z.string().nullish(),
  functionId: z.string().nullish(),
  metafields: z.array(metafieldOfInput).nullish(),
});

type Input = z.output<typeof inputSchema>;
type MetafieldInput = z.output<typeof metafieldOfInput>;

/** What a mutation would make of a payment customization, or all reasons why it does not. */
export type DraftCustomization =
  | {
      readonly ok: true;
      readonly customization: PaymentCustomization;
      readonly metafields: readonly MetafieldWrite[];
    }
  | { readonly ok: false; readonly faults: readonly CustomizationFault[] };

/** Reads a PaymentCustomizationInput onto a customization, or as a new one. What an update leaves out stays as it was. */
export function draftCustomization(
  given: unknown,
  before: PaymentCustomization | null,
  context: AdminContext,
): DraftCustomization {
  const input = inputSchema.parse(given);
  const found = functionOf(input, before, context);
  const title = input.title ?? before?.title ?? "";
  const enabled = input.enabled ?? before?.enabled ?? false;
  const metafields = input.metafields ?? [];
  const faults = [
    ...found.faults,
    ...fieldFaults(input, before),
    ...(enabled && !before?.enabled && isFull(context) ? [tooManyActive([INPUT, "enabled"])] : []),
    ...metafields.flatMap((one, index) => metafieldFaults(one, index, context)),
  ];
  if (faults.length > 0 || found.handle === null) return { ok: false, faults };
  const id = before?.id ?? context.store.paymentCustomizations.nextId;
  return {
    ok: true,
    customization: { id, title, enabled, functionHandle: found.handle },
    metafields: metafields.map((one) => writeOf(one, gid("PaymentCustomization", id), context)),
  };
}

export function isFull({ store }: AdminContext): boolean {
  return store.paymentCustomizations.active().length >= MOST_ACTIVE;
}

export function tooManyActive(field: readonly string[]): CustomizationFault {
  const message = `Shop must not have more than ${MOST_ACTIVE} enabled payment customizations.`;
  return { code: "MAXIMUM_ACTIVE_PAYMENT_CUSTOMIZATIONS", field, message };
}

function functionOf(input: Input, before: PaymentCustomization | null, { extensions, appId }: AdminContext) {
  const { functionHandle, functionId } = input;
  if (functionHandle && functionId) {
    const message = "Only one of function_id or function_handle can be provided, not both.";
    return { handle: null, faults: [fault("MULTIPLE_FUNCTION_IDENTIFIERS", null, message)] };
  }
  if (!functionHandle && !functionId) {
    if (before) return { handle: before.functionHandle, faults: [] };
    const message = "Either function_id or function_handle must be provided.";
    return { handle: null, faults: [fault("MISSING_FUNCTION_IDENTIFIER", "functionHandle", message)] };
  }
  const field = functionHandle ? "functionHandle" : "functionId";
  const found = extensions.find(({ handle, id }) => (functionHandle ? handle === functionHandle : id === functionId));
  const wrong = wrongFunction(found, { given: functionHandle ?? functionId ?? "", field, appId, before });
  return wrong || !found ? { handle: null, faults: wrong ? [wrong] : [] } : { handle: found.handle, faults: [] };
}

function wrongFunction(
  found: FunctionExtension | undefined,
  { given, field, appId, before }: { given: string; field: string; appId: number; before: PaymentCustomization | null },
): CustomizationFault | null {
  if (!found) {
    const message = `Function ${given} not found. Ensure that it is released in the current app (${appId}), and that the app is installed.`;
    return fault("FUNCTION_NOT_FOUND", field, message);
  }
  if (!found.targets.some(({ target }) => target === PAYMENT_API.target)) {
    const message = `Unexpected Function API. The provided function must implement one of the following extension targets: [${PAYMENT_API.target}].`;
    return fault("FUNCTION_DOES_NOT_IMPLEMENT", field, message);
  }
  if (before && before.functionHandle !== found.handle) {
    return fault("FUNCTION_ID_CANNOT_BE_CHANGED", field, "Function ID cannot be changed.");
  }
  return null;
}

function fieldFaults({ title, enabled }: Input, before: PaymentCustomization | null): CustomizationFault[] {
  const faults: CustomizationFault[] = [];
  const required = "Required input field must be present.";
  if ((title === undefined && !before) || title === null || title?.trim() === "") {
    faults.push(fault("REQUIRED_INPUT_FIELD", "title", required));
  }
  if (title && title.length > LONGEST_TITLE) {
    faults.push(fault("INVALID", "title", `Title is too long (maximum is ${LONGEST_TITLE} characters)`));
  }
  if ((enabled === undefined && !before) || enabled === null) {
    faults.push(fault("REQUIRED_INPUT_FIELD", "enabled", required));
  }
  return faults;
}

function metafieldFaults(one: MetafieldInput, index: number, context: AdminContext): CustomizationFault[] {
  const found = faultOf(one, context);
  if (!found) return [];
  const field = [INPUT, "metafields", String(index), ...(found.field === null ? [] : [found.field])];
  return [{ code: "INVALID_METAFIELDS", field, message: found.message }];
}

function fault(code: string, field: string | null, message: string): CustomizationFault {
  return { code, field: field === null ? [INPUT] : [INPUT, field], message };
}
