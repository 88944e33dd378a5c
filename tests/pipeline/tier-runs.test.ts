import { afterEach, beforeEach, expect, test } from "vitest";
import { DEFAULT_TIER_POLICY, type TierPolicy } from "#app/core/tiers/policy.ts";
import type { MoveWhy } from "#app/core/tiers/explain-move.ts";
import { latestRun } from "#app/db/tiers/latest-run.server.ts";
import { moveWhy } from "#app/db/tiers/move-why.ts";
import { removePin, savePin } from "#app/db/tiers/pins.server.ts";
import { readTierPolicy, saveTierPolicy } from "#app/db/tiers/policy.server.ts";
import { runTiers } from "#app/pipeline/run-tiers.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";
import { aTierShop, type TierShop } from "#tests/setup/tier-shop.ts";

const RANK: TierPolicy = { ...DEFAULT_TIER_POLICY, method: "rank" };
const DAY_ONE = new Date("2026-06-01T12:00:00Z");
const DAY_TWO = new Date("2026-06-02T12:00:00Z");
const DAY_THREE = new Date("2026-06-03T12:00:00Z");

let database: TestDatabase;
let tiers: TierShop;

beforeEach(async () => {
  database = await testDatabase();
  tiers = await aTierShop(database.pool);
});
afterEach(() => database.drop());

/** Customers 1, 2, 3, ... who made so much in January, in cents. */
const customersWith = async (...cents: readonly number[]): Promise<bigint[]> => {
  const ids: bigint[] = [];
  for (const [index, amount] of cents.entries()) {
    const customer = await tiers.addCustomer(index + 1);
    await tiers.addOrder({ customer, at: "2026-01-15T10:00:00Z", entries: { gross_sale: amount } });
    ids.push(customer);
  }
  return ids;
};

const usePolicy = (policy: TierPolicy): Promise<void> => saveTierPolicy(database.pool, tiers.shop.id, policy);
const run = (now: Date): Promise<void> => runTiers(database.pool, tiers.shop, now);

interface Row {
  readonly who: bigint;
  readonly tier: string;
  readonly raw: string;
  readonly runs: readonly number[];
  readonly flags: readonly string[];
}

const standings = async (): Promise<Row[]> => {
  const { rows } = await database.pool.query<Row>(
    `SELECT shopify_id AS who, tier, raw_tier AS raw, ARRAY[runs_other_side_a, runs_other_side_b]::int[] AS runs, flags
     FROM standing JOIN customer ON customer.id = customer_id ORDER BY rank`,
  );
  return rows;
};

const letters = async (): Promise<string> => (await standings()).map(({ tier }) => tier).join("");

interface Moved {
  readonly who: bigint;
  readonly from: string;
  readonly to: string;
  readonly why: MoveWhy;
}

const moves = async (): Promise<Moved[]> => {
  const { rows } = await database.pool.query<Omit<Moved, "why"> & { why: unknown }>(
    `SELECT shopify_id AS who, "from", "to", why FROM tier_move JOIN customer ON customer.id = customer_id
     WHERE run_id = (SELECT max(id) FROM tier_run) ORDER BY shopify_id`,
  );
  return rows.map((row) => ({ ...row, why: moveWhy.parse(row.why) }));
};

test("a policy that an earlier version stored is read with what is new as by default", async () => {
  const early = {
    method: "share",
    window: { kind: "days", days: 90 },
    shares: { a: 70, b: 90 },
    topPercent: 10,
    prune: { minOrders: 3, minDays: 30 },
    newDays: 14,
  };
  await database.pool.query("UPDATE shop SET tier_policy = $1", [JSON.stringify(early)]);
  const { rank, score, hysteresis } = DEFAULT_TIER_POLICY;
  expect(await readTierPolicy(database.pool, tiers.shop.id)).toEqual({ ...early, rank, score, hysteresis });
});

test("a run that an earlier version stored is read as one that ranked by profit", async () => {
  await customersWith(8000, 2000);
  await run(DAY_ONE);
  await database.pool.query("UPDATE tier_run SET summary = summary - 'ranking'");
  const { summary } = (await latestRun(database.pool, tiers.shop.id)) ?? expect.unreachable();
  expect(summary.ranking).toEqual({ by: "profit", unit: 1n, total: 10_000n });
});

test("the first run has no moves, and each run keeps its policy and its borders", async () => {
  await customersWith(5000, 3000, 1000, 500, 400, 100);
  await run(DAY_ONE);
  expect(await letters()).toBe("AABBCC");
  expect(await moves()).toEqual([]);
  await usePolicy(RANK);
  await run(DAY_TWO);
  const { rows } = await database.pool.query<{ method: string; a: string; moved: number; changed: boolean }>(
    `SELECT policy->>'method' AS method, summary->'borders'->>'a' AS a, moved, policy_changed AS changed
     FROM tier_run ORDER BY id`,
  );
  expect(rows).toEqual([
    { method: "share", a: "3000", moved: 0, changed: false },
    // By rank, of six: ceil(1.2) are A, ceil(1.8) are B. Nobody moves.
    { method: "rank", a: "3000", moved: 0, changed: true },
  ]);
});

