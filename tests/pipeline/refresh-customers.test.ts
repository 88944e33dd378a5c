import { afterEach, beforeEach, expect, test } from "vitest";
import { DEFAULT_TIER_POLICY, type TierPolicy } from "#app/core/tiers/policy.ts";
import { savePin } from "#app/db/tiers/pins.server.ts";
import { saveTierPolicy } from "#app/db/tiers/policy.server.ts";
import { refreshCustomers } from "#app/pipeline/refresh-customers.ts";
import { runTiers } from "#app/pipeline/run-tiers.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";
import { aTierShop, type TierShop } from "#tests/setup/tier-shop.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const TOMORROW = new Date("2026-06-02T12:00:00Z");

let database: TestDatabase;
let tiers: TierShop;
/** Customers who made 50, 30, 10, 5, 4 and 1: A, A, B, B, C, C with borders at 30 and 5. */
let ids: bigint[];

beforeEach(async () => {
  database = await testDatabase();
  tiers = await aTierShop(database.pool);
  ids = [];
  for (const [index, amount] of [5000, 3000, 1000, 500, 400, 100].entries()) {
    const customer = await tiers.addCustomer(index + 1);
    await tiers.addOrder({ customer, at: "2026-01-15T10:00:00Z", entries: { gross_sale: amount } });
    ids.push(customer);
  }
});
afterEach(() => database.drop());

const run = (now = NOW): Promise<void> => runTiers(database.pool, tiers.shop, now);
const refresh = (customers: readonly bigint[], now = NOW): Promise<void> =>
  refreshCustomers(database.pool, tiers.shop, customers, now);

const gain = async (number: number, cents: number): Promise<void> => {
  const customer = ids[number - 1] ?? 0n;
  await tiers.addOrder({ customer, at: "2026-06-01T11:00:00Z", entries: { gross_sale: cents } });
  await refresh([customer]);
};

interface Row {
  readonly who: bigint;
  readonly rank: number;
  readonly tier: string;
  readonly now: string | null;
  readonly cm4: bigint;
  readonly flags: readonly string[];
}

const everybody = async (): Promise<Row[]> => {
  const { rows } = await database.pool.query<Row>(
    `SELECT shopify_id AS who, rank, tier, provisional_tier AS now, cm4, flags FROM standing
     JOIN customer ON customer.id = customer_id ORDER BY rank`,
  );
  return rows;
};

const of = async (number: number): Promise<Row | undefined> =>
  (await everybody()).find(({ who }) => who === BigInt(number));

test("an order shows in its customer's figures at once, and nobody else changes", async () => {
  await run();
  const before = await everybody();
  await gain(3, 50);
  expect(await everybody()).toEqual(before.map((row) => (row.who === 3n ? { ...row, cm4: 1050n } : row)));
});

test("who comes over eleven tenths of the border is provisionally in the tier above, and keeps its rank", async () => {
  await run();
  // 33.00 is not over 1.1 x 30.00, and 33.01 is.
  await gain(3, 2300);
  expect(await of(3)).toMatchObject({ rank: 3, tier: "B", now: null, cm4: 3300n, flags: ["grow"] });
  await gain(3, 1);
  expect(await of(3)).toMatchObject({ rank: 3, tier: "B", now: "A", cm4: 3301n, flags: [] });
});

test("who falls under nine tenths of the border is provisionally in the tier below, and a loss-maker at once in C", async () => {
  await run();
  await gain(2, -300);
  expect(await of(2)).toMatchObject({ tier: "A", now: null });
  await gain(2, -1);
  expect(await of(2)).toMatchObject({ tier: "A", now: "B" });
  await gain(2, -2700);
  expect(await of(2)).toMatchObject({ tier: "A", now: "C", flags: ["prune", "loss"] });
});

test("who comes back is no longer provisional", async () => {
  await run();
  await gain(2, -301);
  await gain(2, 301);
  expect(await of(2)).toMatchObject({ tier: "A", now: null, cm4: 3000n });
});

test("a customer new since the run stands behind all others with a provisional tier", async () => {
  await run();
  for (const [number, cents] of [
    [7, 4000],
    [8, 20],
  ] as const) {
    ids.push(await tiers.addCustomer(number, "2026-06-01T11:00:00Z"));
    await gain(number, cents);
  }
  expect((await everybody()).slice(6)).toEqual([
    { who: 7n, rank: 7, tier: "A", now: "A", cm4: 4000n, flags: ["new"] },
    { who: 8n, rank: 8, tier: "C", now: "C", cm4: 20n, flags: ["new"] },
  ]);
  await gain(7, -3900);
  expect(await of(7)).toMatchObject({ rank: 7, tier: "C", now: "C" });
});

