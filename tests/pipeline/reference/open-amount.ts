import type { World, WorldOrder } from "#tests/local-shopify/world/world.ts";
import { minorIn, total } from "./money.ts";
import { includesTax, type Removal, type SoldLine } from "./sold-lines.ts";

/** What an order comes to, in minor units of the shop's currency. */
export interface OrderMoney {
  /** What is asked for after all that was taken off and given back. */
  readonly current: bigint;
  /** Of this what is not the shop's: tax, duties, tips, gift cards sold. */
  readonly aside: bigint;
  /** What has not been paid of it; nothing where the order was cancelled. */
  readonly open: bigint;
}

/** Amount and tax as written, each amount as asked for and its tax, for all that was charged (+) and given back (-). */
const charges = (
  world: World,
  order: WorldOrder,
  lines: readonly SoldLine[],
): { amount: bigint; tax: bigint; aside: bigint }[] => {
  const minor = minorIn(world.shop.currency);
  const inside = includesTax(world, order);
  // `aside` is what of an amount, its tax apart, belongs to others.
  const charge = (amount: bigint, tax: bigint, isAside = false) => {
    const net = inside ? amount - tax : amount;
    return { amount: net + tax, tax, aside: isAside ? net : 0n };
  };
  const passedOn = (amount: bigint) => ({ amount, tax: 0n, aside: amount });
  const { price, discount, tax } = order.shipping;
  const isCard = (lineId: number): boolean => lines.some(({ line }) => line.id === lineId && line.giftCard);
  return [
    ...lines.map((one) => charge(one.asked, one.tax, one.line.giftCard)),
    ...lines.map(({ line }) => passedOn(minor(line.duties ?? "0"))),
    charge(minor(price) - minor(discount), minor(tax)),
    ...(order.additionalFees ?? []).map((fee) => charge(minor(fee.price), minor(fee.tax))),
    passedOn(minor(order.tip)),
    ...order.refunds.flatMap((refund) => [
      ...refund.lines.map((part) => charge(-minor(part.amount), -minor(part.tax), isCard(part.lineId))),
      charge(-minor(refund.shipping), -minor(refund.shippingTax)),
      charge(-minor(refund.adjustment), -minor(refund.adjustmentTax)),
      passedOn(-minor(refund.duties ?? "0")),
      ...(refund.fees ?? []).map((fee) => charge(minor(fee.amount), minor(fee.tax))),
    ]),
  ];
};

export const orderMoney = (
  world: World,
  order: WorldOrder,
  { lines, removed }: { readonly lines: readonly SoldLine[]; readonly removed: readonly Removal[] },
): OrderMoney => {
  const minor = minorIn(world.shop.currency);
  const all = charges(world, order, lines);
  const off = total(removed.map(({ net, tax }) => net + tax));
  const current = total(all.map(({ amount }) => amount)) - off;
  const tax = total(all.map((one) => one.tax)) - total(removed.map((one) => one.tax));
  const cardsOff = total(removed.filter(({ sold }) => sold.line.giftCard).map(({ net }) => net));
  const moved = (...kinds: string[]): bigint =>
    total(
      order.transactions
        .filter(({ kind, status }) => status === "SUCCESS" && kinds.includes(kind))
        .map(({ amount }) => minor(amount)),
    );
  return {
    current,
    aside: tax + total(all.map(({ aside }) => aside)) - cardsOff,
    open: order.cancelledAt === null ? current - moved("SALE", "CAPTURE") + moved("REFUND") : 0n,
  };
};
