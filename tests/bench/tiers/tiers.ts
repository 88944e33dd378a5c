import { parseArgs } from "node:util";
import type pg from "pg";
import { keptOrders } from "#app/db/ingest/kept-orders.server.ts";
import { findShopById, type Shop } from "#app/db/shops.server.ts";
import { postOrders } from "#app/pipeline/post-orders.ts";
import { refreshCustomers } from "#app/pipeline/refresh-customers.ts";
import { runTiers } from "#app/pipeline/run-tiers.ts";
import { NOW } from "../ingest/bulk-files.ts";
import { sizeOptions, sizesOf, withLoadedShop } from "../ingest/loaded-shop.ts";
import { machine, median } from "../machine.ts";

const HELP = `npm run bench -- tiers [--orders 1000000] [--customers 100000] [--lines 3] [--changes 1000] [--runs 3]

A full tier run over a shop, and the refresh of those whose orders have changed, against what both begin with: every
customer's profit, summed by PostgreSQL alone.
`;

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

const severalTimes = async (runs: number, work: () => Promise<unknown>): Promise<number> => {
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) seconds.push(await secondsOf(work));
  return median(seconds);
};

/** Posts orders once more with other prices, all of them together. @returns whose they are, and how long it took */
const change = async (pool: pg.Pool, shop: Shop, count: number): Promise<{ owners: bigint[]; seconds: number }> => {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT id FROM "order" WHERE shop_id = $1 AND counted AND NOT partial ORDER BY hashint8(id) LIMIT $2`,
    [shop.id, count],
  );
  const kept = await keptOrders(
    pool,
    shop.id,
    rows.map(({ id }) => id),
  );
  const changed = kept.map(({ order }) => ({
    ...order,
    updatedAt: order.updatedAt + 1000,
    lines: order.lines.map((line) => ({ ...line, unitPrice: line.unitPrice + 100n })),
  }));
  let owners: bigint[] = [];
  const seconds = await secondsOf(async () => {
    const { written, customerIds } = await postOrders(pool, shop.id, changed, { now: NOW, readAt: NOW });
    if (written !== count) throw new Error(`${written} of ${count} orders were taken for changed`);
    owners = [...customerIds];
  });
  return { owners, seconds };
};

/** `npm run bench -- tiers`: how long it takes to set all tiers, and to bring some customers up to date. */
export const tiersBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({
    args,
    options: {
      ...sizeOptions({ orders: "1000000", customers: "100000", lines: "3" }),
      changes: { type: "string", default: "1000" },
      runs: { type: "string", default: "3" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return HELP;
  const runs = Number(values.runs);
  return withLoadedShop(values, async ({ pool }) => {
    const shop = await findShopById(pool, 1);
    if (!shop) throw new Error("The shop is not loaded");
    const full = await severalTimes(runs, () => runTiers(pool, shop, NOW));
    const sums = await severalTimes(runs, () =>
      pool.query(
        `SELECT count(*) FROM (SELECT customer_id, sum(cm4), sum(net_sales), sum(orders) FROM order_day
         WHERE shop_id = $1 AND day > $2::date - 365 AND day <= $2 GROUP BY customer_id) AS sums`,
        [shop.id, NOW],
      ),
    );
    const { owners, seconds: posted } = await change(pool, shop, Number(values.changes));
    const refreshed = await secondsOf(() => refreshCustomers(pool, shop, owners, NOW));
    return {
      name: "tiers",
      machine: machine(),
      sizes: {
        ...sizesOf(values),
        changes: Number(values.changes),
        changedCustomers: owners.length,
        runs,
      },
      seconds: { full, sums, posted, refreshed },
      ratios: { fullToSums: full / sums, refreshedToSums: refreshed / sums },
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    };
  });
};
