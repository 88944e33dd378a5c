import type pg from "pg";
import { afterEach, beforeEach } from "vitest";
import { worldOf } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { openPipelineShop, type PipelineShop } from "./pipeline-shop.ts";
import { ledgerLines } from "./shop-rows.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

/** A shop of the objects that a test names, synced into a database of the test's own. */
export interface SyncedShop {
  readonly pool: () => pg.Pool;
  readonly synced: (...objects: WorldObject[]) => Promise<PipelineShop>;
  /** Syncs, and gives the ledger as lines of text. */
  readonly ledger: (...objects: WorldObject[]) => Promise<string[]>;
}

/** For every test of a file a new database; what the test opened is closed after it. */
export const syncedShop = (): SyncedShop => {
  let database: TestDatabase;
  let opened: PipelineShop | null = null;
  beforeEach(async () => {
    database = await testDatabase();
  });
  afterEach(async () => {
    await opened?.close();
    await database.drop();
  });
  const synced = async (...objects: WorldObject[]): Promise<PipelineShop> => {
    opened = await openPipelineShop(database.pool, worldOf(...objects));
    await opened.sync();
    return opened;
  };
  return {
    pool: () => database.pool,
    synced,
    ledger: async (...objects) => ledgerLines(database.pool, (await synced(...objects)).shop.id),
  };
};
