import type { UnitCost } from "../ledger/context.ts";
import type { ShopDay } from "../time/shop-day.ts";

/** Where a unit cost comes from: Shopify as it showed it, or a file of the merchant's. */
export type CostSource = "shopify" | "import";

/** One unit cost of a variant with the day from which it holds. */
export interface UnitCostRow {
  readonly from: ShopDay;
  /** Minor units of the shop's currency; null: from this day on nobody gave one. */
  readonly amount: bigint | null;
  readonly provenance: "actual" | "rule";
  readonly source: CostSource;
}

/**
 * The unit cost in force, by day: of the rows that have started the latest, of the same day the imported one.
 *
 * A row of Shopify's that repeats the amount before it is no change. It is there because the day of the first sync is when
 * the cost was first seen, which says nothing of when it began: an imported cost that started earlier goes on until Shopify
 * shows another one.
 *
 * @example Shopify 4.20 seen first on 31 October; imported 3.80 from 1 January: before January 4.20 by rule, from then on
 * 3.80, also in November; 4.50 at Shopify on 5 November: from then on 4.50
 */
export const unitCostHistory = (rows: readonly UnitCostRow[]): ((day: ShopDay) => UnitCost | null) => {
  const states = statesOf(rows).map(({ from, amount, provenance }) => ({
    from,
    cost: amount === null ? null : { amount, provenance },
  }));
  return (day) => states.find(({ from }) => from <= day)?.cost ?? null;
};

/** The rows that hold, latest first. */
const statesOf = (rows: readonly UnitCostRow[]): UnitCostRow[] => {
  const byDay = rows.toSorted(
    (a, b) => a.from - b.from || Number(a.source === "import") - Number(b.source === "import"),
  );
  const states: UnitCostRow[] = [];
  let isImported = false;
  let shopify: UnitCostRow | null = null;
  for (const row of byDay) {
    const isRepeated: boolean = row.source === "shopify" && shopify !== null && shopify.amount === row.amount;
    if (row.source === "import") isImported = true;
    else shopify = row;
    if (!(isRepeated && isImported)) states.push(row);
  }
  return states.toReversed();
};
