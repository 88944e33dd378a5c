import { afterEach, expect, test } from "vitest";
import { catalog, order, TestShop, worldOf } from "../test-shop.ts";

const SCOPES = ["read_orders", "read_all_orders", "read_shopify_payments", "read_shopify_payments_disputes"];

let shop: TestShop;
afterEach(() => shop.stop());

const opened = async (grantedScopes: string[], ...objects: Parameters<typeof worldOf>) => {
  shop = await TestShop.open(worldOf(...catalog, ...objects), { grantedScopes });
};

const disputed = order(3, {
  disputes: [
    { at: "2026-10-10T00:00:00Z", amount: "30.00", fee: "15.00", status: "LOST" },
    { at: "2026-10-12T00:00:00Z", amount: "10.00", fee: null, status: "UNDER_REVIEW" },
    { at: "2026-10-11T00:00:00Z", amount: "20.00", fee: "15.00", status: "WON" },
  ],
});

test("a dispute has the same number on the order and at Shopify Payments", async () => {
  await opened(SCOPES, order(1), disputed);
  const { data, errors } = await shop.graphql(`{
    order(id: "gid://shopify/Order/3") { disputes { id initiatedAs status } }
    disputes(first: 5) { nodes { legacyResourceId status initiatedAt finalizedOn } }
    dispute(id: "gid://shopify/ShopifyPaymentsDispute/3001") { id type amount { amount currencyCode } order { id } }
    open: disputes(first: 5, query: "status:under_review") { nodes { id } }
  }`);
  expect(errors).toBeUndefined();
  const summary = (number: number, status: string) => ({
    id: `gid://shopify/OrderDisputeSummary/${number}`,
    initiatedAs: "CHARGEBACK",
    status,
  });
  const at = (day: number) => `2026-10-${day}T00:00:00Z`;
  expect(data).toEqual({
    order: { disputes: [summary(3000, "LOST"), summary(3001, "UNDER_REVIEW"), summary(3002, "WON")] },
    disputes: {
      nodes: [
        { legacyResourceId: "3000", status: "LOST", initiatedAt: at(10), finalizedOn: at(10) },
        { legacyResourceId: "3002", status: "WON", initiatedAt: at(11), finalizedOn: at(11) },
        { legacyResourceId: "3001", status: "UNDER_REVIEW", initiatedAt: at(12), finalizedOn: null },
      ],
    },
    dispute: {
      id: "gid://shopify/ShopifyPaymentsDispute/3001",
      type: "CHARGEBACK",
      amount: { amount: "10.0", currencyCode: "USD" },
      order: { id: "gid://shopify/Order/3" },
    },
    open: { nodes: [{ id: "gid://shopify/ShopifyPaymentsDispute/3001" }] },
  });
});

test("a dispute takes its amount and fee from the account, and one that is won brings both back", async () => {
  await opened(SCOPES, disputed);
  const { data, errors } = await shop.graphql(`{ shopifyPaymentsAccount { balanceTransactions(first: 9) { nodes {
    sourceType sourceId type test transactionDate amount { amount } fee { amount } net { amount } associatedOrder { id }
  } } } }`);
  expect(errors).toBeUndefined();
  const associatedOrder = { id: "gid://shopify/Order/3" };
  const row = (sourceId: string, type: string, day: number, money: readonly [string, string, string]) => ({
    sourceType: "DISPUTE",
    sourceId,
    type,
    test: false,
    transactionDate: `2026-10-${day}T00:00:00Z`,
    amount: { amount: money[0] },
    fee: { amount: money[1] },
    net: { amount: money[2] },
    associatedOrder,
  });
  expect(data).toEqual({
    shopifyPaymentsAccount: {
      balanceTransactions: {
        nodes: [
          row("3000", "DISPUTE_WITHDRAWAL", 10, ["-30.0", "15.0", "-45.0"]),
          row("3002", "DISPUTE_WITHDRAWAL", 11, ["-20.0", "15.0", "-35.0"]),
          row("3002", "DISPUTE_REVERSAL", 11, ["20.0", "-15.0", "35.0"]),
        ],
      },
    },
  });
});

test("Shopify Payments needs its scopes, and the order's own summary none of them", async () => {
  await opened(["read_orders"], disputed);
  const { data, errors } = await shop.graphql(`{
    order(id: "gid://shopify/Order/3") { disputes { status } } shopifyPaymentsAccount { id } }`);
  expect(data).toMatchObject({ order: { disputes: [{}, {}, {}] }, shopifyPaymentsAccount: null });
  expect(errors?.[0]).toMatchObject({ extensions: { code: "ACCESS_DENIED" } });
});

test("a shop that takes no payments through Shopify has no account", async () => {
  await opened(SCOPES, order(1));
  expect((await shop.graphql(`{ shopifyPaymentsAccount { id } disputes(first: 1) { nodes { id } } }`)).data).toEqual({
    shopifyPaymentsAccount: null,
    disputes: { nodes: [] },
  });
});
