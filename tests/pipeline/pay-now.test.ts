import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import { planPeriods } from "#app/db/plan/plan-periods.server.ts";
import { savePlan } from "#app/db/plan/plan-versions.server.ts";
import { unpaidOrders } from "#app/db/plan/pay-now-unpaid.server.ts";
import { publicationOf, requestPublication, requestWithdrawal } from "#app/db/plan/publication.server.ts";
import { checkPayNow } from "#app/pipeline/check-pay-now.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";
import { catalog, NOW, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const PAY_NOW = { kind: "pay-now", percent: "2" };
const PLAN = { parts: [PAY_NOW] };
const ASKING = { attributes: { pareto_pay_now: "yes" } };
const MUGS = { lines: [{ variantId: 11, quantity: 10 }] };
const GUEST = { ...MUGS, email: "guest@example.com" };
const COMPANY = { ...MUGS, companyLocationId: 51, contactId: 1 };

let database: TestDatabase;
let opened: PipelineShop;

const open = async (changes: { plan?: "BASIC" | "PLUS"; scopes?: readonly string[] } = {}): Promise<void> => {
  const { plan = "PLUS", scopes = ALL_SCOPES } = changes;
  opened = await openPipelineShop(database.pool, worldOf({ ...shopObject, plan }, ...catalog), {
    grantedScopes: [...scopes],
    appTomlPath: "shopify.app.toml",
  });
  await opened.sync();
};

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await opened.close();
  await database.drop();
});

const publish = async (json: unknown = PLAN): Promise<void> => {
  const read = parsePlan(json, "USD");
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const saving = { plan: read.plan, currency: "USD", after: null, savedBy: "1", now: NOW };
  const version = await savePlan(database.pool, opened.shop.id, saving);
  await requestPublication(database.pool, opened.shop.id, version ?? 0, NOW);
  await opened.work("publish");
};

/** What the app does every day: it brings up to date what is published. */
const refresh = (): Promise<void> => opened.work("publish");

const published = () => publicationOf(database.pool, opened.shop.id);
const listed = async () =>
  (await unpaidOrders(database.pool, opened.shop.id)).map(({ orderId, status }) => [Number(orderId), status]);

const discountOf = (cart: Parameters<PipelineShop["shopify"]["checkout"]>[0]): bigint =>
  opened.shopify.checkout(cart).lines.reduce((sum, { discountMinor }) => sum + discountMinor, 0n);

/** The shop's payment customizations, as the Admin API shows them. */
const customizations = async (): Promise<unknown> => {
  const { data } = await opened.graphql(
    `{ paymentCustomizations(first: 5) { nodes { title enabled metafield(namespace: "$app", key: "payments") { value } } } }`,
  );
  return data;
};

const tagsOf = async (id: number): Promise<unknown> => {
  const { data } = await opened.graphql(`{ order(id: "gid://shopify/Order/${id}") { tags } }`);
  return data;
};

/** Has the app hear of an order, as by its webhook. */
const hearOf = (id: number): Promise<void> => opened.tell("orders/create", `gid://shopify/Order/${id}`);

describe("a buyer who asks to pay now", () => {
  test("gets the percentage and no way to pay later, as a shopper and for a company", async () => {
    await open();
    await publish();
    // 2 % of 10 mugs for 10.00.
    expect(discountOf({ ...GUEST, ...ASKING })).toBe(200n);
    expect(opened.shopify.checkout({ ...GUEST, ...ASKING })).toMatchObject({ paymentMethods: ["shopify_payments"] });
    expect(opened.shopify.checkout(GUEST)).toMatchObject({ paymentMethods: ["shopify_payments", "manual"] });
    expect(discountOf(GUEST)).toBe(0n);
    const company = opened.shopify.checkout({ ...COMPANY, ...ASKING });
    expect(company).toMatchObject({ paymentMethods: ["shopify_payments"], terms: null });
    expect(discountOf({ ...COMPANY, ...ASKING })).toBe(200n);
    expect(opened.shopify.checkout(COMPANY)).toMatchObject({ terms: { type: "NET", dueInDays: 30 } });
    expect(() => opened.shopify.placeCart({ ...COMPANY, ...ASKING }, { payment: "terms" })).toThrow(
      "the buyer has no payment terms",
    );
    expect(() => opened.shopify.placeCart({ ...GUEST, ...ASKING }, { payment: "manual" })).toThrow(
      "the checkout offers no manual",
    );
  });

  test("gets nothing for a company on a shop whose Functions may not take its terms away", async () => {
    await open({ plan: "BASIC" });
    await publish();
    expect(discountOf({ ...GUEST, ...ASKING })).toBe(200n);
    expect(discountOf({ ...COMPANY, ...ASKING })).toBe(0n);
  });

  test.each([
    ["a deposit", { depositPercent: "20" }],
    ["drafts that the shop approves", { checkoutToDraft: true }],
    ["no terms", { terms: null }],
  ])("gets nothing for a company location with %s", async (_what, changes) => {
    await open();
    const place = { id: 51, name: "HQ", terms: { type: "NET", dueInDays: 30 }, depositPercent: null, ...changes };
    opened.shopify.saveCompany({
      type: "company",
      id: 5,
      name: "Co",
      contacts: [1],
      locations: [{ checkoutToDraft: false, ...place }],
    });
    await opened.tell("company_locations/update", "gid://shopify/CompanyLocation/51");
    await publish();
    expect(discountOf({ ...COMPANY, ...ASKING })).toBe(0n);
  });
});

