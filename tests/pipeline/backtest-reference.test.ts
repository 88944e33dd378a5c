import { afterAll, beforeAll, expect, test } from "vitest";
import type { PipelineContext } from "#app/pipeline/context.ts";
import { backtestById, requestBacktest } from "#app/db/backtest/backtests.server.ts";
import { resultsByTier } from "#app/db/backtest/results.server.ts";
import { findShopById } from "#app/db/shops.server.ts";
import { workOnShop } from "#app/pipeline/pipeline.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { createAsk, RateLimit } from "#app/shopify/gateway.server.ts";
import { NOW, seed } from "#tests/bench/backtest/seed.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const ORDERS = 800;

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test("orders that the reference has priced under two plans are given back to the cent, and so is what a third would give", async () => {
  const { pool } = database;
  const expected = await seed(pool, ORDERS);
  const shop = await findShopById(pool, 1);
  if (!shop) throw new Error("The shop was not seeded");
  const limit = new RateLimit();
  const context: PipelineContext = {
    ...{
      shop,
      pool,
      limit,
      logger: createLogger("silent"),
      now: () => NOW,
      threadsFor: () => null,
      isStopping: () => false,
    },
    ask: createAsk({ graphql: () => Promise.reject(new Error("Nothing may be asked")) }, limit),
  };
  const id = await requestBacktest(pool, shop.id, { version: 3, windowDays: null, requestedBy: "1", now: NOW });
  while (await workOnShop(context, "backtest")) continue;
  const counts = (await backtestById(pool, shop.id, id))?.counts;
  expect(counts).toMatchObject({ orders: ORDERS, lines: expected.lines, linesThatDiffer: 0, withOthers: 0 });
  // Or the seed has become too poor to show anything.
  expect(counts?.underPlan ?? 0).toBeGreaterThan(ORDERS / 2);
  const tiers = await resultsByTier(pool, shop.id, id);
  const sumOf = (name: "planPast" | "planCandidate" | "change"): bigint =>
    tiers.reduce((sum, one) => sum + one[name], 0n);
  expect([sumOf("planPast"), sumOf("planCandidate")]).toEqual([expected.given, expected.candidate]);
  // No order came back, and prices are net: what is given more is what is earned less.
  expect(sumOf("change")).toBe(expected.given - expected.candidate);
});
