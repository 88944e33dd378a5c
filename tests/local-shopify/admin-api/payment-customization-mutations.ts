import type { PaymentCustomization } from "../payments/payment-customization.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource, stringArg } from "./define-type.ts";
import { gid, idOfType } from "./gid.ts";
import { PaymentCustomizationSource } from "./payment-customization-fields.ts";
import { type CustomizationFault, draftCustomization, isFull, tooManyActive } from "./payment-customization-input.ts";

const TYPE = "PaymentCustomization";

class CustomizationErrorSource extends GraphSource {
  readonly typename = "PaymentCustomizationError";
  readonly error: CustomizationFault;

  constructor(error: CustomizationFault) {
    super();
    this.error = error;
  }
}

class PayloadSource extends GraphSource {
  readonly typename = "PaymentCustomizationPayload";
  readonly customization: PaymentCustomization | null;
  readonly ids: readonly string[];
  readonly userErrors: readonly CustomizationErrorSource[];

  constructor(
    changed: { readonly customization?: PaymentCustomization; readonly ids?: readonly string[] },
    faults: readonly CustomizationFault[],
  ) {
    super();
    this.customization = changed.customization ?? null;
    this.ids = changed.ids ?? [];
    this.userErrors = faults.map((error) => new CustomizationErrorSource(error));
  }
}

const userErrors = ({ userErrors: errors }: PayloadSource) => errors;
const savedPayload = {
  paymentCustomization: ({ customization }: PayloadSource) =>
    customization && new PaymentCustomizationSource(customization),
  userErrors,
};

export const paymentCustomizationPayloadTypes = [
  defineType("PaymentCustomizationCreatePayload", PayloadSource, savedPayload),
  defineType("PaymentCustomizationUpdatePayload", PayloadSource, savedPayload),
  defineType("PaymentCustomizationActivationPayload", PayloadSource, { ids: ({ ids }) => ids, userErrors }),
  defineType("PaymentCustomizationDeletePayload", PayloadSource, {
    deletedId: ({ customization }) => customization && gid(TYPE, customization.id),
    userErrors,
  }),
  defineType("PaymentCustomizationError", CustomizationErrorSource, {
    code: ({ error }) => error.code,
    field: ({ error }) => error.field,
    message: ({ error }) => error.message,
  }),
];

export function paymentCustomizationCreate(args: Args, context: AdminContext): GraphSource {
  return saved(args, null, context);
}

export function paymentCustomizationUpdate(args: Args, context: AdminContext): GraphSource {
  const id = stringArg(args, "id") ?? "";
  const before = customizationOf(id, context);
  return before ? saved(args, before, context) : new PayloadSource({}, [gone(["id"], [id])]);
}

/** Those that are there are switched, as many as there is room for; the others are named in an error. */
export function paymentCustomizationActivation(args: Args, context: AdminContext): GraphSource {
  const given = args["ids"];
  const ids = Array.isArray(given) ? given.map(String) : [];
  const enabled = args["enabled"] === true;
  const switched: string[] = [];
  const faults: CustomizationFault[] = [];
  const unknown = ids.filter((id) => !customizationOf(id, context));
  if (unknown.length > 0) faults.push(gone(["ids"], unknown));
  for (const id of ids) {
    const before = customizationOf(id, context);
    if (!before) continue;
    if (enabled && !before.enabled && isFull(context)) {
      faults.push(tooManyActive(["ids"]));
      break;
    }
    context.desk.savePaymentCustomization({ ...before, enabled });
    switched.push(id);
  }
  return new PayloadSource({ ids: switched }, faults);
}

export function paymentCustomizationDelete(args: Args, context: AdminContext): GraphSource {
  const id = stringArg(args, "id") ?? "";
  const customization = customizationOf(id, context);
  if (!customization) return new PayloadSource({}, [gone(["id"], [id])]);
  context.desk.deletePaymentCustomization(customization.id);
  return new PayloadSource({ customization }, []);
}

function saved(args: Args, before: PaymentCustomization | null, context: AdminContext): GraphSource {
  const draft = draftCustomization(args["paymentCustomization"], before, context);
  if (!draft.ok) return new PayloadSource({}, draft.faults);
  context.desk.savePaymentCustomization(draft.customization, draft.metafields);
  return new PayloadSource({ customization: draft.customization }, []);
}

function customizationOf(id: string, { store }: AdminContext): PaymentCustomization | undefined {
  return store.paymentCustomizations.get(idOfType(id, TYPE));
}

function gone(field: readonly string[], ids: readonly string[]): CustomizationFault {
  const message = `Could not find PaymentCustomization with id: ${ids.join(", ")}`;
  return { code: "PAYMENT_CUSTOMIZATION_NOT_FOUND", field, message };
}
