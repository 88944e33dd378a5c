import type { LedgerContext, UnitCost } from "#app/core/ledger/entries-of-order.ts";
import type { LedgerEntry } from "#app/core/ledger/entry.ts";
import { shopDays } from "#app/core/time/shop-day.ts";

/** Unit costs by variant, the same on every day; a variant that is not named has none. */
export const costs = (byVariant: Readonly<Record<number, bigint>>, timeZone = "UTC"): LedgerContext => ({
  dayOf: shopDays(timeZone),
  unitCostOn: (variantId): UnitCost | null => {
    const amount = byVariant[Number(variantId)];
    return amount === undefined ? null : { amount, provenance: "actual" };
  },
});

/** Entries as "kind line amount" (line `-` where there is none), in the order given: what a hand-computed ledger looks like. */
export const rows = (entries: readonly LedgerEntry[]): string[] =>
  entries.map(({ kind, lineId, amount }) => `${kind} ${lineId ?? "-"} ${amount}`);

/** The sum of the entries of some kinds. */
export const total = (entries: readonly LedgerEntry[], ...kinds: readonly LedgerEntry["kind"][]): bigint => {
  let amount = 0n;
  for (const entry of entries) if (kinds.includes(entry.kind)) amount += entry.amount;
  return amount;
};