describe("the switch", () => {
  test("is on once Shopify has the payment customization, and goes with the part", async () => {
    await open();
    await publish();
    expect(await published()).toMatchObject({ payNow: "on" });
    expect(await customizations()).toMatchObject({
      paymentCustomizations: { nodes: [{ title: "Pay now", enabled: true }] },
    });
    await publish({ parts: [{ kind: "tier-price", tiers: { A: "5" } }] });
    expect(await published()).toMatchObject({ payNow: null, customizationId: null });
    expect(await customizations()).toEqual({ paymentCustomizations: { nodes: [] } });
    expect(await planPeriods(database.pool, opened.shop.id)).toMatchObject([
      { version: 1, payNow: true },
      { version: 2, payNow: false, until: null },
    ]);
  });

  test.each([
    ["disabled", (id: number) => opened.shopify.payments.deactivate(id)],
    ["deleted", (id: number) => opened.shopify.payments.delete(id)],
  ] as const)("goes off when the customization is %s, and comes on by publishing again", async (state, change) => {
    await open();
    await publish();
    const { customizationId } = await published();
    change(Number(customizationId));
    await refresh();
    expect(await published()).toMatchObject({ payNow: state });
    expect(discountOf({ ...GUEST, ...ASKING })).toBe(0n);
    // It stays off: what somebody did is not undone by itself.
    await refresh();
    expect(await published()).toMatchObject({ payNow: state });
    await publish();
    expect(await published()).toMatchObject({ payNow: "on" });
    expect(discountOf({ ...GUEST, ...ASKING })).toBe(200n);
  });

  test("stays off without the access scope, and the rest of the plan is published", async () => {
    await open({ scopes: ALL_SCOPES.filter((scope) => !scope.includes("payment_customizations")) });
    const broken = { kind: "quantity-break", scope: "cart", measure: "units", steps: [{ from: 5, percent: "3" }] };
    await publish({ parts: [PAY_NOW, broken] });
    expect(await published()).toMatchObject({ payNow: "no-scope", customizationId: null });
    expect(discountOf({ ...GUEST, ...ASKING })).toBe(300n);
  });

  test("is taken away with everything else", async () => {
    await open();
    await publish();
    await requestWithdrawal(database.pool, opened.shop.id, NOW);
    await opened.work("withdraw");
    expect(await customizations()).toEqual({ paymentCustomizations: { nodes: [] } });
    expect(await published()).toMatchObject({ discountId: null, customizationId: null, payNow: null });
    expect(await planPeriods(database.pool, opened.shop.id)).toMatchObject([{ version: 1, until: NOW }]);
  });
});

describe("an order that got the percentage and was not paid", () => {
  /** The checkout's methods are called otherwise than the merchant's list says: nothing can be hidden. */
  const placeUnpaid = (): number => {
    opened.shopify.payments.renameMethod("shopify_payments", "Kreditkarte");
    const placed = opened.shopify.placeCart({ ...GUEST, ...ASKING }, { payment: "manual" });
    expect(placed.lines[0]?.discount).toBe("2.00");
    return placed.id;
  };

  test("is tagged and put on the list, once, and leaves it when it is paid", async () => {
    await open();
    await publish();
    const id = placeUnpaid();
    await hearOf(id);
    await hearOf(id);
    expect(await listed()).toEqual([[id, "open"]]);
    expect(await tagsOf(id)).toEqual({ order: { tags: ["pay-now-unpaid"] } });
    opened.shopify.pay(id);
    await opened.tell("orders/paid", `gid://shopify/Order/${id}`);
    expect(await listed()).toEqual([[id, "paid"]]);
    expect(await tagsOf(id)).toEqual({ order: { tags: [] } });
  });

  test("is found although it was placed within the second in which the plan came into force", async () => {
    await open();
    await publish();
    const id = placeUnpaid();
    await hearOf(id);
    await database.pool.query("DELETE FROM pay_now_unpaid");
    await database.pool.query(
      `UPDATE plan_period SET from_at = date_trunc('second', processed_at) + interval '300 ms' FROM "order" WHERE "order".id = $1`,
      [id],
    );
    await checkPayNow(opened.context, null);
    expect(await listed()).toEqual([[id, "open"]]);
  });

  test("is found every day, whether or not a webhook told of it", async () => {
    await open();
    await publish();
    const id = placeUnpaid();
    await opened.work("catch_up");
    await checkPayNow(opened.context, null);
    expect(await listed()).toEqual([[id, "open"]]);
  });

  test("is put on the list also where the app may not tag it", async () => {
    await open({ scopes: [...ALL_SCOPES.filter((scope) => scope !== "write_orders"), "read_orders"] });
    await publish();
    await hearOf(placeUnpaid());
    expect(await unpaidOrders(database.pool, opened.shop.id)).toMatchObject([
      { status: "open", errorCode: "no-scope" },
    ]);
  });

  test("is none when it was paid or authorised, and when pay-now was not in force", async () => {
    await open();
    const before = opened.shopify.placeCart({ ...GUEST, ...ASKING }, { payment: "manual" });
    await publish();
    const paid = opened.shopify.placeCart({ ...GUEST, ...ASKING }, { payment: "now" });
    const held = opened.shopify.placeCart({ ...GUEST, ...ASKING }, { payment: "authorize" });
    for (const { id } of [before, paid, held]) await hearOf(id);
    expect(await listed()).toEqual([]);
  });
});
