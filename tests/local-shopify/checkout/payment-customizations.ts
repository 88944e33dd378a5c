import { NotInLocalShopify } from "../admin-api/errors.ts";
import type { FunctionRunner } from "../functions/function-runner.ts";
import { PAYMENT_API } from "../functions/function-schema.ts";
import type { PricedCart } from "./cart.ts";
import type { CheckoutOptions } from "./checkout.ts";
import type { CheckoutResult, PaymentReport } from "./checkout-result.ts";
import { paymentRoot, type PaymentQuestion } from "./function-root.ts";
import { applyPaymentOutput, type PaymentOptions } from "./payment-output.ts";

export type Payments = Pick<
  CheckoutResult,
  "checkoutToDraft" | "paymentMethods" | "methods" | "terms" | "depositPercent" | "paymentFunctions"
>;

interface Around {
  readonly options: CheckoutOptions;
  readonly runner: FunctionRunner;
  readonly now: Date;
}

/**
 * How a cart may be paid: by the shop's methods, and on the terms of the buyer's location, as far as the active payment
 * customizations leave them. Each is asked about what the shop offers, and knows nothing of the others; what they answer is
 * applied in the order of their numbers. Orders that go to the merchant as a draft are not paid here.
 */
export function paymentsOf(cart: PricedCart, result: PaymentQuestion["result"], around: Around): Payments {
  const { store, isInstalled } = around.options;
  const { terms, depositPercent, checkoutToDraft } = cart.buyer.place?.location ?? NOBODY;
  const methods = checkoutToDraft ? [] : store.paymentMethods;
  const asked = checkoutToDraft || !isInstalled() ? [] : store.paymentCustomizations.active();
  const reports: PaymentReport[] = [];
  let offered: PaymentOptions = { methods, hasTerms: terms !== null };
  for (const customization of asked) {
    const { options, report } = answerOf(cart, { customization, methods, result }, { ...around, offered });
    offered = options;
    reports.push(report);
  }
  return {
    checkoutToDraft,
    paymentMethods: offered.methods.map(({ gateway }) => gateway),
    methods: offered.methods.map(({ gateway, name, isManual }) => ({ gateway, name, isManual })),
    terms: offered.hasTerms ? terms : null,
    depositPercent: offered.hasTerms ? depositPercent : null,
    paymentFunctions: reports,
  };
}

/** A buyer who buys for no location. */
const NOBODY = { terms: null, depositPercent: null, checkoutToDraft: false };

/** What one customization leaves of what is offered; of an output that is lost, all of it. */
function answerOf(
  cart: PricedCart,
  question: PaymentQuestion,
  { options, runner, now, offered }: Around & { readonly offered: PaymentOptions },
): { readonly options: PaymentOptions; readonly report: PaymentReport } {
  const { store, appId, extensions } = options;
  const { id: customizationId, title, functionHandle } = question.customization;
  const extension = extensions.find(({ handle }) => handle === functionHandle);
  if (!extension) throw new NotInLocalShopify(`a payment customization whose Function ${functionHandle} is gone`);
  const root = paymentRoot(cart, question, { store, appId, now });
  const run = runner.run(extension, PAYMENT_API, { root, lines: cart.lines.length });
  const { handle, reason: lost, instructions, inputBytes, outputBytes, log } = run;
  const report = { customizationId, title, handle, lost, instructions, inputBytes, outputBytes, log };
  if (lost !== null) return { options: offered, report };
  try {
    return { options: applyPaymentOutput(run.output, offered, store.world.shop.plan === "PLUS"), report };
  } catch (error) {
    if (error instanceof RangeError) return { options: offered, report: { ...report, lost: error.message } };
    throw error;
  }
}
