import type pg from "pg";
import {
  allKeptOrders,
  countKeptOrders,
  keptOrders,
  openInvoices,
  writeRecomputed,
  type KeptOrder,
} from "#app/db/ingest/kept-orders.server.ts";
import { readCostRules } from "#app/db/costs/cost-rules.server.ts";
import { report, type StageContext } from "./bulk-stage.ts";
import type { PipelineShop } from "./context.ts";
import { asksForTier, ledgerContext } from "./ledger-context.ts";
import { postOrder } from "./post-orders.ts";
import { runTiers } from "./run-tiers.ts";
import { writeWhileReading } from "./write-while-reading.ts";

const BATCH = 2000;

const recomputeBatch = async (
  pool: pg.Pool,
  shop: PipelineShop,
  kept: readonly KeptOrder[],
  now: Date,
): Promise<void> => {
  const context = await ledgerContext(pool, shop, kept, now);
  const owned = kept.map(({ order, customerId }) => ({ ...postOrder(order, context), customerId }));
  await writeRecomputed(pool, shop.id, owned);
};

/** Works out the ledgers of some orders again from what is kept of them: something that they follow from has changed. */
export const recomputeOrders = async (
  pool: pg.Pool,
  shop: PipelineShop,
  ids: readonly bigint[],
  now: Date,
): Promise<void> => {
  for (let start = 0; start < ids.length; start += BATCH) {
    await recomputeBatch(pool, shop, await keptOrders(pool, shop.id, ids.slice(start, start + BATCH)), now);
  }
};

const recomputeAll = (
  pool: pg.Pool,
  shop: PipelineShop,
  now: Date,
  onWritten: (done: number) => Promise<void>,
): Promise<void> =>
  writeWhileReading(allKeptOrders(pool, shop.id, BATCH), (kept) => recomputeBatch(pool, shop, kept, now), onWritten);

/** Works out the ledgers of all orders again, without asking Shopify for anything: a rule or a unit cost has changed. */
export const recomputeLedger = async (context: StageContext): Promise<void> => {
  const { pool, shop, now } = context;
  await report(context, { status: "loading", total: await countKeptOrders(pool, shop.id), done: 0 });
  await recomputeAll(pool, shop, now(), (done) => report(context, { done }));
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
    await recomputeOrders(pool, shop, await openInvoices(pool, shop.id), now);
  }
  await runTiers(pool, shop, now, costsChanged);
  if (!asksForTier(rules)) return;
  await recomputeAll(pool, shop, now, () => Promise.resolve());
  await runTiers(pool, shop, now, true);
};
