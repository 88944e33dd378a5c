import type pg from "pg";
import type { CustomerFilter, CustomerSort } from "#app/core/customers/customer-filter.ts";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import type { Contribution } from "#app/core/profit/contribution.ts";
import type { Flag, Tier } from "#app/core/tiers/tier.ts";
import { fromSnapshot } from "#app/db/pool.server.ts";

/** A customer's line in the list and in the export. Amounts in minor units over the run's window. */
export interface CustomerLine extends Contribution {
  readonly id: bigint;
  readonly key: string;
  readonly kind: CustomerKind;
  readonly name: string | null;
  readonly email: string | null;
  readonly rank: number;
  /** The provisional one where there is one. */
  readonly tier: Tier;
  readonly isProvisional: boolean;
  /** Hundredths of a point; null where the run's policy does not score. */
  readonly score: number | null;
  readonly flags: readonly Flag[];
  readonly orders: number;
  readonly goods: bigint;
  readonly goodsWithKnownCost: bigint;
}

/** The tier that is shown: where a customer's figures have changed since the run, the one they make now. */
const TIER = "coalesce(provisional_tier, tier)";

export const LINE_COLUMNS = `customer.id, customer.key, customer.kind, customer.name, customer.email, rank, ${TIER} AS tier,
  provisional_tier IS NOT NULL AS "isProvisional", score, flags, orders, net_sales AS "netSales", cm1, cm2, cm3, cm4, goods, goods_with_known_cost AS "goodsWithKnownCost"`;

const FROM = `FROM standing JOIN customer ON customer.shop_id = standing.shop_id AND customer.id = standing.customer_id
  WHERE standing.shop_id = $1
    AND ($2 = '' OR customer.name ILIKE $3 OR customer.email ILIKE $3 OR customer.key ILIKE $3)
    AND (cardinality($4::text[]) = 0 OR ${TIER}::text = ANY ($4))
    AND flags @> $5::text[]`;

const SORTS: Readonly<Record<CustomerSort, string>> = {
  rank: "rank",
  name: "lower(coalesce(customer.name, customer.email, customer.key))",
  orders: "orders",
  "net-sales": "net_sales",
  profit: "cm4",
};

/** A pattern that finds the text anywhere, its own wildcards taken literally. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (wildcard) => `\\${wildcard}`)}%`;

const parameters = (shopId: number, filter: CustomerFilter): unknown[] => [
  shopId,
  filter.search,
  containing(filter.search),
  filter.tiers,
  filter.flags,
];

const CUSTOMERS_PER_PAGE = 50;

export interface CustomerPage {
  readonly perPage: number;
  readonly total: number;
  readonly customers: readonly CustomerLine[];
}

/** One page of the customers that the filter lets through, and how many there are in all. @param page from 1 */
export const listCustomers = async (
  pool: pg.Pool,
  shopId: number,
  filter: CustomerFilter,
  page: number,
): Promise<CustomerPage> => {
  const direction = filter.descending ? "DESC" : "ASC";
  const [counted, listed] = await Promise.all([
    pool.query<{ total: number }>(`SELECT count(*)::int AS total ${FROM}`, parameters(shopId, filter)),
    pool.query<CustomerLine>(
      `SELECT ${LINE_COLUMNS} ${FROM} ORDER BY ${SORTS[filter.sort]} ${direction}, rank LIMIT $6 OFFSET $7`,
      [...parameters(shopId, filter), CUSTOMERS_PER_PAGE, (page - 1) * CUSTOMERS_PER_PAGE],
    ),
  ]);
  return { perPage: CUSTOMERS_PER_PAGE, total: counted.rows[0]?.total ?? 0, customers: listed.rows };
};

const EXPORT_BATCH = 5000;

/** All customers that the filter lets through, by rank, a batch at a time, as they were when the export began. */
export const exportCustomers = (
  pool: pg.Pool,
  shopId: number,
  filter: CustomerFilter,
): AsyncGenerator<readonly CustomerLine[]> => fromSnapshot(pool, (client) => batches(client, shopId, filter));

async function* batches(
  client: pg.PoolClient,
  shopId: number,
  filter: CustomerFilter,
): AsyncGenerator<readonly CustomerLine[]> {
  for (let after = 0; ;) {
    const { rows } = await client.query<CustomerLine>(
      `SELECT ${LINE_COLUMNS} ${FROM} AND rank > $6 ORDER BY rank LIMIT $7`,
      [...parameters(shopId, filter), after, EXPORT_BATCH],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < EXPORT_BATCH) return;
    after = rows.at(-1)?.rank ?? after;
  }
}
