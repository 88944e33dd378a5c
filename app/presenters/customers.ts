import type { CustomerFilter } from "#app/core/customers/customer-filter.ts";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import type { Contribution } from "#app/core/profit/contribution.ts";
import { textCell } from "#app/core/csv/text-cell.ts";
import type { Flag, Tier } from "#app/core/tiers/tier.ts";
import { formatAmount } from "#app/core/money/money.ts";
import { customerKind, customerName } from "./customer-name.ts";
import { count, money, percentOf, points } from "./format.ts";

/** A customer's figures, in minor units. */
export interface CustomerFigures extends Contribution {
  readonly id: bigint;
  readonly key: string;
  readonly kind: CustomerKind;
  readonly name: string | null;
  readonly email: string | null;
  readonly rank: number;
  readonly tier: Tier;
  /** Worked out since the latest run, by its borders. */
  readonly isProvisional: boolean;
  /** Hundredths of a point; null where the policy does not score. */
  readonly score: number | null;
  readonly flags: readonly Flag[];
  readonly orders: number;
  readonly goods: bigint;
  readonly goodsWithKnownCost: bigint;
}

export interface CustomerRowView {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly rank: string;
  readonly tier: Tier;
  readonly isProvisional: boolean;
  readonly flags: readonly Flag[];
  readonly orders: string;
  readonly netSales: string;
  readonly profit: string;
  readonly isLoss: boolean;
  readonly margin: string;
}

export const presentCustomerRow = (customer: CustomerFigures, currency: string): CustomerRowView => ({
  id: customer.id.toString(),
  name: customerName(customer),
  kind: customerKind(customer.kind),
  rank: count(customer.rank),
  tier: customer.tier,
  isProvisional: customer.isProvisional,
  flags: customer.flags,
  orders: count(customer.orders),
  netSales: money(customer.netSales, currency),
  profit: money(customer.cm4, currency),
  isLoss: customer.cm4 < 0n,
  margin: percentOf(customer.cm4, customer.netSales) ?? "–",
});

/** Columns of customers.csv. Score, in points, is empty for tier methods that do not score. */
export const CUSTOMER_CSV_COLUMNS = [
  "key",
  "name",
  "orders",
  "net_sales",
  "cm1",
  "cm2",
  "cm3",
  "cm4",
  "tier",
  "flags",
  "score",
  "rank",
  "cost_coverage",
  "currency",
] as const;

/** Share of goods sold with a known cost, from 0 to 1 with four decimals; empty where nothing was sold on balance. */
const coverage = (known: bigint, goods: bigint): string => {
  if (goods <= 0n) return "";
  const tenThousandths = (known * 20_000n + goods) / (goods * 2n);
  return `${tenThousandths / 10_000n}.${(tenThousandths % 10_000n).toString().padStart(4, "0")}`;
};

export const customerCsvRow = (customer: CustomerFigures, currency: string): string[] => [
  textCell(customer.key),
  textCell(customer.name ?? ""),
  String(customer.orders),
  formatAmount(customer.netSales, currency),
  formatAmount(customer.cm1, currency),
  formatAmount(customer.cm2, currency),
  formatAmount(customer.cm3, currency),
  formatAmount(customer.cm4, currency),
  customer.tier,
  customer.flags.join(";"),
  customer.score === null ? "" : points(customer.score),
  String(customer.rank),
  coverage(customer.goodsWithKnownCost, customer.goods),
  currency,
];

export interface NobodyView {
  readonly title: string;
  readonly advice: string;
}

/** Why a page of the list shows nobody, and what to do about it. */
export const presentNobody = ({ search, tiers, flags }: CustomerFilter, total: number): NobodyView => {
  if (total > 0) return { title: "This page is empty", advice: "The list has fewer pages than that" };
  if (search !== "" || tiers.length + flags.length > 0)
    return { title: "No customers found", advice: "Try another search or filter" };
  return {
    title: "No customers yet",
    advice: "Whoever has ordered is listed here once the shop has been read; Home shows how far that is",
  };
};
