import { afterAll, beforeAll, expect, test } from "vitest";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { catalog, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

let app: AppUnderTest;

/** 5 % by tier for whoever is A, 2 % for paying now, and no more than 6 % in all. */
const PLAN = {
  parts: [
    { kind: "quantity-break", scope: "cart", measure: "units", steps: [{ from: 10, percent: "5" }] },
    { kind: "pay-now", percent: "2" },
  ],
  meet: "add",
  limits: { maxPercent: "6" },
};

beforeAll(async () => {
  app = await startAppUnderTest(worldOf({ ...shopObject, plan: "PLUS" }, ...catalog), WORLD_NOW);
  await app.install();
  await app.ask("/app/discounts.json?publish=1", { method: "POST", body: JSON.stringify(PLAN) });
  await app.settled();
  app.shopify.payments.renameMethod("shopify_payments", "Kreditkarte");
});
afterAll(() => app.stop());

/** Someone gets the discount and pays in cash, or never. */
const orderUnpaid = async (): Promise<{ id: number; name: string }> => {
  const lines = [{ variantId: 11, quantity: 10 }];
  const cart = { lines, attributes: { pareto_pay_now: "yes" }, email: "cod@example.com" };
  const placed = app.shopify.placeCart(cart, { payment: "manual" });
  // 6 % of 100.00: of the 2 % for paying now, 1 % is left by the cap.
  expect(placed.lines[0]?.discount).toBe("6.00");
  await app.settled();
  return placed;
};

const press = async (intent: string, order: number): Promise<string> => {
  const body = new URLSearchParams({ intent, order: String(order) });
  const response = await app.ask("/app/discounts/unpaid.data", { method: "POST", body });
  expect(response.ok).toBe(true);
  return response.text();
};

/** The list as the page shows it. */
const page = async (): Promise<string> =>
  (await (await app.ask("/app/discounts/unpaid")).text()).replaceAll(/<!--.*?-->/g, "");

const itemsOf = (id: number): unknown[] =>
  app.shopify.world.ordersById.get(id)?.edits.flatMap(({ add }) => add.map(({ unitPrice }) => unitPrice)) ?? [];

const auditedOf = async (id: number): Promise<string[]> => {
  const { rows } = await app.database.pool.query<{ action: string }>(
    "SELECT action FROM audit_event WHERE details ->> 'order' = $1 ORDER BY id",
    [String(id)],
  );
  return rows.map(({ action }) => action);
};

test("what paying now was worth is charged back once, by whoever is first", async () => {
  const { id, name } = await orderUnpaid();
  expect(await page()).toContain(name);
  expect(await page()).toContain("$1.00 for paying now");
  const answers = await Promise.all([press("charge", id), press("charge", id)]);
  expect(answers.filter((answer) => answer.includes("done"))).toHaveLength(1);
  expect(await press("charge", id)).toContain("nothing-to-do");
  expect(itemsOf(id)).toEqual(["1.00"]);
  expect(await auditedOf(id)).toEqual(["pay-now-charged"]);
  expect(await page()).toContain("Charged back");
});

test("where Shopify's answer is lost, nothing is charged twice, and looking again tells", async () => {
  const { id } = await orderUnpaid();
  app.shopify.faults.loseAnswerOf("OrderEditCommit");
  expect(await press("charge", id)).toContain("unclear");
  expect(await page()).toContain("Shopify did not say whether it was charged");
  expect(await press("charge", id)).toContain("nothing-to-do");
  expect(await press("look", id)).toContain("done");
  expect(itemsOf(id)).toEqual(["1.00"]);
  expect(await auditedOf(id)).toEqual(["pay-now-charged"]);
});

test("where the edit was not committed, it can be charged once more", async () => {
  const { id } = await orderUnpaid();
  app.shopify.faults.loseAnswerOf("OrderEditAddCustomItem");
  expect(await press("charge", id)).toContain("unclear");
  expect(await press("look", id)).toContain("done");
  expect(itemsOf(id)).toEqual([]);
  expect(await press("charge", id)).toContain("done");
  expect(itemsOf(id)).toEqual(["1.00"]);
});

test("an order that is dismissed leaves the list, and its tag goes", async () => {
  const { id } = await orderUnpaid();
  expect(app.shopify.world.ordersById.get(id)?.tags).toEqual(["pay-now-unpaid"]);
  expect(await press("dismiss", id)).toContain("done");
  app.shopify.pay(id, "1.00");
  await app.settled();
  expect(app.shopify.world.ordersById.get(id)?.tags).toEqual([]);
  expect(await auditedOf(id)).toEqual(["pay-now-dismissed"]);
});

test("a form that names no order does nothing", async () => {
  const response = await app.ask("/app/discounts/unpaid.data", {
    method: "POST",
    body: new URLSearchParams({ intent: "charge", order: "1 OR 1" }),
  });
  expect(await response.text()).toContain("nothing-to-do");
});
