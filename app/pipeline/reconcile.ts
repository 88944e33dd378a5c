import { totalsByLineType } from "#app/core/ledger/kept-aside.ts";
import { differenceOfTotal, differencesOfSales, isChanged, isSampled } from "#app/core/ledger/reconcile.ts";
import { shopDays } from "#app/core/time/shop-day.ts";
import { allKeptOrders, countKeptOrders, keptOrders } from "#app/db/ingest/kept-orders.server.ts";
import {
  entriesOfOrders,
  finishReconciliation,
  saveDifferences,
  startReconciliation,
  unfinishedReconciliation,
} from "#app/db/reconcile/reconciliation.server.ts";
import { readSales } from "#app/shopify/sales-reader.server.ts";
import { report, type StageContext } from "./bulk-stage.ts";
import type { Parked } from "./context.ts";
import { inRateLimitedBatches } from "./paced-stage.ts";

const BATCH = 2000;

/** Holds the ledger of every order against the total that Shopify prints on the order. */
export const compareTotals = async (context: StageContext): Promise<void> => {
  const { pool, shop, now } = context;
  const at = { shopId: shop.id, runId: await startReconciliation(pool, shop.id, now()) };
  await report(context, { status: "loading", total: await countKeptOrders(pool, shop.id), done: 0 });
  let done = 0;
  for await (const kept of allKeptOrders(pool, shop.id, BATCH)) {
    const ledgers = await entriesOfOrders(
      pool,
      shop.id,
      kept.map(({ order }) => order.id),
    );
    const found = kept.map(({ order }) => ({
      orderId: order.id,
      differences: differenceOfTotal(order, totalsByLineType(order, ledgers.get(order.id) ?? [])),
    }));
    await saveDifferences(pool, at, found);
    done += kept.length;
    await report(context, { done });
  }
};

/** Orders that are compared sale by sale: those that changed, and the day's sample of the others. */
const toCompare = async ({ pool, shop, now }: StageContext): Promise<{ ids: bigint[]; all: number }> => {
  const today = shopDays(shop.timeZone)(now().getTime());
  const ids: bigint[] = [];
  let all = 0;
  for await (const kept of allKeptOrders(pool, shop.id, BATCH)) {
    all += kept.length;
    for (const { order } of kept) if (isChanged(order) || isSampled(order.id, today)) ids.push(order.id);
  }
  return { ids, all };
};

/** Holds the ledger of changed orders, and of a sample of the others, against the sales that Shopify itself booked. */
export const compareSales = async (context: StageContext): Promise<Parked | undefined> => {
  const { pool, shop, ask, now } = context;
  const run = await unfinishedReconciliation(pool, shop.id);
  if (!run) throw new Error("The totals of this comparison are gone");
  const at = { shopId: shop.id, runId: run.id };
  const { ids, all } = await toCompare(context);
  const parked = await inRateLimitedBatches(context, ids, 1, async ([id]) => {
    if (id === undefined) return;
    const [kept] = await keptOrders(pool, shop.id, [id]);
    if (!kept) return;
    const sales = await readSales(ask, id);
    const ledgers = await entriesOfOrders(pool, shop.id, [id]);
    const ledger = totalsByLineType(kept.order, ledgers.get(id) ?? []);
    await saveDifferences(pool, at, [{ orderId: id, differences: differencesOfSales(ledger, sales) }]);
  });
  if (parked) return parked;
  await finishReconciliation(pool, at, { now: now(), ordersChecked: all, salesChecked: ids.length });
  return undefined;
};
