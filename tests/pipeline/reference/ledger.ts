import type { World, WorldLine, WorldOrder } from "#tests/local-shopify/world/world.ts";
import { dayIn, decimalsOf, fractionOf, halfUp, minorIn, total } from "./money.ts";
import { orderMoney } from "./open-amount.ts";
import { includesTax, removals, soldLines } from "./sold-lines.ts";

/**
 * The ledger of an order worked out from the world file alone, as plainly as the glossary tells it: every fact and the cost
 * of the goods, with none of the app's code and none of the local Shopify's.
 */
export interface ReferenceEntry {
  readonly line: number | null;
  readonly kind: string;
  /** What happened: the order, the nth edit, the return or refund with an id, the nth transaction or dispute. */
  readonly event: readonly [type: "order" | "edit" | "return" | "refund" | "transaction" | "dispute", which: number];
  readonly day: string;
  readonly amount: bigint;
  readonly provenance: "actual" | "rule" | "unknown";
}

/** What a shop's entries are worked out with. */
export interface ReferenceShop {
  readonly world: World;
  readonly minor: (decimal: string) => bigint;
  readonly dayOf: (iso: string) => string;
  /** Unit costs as Shopify shows them on the day of the sync, in minor units; nothing where it shows none. */
  readonly costs: ReadonlyMap<number, bigint>;
  /** The day of the sync: costs of the days before are taken from it. */
  readonly today: string;
}

/** @param now when the app read the shop for the first and only time */
export const referenceShop = (world: World, now: Date): ReferenceShop => {
  const minor = minorIn(world.shop.currency);
  const dayOf = dayIn(world.shop.timezone);
  const costs = new Map<number, bigint>();
  for (const { variant } of world.variants.values()) {
    const begun = variant.costChanges.filter(({ at }) => Date.parse(at) <= now.getTime());
    const latest = begun.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1);
    const cost = latest ? latest.unitCost : variant.unitCost;
    if (cost !== null) costs.set(variant.id, minor(cost));
  }
  return { world, minor, dayOf, costs, today: dayOf(now.toISOString()) };
};

type Add = (entry: Omit<ReferenceEntry, "line" | "provenance"> & Partial<ReferenceEntry>) => void;

/** All entries of an order but those of nothing, unless it is unknown what they come to. */
export const referenceLedger = (shop: ReferenceShop, order: WorldOrder): ReferenceEntry[] => {
  const merged = new Map<string, ReferenceEntry>();
  const add: Add = ({ line = null, provenance = "actual", ...entry }) => {
    const key = `${entry.kind} ${line} ${entry.event.join(" ")}`;
    const amount = entry.amount + (merged.get(key)?.amount ?? 0n);
    merged.set(key, { ...entry, line, provenance, amount });
  };
  goodsOf(shop, order, add);
  chargesOf(shop, order, add);
  refundsOf(shop, order, add);
  paymentsOf(shop, order, add);
  lossesOf(shop, order, add);
  return [...merged.values()].filter(({ amount, provenance }) => amount !== 0n || provenance === "unknown");
};

/** What a number of units cost, by the day on which the line was sold. */
const costOf = ({ costs, dayOf, today }: ReferenceShop, line: WorldLine, at: string, units: number) => {
  const unit = line.variantId === null ? undefined : costs.get(line.variantId);
  if (unit === undefined) return { amount: 0n, provenance: "unknown" } as const;
  return { amount: unit * BigInt(units), provenance: dayOf(at) < today ? "rule" : "actual" } as const;
};

const goodsOf = (shop: ReferenceShop, order: WorldOrder, add: Add): void => {
  const lines = soldLines(shop.world, order);
  for (const { line, at, edit, net, discount } of lines) {
    if (line.giftCard) continue;
    const sale = { line: line.id, event: edit === null ? (["order", 0] as const) : (["edit", edit] as const) };
    const day = shop.dayOf(at);
    add({ ...sale, day, kind: "gross_sale", amount: net + discount });
    add({ ...sale, day, kind: "discount", amount: -discount });
    const cost = costOf(shop, line, at, line.quantity);
    add({ ...sale, day, kind: "cogs", ...cost, amount: -cost.amount });
  }
  for (const { edit, at, sold, quantity, net } of removals(order, lines)) {
    if (sold.line.giftCard) continue;
    const removal = { line: sold.line.id, event: ["edit", edit] as const, day: shop.dayOf(at) };
    add({ ...removal, kind: "return", amount: -net });
    add({ ...removal, kind: "cogs_restocked", ...costOf(shop, sold.line, sold.at, quantity) });
  }
};

const netOf = (shop: ReferenceShop, order: WorldOrder) => {
  const isInside = includesTax(shop.world, order);
  return (amount: string, tax: string): bigint => shop.minor(amount) - (isInside ? shop.minor(tax) : 0n);
};

