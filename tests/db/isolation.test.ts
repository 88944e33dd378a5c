import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filterFromQuery } from "#app/core/customers/customer-filter.ts";
import { DEFAULT_TIER_POLICY } from "#app/core/tiers/policy.ts";
import { receiveApart } from "#app/db/inbox/receive.server.ts";
import { createPages, type Pages } from "#app/db/pages/pages.server.ts";
import { cleanUp } from "#app/db/privacy/clean-up.server.ts";
import { handleCompliance } from "#app/pipeline/handle-compliance.ts";
import { effectOf, TOPICS } from "#app/core/webhooks/topics.ts";
import { subjectOf } from "#app/shopify/webhook-payload.ts";
import { giveRebates } from "#app/pipeline/give-rebates.ts";
import { rankCustomers } from "#app/pipeline/recompute.ts";
import { createLogger } from "#app/platform/logger.server.ts";
import { createJobs, type JobHandlers } from "#app/platform/jobs.server.ts";
import { createQueuePool } from "#app/db/pool.server.ts";
import { catalog, NOW, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { everyTable } from "#tests/setup/every-table.ts";
import { moveIn, NEIGHBOUR, TRACES, type Neighbour } from "#tests/setup/neighbour.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

/** The neighbour's numbers, which our shop may name as it likes. */
const THEIRS = NEIGHBOUR.id;
const THEIR_ROW = BigInt(THEIRS);

let database: TestDatabase;
let pages: Pages;
let ours: PipelineShop;
let neighbour: Neighbour;

beforeAll(async () => {
  database = await testDatabase();
  const queue = createQueuePool(database.url);
  await (await createJobs(queue, createLogger("silent"))).stop();
  await queue.end();
  pages = createPages(database.pool);
  // First, so that its rows are there for whatever our shop does; an order of ours has the number of one of theirs.
  neighbour = await moveIn(database.pool);
  const domain = { ...shopObject, domain: "ours.myshopify.com" };
  ours = await openPipelineShop(database.pool, worldOf(domain, ...catalog, order(1), order(2)));
  await ours.sync();
});
afterAll(async () => {
  await ours.close();
  await database.drop();
});

/** While the neighbour's data request is there to download. */
const SOON = new Date("2026-10-02T00:00:00Z");

const everybody = filterFromQuery(new URLSearchParams());
const days = { from: 0, to: 100_000 };
const rules = { rules: [], currency: "USD", after: null, now: NOW };
const audit = { at: NOW, actor: "1", action: { kind: "sync-requested" as const } };
const pin = { tier: "A" as const, reason: "stranger", until: null };
const costLine = { line: 2, variantId: THEIR_ROW, sku: null, amount: 1n, from: 20_000, isShopify: false };
const change = { variantId: THEIR_ROW, from: 20_000, amount: 1n };

/** Every question of the pages, as a shop asks it that names the neighbour's numbers. */
const QUESTIONS: { readonly [Name in keyof Pages]: (shopId: number) => unknown } = {
  latestSync: (shopId) => pages.latestSync(shopId),
  requestSync: (shopId) => pages.requestSync(shopId, NOW),
  latestCatchUp: (shopId) => pages.latestCatchUp(shopId),
  requestCatchUp: (shopId) => pages.requestCatchUp(shopId, NOW),
  inboxHealth: (shopId) => pages.inboxHealth(shopId, NOW),
  setAsideEvents: (shopId) => pages.setAsideEvents(shopId, 20),
  retryEvents: (shopId) => pages.retryEvents(shopId, { eventId: "canary", topic: "canary" }),
  failedJobs: (shopId) => pages.failedJobs(shopId),
  retryJob: (shopId) => pages.retryJob(shopId, neighbour.failedJob),
  latestRecompute: (shopId) => pages.latestRecompute(shopId),
  requestRecompute: (shopId) => pages.requestRecompute(shopId, NOW),
  latestReconcile: (shopId) => pages.latestReconcile(shopId),
  requestReconcile: (shopId) => pages.requestReconcile(shopId, NOW),
  latestReconciliation: (shopId) => pages.latestReconciliation(shopId),
  allDifferences: (shopId) => pages.allDifferences(shopId, THEIRS),
  differences: (shopId) => pages.differences(shopId, THEIRS, 1),
  exportInvoices: (shopId) => pages.exportInvoices(shopId, { timeZone: "UTC", now: NOW }),
  invoicedOrders: (shopId) => pages.invoicedOrders(shopId, THEIR_ROW),
  latestRun: (shopId) => pages.latestRun(shopId),
  tierPolicy: (shopId) => pages.tierPolicy(shopId),
  saveTierPolicy: (shopId) => pages.saveTierPolicy(shopId, { ...DEFAULT_TIER_POLICY, newDays: 31 }),
  costRules: (shopId) => pages.costRules(shopId),
  saveCostRules: (shopId) => pages.saveCostRules(shopId, rules),
  parseCostRules: () => pages.parseCostRules([], "USD"),
  uncostedVariants: (shopId) => pages.uncostedVariants(shopId, 30_000),
  exportCosts: (shopId) => pages.exportCosts(shopId),
  planCostImport: (shopId) => pages.planCostImport(shopId, [costLine], 30_000),
  importUnitCosts: (shopId) => pages.importUnitCosts(shopId, [change], NOW),
  previewTiers: (shopId) => pages.previewTiers({ id: shopId, timeZone: "UTC" }, DEFAULT_TIER_POLICY, NOW),
  tierRuns: (shopId) => pages.tierRuns(shopId, 1),
  tierRun: (shopId) => pages.tierRun(shopId, THEIRS),
  movesOfRun: (shopId) => pages.movesOfRun(shopId, THEIRS, 1),
  movesOfCustomer: (shopId) => pages.movesOfCustomer(shopId, THEIR_ROW),
  tierPin: (shopId) => pages.tierPin(shopId, THEIR_ROW),
  savePin: (shopId) => pages.savePin(shopId, THEIR_ROW, pin, NOW),
  removePin: (shopId) => pages.removePin(shopId, THEIR_ROW),
  customers: (shopId) => pages.customers(shopId, everybody, 1),
  exportCustomers: (shopId) => pages.exportCustomers(shopId, everybody),
  exportLedger: (shopId) => pages.exportLedger(shopId),
  customer: (shopId) => pages.customer(shopId, THEIR_ROW),
  customerByKind: (shopId) => pages.customerByKind(shopId, THEIR_ROW, days),
  customerOrders: (shopId) => pages.customerOrders(shopId, THEIR_ROW, 1),
  auditEvents: (shopId) => pages.auditEvents(shopId, 1),
  recordAudit: (shopId) => pages.recordAudit(shopId, audit),
  earlyPart: (shopId) => pages.earlyPart(shopId),
  openTotals: (shopId) => pages.openTotals(shopId, 20_000),
  openInvoices: (shopId) => pages.openInvoices(shopId, "open", { timeZone: "UTC", now: NOW, page: 1 }),
  exportOpenInvoices: (shopId) => pages.exportOpenInvoices(shopId, { timeZone: "UTC", now: NOW }),
  latePayers: (shopId) => pages.latePayers(shopId, 20_000, 1),
  rebates: (shopId) => pages.rebates(shopId, 1),
  rebateTotals: (shopId) => pages.rebateTotals(shopId),
  rebatesOfCustomer: (shopId) => pages.rebatesOfCustomer(shopId, THEIR_ROW),
  confirmRebate: (shopId) => pages.confirmRebate(shopId, THEIR_ROW * 10n + 1n, NOW),
  giveRebate: (shopId) => pages.giveRebate(shopId, THEIR_ROW),
  dismissRebate: (shopId) => pages.dismissRebate(shopId, THEIR_ROW * 10n + 2n),
  dataRequests: (shopId) => pages.dataRequests(shopId, SOON),
  dataRequestFile: (shopId) => pages.dataRequestFile(shopId, THEIRS, SOON),
};

const isBatches = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

/** What an answer says, as text. */
const textOf = async (answer: unknown): Promise<string> => {
  const value = await answer;
  const all: unknown[] = [];
  if (isBatches(value)) for await (const batch of value) all.push(batch);
  return JSON.stringify([value instanceof Map ? [...value] : value, all], (_key, one: unknown) =>
    typeof one === "bigint" ? one.toString() : one,
  );
};

describe("a question of the pages", () => {
  test("is listed here, every one", () => {
    expect(Object.keys(QUESTIONS).toSorted()).toEqual(Object.keys(pages).toSorted());
  });

  test.each(Object.entries(QUESTIONS))("%s shows and changes nothing of another shop's", async (_name, asked) => {
    const before = await neighbour.rows();
    const answer = await textOf(asked(ours.shop.id));
    // A plan names the variants that it was given, which it did not find.
    expect(answer.replaceAll(`"text":"${THEIRS}"`, "").replaceAll(`"variantId":"${THEIRS}"`, "")).not.toMatch(TRACES);
    expect(await neighbour.rows()).toEqual(before);
  });
});

/** What a webhook's body names, whatever its topic: the neighbour's numbers. */
const THEIR_BODY = {
  id: THEIRS,
  order_id: THEIRS,
  order: { id: THEIRS },
  order_edit: { order_id: THEIRS },
  admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${THEIRS}`,
};

/** Every job, as it is done for our shop; events name the neighbour's numbers. */
const JOBS: { readonly [Name in keyof JobHandlers]: () => Promise<unknown> } = {
  sync_shop: () => ours.sync(),
  recompute_shop: () => ours.work("recompute"),
  reconcile_shop: () => ours.work("reconcile"),
  catch_up_shop: () => ours.work("catch_up"),
  publish_shop: () => ours.work("publish"),
  withdraw_shop: () => ours.work("withdraw"),
  backtest_shop: () => ours.work("backtest"),
  // Over all shops, each by itself: it only finds out who has events waiting, and queues drain_inbox.
  sweep_inboxes: () => Promise.resolve(),
  drain_inbox: async () => {
    for (const topic of TOPICS) {
      const kind = effectOf(topic);
      if (kind !== "uninstalled") await ours.tell(topic, subjectOf(topic, kind, THEIR_BODY));
    }
  },
  run_tiers: () => rankCustomers(database.pool, ours.shop, NOW),
  give_rebates: () => giveRebates(ours.context),
  // Over all shops, each by itself: it only finds out whose day has changed, and queues run_tiers.
  daily_runs: () => Promise.resolve(),
  // Over all shops: the neighbour's event and request are younger than a month at that time.
  daily_cleanup: () => cleanUp(database.pool, SOON),
  inbox_event: async () => {
    const about = { triggeredAt: NOW, receivedAt: NOW };
    const person = { customerId: THEIR_ROW, email: "canary", orderIds: [THEIR_ROW] };
    const event = { shopId: ours.shop.id, eventId: "theirs", subject: null, person, ...about };
    const context = { pool: database.pool, now: () => NOW, isInstalledAtShopify: () => Promise.resolve(true) };
    for (const topic of ["customers/data_request", "customers/redact", "shop/redact"] as const) {
      await handleCompliance(context, { ...event, topic });
    }
  },
};

describe("a job", () => {
  test.each(Object.entries(JOBS))("%s leaves every row of another shop as it is", async (_name, work) => {
    const before = await neighbour.rows();
    await work();
    expect(await neighbour.rows()).toEqual(before);
  });

  test("gathers for a data request nothing of another shop's, by whatever numbers it is asked", async () => {
    const { rows } = await database.pool.query<{ held: string }>(
      "SELECT file ->> 'held' AS held FROM data_request WHERE shop_id = $1",
      [ours.shop.id],
    );
    for (const { held } of rows) expect(held).not.toMatch(TRACES);
  });

  test("and a webhook go to the shop that is named, and to no other", async () => {
    const before = await neighbour.rows();
    const event = { eventId: "canary", topic: "canary", subject: null, triggeredAt: null, person: null };
    expect(await receiveApart(database.pool, ours.shop.domain, event, NOW)).toBe(true);
    expect(await neighbour.rows()).toEqual(before);
  });
});

describe("tables", () => {
  /** The tables whose rows are a shop's by another column, or nobody's. */
  const BY_ANOTHER_COLUMN = { shop: "id", session: "shop" };

  test("have the shop in every row, or say here by what else they are a shop's", async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'shop_id' AND is_nullable = 'NO'`,
    );
    const without = (await everyTable(database.pool)).filter((name) => !rows.some((row) => row.name === name));
    expect(without).toEqual(Object.keys(BY_ANOTHER_COLUMN).toSorted());
  });
});

describe("the neighbour itself", () => {
  /** Of works it has a sync alone, which the same query finds; and rules are parsed for nobody. */
  const SAYS_NOTHING = ["latestCatchUp", "latestRecompute", "latestReconcile", "parseCostRules"];

  test("sees or changes its own by the same questions, so that they are ones which could have shown it", async () => {
    const blind: string[] = [];
    for (const [name, asked] of Object.entries(QUESTIONS)) {
      const before = JSON.stringify([...(await neighbour.rows())]);
      // Its rows are made up: where they are read, they may be refused.
      const shown = await textOf(asked(THEIRS)).then(
        (answer) => TRACES.test(answer),
        () => true,
      );
      const after = JSON.stringify([...(await neighbour.rows())]);
      if (!shown && before === after) blind.push(name);
    }
    expect(blind.toSorted()).toEqual(SAYS_NOTHING);
  });
});
