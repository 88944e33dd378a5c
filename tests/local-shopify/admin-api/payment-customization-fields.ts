import type { PaymentCustomization } from "../payments/payment-customization.ts";
import type { FunctionExtension } from "../functions/extensions.ts";
import type { Sequence } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource } from "./define-type.ts";
import { FunctionSource } from "./discount-fields.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { metafieldFields } from "./metafield-fields.ts";
import { objectSequence } from "./object-list.ts";

export class PaymentCustomizationSource extends GraphSource {
  readonly typename = "PaymentCustomization";
  readonly customization: PaymentCustomization;

  constructor(customization: PaymentCustomization) {
    super();
    this.customization = customization;
  }
}

const idOf = ({ customization }: PaymentCustomizationSource) => gid("PaymentCustomization", customization.id);

export const paymentCustomizationTypes = [
  defineType("PaymentCustomization", PaymentCustomizationSource, {
    id: idOf,
    title: ({ customization }) => customization.title,
    enabled: ({ customization }) => customization.enabled,
    functionId: ({ customization }, _args, context) => functionOf(customization, context).id,
    shopifyFunction: ({ customization }, _args, context) =>
      new FunctionSource(functionOf(customization, context), "ShopifyFunction", null),
    // Nothing is kept of failed runs: a checkout says what failed.
    errorHistory: () => null,
    ...metafieldFields<PaymentCustomizationSource>(idOf),
  }),
];

function functionOf({ functionHandle }: PaymentCustomization, { extensions }: AdminContext): FunctionExtension {
  const extension = extensions.find(({ handle }) => handle === functionHandle);
  if (!extension) throw new NotInLocalShopify(`a payment customization whose Function ${functionHandle} is gone`);
  return extension;
}

/** The shop's payment customizations, upwards by id. */
export function paymentCustomizationSequence(args: Args, { store }: AdminContext): Sequence<PaymentCustomization> {
  return objectSequence(args, {
    what: "payment customizations",
    all: store.paymentCustomizations.all(),
    id: ({ id }) => id,
    search: {
      instants: {},
      ids: { id: ({ id }) => id },
      texts: { title: ({ title }) => title, enabled: ({ enabled }) => String(enabled) },
    },
    source: (customization) => new PaymentCustomizationSource(customization),
  });
}
