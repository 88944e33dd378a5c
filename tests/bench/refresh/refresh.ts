import { parseArgs } from "node:util";
import type pg from "pg";
import { DEFAULT_TIER_POLICY, type TierPolicy } from "#app/core/tiers/policy.ts";
import { keptOrders } from "#app/db/ingest/kept-orders.server.ts";
import { findShopById, type Shop } from "#app/db/shops.server.ts";
import { saveTierPolicy } from "#app/db/tiers/policy.server.ts";
import { postOrders } from "#app/pipeline/post-orders.ts";
import { refreshCustomers } from "#app/pipeline/refresh-customers.ts";
import { runTiers } from "#app/pipeline/run-tiers.ts";
import { NOW } from "../ingest/bulk-files.ts";
import { sizeOptions, sizesOf, withBenchShop } from "../ingest/loaded-shop.ts";
import { machine, median } from "../machine.ts";

const HELP = `npm run bench -- refresh [--orders 100000] [--customers 20000] [--lines 1.2] [--changes 200]

An order that changed: posted anew and its customer's figures and provisional tier refreshed, by share and by score, against
a transaction that updates one row.
`;

const BY_SCORE: TierPolicy = {
  ...DEFAULT_TIER_POLICY,
  method: "score",
  score: { weights: { profit: 40, receivables: 30, cooperation: 30 }, cut: "share" },
};

const timesOf = async (count: number, work: (index: number) => Promise<unknown>): Promise<number[]> => {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const started = performance.now();
    await work(index);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
};

const summaryOf = (times: readonly number[]): { medianMs: number; p95Ms: number; maxMs: number } => ({
  medianMs: median(times),
  p95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
  maxMs: times.at(-1) ?? 0,
});

/** Posts orders again, one after the other, as if each had changed, and refreshes whose they are. */
const changes = async (pool: pg.Pool, shop: Shop, count: number): Promise<number[]> => {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT "order".id FROM "order" JOIN customer ON customer.id = customer_id
     WHERE counted AND NOT partial AND kind = 'customer' ORDER BY hashint8("order".id) LIMIT $1`,
    [count],
  );
  const kept = await keptOrders(
    pool,
    shop.id,
    rows.map(({ id }) => id),
  );
  return timesOf(kept.length, async (index) => {
    const order = kept[index]?.order;
    if (!order) return;
    const lines = order.lines.map((line) => ({ ...line, unitPrice: line.unitPrice + 100n }));
    const changed = { ...order, lines, updatedAt: order.updatedAt + 1000 };
    const { written, customerIds } = await postOrders(pool, shop.id, [changed], { now: NOW, readAt: NOW });
    if (written !== 1) throw new Error(`Order ${order.id} was not taken for changed`);
    await refreshCustomers(pool, shop, customerIds, NOW);
  });
};

/** `npm run bench -- refresh`: from an order that was read again to its customer's new figures. */
export const refreshBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({
    args,
    options: {
      ...sizeOptions({ orders: "100000", customers: "20000", lines: "1.2" }),
      changes: { type: "string", default: "200" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return HELP;
  const count = Number(values.changes);
  return withBenchShop(values, async ({ pool, load }) => {
    await load();
    await pool.query("ANALYZE");
    const shop = await findShopById(pool, 1);
    if (!shop) throw new Error("The shop is not loaded");
    const byShare = await changes(pool, shop, count);
    await saveTierPolicy(pool, shop.id, BY_SCORE);
    await runTiers(pool, shop, NOW);
    const byScore = await changes(pool, shop, count);
    const oneRow = await timesOf(count, () => pool.query("UPDATE shop SET name = name WHERE id = $1", [shop.id]));
    return {
      name: "refresh",
      machine: machine(),
      sizes: {
        ...sizesOf(values),
        changes: count,
      },
      milliseconds: { byShare: summaryOf(byShare), byScore: summaryOf(byScore), oneRow: summaryOf(oneRow) },
      ratios: { byShareToOneRow: median(byShare) / median(oneRow), byScoreToOneRow: median(byScore) / median(oneRow) },
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    };
  });
};
