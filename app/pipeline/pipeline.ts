import type { StageName, WorkKind } from "#app/core/sync/stages.ts";
import { endWork, forgetBulkOperations, saveStage, startWork } from "#app/db/sync-progress.server.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { StageContext } from "./bulk-stage.ts";
import type { PipelineContext } from "./context.ts";
import { ingestDisputes } from "./ingest-disputes.ts";
import { ingestChanges, ingestOrders } from "./ingest-orders.ts";
import { ingestCompanies, ingestCustomers } from "./ingest-people.ts";
import { ingestProducts } from "./ingest-products.ts";
import { recomputeLedger, rankCustomers } from "./recompute.ts";
import { compareSales, compareTotals } from "./reconcile.ts";

interface Step {
  /** Access scopes without which the stage is skipped; to write includes to read. */
  readonly needs: readonly string[];
  /** Where a skipped stage is nothing to tell: the scope is optional, or the stage before it has told already. */
  readonly isQuiet?: true;
  readonly run: (context: StageContext) => Promise<void>;
}

/** An order names its customer and its variants, which have scopes of their own. */
const ORDER_SCOPES = ["orders", "customers", "products"];

const isGranted = (scopes: readonly string[], what: string): boolean =>
  scopes.includes(`read_${what}`) || scopes.includes(`write_${what}`);

/**
 * The map: every stage of every long work. A sync reads what orders are costed and owned by before the orders; a
 * recomputation asks Shopify for nothing; a reconciliation changes nothing.
 */
const STEPS: Readonly<Record<StageName, Step>> = {
  products: { needs: ["products", "inventory"], run: ingestProducts },
  customers: { needs: ["customers"], run: ingestCustomers },
  companies: { needs: ["companies"], run: ingestCompanies },
  disputes: { needs: ["shopify_payments_disputes"], isQuiet: true, run: ingestDisputes },
  orders: { needs: ORDER_SCOPES, run: ingestOrders },
  changes: { needs: ORDER_SCOPES, isQuiet: true, run: ingestChanges },
  tiers: { needs: [], run: ({ pool, shop, now }) => rankCustomers(pool, shop, now()) },
  ledger: { needs: [], run: recomputeLedger },
  ranking: { needs: [], run: ({ pool, shop, now }) => rankCustomers(pool, shop, now(), true) },
  totals: { needs: [], run: compareTotals },
  sales: { needs: ORDER_SCOPES, run: compareSales },
};

/** After these the bulk operation of the stage is of no use any more, and the next try starts another one. */
const WITHOUT_RESULT: ReadonlySet<string> = new Set(["bulk-failed", "bulk-broken", "access-denied"]);

const runStage = async (context: PipelineContext, runId: number, stage: StageContext["stage"]): Promise<void> => {
  const { pool, shop, logger } = context;
  const at = { shopId: shop.id, runId, name: stage.name };
  const { needs, isQuiet, run } = STEPS[stage.name];
  if (!needs.every((what) => isGranted(shop.scopes, what))) {
    await saveStage(pool, at, { status: "skipped", limits: isQuiet ? [] : ["no-scope"] });
    return;
  }
  const started = performance.now();
  await saveStage(pool, at, { status: "reading", limits: [] });
  await run({ ...context, runId, stage });
  const seconds = (performance.now() - started) / 1000;
  await saveStage(pool, at, { status: "finished", seconds });
  logger.info({ shopId: shop.id, stage: stage.name, seconds }, "stage finished");
};

/**
 * Does a long work on a shop, stage by stage: `sync` pulls the orders and all that they need, and works out every
 * customer's profit and tier; `recompute` works it out again under other rules or costs; `reconcile` compares it with
 * Shopify. Carries on where an interrupted one stopped: finished stages are not done again.
 *
 * @throws ShopifyError after recording its code with the run
 */
export const workOnShop = async (context: PipelineContext, kind: WorkKind): Promise<void> => {
  const { pool, shop, now } = context;
  const run = await startWork(pool, shop.id, kind, now());
  const at = { shopId: shop.id, runId: run.id };
  try {
    for (const stage of run.stages) {
      // A stage that was skipped for want of a scope is looked at again: the scope may be there now.
      if (stage.status !== "finished") await runStage(context, run.id, stage);
    }
    await endWork(pool, at, { now: now(), errorCode: null });
  } catch (error) {
    const errorCode = error instanceof ShopifyError ? error.code : "bug";
    if (WITHOUT_RESULT.has(errorCode)) await forgetBulkOperations(pool, shop.id, run.id);
    await endWork(pool, at, { now: now(), errorCode });
    throw error;
  }
};
