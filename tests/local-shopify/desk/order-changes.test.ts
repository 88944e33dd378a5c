import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, line, order, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";

const TOPICS = [
  ...["create", "updated", "paid", "cancelled", "edited", "delete"].map((what) => `orders/${what}`),
  "refunds/create",
  "order_transactions/create",
  ...["approve", "close", "update"].map((what) => `returns/${what}`),
  ...["create", "update"].map((what) => `disputes/${what}`),
  ...["create", "update", "delete"].map((what) => `payment_terms/${what}`),
];
const SCOPES = ["read_orders", "read_returns", "read_payment_terms", "read_shopify_payments_disputes"];
const NOW_TEXT = "2026-10-31T12:00:00Z";

const sale = {
  kind: "SALE" as const,
  gateway: "manual",
  amount: "30.00",
  processedAt: "2026-10-01T10:00:00Z",
  fee: null,
};
const refund = {
  id: 9,
  createdAt: "2026-10-20T00:00:00Z",
  lines: [{ lineId: 11, quantity: 1, restockType: "RETURN" as const, amount: "10.00", tax: "0.00" }],
  shipping: "0.00",
  adjustment: "0.00",
};
const net30 = { type: "NET" as const, dueInDays: 30, issuedAt: "2026-10-01T10:00:00Z" };

let shop: TestShop;
let receiver: WebhookReceiver;

const opened = async (options: Parameters<typeof TestShop.open>[1] = {}, first = order(1)) => {
  const settings = { appUrl: receiver.url, grantedScopes: SCOPES, ...options };
  shop = await TestShop.open(worldOf(...catalog, first), settings, TOPICS);
};
/** What came, in the order of the names: several webhooks on their way overtake one another. */
const arrived = async () => {
  await shop.shopify.webhooks.settled();
  return receiver.topics.sort();
};
beforeEach(async () => {
  receiver = await new WebhookReceiver().open();
});
afterEach(async () => {
  await shop.stop();
  receiver.close();
});

test("an order that is placed and paid tells of itself, that it is paid, and of each transaction", async () => {
  await opened();
  const failed = { ...sale, status: "FAILURE" as const };
  const pending = { ...sale, status: "PENDING" as const };
  shop.shopify.placeOrder(order(2, { transactions: [failed, pending, sale] }));
  expect(await arrived()).toEqual([
    "order_transactions/create",
    "order_transactions/create",
    "orders/create",
    "orders/paid",
  ]);
  expect(receiver.bodiesOf("orders/paid")).toMatchObject([{ id: 2, financial_status: "paid" }]);
  expect(receiver.bodiesOf("order_transactions/create")).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: 2000, status: "failure" }),
      {
        id: 2002,
        admin_graphql_api_id: "gid://shopify/OrderTransaction/2002",
        order_id: 2,
        kind: "sale",
        gateway: "manual",
        status: "success",
        created_at: "2026-10-01T10:00:00Z",
        processed_at: "2026-10-01T10:00:00Z",
        test: false,
        amount: "30.00",
        currency: "USD",
      },
    ]),
  );
});

test("a transaction is told in the currency that the buyer paid in", async () => {
  await opened();
  shop.shopify.placeOrder(order(2, { presentmentCurrency: "JPY", presentmentRate: "150", transactions: [sale] }));
  await shop.shopify.webhooks.settled();
  expect(receiver.bodiesOf("order_transactions/create")).toMatchObject([{ amount: "4500", currency: "JPY" }]);
});

test("terms are told when they come, change and go", async () => {
  await opened();
  shop.shopify.placeOrder(order(2, { terms: net30 }));
  expect(await arrived()).toEqual(["orders/create", "payment_terms/create"]);
  expect(receiver.bodiesOf("payment_terms/create")).toEqual([
    {
      id: 2,
      admin_graphql_api_id: "gid://shopify/PaymentTerms/2",
      order_id: 2,
      due_in_days: 30,
      payment_terms_type: "net",
      payment_schedules: [
        {
          id: 2,
          admin_graphql_api_id: "gid://shopify/PaymentSchedule/2",
          payment_terms_id: 2,
          amount: "30.00",
          currency: "USD",
          issued_at: "2026-10-01T10:00:00Z",
          due_at: "2026-10-31T10:00:00Z",
          completed_at: null,
        },
      ],
      created_at: "2026-10-01T10:00:00Z",
      updated_at: NOW_TEXT,
    },
  ]);
  shop.shopify.updateOrder(order(2, { terms: { ...net30, dueInDays: 60 } }));
  shop.shopify.updateOrder(order(2, { terms: { ...net30, dueInDays: 60 }, test: true }));
  shop.shopify.updateOrder(order(2));
  await shop.shopify.webhooks.settled();
  expect(receiver.bodiesOf("payment_terms/update")).toMatchObject([{ id: 2, due_in_days: 60 }]);
  expect(receiver.bodiesOf("payment_terms/delete")).toMatchObject([{ id: 2, order_id: 2 }]);
});

