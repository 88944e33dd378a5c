import { z } from "zod";
import { NotInLocalShopify } from "../admin-api/errors.ts";
import type { PaymentMethod } from "../payments/payment-methods.ts";

const PLACEMENT = "PAYMENT_METHOD";

const operationSchema = z.object({
  paymentMethodHide: z.object({ paymentMethodId: z.string(), placements: z.array(z.string()).nullish() }).nullish(),
  paymentMethodMove: z.object({ paymentMethodId: z.string(), index: z.int() }).nullish(),
  paymentMethodRename: z.object({ paymentMethodId: z.string(), name: z.string() }).nullish(),
  paymentTermsSet: z.object({ paymentTerms: z.unknown().optional() }).nullish(),
  orderReviewAdd: z.object({ reason: z.string() }).nullish(),
});
const outputSchema = z.object({ operations: z.array(operationSchema) });
type Operation = z.output<typeof operationSchema>;

/** How a cart may be paid. */
export interface PaymentOptions {
  readonly methods: readonly PaymentMethod[];
  /** Whether the terms of the buyer's location are offered, where it has some. */
  readonly hasTerms: boolean;
}

/**
 * What a valid output of a payment Function makes of how a cart may be paid. Its operations are applied one after the other.
 *
 * @throws RangeError on what the schema allows and Shopify refuses; nothing of the output is then applied
 * @throws NotInLocalShopify on orders for review, on terms other than none, and on places beyond the methods
 */
export function applyPaymentOutput(output: unknown, before: PaymentOptions, isPlus: boolean): PaymentOptions {
  const { operations } = outputSchema.parse(output);
  return operations.reduce((options, operation) => applied(operation, options, isPlus), before);
}

function applied(operation: Operation, options: PaymentOptions, isPlus: boolean): PaymentOptions {
  const given = Object.values(operation).filter((one) => one !== undefined && one !== null);
  if (given.length !== 1) throw new RangeError("an operation does one thing");
  const { paymentMethodHide: hide, paymentMethodMove: move, paymentMethodRename: rename } = operation;
  if (operation.orderReviewAdd) throw new NotInLocalShopify("orders that a Function puts up for review");
  if (operation.paymentTermsSet) return termsSet(operation.paymentTermsSet, options, isPlus);
  if (hide) return { ...options, methods: hidden(options.methods, hide) };
  if (move) return { ...options, methods: moved(options.methods, move) };
  if (rename) return { ...options, methods: renamed(options.methods, rename) };
  return options;
}

function termsSet(set: NonNullable<Operation["paymentTermsSet"]>, options: PaymentOptions, isPlus: boolean) {
  if (!isPlus) throw new RangeError("paymentTermsSet needs the plan Plus");
  if (set.paymentTerms === undefined) throw new RangeError("paymentTermsSet says nothing of terms");
  if (set.paymentTerms !== null) throw new NotInLocalShopify("payment terms that a Function sets");
  return { ...options, hasTerms: false };
}

function hidden(
  methods: readonly PaymentMethod[],
  { paymentMethodId, placements }: NonNullable<Operation["paymentMethodHide"]>,
): readonly PaymentMethod[] {
  const method = methodOf(methods, paymentMethodId);
  // Here methods stand among the payment methods alone, and not above the checkout too.
  if (placements && !placements.includes(PLACEMENT)) return methods;
  return methods.filter((one) => one !== method);
}

function moved(
  methods: readonly PaymentMethod[],
  { paymentMethodId, index }: NonNullable<Operation["paymentMethodMove"]>,
): readonly PaymentMethod[] {
  const method = methodOf(methods, paymentMethodId);
  if (index < 0 || index >= methods.length) throw new NotInLocalShopify(`a payment method moved to place ${index}`);
  return methods.filter((one) => one !== method).toSpliced(index, 0, method);
}

function renamed(
  methods: readonly PaymentMethod[],
  { paymentMethodId, name }: NonNullable<Operation["paymentMethodRename"]>,
): readonly PaymentMethod[] {
  const method = methodOf(methods, paymentMethodId);
  return methods.map((one) => (one === method ? { ...one, name } : one));
}

function methodOf(methods: readonly PaymentMethod[], id: string): PaymentMethod {
  const method = methods.find((one) => one.id === id);
  if (!method) throw new RangeError(`there is no payment method ${id}`);
  return method;
}
