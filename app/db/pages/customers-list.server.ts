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

/** Whom a filter lets through: conditions on standings and, where there is a search, on customers. */
interface Matching {
  readonly where: string;
  readonly parameters: readonly unknown[];
}

/** A pattern that finds the text anywhere, its own wildcards taken literally. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (wildcard) => `\\${wildcard}`)}%`;

/** Asks for what is filtered by and nothing else: a condition that everybody meets still takes its time for each. */
const matchingOf = (shopId: number, { search, tiers, flags }: CustomerFilter): Matching => {
  const conditions = ["standing.shop_id = $1"];
  const parameters: unknown[] = [shopId];
  const add = (condition: (parameter: string) => string, value: unknown): void => {
    parameters.push(value);
    conditions.push(condition(`$${parameters.length}`));
  };
  // The same as of TIER, in words of which PostgreSQL can tell how many rows there will be.
  const isShown = (own: string): string => {
    const among = `= ANY (${own}::tier[])`;
    return `(provisional_tier ${among} OR (provisional_tier IS NULL AND tier ${among}))`;
  };
  if (tiers.length > 0) add(isShown, tiers);
  if (flags.length > 0) add((own) => `flags @> ${own}::text[]`, flags);
  if (search !== "") add((own) => `customer.search LIKE lower(${own})`, containing(search));
  return { where: conditions.join(" AND "), parameters };
};

const CUSTOMER = "JOIN customer ON customer.shop_id = standing.shop_id AND customer.id = standing.customer_id";

const SORTS: Readonly<Record<CustomerSort, string>> = {
  rank: "rank",
  // As the index customer_shop_id_name_idx has it.
  name: "lower(coalesce(customer.name, customer.email, customer.key))",
  orders: "orders",
  "net-sales": "net_sales",
  profit: "cm4",
};

const CUSTOMERS_PER_PAGE = 50;

export interface CustomerPage {
  readonly perPage: number;
  readonly total: number;
  readonly customers: readonly CustomerLine[];
}

/**
 * The whole list is gone through with as little of each row as it takes to count and to sort; all of a customer is read for
 * the page alone. A search, which takes the longest, is done once for both.
 */
const listing = (filter: CustomerFilter, { where, parameters }: Matching): string => {
  const isSearch = filter.search !== "";
  const direction = filter.descending ? "DESC" : "ASC";
  const [limit, offset] = [`$${parameters.length + 1}`, `$${parameters.length + 2}`];
  return `WITH matching AS ${isSearch ? "" : "NOT"} MATERIALIZED (
      SELECT customer_id, rank AS place, ${SORTS[filter.sort]} AS sort
      FROM standing ${isSearch || filter.sort === "name" ? CUSTOMER : ""} WHERE ${where}
    ), counted AS (
      SELECT count(*)::int AS total FROM ${isSearch ? "matching" : `standing WHERE ${where}`}
    ), page AS (
      SELECT * FROM matching ORDER BY sort ${direction}, place LIMIT ${limit} OFFSET ${offset}
    ), line AS (
      SELECT ${LINE_COLUMNS}, sort FROM page JOIN standing ON standing.shop_id = $1 AND standing.customer_id = page.customer_id
      ${CUSTOMER}
    )
    SELECT total, line.* FROM counted LEFT JOIN line ON true ORDER BY sort ${direction}, rank`;
};

/** One page of the customers that the filter lets through, and how many there are in all. @param page from 1 */
export const listCustomers = async (
  pool: pg.Pool,
  shopId: number,
  filter: CustomerFilter,
  page: number,
): Promise<CustomerPage> => {
  const matching = matchingOf(shopId, filter);
  const { rows } = await pool.query<{ total: number } & (CustomerLine | { id: null })>(listing(filter, matching), [
    ...matching.parameters,
    CUSTOMERS_PER_PAGE,
    (page - 1) * CUSTOMERS_PER_PAGE,
  ]);
  // A page without anybody has a row too, with the total alone.
  const customers = rows.filter((row) => row.id !== null);
  return { perPage: CUSTOMERS_PER_PAGE, total: rows[0]?.total ?? 0, customers };
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
  const { where, parameters } = matchingOf(shopId, filter);
  const [known, limit] = [`$${parameters.length + 1}`, `$${parameters.length + 2}`];
  for (let after = 0; ;) {
    const { rows } = await client.query<CustomerLine>(
      `SELECT ${LINE_COLUMNS} FROM standing ${CUSTOMER} WHERE ${where} AND rank > ${known} ORDER BY rank LIMIT ${limit}`,
      [...parameters, after, EXPORT_BATCH],
    );
    if (rows.length > 0) yield rows;
    if (rows.length < EXPORT_BATCH) return;
    after = rows.at(-1)?.rank ?? after;
  }
}