test("a payment tells of the transaction and that the order is paid, once", async () => {
  await opened();
  const part = { ...sale, amount: "10.00" };
  const rest = { ...sale, amount: "20.00" };
  shop.shopify.updateOrder(order(1, { transactions: [part] }));
  expect(await arrived()).toEqual(["order_transactions/create", "orders/updated"]);
  receiver.received.length = 0;
  shop.shopify.updateOrder(order(1, { transactions: [part, rest] }));
  expect(await arrived()).toEqual(["order_transactions/create", "orders/paid", "orders/updated"]);
  receiver.received.length = 0;
  shop.shopify.updateOrder(order(1, { transactions: [part, rest], test: true }));
  expect(await arrived()).toEqual(["orders/updated"]);
});

test("a pending transaction is told when it is decided", async () => {
  await opened({}, order(1, { transactions: [{ ...sale, status: "PENDING" }] }));
  shop.shopify.updateOrder(order(1, { transactions: [sale] }));
  expect(await arrived()).toEqual(["order_transactions/create", "orders/paid", "orders/updated"]);
});

test("an order that is cancelled tells so", async () => {
  await opened();
  const cancelledAt = "2026-10-02T00:00:00Z";
  shop.shopify.updateOrder(order(1, { cancelledAt }));
  expect(await arrived()).toEqual(["orders/cancelled", "orders/updated"]);
  expect(receiver.bodiesOf("orders/cancelled")).toMatchObject([{ id: 1, cancelled_at: cancelledAt }]);
});

test("each new edit is told with what it adds and removes", async () => {
  const first = { at: "2026-10-02T00:00:00Z", add: [], remove: [{ lineId: 11, quantity: 1 }] };
  const second = {
    at: "2026-10-03T00:00:00Z",
    add: [line(12, { quantity: 2 })],
    remove: [{ lineId: 11, quantity: 1 }],
  };
  await opened({}, order(1, { edits: [first] }));
  shop.shopify.updateOrder(order(1, { edits: [first, second] }));
  expect(await arrived()).toEqual(["orders/edited", "orders/updated"]);
  expect(receiver.bodiesOf("orders/edited")).toEqual([
    {
      order_edit: {
        id: 1001,
        order_id: 1,
        created_at: "2026-10-03T00:00:00Z",
        line_items: { additions: [{ id: 12, delta: 2 }], removals: [{ id: 11, delta: 1 }] },
      },
    },
  ]);
});

test("a refund tells of itself and of the money", async () => {
  await opened({}, order(1, { transactions: [sale] }));
  const back = { ...sale, kind: "REFUND" as const, amount: "10.00", processedAt: refund.createdAt };
  shop.shopify.updateOrder(order(1, { transactions: [sale, back], refunds: [refund] }));
  expect(await arrived()).toEqual(["order_transactions/create", "orders/updated", "refunds/create"]);
  expect(receiver.bodiesOf("refunds/create")).toMatchObject([
    {
      id: 9,
      order_id: 1,
      admin_graphql_api_id: "gid://shopify/Refund/9",
      created_at: "2026-10-20T00:00:00Z",
      refund_line_items: [{ line_item_id: 11, quantity: 1, restock_type: "return", subtotal: "10.00" }],
    },
  ]);
});

