import type pg from "pg";
import { CUSTOMER_SORTS, filterFromQuery, queryOfFilter } from "#app/core/customers/customer-filter.ts";
import { FLAGS } from "#app/core/tiers/tier.ts";
import { listCustomers } from "#app/db/pages/customers-list.server.ts";
import { TERMS_TABS } from "#app/terms.server.ts";

/** The addresses by which a page is asked for, in turn. */
export type Targets = Readonly<Record<string, readonly string[]>>;

const FILTERS = [
  ...["", "tier=A", "tier=B", "tier=C", "tier=B&tier=C", ...FLAGS.map((flag) => `flag=${flag}`), "tier=C&flag=prune"],
  // Some customers, few, nearly all, nobody.
  ...["q=giulia", "q=costa36", "q=example.com", "q=nobody+at+all", "q=garcia&tier=A", "q=silva&flag=loss"],
];

/** Every filter, sorted by everything, both ways: of each the first page, the middle one and the last. */
const customerLists = async (pool: pg.Pool, shopId: number): Promise<string[]> => {
  const targets = new Set<string>();
  for (const text of FILTERS) {
    const { total, perPage } = await listCustomers(pool, shopId, filterFromQuery(new URLSearchParams(text)), 1);
    const last = Math.max(1, Math.ceil(total / perPage));
    for (const sort of CUSTOMER_SORTS) {
      for (const direction of ["ascending", "descending"]) {
        const filter = filterFromQuery(new URLSearchParams(`${text}&sort=${sort}&direction=${direction}`));
        for (const page of [1, Math.ceil(last / 2), last]) {
          targets.add(`/app/customers?${String(queryOfFilter(filter))}&page=${page}`);
        }
      }
    }
  }
  return [...targets];
};

/** The customer with the most orders, by its pages, and some of those with as many as half of them have. */
const customers = async (pool: pg.Pool, shopId: number) => {
  const { rows } = await pool.query<{ id: bigint; orders: number }>(
    `SELECT customer_id AS id, count(*)::int AS orders FROM "order" JOIN standing USING (shop_id, customer_id)
     WHERE shop_id = $1 GROUP BY customer_id ORDER BY orders DESC, customer_id`,
    [shopId],
  );
  const [largest] = rows;
  const middle = Math.floor(rows.length / 2);
  const pages = Math.ceil((largest?.orders ?? 0) / 20);
  return {
    orders: { largest: largest?.orders ?? 0, median: rows[middle]?.orders ?? 0 },
    largest: [1, 2, Math.ceil(pages / 2), pages].map((page) => `/app/customers/${largest?.id}?page=${page}`),
    median: rows.slice(middle, middle + 50).map(({ id }) => `/app/customers/${id}`),
  };
};

/** In an order that is the same each time, and has nothing to do with what is asked for. */
const shuffled = (targets: readonly string[]): string[] => {
  const mixed = targets.map((target, index) => ({ target, at: (index * 2_654_435_761) % 4_294_967_296 }));
  return mixed.sort((a, b) => a.at - b.at).map(({ target }) => target);
};

/** What is asked for of each page, and how many orders the customers have that are looked at. */
export const targetsOf = async (pool: pg.Pool, shopId: number) => {
  const { orders, largest, median } = await customers(pool, shopId);
  const targets: Targets = {
    home: ["/app"],
    customers: shuffled(await customerLists(pool, shopId)),
    largestCustomer: largest,
    medianCustomer: median,
    discounts: ["/app/discounts"],
    terms: TERMS_TABS.flatMap((tab) => [1, 2].map((page) => `/app/terms?view=${tab}&page=${page}`)),
    tiers: ["/app/tiers"],
    costs: ["/app/costs"],
    status: ["/app/status"],
  };
  return { targets, orders };
};
