import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compileFunction } from "../../../scripts/compile-function.ts";
import { catalog, TestShop, worldOf } from "../test-shop.ts";

const EXTENSION = "extensions/pareto-discount";

let shop: TestShop;
beforeAll(async () => {
  const stateDir = mkdtempSync(join(tmpdir(), "local-shopify-"));
  const folder = join(stateDir, EXTENSION);
  mkdirSync(join(folder, "dist"), { recursive: true });
  for (const name of ["shopify.extension.toml", "cart-lines-discounts.graphql", "locales"]) {
    cpSync(join(EXTENSION, name), join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, "dist", "function.wasm"), await compileFunction(EXTENSION));
  const grantedScopes = ["write_discounts", "write_products", "write_customers"];
  shop = await TestShop.open(worldOf(...catalog), { stateDir, grantedScopes });
}, 60_000);
afterAll(() => shop.stop());

test("the app's Function as it is built prices a cart by the metafields that the app sets", async () => {
  const parts = [
    { kind: "quantity", by: "variant", of: "units", steps: [[10, 500]] },
    { kind: "tier", percents: { A: 700 } },
  ];
  const plan = { v: 1, exp: 2, meet: "best", floor: true, parts };
  const discount = {
    ...{
      title: "Plan",
      functionHandle: "pareto-discount",
      startsAt: "2026-10-01T00:00:00Z",
      discountClasses: ["PRODUCT"],
    },
    metafields: [{ namespace: "$app", key: "plan", type: "json", value: JSON.stringify(plan) }],
  };
  const made = await shop.graphql(
    `mutation ($discount: DiscountAutomaticAppInput!) {
      discountAutomaticAppCreate(automaticAppDiscount: $discount) { userErrors { message } } }`,
    { discount },
  );
  expect(made.data).toEqual({ discountAutomaticAppCreate: { userErrors: [] } });
  const metafields = [
    { ownerId: "gid://shopify/ProductVariant/11", key: "floor", type: "number_integer", value: "940" },
    { ownerId: "gid://shopify/Customer/1", key: "standing", type: "json", value: '{"v":1,"tier":"A"}' },
  ];
  const set = `mutation ($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) { userErrors { message } } }`;
  expect((await shop.graphql(set, { metafields })).data).toEqual({ metafieldsSet: { userErrors: [] } });
  const off = (quantity: number, customerId: number | null) => {
    const { lines, functions } = shop.shopify.checkout({ lines: [{ variantId: 11, quantity }], customerId });
    expect(functions).toMatchObject([{ handle: "pareto-discount", lost: null }]);
    return lines[0]?.discountMinor;
  };
  // 5 % from ten on; 7 % for tier A, held at 6 % by the floor of 9.40.
  expect([off(9, null), off(10, null), off(1, 1)]).toEqual([0n, 500n, 60n]);
  const { instructions, inputBytes, outputBytes } = shop.shopify.checkout({ lines: [{ variantId: 11, quantity: 10 }] });
  expect(instructions).toBeLessThan(100_000);
  expect([inputBytes, outputBytes].every((bytes) => bytes > 100 && bytes < 2_000)).toBe(true);
});