test("a customer a little under the border stays for one run and falls in the next, and the page can say why", async () => {
  const [, second] = await customersWith(5000, 3000, 2900, 500, 400, 100);
  await usePolicy(RANK);
  await run(DAY_ONE);
  expect(await letters()).toBe("AABBCC");
  await tiers.addOrder({ customer: second ?? 0n, at: "2026-06-01T13:00:00Z", entries: { return: -150 } });
  await run(DAY_TWO);
  // 2850 is third now, and not under 0.9 x 2900.
  expect((await standings()).find(({ who }) => who === 2n)).toMatchObject({ tier: "A", raw: "B", runs: [1, 0] });
  expect(await moves()).toEqual([]);
  await run(DAY_THREE);
  const [third, moved] = await moves();
  expect(third).toMatchObject({ who: 2n, from: "A", to: "B", why: { cause: "runs" } });
  // The other one, who is the last of A by itself, rises in its second run too.
  expect(moved).toMatchObject({ who: 3n, from: "B", to: "A", why: { cause: "runs" } });
  expect(third?.why.undo).toEqual({
    kind: "cross",
    by: "profit",
    atOnce: 341n,
    lasting: { change: 51n, runs: 2 },
    profit: 0n,
  });
});

test("a fall says which entries did it, and what of it the entries do not tell", async () => {
  const [first] = await customersWith(5000, 3000, 1000, 500, 400, 100);
  await usePolicy(RANK);
  await run(DAY_ONE);
  const order = { customer: first ?? 0n, at: "2026-06-01T13:00:00Z" };
  await tiers.addOrder({ ...order, entries: { return: -4500, cogs_restocked: 200 } });
  // Learned of late: it happened before the first run.
  await tiers.addOrder({ ...order, at: "2026-05-20T10:00:00Z", entries: { payment_fee: -30 } });
  await run(DAY_TWO);
  const [move] = (await moves()).filter(({ who }) => who === 1n);
  expect(move).toMatchObject({
    from: "A",
    to: "B",
    why: {
      cause: "figures",
      value: { before: 5000n, after: 670n },
      rank: { before: 1, after: 3 },
      entries: [
        { kind: "return", change: -4500n },
        { kind: "cogs_restocked", change: 200n },
      ],
      otherEntries: -30n,
    },
  });
});

test("an order that leaves the window takes its entries along", async () => {
  const [first] = await customersWith(5000, 3000, 1000, 500, 400, 100);
  await tiers.addOrder({
    customer: first ?? 0n,
    at: "2025-06-02T10:00:00Z",
    entries: { gross_sale: 6000, discount: -500 },
  });
  await usePolicy(RANK);
  await run(DAY_ONE);
  await database.pool.query("UPDATE order_day SET cm4 = 600 WHERE cm4 = 5000");
  await database.pool.query("UPDATE ledger_entry SET amount = 600 WHERE amount = 5000");
  await run(DAY_TWO);
  const [move] = (await moves()).filter(({ who }) => who === 1n);
  expect(move?.why).toMatchObject({
    value: { before: 10_500n, after: 600n },
    entries: [
      { kind: "gross_sale", change: -6000n },
      { kind: "discount", change: 500n },
    ],
    otherEntries: -4400n,
  });
});

test("a policy that moves customers is said to have moved them, and those that their figures moved are told apart", async () => {
  const [first] = await customersWith(5000, 4900, 4800, 4700, 100);
  await usePolicy({ ...RANK, rank: { a: 40, b: 20 } });
  await run(DAY_ONE);
  expect(await letters()).toBe("AABCC");
  await tiers.addOrder({ customer: first ?? 0n, at: "2026-06-01T13:00:00Z", entries: { return: -4950 } });
  await usePolicy({ ...RANK, rank: { a: 60, b: 20 } });
  await run(DAY_TWO);
  expect((await moves()).map(({ who, from, to, why }) => [who, from, to, why.cause])).toEqual([
    [1n, "A", "C", "figures"],
    // By the former policy the third, now that the first has fallen, would be held in B for one more run.
    [3n, "B", "A", "policy"],
    [4n, "C", "A", "policy"],
    [5n, "C", "B", "policy"],
  ]);
});

test("a changed window starts without hysteresis", async () => {
  const [, second] = await customersWith(5000, 3000, 2900, 500, 400, 100);
  await usePolicy(RANK);
  await run(DAY_ONE);
  await tiers.addOrder({ customer: second ?? 0n, at: "2026-06-01T13:00:00Z", entries: { return: -150 } });
  await usePolicy({ ...RANK, window: { kind: "all" } });
  await run(DAY_TWO);
  expect((await standings()).map(({ tier, raw }) => tier === raw)).not.toContain(false);
  expect((await moves()).map(({ who }) => who)).toEqual([2n, 3n]);
});

