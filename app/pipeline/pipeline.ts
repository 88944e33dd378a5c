import { endSync, forgetBulkOperations, saveStage, startSync } from "#app/db/sync-progress.server.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { StageContext } from "./bulk-stage.ts";
import type { PipelineContext } from "./context.ts";
import { ingestOrders, ingestRefunds } from "./ingest-orders.ts";
import { ingestCompanies, ingestCustomers } from "./ingest-people.ts";
import { ingestProducts } from "./ingest-products.ts";
import { runTiers } from "./run-tiers.ts";
import { SYNC_STAGES, type StageName } from "#app/core/sync/stages.ts";

interface Step {
  /** Access scopes without which the stage is skipped, and the sync says so; to write includes to read. */
  readonly needs: readonly string[];
  readonly run: (context: StageContext) => Promise<void>;
}

/** An order names its customer and its variants, which have scopes of their own. */
const ORDER_SCOPES = ["orders", "customers", "products"];

const isGranted = (scopes: readonly string[], what: string): boolean =>
  scopes.includes(`read_${what}`) || scopes.includes(`write_${what}`);

/** The map: what a sync does, in the order of SYNC_STAGES. Costs come before the orders that they cost. */
const STEPS: Readonly<Record<StageName, Step>> = {
  products: { needs: ["products", "inventory"], run: ingestProducts },
  customers: { needs: ["customers"], run: ingestCustomers },
  companies: { needs: ["companies"], run: ingestCompanies },
  orders: { needs: ORDER_SCOPES, run: ingestOrders },
  refunds: { needs: ORDER_SCOPES, run: ingestRefunds },
  tiers: { needs: [], run: ({ pool, shop, now }) => runTiers(pool, shop, now()) },
};

/** After these the bulk operation of the stage is of no use any more, and the next try starts another one. */
const WITHOUT_RESULT: ReadonlySet<string> = new Set(["bulk-failed", "bulk-broken", "access-denied"]);

/**
 * Pulls the shop's orders and all that they need, and works out every customer's profit and tier. Carries on where an
 * interrupted sync stopped: finished stages are not done again.
 *
 * @throws ShopifyError after recording its code with the run
 */
export const syncShop = async (context: PipelineContext): Promise<void> => {
  const { pool, shop, logger, now } = context;
  const run = await startSync(pool, shop.id, SYNC_STAGES, now());
  const at = { shopId: shop.id, runId: run.id };
  try {
    for (const stage of run.stages) {
      // A stage that was skipped for want of a scope is looked at again: the scope may be there now.
      if (stage.status === "finished") continue;
      const { needs, run: runStage } = STEPS[stage.name];
      if (!needs.every((what) => isGranted(shop.scopes, what))) {
        await saveStage(pool, { ...at, name: stage.name }, { status: "skipped", limits: ["no-scope"] });
        continue;
      }
      const started = performance.now();
      await saveStage(pool, { ...at, name: stage.name }, { status: "reading", limits: [] });
      await runStage({ ...context, runId: run.id, stage });
      const seconds = (performance.now() - started) / 1000;
      await saveStage(pool, { ...at, name: stage.name }, { status: "finished", seconds });
      logger.info({ shopId: shop.id, stage: stage.name, seconds }, "sync stage finished");
    }
    await endSync(pool, at, { now: now(), errorCode: null });
  } catch (error) {
    const errorCode = error instanceof ShopifyError ? error.code : "bug";
    if (WITHOUT_RESULT.has(errorCode)) await forgetBulkOperations(pool, shop.id, run.id);
    await endSync(pool, at, { now: now(), errorCode });
    throw error;
  }
};
