import type pg from "pg";
import type { Ask } from "#app/shopify/gateway.server.ts";
import type { Logger } from "#app/platform/logger.server.ts";
import type { Shop } from "#app/db/shops.server.ts";

export type PipelineShop = Shop;

/** What every step works with: one shop, its Admin API, the database, and the time. */
export interface PipelineContext {
  readonly shop: PipelineShop;
  readonly ask: Ask;
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly now: () => Date;
}
