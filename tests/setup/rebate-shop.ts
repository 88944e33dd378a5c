import type pg from "pg";
import { afterAll, afterEach, beforeAll } from "vitest";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import { savePlan } from "#app/db/plan/plan-versions.server.ts";
import { decideRebates } from "#app/pipeline/decide-rebates.ts";
import { giveRebates } from "#app/pipeline/give-rebates.ts";
import { readAgain } from "#app/pipeline/read-again.ts";
import type { Parked, PipelineContext } from "#app/pipeline/context.ts";
import type { LocalShopifyOptions } from "#tests/local-shopify/server.ts";
import { catalog, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";
import { openPipelineShop, type PipelineShop } from "./pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

type OrderInput = Extract<WorldObject, { type: "order" }>;

/** 2/10 net 30. */
export const TWO_TEN = {
  parts: [{ kind: "early-payment-after", percent: "2", discountDays: 10, netDays: 30 }],
} as const;

/** 30.00 of mugs to the company's location, issued on 1 October at net 30. 2 % of it are 0.60. */
export const invoice = (id: number, changes: Partial<OrderInput> = {}): OrderInput =>
  order(id, {
    companyLocationId: 51,
    terms: { type: "NET", dueInDays: 30, issuedAt: "2026-10-01T10:00:00Z" },
    ...changes,
  });

/** A payment by hand at noon of a day of October. */
export const paidOn = (day: number, amount = "30.00") =>
  ({
    kind: "SALE",
    gateway: "manual",
    amount,
    processedAt: `2026-10-${String(day).padStart(2, "0")}T12:00:00Z`,
    fee: null,
  }) as const;

/** Mugs that come back on a day of October, 10.00 each, without money going back. */
export const backOn = (day: number, lineId: number, quantity = 1) => ({
  id: lineId * 10 + day,
  createdAt: `2026-10-${String(day).padStart(2, "0")}T12:00:00Z`,
  lines: [{ lineId, quantity, restockType: "RETURN" as const, amount: `${quantity * 10}.00`, tax: "0.00" }],
  shipping: "0.00",
  adjustment: "0.00",
});

export interface RebateShop extends PipelineShop {
  /** A plan that is in force since the beginning of 2026, in place of others. */
  inForce(plan: unknown, from?: string): Promise<number>;
  /** Has the app hear of an order as it is now. */
  hear(id: number, changes?: Partial<PipelineContext>): Promise<void>;
  /** Does what the queue would. */
  give(changes?: Partial<PipelineContext>): Promise<Parked | undefined>;
  /** The order's rebate in short: "given 60 back 0/0", or null where there is none. */
  rebate(id: number): Promise<string | null>;
  /** All credits and debits of the company's location, or of the customer 1, at Shopify, oldest first. */
  account(owner?: string): Promise<string[]>;
  /** The incentives in the order's ledger: "2026-10-31 -60". */
  incentives(id: number): Promise<string[]>;
}

const SHORT = `SELECT status || coalesce('/' || reason, '') || ' ' || amount ||
  CASE WHEN due_back > 0 THEN ' back ' || taken_back || '/' || due_back || coalesce(' ' || back_reason, '') ELSE '' END AS short
  FROM early_payment_rebate WHERE shop_id = $1 AND order_id = $2`;

const INCENTIVES = `SELECT to_char(day, 'YYYY-MM-DD') || ' ' || amount AS entry FROM ledger_entry
  WHERE shop_id = $1 AND order_id = $2 AND kind = 'incentive' ORDER BY day, amount`;

interface Account {
  node: { storeCreditAccounts: { nodes: { transactions: { nodes: { amount: { amount: string } }[] } }[] } } | null;
}

const ACCOUNT = `query ($id: ID!) { node(id: $id) { ... on HasStoreCreditAccounts { storeCreditAccounts(first: 5) { nodes {
  transactions(first: 50) { nodes { amount { amount } } } } } } } }`;

const rebateShop = (pool: pg.Pool, opened: PipelineShop): RebateShop => {
  const { id: shopId } = opened.shop;
  return {
    ...opened,
    inForce: async (json, from = "2026-01-01T00:00:00Z") => {
      const read = parsePlan(json, "USD");
      if (!read.ok) throw new Error(JSON.stringify(read.faults));
      const saving = { plan: read.plan, currency: "USD", after: null, savedBy: "1", now: new Date(from) };
      const version = (await savePlan(pool, shopId, saving)) ?? 0;
      await pool.query("UPDATE plan_period SET until_at = $2 WHERE shop_id = $1 AND until_at IS NULL", [shopId, from]);
      await pool.query("INSERT INTO plan_period (shop_id, version, from_at) VALUES ($1, $2, $3)", [
        shopId,
        version,
        from,
      ]);
      return version;
    },
    hear: async (id, changes) => {
      await readAgain(opened.context, [BigInt(id)]);
      if (changes) await decideRebates({ ...opened.context, ...changes }, [BigInt(id)]);
      else await opened.tell("orders/updated", `gid://shopify/Order/${id}`);
    },
    give: (changes) => giveRebates({ ...opened.context, ...changes }),
    rebate: async (id) => (await pool.query<{ short: string }>(SHORT, [shopId, id])).rows[0]?.short ?? null,
    account: async (owner = "CompanyLocation/51") => {
      const { data } = await opened.graphql<Account>(ACCOUNT, { id: `gid://shopify/${owner}` });
      const accounts = data?.node?.storeCreditAccounts.nodes ?? [];
      return accounts.flatMap(({ transactions }) => transactions.nodes.map(({ amount }) => amount.amount));
    },
    incentives: async (id) =>
      (await pool.query<{ entry: string }>(INCENTIVES, [shopId, id])).rows.map(({ entry }) => entry),
  };
};

/** A database for a test file, and shops in it of the orders that a test names, synced, with 2/10 net 30 in force. */
export const rebateShops = () => {
  let database: TestDatabase;
  let shops = 0;
  const opened: PipelineShop[] = [];
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterEach(async () => {
    for (const shop of opened.splice(0)) await shop.close();
  });
  afterAll(() => database.drop());
  const open = async (
    orders: readonly OrderInput[],
    plan: unknown = TWO_TEN,
    options: Partial<LocalShopifyOptions> = {},
  ): Promise<RebateShop> => {
    shops += 1;
    const shop = { ...shopObject, domain: `rebates-${shops}.myshopify.com` };
    const pipeline = await openPipelineShop(database.pool, worldOf(shop, ...catalog, ...orders), {
      grantedScopes: ALL_SCOPES,
      ...options,
    });
    opened.push(pipeline);
    const made = rebateShop(database.pool, pipeline);
    if (plan !== null) await made.inForce(plan);
    await made.sync();
    return made;
  };
  return { pool: () => database.pool, open };
};
