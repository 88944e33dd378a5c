import { z } from "zod";

const methodSchema = z.strictObject({
  gateway: z.string().min(1),
  name: z.string().min(1),
  /** Paid outside the checkout, so that the order waits for its money. */
  isManual: z.boolean().optional(),
});

/** A payment method as a merchant sets it up; manual unless said: that of the gateway `manual`. */
export type PaymentMethodInput = z.input<typeof methodSchema>;

export interface PaymentMethod {
  /** As Functions name it. */
  readonly id: string;
  readonly gateway: string;
  /** As buyers read it. */
  readonly name: string;
  readonly isManual: boolean;
}

export const USUAL_METHODS: readonly PaymentMethodInput[] = [
  { gateway: "shopify_payments", name: "Credit card" },
  { gateway: "manual", name: "Cash on Delivery (COD)" },
];

/** @throws ZodError or Error on methods that are none, or two of one gateway */
export function paymentMethodsOf(given: readonly PaymentMethodInput[]): PaymentMethod[] {
  const methods = z.array(methodSchema).parse(given);
  const gateways = methods.map(({ gateway }) => gateway);
  const double = gateways.find((gateway, index) => gateways.indexOf(gateway) !== index);
  if (double !== undefined) throw new Error(`there are two payment methods of the gateway ${double}`);
  return methods.map(({ gateway, name, isManual }) => ({
    id: `gid://shopify/PaymentCustomizationPaymentMethod/${gateway}`,
    gateway,
    name,
    isManual: isManual ?? gateway === "manual",
  }));
}
