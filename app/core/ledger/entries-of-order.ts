import type { Order, OrderLine, Refund } from "../orders/order.ts";
import type { Instant, ShopDay } from "../time/shop-day.ts";
import type { EntryKind, LedgerEntry, LedgerEvent, Provenance } from "./entry.ts";
import { lineSale } from "./line-sale.ts";

/** The version of the rule by which goods are costed: the unit cost in force on the day of the sale. */
export const COST_RULE_VERSION = 1;

export interface UnitCost {
  /** Minor units of the shop's currency for one unit. */
  readonly amount: bigint;
  readonly provenance: "actual" | "rule";
}

/** The unit cost of a variant in force on a day; null where nobody gave one. */
export type UnitCostOn = (variantId: bigint, day: ShopDay) => UnitCost | null;

export interface LedgerContext {
  readonly dayOf: (instant: Instant) => ShopDay;
  readonly unitCostOn: UnitCostOn;
}

interface When {
  readonly event: LedgerEvent;
  readonly occurredAt: Instant;
  readonly day: ShopDay;
}

const fact = (kind: EntryKind, lineId: bigint | null, when: When, amount: bigint): LedgerEntry => ({
  kind,
  lineId,
  ...when,
  amount,
  provenance: "actual",
  ruleVersion: null,
});

const derived = (
  kind: EntryKind,
  lineId: bigint,
  when: When,
  { amount, provenance }: { amount: bigint; provenance: Provenance },
): LedgerEntry => ({ kind, lineId, ...when, amount, provenance, ruleVersion: COST_RULE_VERSION });

const UNKNOWN_COST = { amount: 0n, provenance: "unknown" } as const;

/**
 * The ledger of one order: what was sold and given off, what came back, what was charged for shipping, what the goods
 * cost and what the payment provider kept. Amounts are minor units of the shop's currency, signed, each dated by Shopify.
 *
 * Gift-card lines leave no entry: selling one is a liability, not a sale. The cost of a returned unit is the cost on the
 * day of its sale.
 */
export const entriesOfOrder = (order: Order, context: LedgerContext): LedgerEntry[] => {
  const sold: When = {
    event: { type: "order", id: order.id },
    occurredAt: order.processedAt,
    day: context.dayOf(order.processedAt),
  };
  const costOf = (line: OrderLine, units: bigint): { amount: bigint; provenance: Provenance } => {
    const cost = line.variantId === null ? null : context.unitCostOn(line.variantId, sold.day);
    return cost === null ? UNKNOWN_COST : { amount: cost.amount * units, provenance: cost.provenance };
  };
  const goods = order.lines.filter((line) => !line.giftCard);
  const goodsById = new Map(goods.map((line) => [line.id, line]));
  const entries: LedgerEntry[] = [];
  for (const line of goods) {
    const { gross, discount } = lineSale(line, order.taxesIncluded);
    entries.push(fact("gross_sale", line.id, sold, gross));
    if (discount !== 0n) entries.push(fact("discount", line.id, sold, discount));
    entries.push(derived("cogs", line.id, sold, costOf(line, BigInt(-line.quantity))));
  }
  if (order.shipping !== null) {
    const { discountedPrice, tax } = order.shipping;
    const net = order.taxesIncluded ? discountedPrice - tax : discountedPrice;
    if (net !== 0n) entries.push(fact("shipping_revenue", null, sold, net));
  }
  for (const refund of order.refunds ?? []) {
    entries.push(...entriesOfRefund(refund, { order, goodsById, costOf, dayOf: context.dayOf }));
  }
  entries.push(...entriesOfFees(order, context.dayOf));
  return entries;
};

interface RefundContext {
  readonly order: Order;
  readonly goodsById: ReadonlyMap<bigint, OrderLine>;
  readonly costOf: (line: OrderLine, units: bigint) => { amount: bigint; provenance: Provenance };
  readonly dayOf: (instant: Instant) => ShopDay;
}

const entriesOfRefund = (refund: Refund, { order, goodsById, costOf, dayOf }: RefundContext): LedgerEntry[] => {
  const when: When = {
    event: { type: "refund", id: refund.id },
    occurredAt: refund.at,
    day: dayOf(refund.at),
  };
  const returned = new Map<bigint, { net: bigint; restockedUnits: bigint }>();
  for (const { lineId, amount, tax, quantity, restocked } of refund.lines) {
    if (!goodsById.has(lineId)) continue;
    const before = returned.get(lineId) ?? { net: 0n, restockedUnits: 0n };
    returned.set(lineId, {
      net: before.net + amount - (order.taxesIncluded ? tax : 0n),
      restockedUnits: before.restockedUnits + (restocked ? BigInt(quantity) : 0n),
    });
  }
  const entries: LedgerEntry[] = [];
  for (const [lineId, { net, restockedUnits }] of returned) {
    entries.push(fact("return", lineId, when, -net));
    const line = goodsById.get(lineId);
    if (line && restockedUnits > 0n)
      entries.push(derived("cogs_restocked", lineId, when, costOf(line, restockedUnits)));
  }
  const shipping = refund.shipping.amount - (order.taxesIncluded ? refund.shipping.tax : 0n);
  if (shipping !== 0n) entries.push(fact("shipping_revenue", null, when, -shipping));
  if (refund.adjustment !== 0n) entries.push(fact("refund_adjustment", null, when, refund.adjustment));
  return entries;
};

const entriesOfFees = (order: Order, dayOf: RefundContext["dayOf"]): LedgerEntry[] =>
  order.transactions.flatMap((transaction): LedgerEntry[] => {
    if (transaction.fee === "none") return [];
    const when: When = {
      event: { type: "transaction", id: transaction.id },
      occurredAt: transaction.processedAt,
      day: dayOf(transaction.processedAt),
    };
    if (transaction.fee === "unknown") {
      return [{ ...fact("payment_fee", null, when, 0n), provenance: "unknown" }];
    }
    return [fact("payment_fee", null, when, -transaction.fee.known)];
  });
