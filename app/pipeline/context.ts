import type pg from "pg";
import type { Ask, RateLimit } from "#app/shopify/gateway.server.ts";
import type { Logger } from "#app/platform/logger.server.ts";
import type { OrderPosters } from "./post-block.ts";
import type { Shop } from "#app/db/shops.server.ts";

export type PipelineShop = Shop;

/** What every step works with: one shop, its Admin API, the database, and the time. */
export interface PipelineContext {
  readonly shop: PipelineShop;
  readonly ask: Ask;
  /** What asking has cost so far: how long the rest will take follows from it. */
  readonly limit: RateLimit;
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Threads for the orders of a bulk result; null where it is too small for them. */
  readonly threadsFor: (size: { readonly bytes: number }) => OrderPosters | null;
  /** Whether the process is about to end: what can be carried on later stops then. */
  readonly isStopping: () => boolean;
}

/** A work that is not finished but would only wait, or has had its turn: it is carried on later. */
export interface Parked {
  readonly afterMs: number;
}
