import { describe, expect, test } from "vitest";
import { catalog, line, order, shopObject } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { syncedShop } from "#tests/setup/synced-shop.ts";

const { pool, synced, ledger } = syncedShop();

/** order, day, orders, net sales, cm1, cm2, cm4, goods, goods with known cost, unknown cost, refunds */
const days = async (): Promise<string[]> => {
  const { rows } = await pool().query<{ day: string }>(
    `SELECT concat_ws(' ', order_id, to_char(day, 'YYYY-MM-DD'), orders, net_sales, cm1, cm2, cm4, goods,
       goods_with_known_cost, has_unknown_cost, refunds) AS day FROM order_day ORDER BY order_id, day`,
  );
  return rows.map(({ day }) => day);
};

/** order, customer's key, whether it counts */
const owners = async (): Promise<string[]> => {
  const { rows } = await pool().query<{ owner: string }>(
    `SELECT concat_ws(' ', o.id, key, counted) AS owner FROM "order" o JOIN customer c ON c.id = customer_id ORDER BY o.id`,
  );
  return rows.map(({ owner }) => owner);
};

const sale = (amount: string, fee: string | null = null) => ({
  kind: "SALE" as const,
  gateway: "shopify_payments",
  amount,
  processedAt: "2026-10-01T10:00:00Z",
  fee,
});

type Refund = NonNullable<Extract<WorldObject, { type: "order" }>["refunds"]>[number];

const refund = (part: Partial<Refund> = {}): Refund => ({
  id: 1,
  createdAt: "2026-10-05T02:00:00Z",
  lines: [{ lineId: 11, quantity: 1, restockType: "RETURN", amount: "9.00", tax: "0.00" }],
  shipping: "0.00",
  adjustment: "0.00",
  ...part,
});

describe("tax on top of the prices", () => {
  test("three mugs, 3.00 off the line, 1.00 off the order, tax and shipping on top", async () => {
    const bought = order(1, {
      lines: [line(11, { discount: "3.00", tax: "2.15" })],
      orderDiscount: "1.00",
      shipping: { price: "7.00", discount: "2.00", tax: "0.40" },
      transactions: [sale("33.55", "1.23")],
    });
    expect(await ledger(...catalog, bought)).toEqual([
      "1 - shipping_revenue order:1 2026-10-01 500 actual",
      "1 - payment_fee transaction:1000 2026-10-01 -123 actual",
      "1 11 gross_sale order:1 2026-10-01 3000 actual",
      "1 11 discount order:1 2026-10-01 -400 actual",
      "1 11 cogs order:1 2026-10-01 -1260 rule",
    ]);
    expect(await days()).toEqual(["1 2026-10-01 1 2600 1340 1717 1717 2600 2600 f 0"]);
  });

  test("an order late at night belongs to the shop's day, not to that of London", async () => {
    const entries = await ledger(...catalog, order(1, { processedAt: "2026-10-02T03:59:59Z" }));
    expect(entries).toContain("1 11 gross_sale order:1 2026-10-01 3000 actual");
  });

  test("a unit cost of today is a fact for an order of today and a rule for the days before", async () => {
    const entries = await ledger(...catalog, order(1, { processedAt: "2026-10-31T11:00:00Z" }));
    expect(entries).toContain("1 11 cogs order:1 2026-10-31 -1260 actual");
  });
});

describe("tax within the prices", () => {
  test("three mugs at 12.00 with 20 % inside, 6.00 off, shipping 6.00 with 1.00 inside", async () => {
    const bought = order(1, {
      lines: [line(11, { unitPrice: "12.00", discount: "6.00", tax: "5.00" })],
      shipping: { price: "6.00", discount: "0.00", tax: "1.00" },
      transactions: [sale("36.00", null)],
    });
    expect(await ledger({ ...shopObject, taxesIncluded: true }, ...catalog, bought)).toEqual([
      "1 - shipping_revenue order:1 2026-10-01 500 actual",
      "1 11 gross_sale order:1 2026-10-01 3000 actual",
      "1 11 discount order:1 2026-10-01 -500 actual",
      "1 11 cogs order:1 2026-10-01 -1260 rule",
    ]);
  });

  test("what comes back is net of its tax, and so is the shipping given back", async () => {
    const bought = order(1, {
      lines: [line(11, { unitPrice: "12.00", tax: "6.00" })],
      shipping: { price: "6.00", discount: "0.00", tax: "1.00" },
      transactions: [sale("42.00")],
      refunds: [
        refund({
          lines: [{ lineId: 11, quantity: 1, restockType: "NO_RESTOCK", amount: "12.00", tax: "2.00" }],
          shipping: "3.00",
          shippingTax: "0.50",
        }),
      ],
    });
    const entries = await ledger({ ...shopObject, taxesIncluded: true }, ...catalog, bought);
    expect(entries.filter((entry) => entry.includes("refund:1"))).toEqual([
      "1 - shipping_revenue refund:1 2026-10-04 -250 actual",
      "1 11 return refund:1 2026-10-04 -1000 actual",
    ]);
  });
});

