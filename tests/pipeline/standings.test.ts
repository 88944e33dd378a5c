import { afterEach, beforeEach, expect, test } from "vitest";
import type { TierInput } from "#app/core/tiers/assign-tiers.ts";
import { DEFAULT_TIER_POLICY, type TierPolicy } from "#app/core/tiers/policy.ts";
import { saveTierPolicy } from "#app/db/tiers/policy.server.ts";
import { runTiers } from "#app/pipeline/run-tiers.ts";
import { referenceScore, referenceStandings } from "#tests/core/tiers/policy-reference.ts";
import { referenceTiers } from "#tests/core/tiers/tiers-reference.ts";
import { generatedWorld } from "#tests/factories/generated-world.ts";
import { NOW } from "#tests/local-shopify/test-shop.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;
let opened: PipelineShop;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await opened.close();
  await database.drop();
});

type Kind = "company" | "customer" | "guest";

interface Day {
  readonly key: string;
  readonly firstOrderAt: Date;
  readonly orders: number;
  readonly netSales: bigint;
  readonly cm4: bigint;
  readonly goods: bigint;
  readonly known: bigint;
  readonly unknown: boolean;
  readonly refunds: bigint;
  readonly sold: bigint;
  readonly returned: bigint;
  readonly cancelled: bigint;
  readonly disputed: bigint;
}

interface Invoice {
  readonly key: string;
  readonly due: number;
  readonly paid: number | null;
  readonly amount: bigint;
}

const today = NOW.getTime() / 86_400_000;

/** Everybody's figures of the window, added up row by row. */
const customersSince = async (from: string): Promise<(TierInput & { key: string })[]> => {
  const { rows: days } = await database.pool.query<Day>(
    `SELECT key, first_order_at AS "firstOrderAt", orders, net_sales AS "netSales", cm4, goods, goods_with_known_cost AS known,
       has_unknown_cost AS unknown, refunds, sold, returned, cancelled, disputed
     FROM order_day JOIN customer ON customer.id = customer_id WHERE day >= $1 AND kind <> 'anonymous'`,
    [from],
  );
  const { rows: invoices } = await database.pool.query<Invoice>(
    `SELECT key, due_day AS due, paid_day AS paid, amount FROM invoice JOIN customer ON customer.id = customer_id
     WHERE issued_day >= $1 AND due_day IS NOT NULL`,
    [from],
  );
  return [...new Set(days.map(({ key }) => key))].map((key) => {
    const own = days.filter((day) => day.key === key);
    const billed = invoices.filter((invoice) => invoice.key === key);
    const sum = (of: (day: Day) => bigint): bigint => own.reduce((all, day) => all + of(day), 0n);
    const [kind = "", id = ""] = key.split(/:(.*)/s);
    return {
      key,
      kind: kind as Kind,
      shopifyId: kind === "guest" ? null : BigInt(id),
      email: kind === "guest" ? id : null,
      value: sum(({ cm4 }) => cm4),
      netSales: sum(({ netSales }) => netSales),
      firstOrderAt: own[0]?.firstOrderAt.getTime() ?? 0,
      orders: own.reduce((all, { orders }) => all + orders, 0),
      goods: sum(({ goods }) => goods),
      goodsWithKnownCost: sum(({ known }) => known),
      hasUnknownCost: own.some(({ unknown }) => unknown),
      largestRefund: own.reduce((least, { refunds }) => (refunds < least ? refunds : least), 0n),
      receivables:
        billed.length === 0
          ? null
          : {
              amount: billed.reduce((all, { amount }) => all + amount, 0n),
              lateAmountDays: billed.reduce(
                (all, { amount, due, paid }) => all + amount * BigInt(Math.max(0, (paid ?? Math.floor(today)) - due)),
                0n,
              ),
            },
      cooperation: {
        sold: sum(({ sold }) => sold),
        returned: sum(({ returned }) => returned),
        cancelled: sum(({ cancelled }) => cancelled),
        disputed: sum(({ disputed }) => disputed),
      },
      pinnedTo: null,
      previous: null,
    };
  });
};

const OF_THE_RUN = ["key", "grow", "prune", "loss", "new", "cost-unknown"];

/** rank, key, tier, flags, score */
const standings = async (): Promise<string[]> => {
  const { rows } = await database.pool.query<{ line: string }>(
    `SELECT concat_ws(' ', rank, key, tier, array_to_string(flags, ','), score) AS line
     FROM standing JOIN customer ON customer.id = customer_id ORDER BY rank`,
  );
  return rows.map(({ line }) => line);
};

interface Line {
  readonly place: number;
  readonly key: string;
  readonly tier: string;
  readonly flags: readonly string[];
  readonly score: number | null;
}

const line = ({ place, key, tier, flags, score }: Line): string =>
  [
    place,
    key,
    tier,
    OF_THE_RUN.filter((flag) => flags.includes(flag)).join(","),
    ...(score === null ? [] : [score]),
  ].join(" ");

const SHOPS = [
  { seed: 11, currency: "USD", taxesIncluded: false, timezone: "America/New_York" },
  { seed: 12, currency: "EUR", taxesIncluded: true, timezone: "Europe/Berlin" },
  { seed: 13, currency: "JPY", taxesIncluded: true, timezone: "Asia/Tokyo" },
];

const WEIGHTS = { profit: 50, receivables: 20, cooperation: 30 };
const POLICIES: readonly TierPolicy[] = [
  DEFAULT_TIER_POLICY,
  { ...DEFAULT_TIER_POLICY, method: "rank", window: { kind: "all" } },
  { ...DEFAULT_TIER_POLICY, method: "score", score: { weights: WEIGHTS, cut: "share" } },
  { ...DEFAULT_TIER_POLICY, method: "score", score: { weights: WEIGHTS, cut: "rank" } },
];

const expectedBy = (policy: TierPolicy, customers: readonly (TierInput & { key: string })[]): string[] => {
  const keys = new Map<unknown, string>(customers.map((customer) => [customer, customer.key]));
  const plain = new Map<unknown, readonly string[]>(
    referenceTiers(customers, NOW.getTime()).map(({ customer, flags }) => [customer, flags]),
  );
  return referenceStandings(customers, policy).map(({ customer, tier, marks }, index) => {
    const flags = (plain.get(customer) ?? []).filter((flag) => flag !== "key" && flag !== "grow");
    const { top, bottom } = referenceScore(customer, customers, policy);
    const score = policy.method === "score" ? Number((200n * top + bottom) / (2n * bottom)) : null;
    return line({ place: index + 1, key: keys.get(customer) ?? "", tier, flags: [...flags, ...marks], score });
  });
};

test.each(SHOPS)(
  "by every method each customer of a generated shop in $currency stands where the plain reference puts it",
  async (shop) => {
    const world = generatedWorld({ ...shop, customers: 150, orders: 420 });
    opened = await openPipelineShop(database.pool, world);
    await opened.sync();
    const day = new Intl.DateTimeFormat("en-CA", { timeZone: shop.timezone, dateStyle: "short" }).format(NOW);
    const yearAgo = new Date(Date.parse(`${day}T00:00:00Z`) - 364 * 86_400_000).toISOString().slice(0, 10);
    for (const policy of POLICIES) {
      await saveTierPolicy(database.pool, opened.shop.id, policy);
      await runTiers(database.pool, opened.shop, NOW);
      const customers = await customersSince(policy.window.kind === "all" ? "1970-01-01" : yearAgo);
      expect(customers.length).toBeGreaterThan(50);
      expect(await standings()).toEqual(expectedBy(policy, customers));
    }
  },
);
