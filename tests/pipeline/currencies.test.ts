import { describe, expect, test } from "vitest";
import { catalog, line, order, shopObject } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { syncedShop } from "#tests/setup/synced-shop.ts";

const { pool, ledger } = syncedShop();

const sale = (amount: string, fee: string | null = null) => ({
  kind: "SALE" as const,
  gateway: "shopify_payments",
  amount,
  processedAt: "2026-10-01T10:00:00Z",
  fee,
});

describe("currencies by their own decimals", () => {
  const shopIn = (currency: string, price: string, unitCost: string): WorldObject[] => [
    { ...shopObject, currency },
    {
      type: "product",
      id: 1,
      title: "Mug",
      giftCard: false,
      createdAt: "2025-01-01T00:00:00Z",
      variants: [{ id: 11, sku: null, title: "Blue", price, unitCost }],
    },
    {
      type: "customer",
      id: 1,
      firstName: "A",
      lastName: "B",
      email: null,
      countryCode: "JP",
      createdAt: "2025-02-01T00:00:00Z",
    },
  ];

  test("yen have none", async () => {
    const bought = order(1, {
      presentmentCurrency: "JPY",
      lines: [line(11, { quantity: 2, unitPrice: "1500", discount: "101", tax: "0" })],
      orderDiscount: "0",
      shipping: { price: "500", discount: "0", tax: "0" },
      tip: "0",
      transactions: [sale("3399", "37")],
    });
    expect(await ledger(...shopIn("JPY", "1500", "640"), bought)).toEqual([
      "1 - shipping_revenue order:1 2026-10-01 500 actual",
      "1 - payment_fee transaction:1000 2026-10-01 -37 actual",
      "1 11 gross_sale order:1 2026-10-01 3000 actual",
      "1 11 discount order:1 2026-10-01 -101 actual",
      "1 11 cogs order:1 2026-10-01 -1280 rule",
    ]);
  });

  test("Kuwaiti dinars have three", async () => {
    const bought = order(1, {
      presentmentCurrency: "KWD",
      lines: [line(11, { quantity: 2, unitPrice: "1.005", discount: "0.010", tax: "0" })],
      transactions: [sale("2.000", "0.058")],
    });
    expect(await ledger(...shopIn("KWD", "1.005", "0.333"), bought)).toEqual([
      "1 - payment_fee transaction:1000 2026-10-01 -58 actual",
      "1 11 gross_sale order:1 2026-10-01 2010 actual",
      "1 11 discount order:1 2026-10-01 -10 actual",
      "1 11 cogs order:1 2026-10-01 -666 rule",
    ]);
  });

  test("an order paid in another currency is kept in the shop's", async () => {
    const bought = order(1, { presentmentCurrency: "JPY", presentmentRate: "150" });
    expect(await ledger(...catalog, bought)).toContain("1 11 gross_sale order:1 2026-10-01 3000 actual");
    const { rows } = await pool().query('SELECT total, presentment_currency, presentment_total FROM "order"');
    expect(rows).toEqual([{ total: 3000n, presentment_currency: "JPY", presentment_total: 4500n }]);
  });
});
