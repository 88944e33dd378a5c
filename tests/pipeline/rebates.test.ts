import { describe, expect, test } from "vitest";
import { backOn, invoice, paidOn, rebateShops } from "#tests/setup/rebate-shop.ts";

const { open } = rebateShops();

describe("paid early", () => {
  test("on the tenth day: credited once to the company's location, dated and booked as an incentive", async () => {
    const shop = await open([invoice(1, { transactions: [paidOn(11)] })]);
    expect(await shop.rebate(1)).toBe("intended 60");
    expect(await shop.give()).toBeUndefined();
    expect(await shop.rebate(1)).toBe("given 60");
    expect(await shop.account()).toEqual(["0.6"]);
    expect(await shop.incentives(1)).toEqual(["2026-10-31 -60"]);
    await shop.give();
    await shop.hear(1);
    await shop.work("catch_up");
    await shop.give();
    expect(await shop.account()).toEqual(["0.6"]);
  });

  test("on the day after: nothing", async () => {
    const shop = await open([invoice(1, { transactions: [paidOn(12)] })]);
    await shop.give();
    expect(await shop.rebate(1)).toBeNull();
    expect(await shop.account()).toEqual([]);
  });

  test("in two parts: the one that pays the rest decides", async () => {
    const shop = await open([
      invoice(1, { transactions: [paidOn(2, "10.00"), paidOn(10, "20.00")] }),
      invoice(2, { transactions: [paidOn(2, "10.00"), paidOn(12, "20.00")] }),
      invoice(3, { transactions: [paidOn(2, "10.00")] }),
    ]);
    expect(await shop.rebate(1)).toBe("intended 60");
    expect(await shop.rebate(2)).toBeNull();
    expect(await shop.rebate(3)).toBeNull();
  });

  test("told by webhooks, twice, with two workers at it: credited once", async () => {
    const shop = await open([invoice(1)]);
    expect(await shop.rebate(1)).toBeNull();
    shop.shopify.updateOrder(invoice(1, { transactions: [paidOn(9)] }));
    await Promise.all([shop.hear(1), shop.hear(1)]);
    await Promise.all([shop.give(), shop.give(), shop.give()]);
    expect(await shop.rebate(1)).toBe("given 60");
    expect(await shop.account()).toEqual(["0.6"]);
  });

  test("for a customer without a company: to the customer; for a guest: held", async () => {
    const shop = await open([
      invoice(1, { companyLocationId: null, transactions: [paidOn(5)] }),
      invoice(2, {
        companyLocationId: null,
        customerId: null,
        email: "guest@example.com",
        transactions: [paidOn(5)],
      }),
    ]);
    await shop.give();
    expect(await shop.account("Customer/1")).toEqual(["0.6"]);
    expect(await shop.rebate(2)).toBe("held/no-owner 60");
  });

  test("the terms are those of the plan in force when the order was placed", async () => {
    const orders = [invoice(1, { transactions: [paidOn(5)] })];
    const later = await open(orders, null);
    await later.inForce(
      { parts: [{ kind: "early-payment-after", percent: "2", discountDays: 10, netDays: 30 }] },
      "2026-10-02T00:00:00Z",
    );
    await later.hear(1);
    expect(await later.rebate(1)).toBeNull();
    const changed = await open(orders);
    await changed.give();
    await changed.inForce(
      { parts: [{ kind: "early-payment-after", percent: "5", discountDays: 10, netDays: 30 }] },
      "2026-10-02T00:00:00Z",
    );
    await changed.hear(1);
    expect(await changed.rebate(1)).toBe("given 60");
  });

  test("without the scope it is held, and given once the scope is there", async () => {
    const shop = await open([invoice(1)]);
    shop.shopify.updateOrder(invoice(1, { transactions: [paidOn(5)] }));
    const { context } = shop;
    const without = { ...context.shop, scopes: context.shop.scopes.filter((scope) => !scope.includes("store_credit")) };
    await shop.hear(1, { shop: without });
    await shop.give({ shop: without });
    expect(await shop.rebate(1)).toBe("held/no-scope 60");
    await shop.work("catch_up");
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60");
  });
});

describe("what comes back", () => {
  test("before it is given: less is given", async () => {
    const shop = await open([invoice(1, { transactions: [paidOn(5)] })]);
    shop.shopify.updateOrder(invoice(1, { transactions: [paidOn(5)], refunds: [backOn(20, 11)] }));
    await shop.hear(1);
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 40");
    expect(await shop.account()).toEqual(["0.4"]);
  });

  test("wholly, before it is given: nothing is given", async () => {
    const shop = await open([invoice(1, { transactions: [paidOn(5)] })]);
    shop.shopify.updateOrder(invoice(1, { transactions: [paidOn(5)], refunds: [backOn(20, 11, 3)] }));
    await shop.hear(1);
    await shop.give();
    expect(await shop.rebate(1)).toBeNull();
  });

  test("after it was given: its share is taken back from the store credit, and booked", async () => {
    const shop = await open([invoice(1, { transactions: [paidOn(5)] })]);
    await shop.give();
    shop.shopify.updateOrder(invoice(1, { transactions: [paidOn(5)], refunds: [backOn(20, 11)] }));
    await shop.hear(1);
    expect(await shop.rebate(1)).toBe("given 60 back 0/20");
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60 back 20/20");
    expect(await shop.account()).toEqual(["0.6", "-0.2"]);
    expect(await shop.incentives(1)).toEqual(["2026-10-31 -60", "2026-10-31 20"]);
    await shop.work("recompute");
    expect(await shop.incentives(1)).toEqual(["2026-10-31 -60", "2026-10-31 20"]);
  });

  test("after the store credit was spent: as much as is left, the rest is owed", async () => {
    const shop = await open([invoice(1, { transactions: [paidOn(5)] })]);
    await shop.give();
    const spend = `mutation { storeCreditAccountDebit(id: "gid://shopify/CompanyLocation/51",
      debitInput: { debitAmount: { amount: "0.55", currencyCode: USD } }) { userErrors { message } } }`;
    await shop.graphql(spend);
    shop.shopify.updateOrder(invoice(1, { transactions: [paidOn(5)], refunds: [backOn(20, 11)] }));
    await shop.hear(1);
    await shop.give();
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60 back 5/20 spent");
    expect(await shop.account()).toEqual(["0.6", "-0.55", "-0.05"]);
  });

  test("a dispute holds it, a lost one takes it back", async () => {
    const dispute = (status: "NEEDS_RESPONSE" | "WON" | "LOST") => [
      { at: "2026-10-20T10:00:00Z", amount: "30.00", fee: null, status },
    ];
    const shop = await open([
      invoice(1, { transactions: [paidOn(5)], disputes: dispute("NEEDS_RESPONSE") }),
      invoice(2, { transactions: [paidOn(5)] }),
    ]);
    expect(await shop.rebate(1)).toBe("held/disputed 60");
    shop.shopify.updateOrder(invoice(1, { transactions: [paidOn(5)], disputes: dispute("WON") }));
    await shop.hear(1);
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60");
    shop.shopify.updateOrder(invoice(2, { transactions: [paidOn(5)], disputes: dispute("LOST") }));
    await shop.hear(2);
    await shop.give();
    expect(await shop.rebate(2)).toBe("given 60 back 60/60");
  });
});
