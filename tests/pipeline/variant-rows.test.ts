import { expect, test } from "vitest";
import { toVariants } from "#app/shopify/mappers/catalog.ts";

const money = (amount: string, currencyCode: string) => ({ amount, currencyCode });

const rowWith = (inventoryItem: unknown): unknown => ({
  id: "gid://shopify/ProductVariant/11",
  title: "Blue",
  sku: "MUG-1",
  price: "10.00",
  compareAtPrice: null,
  product: { id: "gid://shopify/Product/1", title: "Mug", isGiftCard: false },
  inventoryItem,
});

const read = (inventoryItem: unknown) => [...toVariants([rowWith(inventoryItem)], "USD")].at(0);

const weighing = (unit: string, value: number) => ({ unitCost: null, measurement: { weight: { unit, value } } });

test("a variant is read with its cost in minor units and its weight in grams", () => {
  const item = { unitCost: money("4.2", "USD"), ...{ measurement: { weight: { unit: "GRAMS", value: 300 } } } };
  expect(read(item)).toEqual({
    id: 11n,
    productId: 1n,
    productTitle: "Mug",
    title: "Blue",
    sku: "MUG-1",
    unitCost: 420n,
    weightGrams: 300,
    price: 1000n,
    compareAtPrice: null,
    giftCard: false,
  });
});

test.each([
  ["GRAMS", 0, 0],
  ["GRAMS", 2.5, 3],
  ["KILOGRAMS", 1.25, 1250],
  ["OUNCES", 1, 28],
  ["POUNDS", 2, 907],
  ["KILOGRAMS", 1e9, 2_147_483_647],
])("a weight of %s %d is %d grams", (unit, value, grams) => {
  expect(read(weighing(unit, value))).toMatchObject({ weightGrams: grams });
});

test("a cost in another currency, and what Shopify does not say, are not known", () => {
  const foreign = { unitCost: money("4.20", "EUR"), measurement: { weight: null } };
  expect(read(foreign)).toMatchObject({
    unitCost: null,
    weightGrams: null,
    price: 1000n,
    compareAtPrice: null,
    giftCard: false,
  });
  expect(read(null)).toMatchObject({
    unitCost: null,
    weightGrams: null,
    price: 1000n,
    compareAtPrice: null,
    giftCard: false,
  });
});
