import type pg from "pg";
import {
  allKeptOrders,
  countKeptOrders,
  keptOrders,
  openInvoices,
  writeRecomputed,
  type KeptOrder,
} from "#app/db/ingest/kept-orders.server.ts";
import { PrintedLedgers } from "#app/db/ingest/order-rows.ts";
import { atLedgerVersion } from "#app/db/ledger-version.server.ts";
import { readCostRules } from "#app/db/costs/cost-rules.server.ts";
import { report, type StageContext } from "./bulk-stage.ts";
import type { PipelineShop } from "./context.ts";
import { asksForTier, ledgerContext } from "./ledger-context.ts";
import { postOrder } from "./post-orders.ts";
import { runTiers } from "./run-tiers.ts";
import { writeWhileReading } from "./write-while-reading.ts";

const BATCH = 2000;

const recomputeBatch = (pool: pg.Pool, shopId: number, kept: readonly KeptOrder[], now: Date): Promise<void> =>
  atLedgerVersion(pool, shopId, async (at) => {
    const context = await ledgerContext(pool, at, kept, now);
    const printed = new PrintedLedgers(shopId, context.dayOf);
    for (const { order, customerId } of kept) printed.add({ ...postOrder(order, context), customerId });
    await writeRecomputed(pool, at, kept, printed);
  });

/**
 * Works out the ledgers of some orders again from what is kept of them: something that they follow from has changed.
 *
 * @returns whose orders they are
 */
export const recomputeOrders = async (
  pool: pg.Pool,
  shopId: number,
  ids: readonly bigint[],
  now: Date,
): Promise<bigint[]> => {
  const owners = new Set<bigint>();
  for (let start = 0; start < ids.length; start += BATCH) {
    const kept = await keptOrders(pool, shopId, ids.slice(start, start + BATCH));
    await recomputeBatch(pool, shopId, kept, now);
    for (const { customerId } of kept) owners.add(customerId);
  }
  return [...owners];
};

const recomputeAll = (
  pool: pg.Pool,
  shopId: number,
  now: Date,
  onWritten: (done: number) => Promise<void>,
): Promise<void> =>
  writeWhileReading(allKeptOrders(pool, shopId, BATCH), {
    write: async (kept) => {
      await recomputeBatch(pool, shopId, kept, now);
      return kept.length;
    },
    onWritten,
  });

/** Works out the ledgers of all orders again, without asking Shopify for anything: a rule or a unit cost has changed. */
export const recomputeLedger = async (context: StageContext): Promise<void> => {
  const { pool, shop, now } = context;
  await report(context, { status: "loading", total: await countKeptOrders(pool, shop.id), done: 0 });
  await recomputeAll(pool, shop.id, now(), (done) => report(context, { done }));
};

/**
 * Brings up to now what time alone changes, then ranks: open invoices accrue their cost of credit. Rules may charge by the
 * tier, which is only known after the ranking: the orders are worked out once more by it, and ranked again.
 */
export const rankCustomers = async (
  pool: pg.Pool,
  shop: PipelineShop,
  now: Date,
  costsChanged = false,
): Promise<void> => {
  const rules = await readCostRules(pool, shop.id);
  if (rules.rules.some(({ kind }) => kind === "credit_cost")) {
    await recomputeOrders(pool, shop.id, await openInvoices(pool, shop.id), now);
  }
  await runTiers(pool, shop, now, costsChanged);
  if (!asksForTier(rules)) return;
  await recomputeAll(pool, shop.id, now, () => Promise.resolve());
  await runTiers(pool, shop, now, true);
};
