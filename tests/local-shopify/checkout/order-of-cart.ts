import { toDecimal } from "#tests/local-shopify/world/money.ts";
import type { World, WorldObject, WorldShop } from "#tests/local-shopify/world/world.ts";
import { NotInLocalShopify } from "../admin-api/errors.ts";
import { isoSeconds } from "../admin-api/shop-store.ts";
import { least, percentOf, sumOf } from "./arithmetic.ts";
import { toShopMoney } from "./cart.ts";
import type { CheckedCart } from "./checkout.ts";
import type { CheckoutResult } from "./checkout-result.ts";
import { sharesOf, taxOn } from "./tax.ts";

type OrderObject = Extract<WorldObject, { type: "order" }>;
type Transaction = NonNullable<OrderObject["transactions"]>[number];

export interface PaymentChoice {
  /**
   * Paid at once; authorised, to be captured later; on the location's terms; or by a manual method, so that the payment is
   * pending.
   */
  readonly payment: "now" | "authorize" | "terms" | "manual";
  /** Default: the first on offer that is paid so. */
  readonly gateway?: string | undefined;
}

interface Numbers {
  readonly orderId: number;
  readonly firstLineId: number;
}

/**
 * The order that a checked cart becomes, as in the world file: in the shop's currency, each amount brought back from the
 * buyer's half up.
 *
 * @throws Error when the buyer may not pay so
 */
export function orderOfCart(checked: CheckedCart, choice: PaymentChoice, world: World, now: Date): OrderObject {
  const { priced, result } = checked;
  refuseChoice(checked, choice);
  const at = isoSeconds(now);
  const { buyer, exchange, cart } = priced;
  const numbers = nextNumbers(world);
  const { lines, orderDiscount, total } = goodsOf(checked, world.shop, numbers.firstLineId);
  const money = (minor: bigint) => toDecimal(minor, world.shop.currency);
  const country = cart.country ?? buyer.customer?.countryCode;
  return {
    type: "order",
    id: numbers.orderId,
    name: `#${numbers.orderId}`,
    customerId: buyer.isAuthenticated ? (buyer.customer?.id ?? null) : null,
    companyLocationId: buyer.place?.location.id ?? null,
    email: buyer.email,
    processedAt: at,
    presentmentCurrency: exchange.to,
    presentmentRate: exchange.rate,
    test: false,
    cancelledAt: null,
    lines,
    orderDiscount: money(orderDiscount),
    shipping: { price: "0", discount: "0", tax: "0" },
    tip: "0",
    terms: choice.payment === "terms" && result.terms ? { ...result.terms, issuedAt: at } : null,
    transactions: transactionsOf(total, choice, checked).map((one) => ({
      ...one,
      processedAt: at,
      ...feeOf(one, money),
    })),
    ...(country ? { shipTo: { countryCode: country } } : {}),
    ...(Object.keys(cart.attributes).length > 0 ? { attributes: cart.attributes } : {}),
  };

  function feeOf({ kind, gateway, amount, status }: Payment, print: typeof money) {
    // Two percent, so that the order has a fee like any other; what it is exactly does not matter here.
    const hasFee = kind === "SALE" && gateway === "shopify_payments" && status === "SUCCESS";
    return { amount: print(amount), fee: hasFee ? print(amount / 50n) : null };
  }
}

function refuseChoice(checked: CheckedCart, choice: PaymentChoice): void {
  const { result, combination, priced } = checked;
  if (result.checkoutToDraft) throw new NotInLocalShopify("draft orders, which this location's checkout makes");
  if (choice.payment === "terms" && !result.terms) throw new Error("the buyer has no payment terms");
  if (choice.payment !== "terms") gatewayOf(choice, result);
  const goods = priced.lines.filter(({ product }) => !product.giftCard).length;
  if (combination.onOrder.some(({ lines }) => lines.length < goods)) {
    throw new NotInLocalShopify("orders with an order discount that leaves lines out");
  }
}

/** Lines and discounts in the shop's currency, and what is to be paid. */
function goodsOf({ priced, result }: CheckedCart, { currency, taxesIncluded }: WorldShop, firstLineId: number) {
  const { exchange, cart } = priced;
  const sold = priced.lines.map((line, index) => {
    const full = line.shopUnitPrice * BigInt(line.quantity);
    const discount = least(toShopMoney(result.lines[index]?.discountMinor ?? 0n, exchange), full);
    return { line, discount, left: full - discount };
  });
  const left = sold.map((one) => one.left);
  const goods = sumOf(sold.filter(({ line }) => !line.product.giftCard).map((one) => one.left));
  const orderDiscount = least(toShopMoney(result.orderDiscountMinor, exchange), goods);
  const shares = sharesOf(orderDiscount, priced, left);
  const taxes = sold.map(({ line, left: asked }, index) =>
    line.product.giftCard ? 0n : taxOn(asked - (shares[index] ?? 0n), { rate: cart.taxRate, taxesIncluded }),
  );
  const money = (minor: bigint) => toDecimal(minor, currency);
  const lines = sold.map(({ line, discount }, index) => ({
    id: firstLineId + index,
    variantId: line.variant.id,
    title: line.product.title,
    quantity: line.quantity,
    unitPrice: money(line.shopUnitPrice),
    discount: money(discount),
    tax: money(taxes[index] ?? 0n),
    giftCard: line.product.giftCard,
    ...(line.sellingPlan === null ? {} : { sellingPlan: line.sellingPlan }),
  }));
  return { lines, orderDiscount, total: sumOf(left) - orderDiscount + (taxesIncluded ? 0n : sumOf(taxes)) };
}

interface Payment extends Pick<Transaction, "kind" | "gateway" | "status"> {
  readonly amount: bigint;
}

function transactionsOf(total: bigint, choice: PaymentChoice, { result }: CheckedCart): Payment[] {
  if (total === 0n) return [];
  if (choice.payment === "terms") {
    const deposit = percentOf(total, result.depositPercent ?? "0");
    if (deposit === 0n) return [];
    const gateway = gatewayOf({ ...choice, payment: "now" }, result);
    return [{ kind: "SALE", gateway, status: "SUCCESS", amount: deposit }];
  }
  const gateway = gatewayOf(choice, result);
  if (choice.payment === "authorize") return [{ kind: "AUTHORIZATION", gateway, status: "SUCCESS", amount: total }];
  return [{ kind: "SALE", gateway, status: choice.payment === "manual" ? "PENDING" : "SUCCESS", amount: total }];
}

/** The gateway by which a buyer pays who pays at once or by a manual method; it has to be on offer. */
function gatewayOf({ payment, gateway }: PaymentChoice, { methods }: CheckoutResult): string {
  const found = methods.find(
    (method) => method.isManual === (payment === "manual") && (gateway === undefined || method.gateway === gateway),
  );
  if (found) return found.gateway;
  const kind = payment === "manual" ? "manual payment" : "payment at once";
  throw new Error(`the checkout offers no ${kind}${gateway === undefined ? "" : ` by ${gateway}`}`);
}

function nextNumbers(world: World): Numbers {
  return { orderId: following(world.ordersById.keys()), firstLineId: following(world.taken.lines) };
}

function following(taken: Iterable<number>): number {
  let highest = 0;
  for (const number of taken) highest = Math.max(highest, number);
  return highest + 1;
}