test("a refund that settles a return tells that it was approved and closed, and when it changes", async () => {
  await opened();
  const returned = { ...refund, returnedAt: "2026-10-19T00:00:00Z" };
  shop.shopify.updateOrder(order(1, { refunds: [returned] }));
  expect(await arrived()).toEqual(["orders/updated", "refunds/create", "returns/approve", "returns/close"]);
  const body = {
    id: 9,
    admin_graphql_api_id: "gid://shopify/Return/9",
    order: { id: 1, admin_graphql_api_id: "gid://shopify/Order/1" },
    name: "#1001-R1",
    total_return_line_items: 1,
    return_line_items: [
      {
        id: 9000,
        admin_graphql_api_id: "gid://shopify/ReturnLineItem/9000",
        quantity: 1,
        fulfillment_line_item: { line_item: { id: 11, admin_graphql_api_id: "gid://shopify/LineItem/11" } },
      },
    ],
  };
  expect(receiver.bodiesOf("returns/approve")).toEqual([{ ...body, status: "open" }]);
  expect(receiver.bodiesOf("returns/close")).toEqual([{ ...body, status: "closed" }]);
  receiver.received.length = 0;
  shop.shopify.updateOrder(order(1, { refunds: [{ ...returned, returnedAt: "2026-10-18T00:00:00Z" }] }));
  expect(await arrived()).toEqual(["orders/updated", "returns/update"]);
});

test("a dispute is told when it is raised and when it changes", async () => {
  await opened();
  const dispute = { at: "2026-10-05T00:00:00Z", amount: "30.00", fee: "15.00", status: "NEEDS_RESPONSE" as const };
  shop.shopify.updateOrder(order(1, { disputes: [dispute] }));
  shop.shopify.updateOrder(order(1, { disputes: [{ ...dispute, status: "LOST" }] }));
  shop.shopify.updateOrder(order(1, { disputes: [{ ...dispute, status: "LOST" }], test: true }));
  await shop.shopify.webhooks.settled();
  const body = {
    id: 1000,
    order_id: 1,
    type: "chargeback",
    amount: "30.00",
    currency: "USD",
    initiated_at: "2026-10-05T00:00:00Z",
  };
  expect(receiver.bodiesOf("disputes/create")).toEqual([{ ...body, status: "needs_response", finalized_on: null }]);
  expect(receiver.bodiesOf("disputes/update")).toEqual([
    { ...body, status: "lost", finalized_on: "2026-10-05T00:00:00Z" },
  ]);
});

test("an order that is deleted is gone from every answer, and its numbers are free again", async () => {
  await opened({}, order(1, { refunds: [refund] }));
  shop.shopify.deleteOrder(1);
  expect(await arrived()).toEqual(["orders/delete"]);
  expect(receiver.bodiesOf("orders/delete")).toEqual([{ id: 1 }]);
  shop.shopify.oauth.changeScopes([...SCOPES, "read_customers"]);
  const { data, errors } = await shop.graphql(`{
    order(id: "gid://shopify/Order/1") { id }
    refund(id: "gid://shopify/Refund/9") { id }
    orders(first: 9) { nodes { id } }
    ordersCount { count }
    customer(id: "gid://shopify/Customer/1") { numberOfOrders }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    order: null,
    refund: null,
    orders: { nodes: [] },
    ordersCount: { count: 0 },
    customer: { numberOfOrders: "0" },
  });
  expect(() => shop.shopify.deleteOrder(1)).toThrow("there is no order 1");
  shop.shopify.placeOrder(order(1, { refunds: [refund] }));
  expect(await arrived()).toContain("orders/create");
});

test("a topic goes only to an app that was granted one of its scopes", async () => {
  await opened({ grantedScopes: ["write_orders"] });
  const returned = { ...refund, returnedAt: "2026-10-19T00:00:00Z" };
  shop.shopify.updateOrder(order(1, { refunds: [returned], terms: net30 }));
  expect(await arrived()).toEqual(["orders/updated", "refunds/create", "returns/close"]);
  receiver.received.length = 0;
  shop.shopify.oauth.changeScopes(["read_payment_terms"]);
  shop.shopify.updateOrder(order(1, { refunds: [returned] }));
  expect(await arrived()).toEqual(["payment_terms/delete"]);
});

test("a topic to which the app has no subscription costs nothing, not even its body", async () => {
  const big = 2 ** 53 - 2;
  shop = await TestShop.open(worldOf(...catalog), { appUrl: receiver.url }, ["orders/create"]);
  shop.shopify.placeOrder(order(2, { transactions: [sale] }));
  shop.shopify.placeOrder(order(3, { id: big, name: "#big", transactions: [sale] }));
  expect(await arrived()).toEqual(["orders/create", "orders/create"]);
});
