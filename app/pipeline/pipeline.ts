import { isGranted } from "#app/core/access/is-granted.ts";
import type { StageName, WorkKind } from "#app/core/sync/stages.ts";
import { databaseFault } from "#app/db/pool.server.ts";
import { endWork, forgetBulkOperations, readUpTo, saveStage, startWork } from "#app/db/sync-progress.server.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { StageContext } from "./bulk-stage.ts";
import type { Parked, PipelineContext } from "./context.ts";
import { decideAllRebates } from "./decide-rebates.ts";
import { dropDeletedOrders, followGoneCustomers } from "./drop-gone.ts";
import { ingestCatalogs } from "./ingest-catalogs.ts";
import { ingestDisputes } from "./ingest-disputes.ts";
import { ingestChanges, ingestOrders } from "./ingest-orders.ts";
import { ingestCompanies, ingestCustomers } from "./ingest-people.ts";
import { ingestCollections } from "./ingest-collections.ts";
import { ingestProducts } from "./ingest-products.ts";
import {
  publishDiscount,
  publishFloors,
  publishGroups,
  publishStandings,
  withdrawDiscount,
  withdrawValues,
} from "./publish-plan.ts";
import { publishPayments, withdrawPayments } from "./publish-payments.ts";
import { readShopAgain } from "./read-again.ts";
import { recomputeLedger, rankCustomers } from "./recompute.ts";
import { compareSales, compareTotals } from "./reconcile.ts";
import { runBacktests } from "./run-backtest.ts";

interface Step {
  /** Access scopes without which the stage is skipped; to write includes to read. */
  readonly needs: readonly string[];
  /** Where a skipped stage is nothing to tell: the scope is optional, or the stage before it has told already. */
  readonly isQuiet?: true;
  readonly run: (context: StageContext) => Promise<Parked | undefined | void>;
}

/** An order names its customer and its variants, which have scopes of their own. */
const ORDER_SCOPES = ["orders", "customers", "products"];

/** Last of all, when every order is there and every tier set: what was earned by paying early goes by both. */
const rankAndDecide = async (context: StageContext): Promise<void> => {
  await rankCustomers(context.pool, context.shop, context.now());
  await decideAllRebates(context);
};

/**
 * The map: every stage of every long work. A sync reads what orders are costed and owned by before the orders; catching up is
 * a sync of what was changed since the last one; a recomputation asks Shopify for nothing; a reconciliation changes nothing.
 */
const STEPS: Readonly<Record<StageName, Step>> = {
  products: { needs: ["products", "inventory"], run: ingestProducts },
  collections: { needs: ["products"], isQuiet: true, run: ingestCollections },
  customers: { needs: ["customers"], run: ingestCustomers },
  companies: { needs: ["companies"], run: ingestCompanies },
  catalogs: { needs: ["products", "companies"], isQuiet: true, run: ingestCatalogs },
  disputes: { needs: ["shopify_payments_disputes"], isQuiet: true, run: ingestDisputes },
  orders: { needs: ORDER_SCOPES, run: ingestOrders },
  changes: { needs: ORDER_SCOPES, isQuiet: true, run: ingestChanges },
  "gone-orders": { needs: ORDER_SCOPES, isQuiet: true, run: dropDeletedOrders },
  "gone-customers": { needs: ORDER_SCOPES, isQuiet: true, run: followGoneCustomers },
  tiers: { needs: [], run: rankAndDecide },
  ledger: { needs: [], run: recomputeLedger },
  ranking: { needs: [], run: ({ pool, shop, now }) => rankCustomers(pool, shop, now(), true) },
  totals: { needs: [], run: compareTotals },
  sales: { needs: ORDER_SCOPES, run: compareSales },
  "plan-floors": { needs: ["products"], run: publishFloors },
  "plan-groups": { needs: ["products"], run: publishGroups },
  "plan-standings": { needs: ["customers"], run: publishStandings },
  "plan-payments": { needs: [], run: publishPayments },
  "plan-discount": { needs: ["discounts"], run: publishDiscount },
  "withdraw-discount": { needs: ["discounts"], run: withdrawDiscount },
  "withdraw-payments": { needs: [], run: withdrawPayments },
  "withdraw-values": { needs: [], run: withdrawValues },
  backtest: { needs: [], run: runBacktests },
};

/** After these the bulk operation of the stage is of no use any more, and the next try starts another one. */
const WITHOUT_RESULT: ReadonlySet<string> = new Set(["bulk-failed", "bulk-broken", "access-denied"]);

const runStage = async (context: StageContext): Promise<Parked | undefined> => {
  const { pool, shop, logger, runId, stage } = context;
  const at = { shopId: shop.id, runId, name: stage.name };
  const { needs, isQuiet, run } = STEPS[stage.name];
  if (!needs.every((what) => isGranted(shop, what))) {
    await saveStage(pool, at, { status: "skipped", limits: isQuiet ? [] : ["no-scope"] });
    return undefined;
  }
  const started = performance.now();
  await saveStage(pool, at, { status: "reading", limits: [] });
  const parked = await run(context);
  const seconds = (stage.seconds ?? 0) + (performance.now() - started) / 1000;
  if (parked) {
    await saveStage(pool, at, { seconds });
    return parked;
  }
  await saveStage(pool, at, { status: "finished", seconds });
  logger.info({ shopId: shop.id, stage: stage.name, seconds }, "stage finished");
  return undefined;
};

/** Records why a work stopped. Where the database takes not even that, the queue knows, and the next try or the sweep records it. */
const noteFailure = async (
  { pool, shop, now, logger }: PipelineContext,
  runId: number,
  cause: unknown,
): Promise<void> => {
  const errorCode = cause instanceof ShopifyError ? cause.code : (databaseFault(cause) ?? "bug");
  try {
    if (WITHOUT_RESULT.has(errorCode)) await forgetBulkOperations(pool, shop.id, runId);
    await endWork(pool, { shopId: shop.id, runId }, { now: now(), errorCode });
  } catch (error) {
    logger.warn({ err: error, shopId: shop.id, runId, errorCode }, "the failure of a work was not recorded");
  }
};

/**
 * Does a long work on a shop, stage by stage: `sync` pulls the orders and all that they need, and works out every
 * customer's profit and tier; `recompute` works it out again under other rules or costs; `reconcile` compares it with
 * Shopify; `backtest` tries plans on past orders; `catch_up` reads what was changed since the shop was last read. Carries on where an interrupted one stopped:
 * finished stages are not done again.
 *
 * @returns when to be carried on, where the work is not finished
 * @throws what stopped it, after recording its code with the run
 */
export const workOnShop = async (context: PipelineContext, kind: WorkKind): Promise<Parked | undefined> => {
  const { pool, now } = context;
  let { shop } = context;
  const run = await startWork(pool, shop.id, kind, now());
  const since = kind === "catch_up" ? await readUpTo(pool, shop.id) : null;
  try {
    if (kind === "catch_up") shop = await readShopAgain(context);
    for (const stage of run.stages) {
      // A stage that was skipped for want of a scope is looked at again: the scope may be there now.
      if (stage.status === "finished") continue;
      const parked = await runStage({ ...context, shop, runId: run.id, startedAt: run.startedAt, stage, since });
      if (parked) return parked;
      if (context.isStopping()) return { afterMs: 0 };
    }
    await endWork(pool, { shopId: shop.id, runId: run.id }, { now: now(), errorCode: null });
    return undefined;
  } catch (error) {
    await noteFailure(context, run.id, error);
    throw error;
  }
};