const chargesOf = (shop: ReferenceShop, order: WorldOrder, add: Add): void => {
  const net = netOf(shop, order);
  const sale = { event: ["order", 0] as const, day: shop.dayOf(order.processedAt) };
  const { price, discount, tax } = order.shipping;
  add({ ...sale, kind: "shipping_revenue", amount: net(price, tax) - shop.minor(discount) });
  const fees = (order.additionalFees ?? []).map((fee) => net(fee.price, fee.tax));
  add({ ...sale, kind: "other_revenue", amount: total(fees) });
};

const refundsOf = (shop: ReferenceShop, order: WorldOrder, add: Add): void => {
  const net = netOf(shop, order);
  const lines = soldLines(shop.world, order);
  for (const refund of order.refunds) {
    const back = { event: ["refund", refund.id] as const, day: shop.dayOf(refund.createdAt) };
    for (const { lineId, quantity, restockType, amount, tax } of refund.lines) {
      const sold = lines.find(({ line }) => line.id === lineId);
      if (!sold || sold.line.giftCard) continue;
      add({ ...back, line: lineId, kind: "return", amount: -net(amount, tax) });
      if (restockType === "NO_RESTOCK") continue;
      add({ ...back, line: lineId, kind: "cogs_restocked", ...costOf(shop, sold.line, sold.at, quantity) });
    }
    add({ ...back, kind: "shipping_revenue", amount: -net(refund.shipping, refund.shippingTax) });
    add({ ...back, kind: "refund_adjustment", amount: -net(refund.adjustment, refund.adjustmentTax) });
    // Fees are kept of a return, when it is opened.
    const opened = { event: ["return", refund.id] as const, day: shop.dayOf(refund.returnedAt ?? refund.createdAt) };
    for (const fee of refund.fees ?? []) add({ ...opened, kind: "other_revenue", amount: net(fee.amount, fee.tax) });
  }
};

type Transaction = WorldOrder["transactions"][number];

/** What of a fee is left in the shop's currency; null where nothing says how to convert it. */
const feeInShopCurrency = ({ world, minor }: ReferenceShop, order: WorldOrder, payment: Transaction): bigint | null => {
  const { fee, settlement } = payment;
  if (fee === null) return 0n;
  if (!settlement || settlement.currency === world.shop.currency) return minor(fee);
  const paid = minor(payment.amount);
  const buyers = decimalsOf(order.presentmentCurrency);
  const rate = fractionOf(order.presentmentRate);
  // What the buyer paid in his own currency, rounded to its minor unit.
  const presentment = halfUp(
    paid * rate.over * 10n ** BigInt(buyers),
    rate.under * 10n ** BigInt(decimalsOf(world.shop.currency)),
  );
  if (presentment === 0n) return null;
  const perUnit = fractionOf(settlement.rate);
  const settled = minorIn(settlement.currency)(fee);
  const over = settled * 10n ** BigInt(buyers) * perUnit.under * paid;
  return halfUp(over, perUnit.over * 10n ** BigInt(decimalsOf(settlement.currency)) * presentment);
};

const paymentsOf = (shop: ReferenceShop, order: WorldOrder, add: Add): void => {
  order.transactions.forEach((payment, index) => {
    const when = { event: ["transaction", index] as const, day: shop.dayOf(payment.processedAt) };
    const fee = feeInShopCurrency(shop, order, payment);
    if (fee === null) add({ ...when, kind: "payment_fee", amount: 0n, provenance: "unknown" });
    else add({ ...when, kind: "payment_fee", amount: -fee });
    if (payment.status !== "SUCCESS") return;
    const isPaidBack = payment.kind === "REFUND";
    if (!isPaidBack && payment.kind !== "SALE" && payment.kind !== "CAPTURE") return;
    const rounding = shop.minor(payment.rounding ?? "0");
    const exchange = shop.minor(payment.exchangeAdjustment ?? "0");
    add({ ...when, kind: "fx_adjustment", amount: exchange + (isPaidBack ? -rounding : rounding) });
  });
};

const lossesOf = (shop: ReferenceShop, order: WorldOrder, add: Add): void => {
  order.disputes.forEach(({ at, amount, fee, status }, index) => {
    if (status !== "LOST" && status !== "ACCEPTED") return;
    const lost = shop.minor(amount) + shop.minor(fee ?? "0");
    add({ event: ["dispute", index], day: shop.dayOf(at), kind: "chargeback", amount: -lost });
  });
  const which = order.transactions.findIndex(({ kind, status }) => kind === "VOID" && status === "SUCCESS");
  const voided = order.transactions[which];
  if (!voided) return;
  const lines = soldLines(shop.world, order);
  const { open, aside, current } = orderMoney(shop.world, order, { lines, removed: removals(order, lines) });
  if (open <= 0n || current <= 0n) return;
  const amount = -(open - halfUp(open * aside, current));
  add({ event: ["transaction", which], day: shop.dayOf(voided.processedAt), kind: "write_off", amount });
};
