import { afterAll, beforeAll, expect, test } from "vitest";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { sixCustomers } from "#tests/factories/six-customers.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

/** The person of the staff whom the session token names. */
const STAFF = "4242";

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest(sixCustomers(), WORLD_NOW);
  await app.install();
});
afterAll(() => app.stop());

interface Recorded {
  readonly actor: string;
  readonly action: string;
  readonly details: unknown;
}

const recorded = async (): Promise<Recorded[]> => {
  const { rows } = await app.database.pool.query<Recorded>(
    "SELECT actor, action, details FROM audit_event ORDER BY id",
  );
  return rows;
};

/** What an act adds to the record. */
const adds = async (act: () => Promise<Response>): Promise<Recorded[]> => {
  const before = await recorded();
  await (await act()).text();
  return (await recorded()).slice(before.length);
};

const asStaff = (target: string, init: RequestInit): Promise<Response> =>
  app.ask(target, {
    ...init,
    headers: { authorization: `Bearer ${app.shopify.oauth.mintSessionToken(Number(STAFF))}` },
  });

const post = (target: string, fields: Record<string, string>): Promise<Response> =>
  asStaff(target, { method: "POST", body: new URLSearchParams(fields) });

const customer = async (): Promise<string> => {
  const { rows } = await app.database.pool.query<{ id: bigint }>("SELECT id FROM customer WHERE key = 'customer:1'");
  return String(rows[0]?.id);
};

test("the first sync is the app's own doing", async () => {
  expect(await recorded()).toEqual([{ actor: "app", action: "sync-requested", details: {} }]);
});

test("looking at pages and a preview record nothing", async () => {
  const preview = { intent: "preview", method: "rank", rankA: "50", rankB: "30" };
  expect(await adds(() => post("/app/tiers?index", preview))).toEqual([]);
  expect(await adds(() => app.ask("/app/customers.csv"))).toEqual([]);
  expect(await adds(() => app.ask("/app/settings"))).toEqual([]);
});

test("a saved policy, with who saved it", async () => {
  const policy = { method: "rank", rankA: "50", rankB: "30" };
  expect(await adds(() => post("/app/tiers?index", policy))).toEqual([
    { actor: STAFF, action: "policy-saved", details: { method: "rank" } },
  ]);
});

test("a pin that is set and one that is taken away, without its reason", async () => {
  const id = await customer();
  const set = await adds(() => post(`/app/customers/${id}`, { tier: "A", reason: "Ada is a friend", until: "" }));
  expect(set).toEqual([{ actor: STAFF, action: "pin-set", details: { customer: id, tier: "A" } }]);
  const removed = { actor: STAFF, action: "pin-removed", details: { customer: id } };
  expect(await adds(() => post(`/app/customers/${id}`, { intent: "unpin" }))).toEqual([removed]);
});

test("a pin for a customer that the shop has not got is answered 404, and taking away one that is not there does nothing", async () => {
  const pin = { tier: "A", reason: "nobody", until: "" };
  expect((await post("/app/customers/4711", pin)).status).toBe(404);
  expect(await adds(() => post("/app/customers/4711", pin))).toEqual([]);
  expect(await adds(() => post("/app/customers/4711", { intent: "unpin" }))).toEqual([]);
});

test("cost rules that are other ones, and none for those that stay", async () => {
  const rules = (text: string) => adds(() => asStaff("/app/costs/rules.json", { method: "POST", body: text }));
  const share = JSON.stringify([{ kind: "credit_cost", annualPercent: "9" }]);
  expect(await rules(share)).toEqual([
    { actor: STAFF, action: "cost-rules-saved", details: { version: 2 } },
    { actor: STAFF, action: "recompute-requested", details: {} },
  ]);
  expect(await rules(share)).toEqual([]);
});

test("imported costs, once they are confirmed", async () => {
  const [variant] = [...app.shopify.world.variants.keys()];
  const file = new File([`variant_id,unit_cost,from\n${variant},1.23,2026-01-01\n`], "costs.csv");
  const form = (confirmed: string): FormData => {
    const data = new FormData();
    data.set("file", file);
    data.set("confirmed", confirmed);
    return data;
  };
  expect(await adds(() => asStaff("/app/costs/import", { method: "POST", body: form("") }))).toEqual([]);
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const confirmed = Buffer.from(digest).toString("hex");
  expect(await adds(() => asStaff("/app/costs/import", { method: "POST", body: form(confirmed) }))).toEqual([
    { actor: STAFF, action: "costs-imported", details: { costs: 1 } },
    { actor: STAFF, action: "recompute-requested", details: {} },
  ]);
});

test("what somebody has the app do: read the shop, compare with it", async () => {
  expect(await adds(() => post("/app?index", {}))).toEqual([{ actor: STAFF, action: "sync-requested", details: {} }]);
  expect(await adds(() => post("/app/reconciliation?index", {}))).toEqual([
    { actor: STAFF, action: "reconcile-requested", details: {} },
  ]);
});

test("a data request that is downloaded", async () => {
  app.shopify.requestData(1);
  await app.settled();
  const { rows } = await app.database.pool.query<{ id: number }>("SELECT id FROM data_request");
  const id = rows[0]?.id ?? 0;
  expect(await adds(() => asStaff(`/app/privacy/${id}`, {}))).toEqual([
    { actor: STAFF, action: "data-request-downloaded", details: { request: id } },
  ]);
});

test("the settings show the latest fifty, who and when, and the others page by page", async () => {
  const { pool } = app.database;
  await pool.query(
    `INSERT INTO audit_event (shop_id, at, actor, action, details)
     SELECT 1, '2026-10-01T12:00:00Z', '77', 'pin-removed', '{"customer":"5"}' FROM generate_series(1, 60)`,
  );
  const first = (await (await app.ask("/app/settings")).text()).replaceAll("<!-- -->", "");
  expect(first).toContain("Staff member 77, Oct 1, 2026");
  expect(first.match(/>Staff member 77/g)).toHaveLength(50);
  expect(first).toMatch(/1–50 of \d+/);
  const second = (await (await app.ask("/app/settings?page=2")).text()).replaceAll("<!-- -->", "");
  expect(second).toContain("Saved the tier policy, by rank");
  expect(second).toContain("Pareto, ");
});

test("nothing in the record names anybody", async () => {
  const text = JSON.stringify(await recorded());
  expect(text).not.toMatch(/friend|@|Six/);
});
