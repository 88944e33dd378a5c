import { NO_COST_RULES } from "#app/core/costs/cost-rules.ts";
import type { LedgerContext, UnitCost } from "#app/core/ledger/context.ts";
import type { LedgerEntry } from "#app/core/ledger/entry.ts";
import { entriesOfOrder } from "#app/core/ledger/entries-of-order.ts";
import type { Order } from "#app/core/orders/order.ts";
import { totalsByDay, type DayTotals } from "#app/core/profit/contribution.ts";
import { shopDays, type ShopDay } from "#app/core/time/shop-day.ts";

/** Unit costs by variant, the same on every day; a variant that is not named has none. No rules, no disputes. */
export const costs = (byVariant: Readonly<Record<number, bigint>>, timeZone = "UTC"): LedgerContext => ({
  dayOf: shopDays(timeZone),
  now: Date.UTC(2026, 0, 1),
  weightOf: () => null,
  rules: NO_COST_RULES,
  tierOf: () => null,
  disputeOf: () => null,
  rebateOf: () => null,
  unitCostOn: (variantId): UnitCost | null => {
    const amount = byVariant[Number(variantId)];
    return amount === undefined ? null : { amount, provenance: "actual" };
  },
});

/** The entries of an order. */
export const ledgerOf = (order: Order, context: LedgerContext): readonly LedgerEntry[] =>
  entriesOfOrder(order, context).entries;

/** An order's ledger summed by day. */
export const daysOf = (order: Order, context: LedgerContext): ReadonlyMap<ShopDay, DayTotals> =>
  totalsByDay(order, entriesOfOrder(order, context), context.dayOf);

/** Entries as "kind line amount" (line `-` where there is none), in the order given: what a hand-computed ledger looks like. */
export const rows = (entries: readonly LedgerEntry[]): string[] =>
  entries.map(({ kind, lineId, amount }) => `${kind} ${lineId ?? "-"} ${amount}`);

/** The sum of the entries of some kinds. */
export const total = (entries: readonly LedgerEntry[], ...kinds: readonly LedgerEntry["kind"][]): bigint => {
  let amount = 0n;
  for (const entry of entries) if (kinds.includes(entry.kind)) amount += entry.amount;
  return amount;
};
