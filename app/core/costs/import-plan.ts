import type { ShopDay } from "../time/shop-day.ts";
import type { CostLine, LineFault } from "./cost-lines.ts";
import { unitCostHistory, type UnitCostRow } from "./unit-cost-history.ts";

/** A line whose variant was found in the shop. */
export interface OwnedLine extends CostLine {
  readonly variantId: bigint;
}

interface Variant {
  readonly id: bigint;
  readonly sku: string | null;
}

/** An imported unit cost to be written. */
export interface CostChange {
  readonly variantId: bigint;
  readonly from: ShopDay;
  readonly amount: bigint | null;
}

/** What a file would do to a shop's unit costs. */
export interface ImportPlan {
  /** Lines that can be imported, also those that change nothing. */
  readonly goodLines: number;
  readonly variants: number;
  readonly changes: readonly CostChange[];
  /** Variants of which Shopify has shown another cost since the imported one, which holds today. */
  readonly overtaken: number;
  readonly faults: readonly LineFault[];
}

const grouped = <T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
};

/** The variants that lines speak of: by number where there is one, else by SKU, which has to be one variant's alone. */
export const findVariants = (
  lines: readonly CostLine[],
  variants: readonly Variant[],
): { readonly lines: OwnedLine[]; readonly faults: LineFault[] } => {
  const ids = new Set(variants.map(({ id }) => id));
  const bySku = grouped(variants, ({ sku }) => sku);
  const found: OwnedLine[] = [];
  const faults: LineFault[] = [];
  for (const line of lines) {
    const variant = line.variantId === null ? variantBySku(line, bySku) : variantById(line.variantId, ids);
    if (typeof variant === "string") faults.push(faultOf(line, variant));
    else found.push({ ...line, variantId: variant });
  }
  return { lines: found, faults };
};

/** A variant's number, or why there is none. */
type Found = bigint | string;

const variantById = (id: bigint, ids: ReadonlySet<bigint>): Found =>
  ids.has(id) ? id : "No variant of this shop has this number.";

const variantBySku = ({ sku }: CostLine, bySku: ReadonlyMap<string | null, readonly Variant[]>): Found => {
  const [first, ...others] = bySku.get(sku) ?? bySku.get(sku?.trim() ?? null) ?? [];
  if (!first) return "No variant of this shop has this SKU.";
  if (others.length === 0) return first.id;
  return `${others.length + 1} variants have this SKU: say which one by its variant_id.`;
};

const faultOf = ({ line, variantId, sku }: CostLine, reason: string): LineFault =>
  variantId === null
    ? { line, column: "sku", text: sku ?? "", reason }
    : { line, column: "variant_id", text: variantId.toString(), reason };

type Known = ReadonlyMap<bigint, readonly UnitCostRow[]>;

/**
 * What is to be written so that the shop's unit costs are as the lines say. An exported file that comes back unchanged
 * changes nothing: its lines of Shopify's own costs stay Shopify's, and where nothing was known a blank says nothing new.
 *
 * @param today the shop's day, for what holds now
 */
export const planImport = (lines: readonly OwnedLine[], known: Known, today: ShopDay): ImportPlan => {
  const isNews = (line: OwnedLine): boolean => !(line.isShopify && isAsKnown(line, known, "shopify"));
  const byPlace = grouped(lines.filter(isNews), ({ variantId, from }) => `${variantId} ${from}`);
  const faults: LineFault[] = [];
  const clear: OwnedLine[] = [];
  for (const [first, ...rest] of byPlace.values()) {
    if (!first) continue;
    const other = rest.find(({ amount }) => amount !== first.amount);
    if (other === undefined) clear.push(first);
    else faults.push(...[first, ...rest].map((line) => conflict(line, line === first ? other : first)));
  }
  const changes = changesOf(clear, known);
  const bad = new Set(faults.map(({ line }) => line));
  const good = lines.filter(({ line }) => !bad.has(line));
  return {
    goodLines: good.length,
    variants: new Set(good.map(({ variantId }) => variantId)).size,
    changes,
    overtaken: overtakenBy(changes, known, today),
    faults,
  };
};

const conflict = ({ line }: OwnedLine, other: OwnedLine): LineFault => ({
  line,
  column: "unit_cost",
  text: "",
  reason: `Line ${other.line} says another cost of the same variant for the same day.`,
});

const isAsKnown = ({ variantId, from, amount }: CostChange, known: Known, source: UnitCostRow["source"]): boolean =>
  (known.get(variantId) ?? []).some((row) => row.source === source && row.from === from && row.amount === amount);

const changesOf = (lines: readonly OwnedLine[], known: Known): CostChange[] => {
  const firstGiven = new Map<bigint, ShopDay>();
  const give = (variantId: bigint, from: ShopDay): void =>
    void firstGiven.set(variantId, Math.min(from, firstGiven.get(variantId) ?? Infinity));
  for (const [variantId, rows] of known) for (const { from } of rows) give(variantId, from);
  for (const { variantId, from, amount } of lines) if (amount !== null) give(variantId, from);
  return lines
    .filter((line) => !isAsKnown(line, known, "import"))
    .filter(({ variantId, from, amount }) => amount !== null || (firstGiven.get(variantId) ?? Infinity) <= from)
    .map(({ variantId, from, amount }) => ({ variantId, from, amount }));
};

/** Variants whose cost of today is Shopify's and would be another one if Shopify had shown none. */
const overtakenBy = (changes: readonly CostChange[], known: Known, today: ShopDay): number => {
  const byVariant = grouped(
    changes.filter(({ from }) => from <= today),
    ({ variantId }) => variantId,
  );
  return [...byVariant].filter(([variantId, own]) => {
    const rows = known.get(variantId) ?? [];
    const replaced = (row: UnitCostRow): boolean => own.some(({ from }) => from === row.from);
    const imported = [
      ...rows.filter((row) => row.source === "import" && !replaced(row)),
      ...own.map((change) => ({ ...change, provenance: "actual" as const, source: "import" as const })),
    ];
    const amountOf = (history: readonly UnitCostRow[]): bigint | undefined => unitCostHistory(history)(today)?.amount;
    return amountOf([...rows.filter(({ source }) => source === "shopify"), ...imported]) !== amountOf(imported);
  }).length;
};