test("a pin holds until its last day, is told as the reason, and leaves no trace afterwards", async () => {
  const [, , , , , last] = await customersWith(5000, 3000, 1000, 500, 400, 100);
  const at = { shopId: tiers.shop.id, customerId: last ?? 0n };
  await run(DAY_ONE);
  await savePin(database.pool, at, { tier: "A", reason: "a friend", until: 20_606 }, DAY_ONE); // 2026-06-02
  await run(DAY_TWO);
  expect(await moves()).toMatchObject([
    { who: 6n, from: "C", to: "A", why: { cause: "pin", undo: { kind: "unpin" } } },
  ]);
  expect((await standings()).at(-1)).toMatchObject({ who: 6n, tier: "A", raw: "C", flags: ["pinned"] });
  await run(DAY_THREE);
  expect(await moves()).toMatchObject([{ who: 6n, from: "A", to: "C", why: { cause: "unpin" } }]);
  await savePin(database.pool, at, { tier: "B", reason: "again", until: null }, DAY_THREE);
  await run(DAY_THREE);
  await removePin(database.pool, at.shopId, at.customerId);
  await run(DAY_THREE);
  expect(await letters()).toBe("AABBCC");
});

test("a score is read from invoices and from what came back, and is stored with its factors", async () => {
  const [ann, bob, cid] = await customersWith(300, 200, 100);
  const { addInvoice, addOrder } = tiers;
  // Ann: 10 and 20 days late by equal amounts, 15 in the mean. Bob: open, 32 days late today. Cid: no due day, no invoice.
  await addInvoice({ customer: ann ?? 0n, issued: "2026-02-01", due: "2026-03-01", paid: "2026-03-11", amount: 50 });
  await addInvoice({ customer: ann ?? 0n, issued: "2026-02-01", due: "2026-03-01", paid: "2026-03-21", amount: 50 });
  await addInvoice({ customer: ann ?? 0n, issued: "2024-02-01", due: "2024-03-01", paid: "2026-03-21", amount: 5000 });
  await addInvoice({ customer: bob ?? 0n, issued: "2026-04-01", due: "2026-05-01", paid: null, amount: 70 });
  await addInvoice({ customer: bob ?? 0n, issued: "2026-04-01", due: "2026-09-01", paid: null, amount: 0 });
  await addInvoice({ customer: cid ?? 0n, issued: "2026-04-01", due: null, paid: null, amount: 70 });
  await addOrder({
    customer: ann ?? 0n,
    at: "2026-03-01T00:00:00Z",
    entries: { discount: 0 },
    sold: 100,
    returned: 120,
  });
  const weights = { profit: 50, receivables: 30, cooperation: 20 };
  await usePolicy({ ...DEFAULT_TIER_POLICY, method: "score", score: { weights, cut: "share" } });
  await run(new Date("2026-06-02T12:00:00Z"));
  const { rows } = await database.pool.query(
    `SELECT shopify_id AS who, score, factors, invoiced, late_amount_days AS late FROM standing
     JOIN customer ON customer.id = customer_id ORDER BY shopify_id`,
  );
  // Cooperation: Ann sold 400 and got 120 back, the others nothing: 16.67 and twice 66.67.
  expect(rows).toEqual([
    // 0.5 x 83.33 + 0.3 x 75 + 0.2 x 16.67 = 67.5
    { who: 1n, score: 6750, factors: [8333, 7500, 1667], invoiced: 100n, late: 1500n },
    // 0.5 x 50 + 0.3 x 25 + 0.2 x 66.67 = 45.83
    { who: 2n, score: 4583, factors: [5000, 2500, 6667], invoiced: 70n, late: 2240n },
    // 0.5 x 16.67 + 0.3 x 50 + 0.2 x 66.67 = 36.67
    { who: 3n, score: 3667, factors: [1667, 5000, 6667], invoiced: 0n, late: 0n },
  ]);
  const { summary } = (await latestRun(database.pool, tiers.shop.id)) ?? expect.unreachable();
  expect(summary.ranking.by).toBe("score");
  expect(summary.positiveTotal).toBe(600n);
});

test("two shops keep their runs, standings and pins apart", async () => {
  const other = await aTierShop(database.pool, "other.myshopify.com");
  const [first] = await customersWith(5000, 100);
  const foreign = await other.addCustomer(1);
  await other.addOrder({ customer: foreign, at: "2026-01-15T10:00:00Z", entries: { gross_sale: 700 } });
  await savePin(
    database.pool,
    { shopId: other.shop.id, customerId: first ?? 0n },
    { tier: "C", reason: "not theirs", until: null },
    DAY_ONE,
  );
  await run(DAY_ONE);
  await runTiers(database.pool, other.shop, DAY_ONE);
  await run(DAY_TWO);
  const { rows } = await database.pool.query(
    "SELECT shop_id AS shop, count(*)::int AS standings, bool_or(pinned) AS pinned FROM standing GROUP BY 1 ORDER BY 1",
  );
  expect(rows).toEqual([
    { shop: tiers.shop.id, standings: 2, pinned: false },
    { shop: other.shop.id, standings: 1, pinned: false },
  ]);
});
