import type pg from "pg";
import type { World } from "#tests/local-shopify/world/world.ts";
import { addOrder, type CustomerSums } from "./customers.ts";
import { referenceLedger, referenceShop } from "./ledger.ts";

/** What the database says and what the reference says, where they are not the same. */
export interface Comparison {
  readonly orders: number;
  readonly entries: number;
  readonly customers: number;
  /** How many entries of each kind the reference has. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Lines that only the database has, with a minus, and lines that only the reference has, with a plus. */
  readonly differences: readonly string[];
}

const print = (value: unknown): string => (typeof value === "bigint" ? `${value}` : String(value));

/** What a line of text stands for is there as often on both sides. */
const differencesOf = (found: readonly string[], expected: readonly string[]): string[] => {
  const counts = new Map<string, number>();
  for (const line of found) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of expected) counts.set(line, (counts.get(line) ?? 0) - 1);
  return [...counts].flatMap(([line, count]) => (count === 0 ? [] : [`${count > 0 ? "-" : "+"} ${line}`])).sort();
};

const ENTRIES = `SELECT concat_ws(' ', order_id, line_id, kind, event_type, to_char(day, 'YYYY-MM-DD'), amount, provenance) AS line
  FROM ledger_entry WHERE shop_id = $1 AND (amount <> 0 OR provenance = 'unknown')`;

const CUSTOMERS = `SELECT key, sum(orders)::int AS orders, sum(net_sales)::bigint AS "netSales", sum(cm1)::bigint AS cm1,
    sum(cm2)::bigint AS cm2, sum(cm3)::bigint AS cm3, sum(cm4)::bigint AS cm4, sum(goods)::bigint AS goods,
    sum(goods_with_known_cost)::bigint AS "goodsWithKnownCost", bool_or(has_unknown_cost) AS "hasUnknownCost",
    sum(refunds)::bigint AS refunds, sum(sold)::bigint AS sold, sum(returned)::bigint AS returned,
    sum(cancelled)::bigint AS cancelled, sum(disputed)::bigint AS disputed
  FROM order_day JOIN customer ON customer.shop_id = order_day.shop_id AND customer.id = customer_id
  WHERE order_day.shop_id = $1 GROUP BY key`;

const printSums = (key: string, sums: CustomerSums): string =>
  [
    key,
    sums.orders,
    ...[sums.netSales, sums.cm1, sums.cm2, sums.cm3, sums.cm4],
    ...[sums.goods, sums.goodsWithKnownCost, sums.hasUnknownCost],
    ...[sums.refunds, sums.sold, sums.returned, sums.cancelled, sums.disputed],
  ]
    .map(print)
    .join(" ");

/**
 * Holds every entry of a synced shop, and the sums of its customers, against what the reference works out of its world file.
 *
 * @param now when the shop was synced for the first and only time
 */
export const compareWithReference = async (
  pool: pg.Pool,
  shopId: number,
  world: World,
  now: Date,
): Promise<Comparison> => {
  const shop = referenceShop(world, now);
  const sums = new Map<string, CustomerSums>();
  const kinds: Record<string, number> = {};
  const expected = world.orders.flatMap((order) => {
    const entries = referenceLedger(shop, order);
    addOrder(sums, world, order, entries);
    for (const { kind } of entries) kinds[kind] = (kinds[kind] ?? 0) + 1;
    return entries.map(({ line, kind, event: [type], day, amount, provenance }) =>
      [order.id, line ?? 0, kind, type, day, amount, provenance].map(print).join(" "),
    );
  });
  const entries = await pool.query<{ line: string }>(ENTRIES, [shopId]);
  const customers = await pool.query<CustomerSums & { key: string }>(CUSTOMERS, [shopId]);
  return {
    orders: world.orders.length,
    entries: expected.length,
    customers: sums.size,
    kinds,
    differences: [
      ...differencesOf(
        entries.rows.map(({ line }) => line),
        expected,
      ),
      ...differencesOf(
        customers.rows.map((row) => printSums(row.key, row)),
        [...sums].map(([key, one]) => printSums(key, one)),
      ),
    ],
  };
};
