import { afterAll, beforeAll, expect, test } from "vitest";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { TWO_TEN } from "#tests/setup/rebate-shop.ts";
import { catalog, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest(worldOf({ ...shopObject, plan: "PLUS" }, ...catalog), WORLD_NOW);
  await app.install();
  await app.ask("/app/discounts.json?publish=1", { method: "POST", body: JSON.stringify(TWO_TEN) });
  await app.settled();
});
afterAll(() => app.stop());

/** What the company's location has been credited. */
const credits = (): bigint[] => {
  const { storeCredit } = app.shopify;
  return storeCredit
    .accountsOf({ type: "CompanyLocation", id: 51 })
    .flatMap(({ id }) => storeCredit.statement(id, "2027-01-01T00:00:00Z").booked)
    .flatMap(({ move }) => (move.kind === "credit" ? [move.amount] : []));
};

const statusOf = async (orderId: number): Promise<string | undefined> => {
  const { rows } = await app.database.pool.query<{ status: string }>(
    "SELECT status FROM early_payment_rebate WHERE order_id = $1",
    [orderId],
  );
  return rows[0]?.status;
};

test("kill -9 after Shopify has credited and before it could say so: the credit is found, and given once", async () => {
  // Shopify tells instants to the second: an order of the same one could be from before the plan.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const cart = { lines: [{ variantId: 11, quantity: 10 }], companyLocationId: 51, contactId: 1 };
  const { id } = app.shopify.placeCart(cart, { payment: "terms" });
  await app.settled();
  const killed = new Promise((resolve) => app.running.process.once("exit", (_code, signal) => resolve(signal)));
  app.shopify.faults.loseAnswerOf("StoreCreditGive", () => app.running.process.kill("SIGKILL"));
  app.shopify.pay(id);
  expect(await killed).toBe("SIGKILL");
  expect(credits()).toEqual([200n]);
  expect(await statusOf(id)).toBe("calling");
  app.running.startWorker();
  await expect.poll(() => statusOf(id), { timeout: 90_000, interval: 500 }).toBe("given");
  expect(credits()).toEqual([200n]);
});
