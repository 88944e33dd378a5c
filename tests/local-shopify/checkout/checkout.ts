import { isoSeconds, type ShopStore } from "../admin-api/shop-store.ts";
import { NotInLocalShopify } from "../admin-api/errors.ts";
import type { AppDiscount } from "../discounts/discount.ts";
import type { FunctionExtension } from "../functions/extensions.ts";
import { FunctionRunner } from "../functions/function-runner.ts";
import { DISCOUNT_API } from "../functions/function-schema.ts";
import { sumOf } from "./arithmetic.ts";
import { type PricedCart, priceCart } from "./cart.ts";
import type { AppliedDiscount, CheckoutLine, CheckoutResult, FunctionReport } from "./checkout-result.ts";
import { bestCombination, type Combination } from "./combine.ts";
import { readOffers } from "./discount-output.ts";
import { functionRoot } from "./function-root.ts";
import { type Payments, paymentsOf } from "./payment-customizations.ts";
import { nativeOffers, type Proposal, proposalOf, type Reduction } from "./proposals.ts";
import { sharesOf, taxOn } from "./tax.ts";

export interface CheckoutOptions {
  readonly store: ShopStore;
  readonly appId: number;
  readonly extensions: readonly FunctionExtension[];
  readonly now: () => Date;
  /** Functions of an app that is not installed are not asked. */
  readonly isInstalled: () => boolean;
}

/** A cart as the checkout sees it: priced, discounted and how it may be paid. */
export interface CheckedCart {
  readonly priced: PricedCart;
  readonly combination: Combination;
  readonly result: CheckoutResult;
}

/**
 * The shop's checkout: prices a cart, asks the Functions of all active discounts, applies what goes together best, and then
 * asks those of the active payment customizations how it may be paid.
 */
export class Checkout {
  private readonly options: CheckoutOptions;
  private readonly runner = new FunctionRunner();

  constructor(options: CheckoutOptions) {
    this.options = options;
  }

  /** @throws ZodError or Error on a cart that is none, or that names what is not there */
  check(cart: unknown): CheckedCart {
    const { store } = this.options;
    const now = this.options.now();
    const priced = priceCart(cart, store, now);
    const proposals: Proposal[] = [];
    const functions: FunctionReport[] = [];
    for (const discount of store.discounts.active(isoSeconds(now))) {
      if (discount.kind === "native") {
        proposals.push(proposalOf(discount, nativeOffers(discount, priced), priced));
      } else if (this.options.isInstalled()) {
        const asked = this.ask(discount, priced, now);
        functions.push(asked.report);
        if (asked.proposal) proposals.push(asked.proposal);
      }
    }
    const combination = bestCombination(proposals, priced);
    const discounted = this.resultOf(priced, combination, functions);
    const payments = paymentsOf(priced, discounted, { options: this.options, runner: this.runner, now });
    return { priced, combination, result: { ...discounted, ...payments } };
  }

  private ask(
    discount: AppDiscount,
    cart: PricedCart,
    now: Date,
  ): { proposal: Proposal | null; report: FunctionReport } {
    const { store, appId, extensions } = this.options;
    const extension = extensions.find(({ handle }) => handle === discount.functionHandle);
    if (!extension) throw new NotInLocalShopify(`a discount whose Function ${discount.functionHandle} is gone`);
    const root = functionRoot(cart, discount, { store, appId, now });
    const run = this.runner.run(extension, DISCOUNT_API, { root, lines: cart.lines.length });
    const report = {
      discountId: discount.id,
      title: discount.title,
      handle: run.handle,
      lost: run.reason,
      instructions: run.instructions,
      inputBytes: run.inputBytes,
      outputBytes: run.outputBytes,
      log: run.log,
    };
    if (run.reason !== null) return { proposal: null, report };
    try {
      return { proposal: proposalOf(discount, readOffers(run.output), cart), report };
    } catch (error) {
      if (error instanceof RangeError) return { proposal: null, report: { ...report, lost: error.message } };
      throw error;
    }
  }

  private resultOf(
    priced: PricedCart,
    { onLines, onOrder }: Combination,
    functions: readonly FunctionReport[],
  ): Omit<CheckoutResult, keyof Payments> {
    const { taxesIncluded } = this.options.store.world.shop;
    const lines = priced.lines.map((line, index): CheckoutLine => {
      const reduction = onLines.get(index);
      return {
        lineId: line.id,
        variantId: line.variant.id,
        title: line.product.title,
        quantity: line.quantity,
        unitPriceMinor: line.unitPrice,
        discountMinor: reduction?.amount ?? 0n,
        totalMinor: line.total - (reduction?.amount ?? 0n),
        discount: reduction ? appliedOf(reduction) : null,
      };
    });
    const subtotalMinor = sumOf(lines.map(({ totalMinor }) => totalMinor));
    const orderDiscountMinor = sumOf(onOrder.map(({ amount }) => amount));
    const shares = sharesOf(
      orderDiscountMinor,
      priced,
      lines.map(({ totalMinor }) => totalMinor),
    );
    const tax = lines.map((line, index) => {
      const isTaxed = priced.lines[index]?.product.giftCard === false;
      const asked = line.totalMinor - (shares[index] ?? 0n);
      return isTaxed ? taxOn(asked, { rate: priced.cart.taxRate, taxesIncluded }) : 0n;
    });
    const taxMinor = sumOf(tax);
    const counts = functions.map(({ instructions }) => instructions);
    return {
      currency: priced.exchange.to,
      presentmentRate: priced.exchange.rate,
      lines,
      subtotalMinor,
      orderDiscountMinor,
      orderDiscounts: onOrder.map(appliedOf),
      taxMinor,
      totalMinor: subtotalMinor - orderDiscountMinor + (taxesIncluded ? 0n : taxMinor),
      functions,
      instructions: counts.includes(null) ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
      inputBytes: functions.reduce((sum, { inputBytes }) => sum + inputBytes, 0),
      outputBytes: functions.reduce((sum, { outputBytes }) => sum + outputBytes, 0),
    };
  }
}

function appliedOf({ discount, message, amount }: Reduction): AppliedDiscount {
  const { id, title } = discount;
  return { discountId: id, title, message: message ?? title, amountMinor: amount };
}
