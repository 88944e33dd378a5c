import { costEntry, type LineCost } from "../costs/unit-cost.ts";
import type { Order, Refund } from "../orders/order.ts";
import { occasion, type LedgerContext } from "./context.ts";
import { fact, type LedgerEntry } from "./entry.ts";
import { removedUnits } from "./removed-units.ts";

/** Lines of goods with what their units cost; gift cards are not among them. */
type Costs = ReadonlyMap<bigint, LineCost>;

/** What happened to an order after it was placed: units taken off by edits, fees kept of returns, refunds. */
export const entriesOfChanges = (order: Order, costs: Costs, context: LedgerContext): LedgerEntry[] => {
  if (order.changes === null) return [];
  const back = unitsBack();
  return merged([
    ...entriesOfRemovals(order, costs, { context, back }),
    ...entriesOfReturnFees(order, context),
    ...order.changes.refunds
      .toSorted((a, b) => a.at - b.at)
      .flatMap((refund) => entriesOfRefund(order, refund, costs, { context, back })),
  ]);
};

interface How {
  readonly context: LedgerContext;
  readonly back: ReturnType<typeof unitsBack>;
}

/** Counts the units of a line whose cost has come back; returns how many had before. */
const unitsBack = () => {
  const counts = new Map<bigint, number>();
  return (lineId: bigint, quantity: number): number => {
    const before = counts.get(lineId) ?? 0;
    counts.set(lineId, before + quantity);
    return before;
  };
};

const entriesOfRemovals = (order: Order, costs: Costs, { context, back }: How): LedgerEntry[] =>
  removedUnits(order).flatMap(({ event, line, quantity, net }): LedgerEntry[] => {
    const cost = costs.get(line.id);
    if (!cost) return [];
    const when = occasion(context, { type: event.type, id: event.id }, event.at);
    const returned = fact("return", line.id, when, -net);
    // What an edit takes off was never sent. Of what came back without a refund nobody has said yet whether it is stock.
    if (event.type !== "edit") return [returned];
    return [returned, costEntry("cogs_restocked", line, when, cost.of(quantity, back(line.id, quantity)))];
  });

const entriesOfReturnFees = (order: Order, context: LedgerContext): LedgerEntry[] =>
  (order.changes?.returnFees ?? []).map(({ event, amount, tax }) => {
    const when = occasion(context, { type: event.type, id: event.id }, event.at);
    return fact("other_revenue", null, when, order.taxesIncluded ? amount - tax : amount);
  });

const entriesOfRefund = (order: Order, refund: Refund, costs: Costs, { context, back }: How): LedgerEntry[] => {
  const when = occasion(context, { type: "refund", id: refund.id }, refund.at);
  const entries: LedgerEntry[] = [];
  for (const { lineId, amount, tax, quantity, restockType } of refund.lines) {
    const line = order.lines.find(({ id }) => id === lineId);
    const cost = costs.get(lineId);
    if (!line || !cost) continue;
    entries.push(fact("return", lineId, when, -(order.taxesIncluded ? amount - tax : amount)));
    if (restockType === "NO_RESTOCK") continue;
    entries.push(costEntry("cogs_restocked", line, when, cost.of(quantity, back(lineId, quantity))));
  }
  const shipping = refund.shipping.amount - (order.taxesIncluded ? refund.shipping.tax : 0n);
  if (shipping !== 0n) entries.push(fact("shipping_revenue", null, when, -shipping));
  if (refund.adjustment !== 0n) entries.push(fact("refund_adjustment", null, when, refund.adjustment));
  return entries;
};

/** A refund or an edit may name a line twice: the ledger has one entry for each line, kind and event. */
const merged = (entries: readonly LedgerEntry[]): LedgerEntry[] => {
  const byKey = new Map<string, LedgerEntry>();
  for (const entry of entries) {
    const key = `${entry.kind} ${entry.lineId} ${entry.event.type} ${entry.event.id}`;
    const other = byKey.get(key);
    byKey.set(key, other ? { ...entry, amount: other.amount + entry.amount } : entry);
  }
  return [...byKey.values()];
};