describe("what comes back", () => {
  test("put back on the shelf, its cost comes back too, on the day it happened", async () => {
    const bought = order(1, {
      transactions: [sale("30.00")],
      refunds: [refund({ lines: [{ lineId: 11, quantity: 2, restockType: "RETURN", amount: "20.00", tax: "0.00" }] })],
    });
    expect(await ledger(...catalog, bought)).toEqual([
      "1 11 gross_sale order:1 2026-10-01 3000 actual",
      "1 11 cogs order:1 2026-10-01 -1260 rule",
      "1 11 return refund:1 2026-10-04 -2000 actual",
      "1 11 cogs_restocked refund:1 2026-10-04 840 rule",
    ]);
    expect(await days()).toEqual([
      "1 2026-10-01 1 3000 1740 1740 1740 3000 3000 f 0",
      "1 2026-10-04 0 -2000 -1160 -1160 -1160 -2000 -2000 f -1160",
    ]);
  });

  test("not put back, its cost is lost; money beyond the goods and a fee kept are adjustments", async () => {
    const bought = order(1, {
      transactions: [sale("30.00")],
      refunds: [
        refund({
          lines: [{ lineId: 11, quantity: 1, restockType: "NO_RESTOCK", amount: "10.00", tax: "0.00" }],
          adjustment: "1.50",
        }),
        refund({
          id: 2,
          createdAt: "2026-10-06T12:00:00Z",
          adjustment: "-0.75",
          lines: [{ lineId: 11, quantity: 1, restockType: "CANCEL", amount: "10.00", tax: "0.00" }],
        }),
      ],
    });
    expect((await ledger(...catalog, bought)).slice(2)).toEqual([
      "1 - refund_adjustment refund:1 2026-10-04 -150 actual",
      "1 11 return refund:1 2026-10-04 -1000 actual",
      "1 - refund_adjustment refund:2 2026-10-06 75 actual",
      "1 11 return refund:2 2026-10-06 -1000 actual",
      "1 11 cogs_restocked refund:2 2026-10-06 420 rule",
    ]);
  });
});

describe("what is not sure or does not count", () => {
  test("a gift card is no sale, and a line without a cost says so", async () => {
    const bought = order(1, {
      lines: [
        line(11, { variantId: 21, unitPrice: "20.00", quantity: 1 }),
        line(12, { variantId: null, title: "Gift", giftCard: true, quantity: 1, unitPrice: "50.00" }),
        line(13, { variantId: null, title: "Engraving", quantity: 1, unitPrice: "5.00" }),
        line(14, { quantity: 1 }),
      ],
    });
    expect(await ledger(...catalog, bought)).toEqual([
      "1 11 gross_sale order:1 2026-10-01 2000 actual",
      "1 11 cogs order:1 2026-10-01 0 unknown",
      "1 13 gross_sale order:1 2026-10-01 500 actual",
      "1 13 cogs order:1 2026-10-01 0 unknown",
      "1 14 gross_sale order:1 2026-10-01 1000 actual",
      "1 14 cogs order:1 2026-10-01 -420 rule",
    ]);
    expect(await days()).toEqual(["1 2026-10-01 1 3500 3080 3080 3080 3500 1000 t 0"]);
  });

  test("trial orders and unpaid cancelled ones keep their entries and stay out of profit; a paid one counts", async () => {
    const cancelledAt = "2026-10-03T12:00:00Z";
    const failed = { ...sale("30.00"), status: "FAILURE" as const };
    await synced(
      ...catalog,
      order(1, { test: true, transactions: [sale("30.00")] }),
      order(2, { cancelledAt }),
      order(3, { cancelledAt, transactions: [failed] }),
      order(4, { cancelledAt, transactions: [sale("30.00")] }),
    );
    expect(await owners()).toEqual(["1 customer:1 f", "2 customer:1 f", "3 customer:1 f", "4 customer:1 t"]);
    expect((await days()).map((day) => day.split(" ")[0])).toEqual(["4"]);
    const { rows } = await pool().query("SELECT DISTINCT order_id FROM ledger_entry ORDER BY 1");
    expect(rows).toHaveLength(4);
  });
});

describe("who an order belongs to", () => {
  test("the company, else the customer, else the guest by e-mail, else nobody", async () => {
    await synced(
      ...catalog,
      order(1, { companyLocationId: 51 }),
      order(2),
      order(3, { customerId: null, email: "Zoë@Example.com " }),
      order(4, { customerId: null, email: " zoe\u0308@example.com" }),
      order(5, { customerId: null, email: "ann@example.com" }),
      order(6, { customerId: null, email: null }),
      order(7, { customerId: null, email: "  " }),
    );
    expect(await owners()).toEqual([
      "1 company:5 t",
      "2 customer:1 t",
      "3 guest:zoë@example.com t",
      "4 guest:zoë@example.com t",
      "5 guest:ann@example.com t",
      "6 anonymous: t",
      "7 anonymous: t",
    ]);
    const { rows } = await pool().query(
      "SELECT key, name FROM standing JOIN customer c ON c.id = customer_id ORDER BY key",
    );
    expect(rows).toEqual([
      { key: "company:5", name: "Co" },
      { key: "customer:1", name: "Ann Ash" },
      { key: "guest:ann@example.com", name: null },
      { key: "guest:zoë@example.com", name: null },
    ]);
  });

  test("a shop that has sold nothing has a finished sync and a run without anybody", async () => {
    const shop = await synced(...catalog);
    expect((await shop.latest())?.status).toBe("finished");
    const { rows } = await pool().query("SELECT count(*)::int AS runs FROM tier_run");
    expect(rows).toEqual([{ runs: 1 }]);
  });
});