test("the next run sets ranks and tiers, and tells moves by what the run before had", async () => {
  await run();
  await gain(3, 2600);
  ids.push(await tiers.addCustomer(7, "2026-06-01T11:00:00Z"));
  await gain(7, 4000);
  await run(TOMORROW);
  const rows = await everybody();
  expect(rows.map(({ who, rank, now }) => [Number(who), rank, now])).toEqual(
    [1, 7, 3, 2, 4, 5, 6].map((who, index) => [who, index + 1, null]),
  );
  const { rows: moves } = await database.pool.query(
    `SELECT shopify_id AS who, "from", "to", why->'value'->>'before' AS before FROM tier_move
     JOIN customer ON customer.id = customer_id ORDER BY shopify_id`,
  );
  // Who is new has not moved from anywhere.
  expect(moves).toEqual([{ who: 3n, from: "B", to: "A", before: "1000" }]);
});

test("a pin shows at once, and when it is taken away the next run says so", async () => {
  await run();
  const customerId = ids[5] ?? 0n;
  const at = { shopId: tiers.shop.id, customerId };
  await savePin(database.pool, at, { tier: "A", reason: "a friend", until: null }, NOW);
  await refresh([customerId]);
  expect(await of(6)).toMatchObject({ tier: "C", now: "A", flags: ["pinned"] });
  await run(TOMORROW);
  expect(await of(6)).toMatchObject({ tier: "A", now: null, flags: ["pinned"] });
  await database.pool.query("DELETE FROM tier_pin");
  await refresh([customerId]);
  expect(await of(6)).toMatchObject({ tier: "A", now: "C", flags: [] });
  await run(TOMORROW);
  const { rows } = await database.pool.query("SELECT why->>'cause' AS cause FROM tier_move ORDER BY run_id");
  expect(rows).toEqual([{ cause: "pin" }, { cause: "unpin" }]);
});

test("a customer whose orders have all gone is taken out", async () => {
  await run();
  await database.pool.query("DELETE FROM order_day WHERE customer_id = $1", [ids[3]]);
  await refresh([ids[3] ?? 0n]);
  expect((await everybody()).map(({ who }) => Number(who))).toEqual([1, 2, 3, 5, 6]);
});

test("customers that are refreshed together come out as one after the other, new ones behind all others", async () => {
  await run();
  ids.push(await tiers.addCustomer(7, "2026-06-01T11:00:00Z"), await tiers.addCustomer(8, "2026-06-01T11:00:00Z"));
  const at = "2026-06-01T11:00:00Z";
  for (const [number, cents] of [
    [7, 4000],
    [2, -301],
    [8, 20],
    [3, 2301],
  ] as const) {
    await tiers.addOrder({ customer: ids[number - 1] ?? 0n, at, entries: { gross_sale: cents } });
  }
  await database.pool.query("DELETE FROM order_day WHERE customer_id = $1", [ids[5]]);
  await refresh(ids);
  expect((await everybody()).map(({ who, rank, now, cm4 }) => [Number(who), rank, now, Number(cm4)])).toEqual([
    [1, 1, null, 5000],
    [2, 2, "B", 2699],
    [3, 3, "A", 3301],
    [4, 4, null, 500],
    [5, 5, null, 400],
    [7, 6, "A", 4000],
    [8, 7, "C", 20],
  ]);
});

test("before the first run there is nothing to refresh", async () => {
  await refresh(ids);
  expect(await everybody()).toEqual([]);
});

test("by score a refreshed customer gets the score that a run would give it", async () => {
  const weights = { profit: 40, receivables: 30, cooperation: 30 };
  const policy: TierPolicy = { ...DEFAULT_TIER_POLICY, method: "score", score: { weights, cut: "share" } };
  await saveTierPolicy(database.pool, tiers.shop.id, policy);
  const invoice = { issued: "2026-02-01", due: "2026-03-01", amount: 100 };
  await tiers.addInvoice({ ...invoice, customer: ids[0] ?? 0n, paid: "2026-03-11" });
  await tiers.addInvoice({ ...invoice, customer: ids[1] ?? 0n, paid: "2026-03-01" });
  await tiers.addInvoice({ ...invoice, customer: ids[2] ?? 0n, paid: "2026-03-11" });
  await run();
  const third = { customer: ids[2] ?? 0n, at: "2026-06-01T11:00:00Z", entries: { gross_sale: 2500 } };
  await tiers.addOrder({ ...third, sold: 2500, returned: 700, disputed: 3000 });
  await tiers.addInvoice({ ...invoice, customer: ids[2] ?? 0n, paid: null });
  const scores = async (): Promise<unknown[]> => {
    const { rows } = await database.pool.query<{ score: number; factors: number[] }>(
      "SELECT score, factors FROM standing WHERE customer_id = $1",
      [ids[2]],
    );
    return rows;
  };
  const before = await scores();
  await refresh([ids[2] ?? 0n]);
  const refreshed = await scores();
  expect(refreshed).not.toEqual(before);
  await run(NOW);
  expect(await scores()).toEqual(refreshed);
});
