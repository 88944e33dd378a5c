import { afterEach, expect, test } from "vitest";
import { catalog, line, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

const opened = async (grantedScopes: string[], ...objects: Parameters<typeof worldOf>) => {
  shop = await TestShop.open(worldOf(...catalog, ...objects), { grantedScopes });
};
const money = (amount: string) => ({ shopMoney: { amount } });

/** One mug of three sent back; 2.00 are kept for restocking it and 1.00 for the post, and half the duties given back. */
const returned = order(1, {
  lines: [line(11, { duties: "1.50" }), line(12, { quantity: 1, duties: "0.50" })],
  additionalFees: [{ name: "Packaging", price: "2.00", tax: "0.10" }],
  shipping: { price: "5.00", discount: "1.00", tax: "0.40" },
  refunds: [
    {
      id: 7,
      createdAt: "2026-10-09T10:00:00Z",
      returnedAt: "2026-10-05T10:00:00Z",
      lines: [{ lineId: 11, quantity: 1, restockType: "RETURN", amount: "10.00", tax: "0.00" }],
      shipping: "1.00",
      shippingTax: "0.10",
      adjustment: "0.50",
      duties: "1.00",
      fees: [
        { kind: "RETURN_SHIPPING", amount: "1.00", tax: "0.05" },
        { kind: "RESTOCKING", amount: "2.00", tax: "0.00" },
      ],
    },
  ],
});

test("a return is closed by its refund, its restocking fee is the first line's, and postage is its own", async () => {
  await opened(["read_orders", "read_returns"], returned);
  const { data, errors } =
    await shop.graphql(`{ order(id: "gid://shopify/Order/1") { returnStatus returns(first: 5) { nodes {
    id name status createdAt closedAt totalQuantity refunds(first: 5) { nodes { id return { id } } }
    returnLineItems(first: 5) { nodes { quantity refundedQuantity ... on ReturnLineItem {
      fulfillmentLineItem { lineItem { id } } restockingFee { amountSet { shopMoney { amount } } } } } }
    returnShippingFees { amountSet { shopMoney { amount } } }
  } } } }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    order: {
      returnStatus: "RETURNED",
      returns: {
        nodes: [
          {
            id: "gid://shopify/Return/7",
            name: "#1001-R1",
            status: "CLOSED",
            createdAt: "2026-10-05T10:00:00Z",
            closedAt: "2026-10-09T10:00:00Z",
            totalQuantity: 1,
            refunds: { nodes: [{ id: "gid://shopify/Refund/7", return: { id: "gid://shopify/Return/7" } }] },
            returnLineItems: {
              nodes: [
                {
                  quantity: 1,
                  refundedQuantity: 1,
                  fulfillmentLineItem: { lineItem: { id: "gid://shopify/LineItem/11" } },
                  restockingFee: { amountSet: money("2.0") },
                },
              ],
            },
            returnShippingFees: [{ amountSet: money("1.0") }],
          },
        ],
      },
    },
  });
});

test("a fee's sale names the fee as the return does", async () => {
  await opened(["read_orders", "read_returns"], returned);
  const { data } = await shop.graphql<{ order: { agreements: { nodes: { sales: { nodes: object[] } }[] } } }>(
    `{ order(id: "gid://shopify/Order/1") { agreements(first: 5) { nodes { ... on ReturnAgreement { return { id } }
      sales(first: 20) { nodes { ... on FeeSale { fee { __typename id ... on RestockingFee { amountSet { shopMoney { amount } } } } } } } } } } }`,
  );
  expect(data?.order.agreements.nodes[1]).toEqual({
    return: { id: "gid://shopify/Return/7" },
    sales: {
      nodes: [
        {},
        { fee: { __typename: "ReturnShippingFee", id: "gid://shopify/ReturnShippingFee/7000" } },
        { fee: { __typename: "RestockingFee", id: "gid://shopify/RestockingFee/7001", amountSet: money("2.0") } },
      ],
    },
  });
});

test("returns need their scope, and an order without one its own", async () => {
  await opened(["read_orders"], returned);
  const { errors } = await shop.graphql(
    `{ order(id: "gid://shopify/Order/1") { returnStatus returns(first: 5) { nodes { id } } } }`,
  );
  expect(errors?.[0]).toMatchObject({ path: ["order", "returns"], extensions: { code: "ACCESS_DENIED" } });
});

test("a refund pays back duties and keeps its fees, and the order's current amounts follow", async () => {
  await opened(["read_orders"], returned);
  const { data, errors } = await shop.graphql(`{ order(id: "gid://shopify/Order/1") {
    totalPriceSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } }
    originalTotalDutiesSet { shopMoney { amount } } currentTotalDutiesSet { shopMoney { amount } }
    originalTotalAdditionalFeesSet { shopMoney { amount } } currentTotalAdditionalFeesSet { shopMoney { amount } }
    additionalFees { name price { shopMoney { amount } } taxLines { priceSet { shopMoney { amount } } } }
    currentSubtotalPriceSet { shopMoney { amount } } currentShippingPriceSet { shopMoney { amount } }
    currentTotalTaxSet { shopMoney { amount } } currentTotalPriceSet { shopMoney { amount } }
    refundDiscrepancySet { shopMoney { amount } }
    shippingLines(first: 1) { nodes { currentDiscountedPriceSet { shopMoney { amount } } } }
    lineItems(first: 5) { nodes { duties { id price { shopMoney { amount } } taxLines { title } } } }
    refunds { totalRefundedSet { shopMoney { amount } } duties { amountSet { shopMoney { amount } } originalDuty { id } } }
  } }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    order: {
      // 40.00 of goods, 4.00 and 0.40 of shipping, 2.00 of duties, 2.10 of fees.
      totalPriceSet: money("48.5"),
      totalTaxSet: money("0.5"),
      originalTotalDutiesSet: money("2.0"),
      currentTotalDutiesSet: money("1.0"),
      originalTotalAdditionalFeesSet: money("2.0"),
      currentTotalAdditionalFeesSet: money("2.0"),
      additionalFees: [{ name: "Packaging", price: money("2.0"), taxLines: [{ priceSet: money("0.1") }] }],
      currentSubtotalPriceSet: money("30.0"),
      currentShippingPriceSet: money("3.0"),
      currentTotalTaxSet: money("0.45"),
      currentTotalPriceSet: money("38.95"),
      refundDiscrepancySet: money("-0.5"),
      shippingLines: { nodes: [{ currentDiscountedPriceSet: money("3.0") }] },
      lineItems: {
        nodes: [
          { duties: [{ id: "gid://shopify/Duty/11", price: money("1.5"), taxLines: [] }] },
          { duties: [{ id: "gid://shopify/Duty/12", price: money("0.5"), taxLines: [] }] },
        ],
      },
      refunds: [
        {
          // 10.00 + 1.10 + 0.50 + 1.00 - 1.05 - 2.00
          totalRefundedSet: money("9.55"),
          duties: [
            { amountSet: money("0.75"), originalDuty: { id: "gid://shopify/Duty/11" } },
            { amountSet: money("0.25"), originalDuty: { id: "gid://shopify/Duty/12" } },
          ],
        },
      ],
    },
  });
});

test("an order to which no duties and fees apply has none, which is not zero", async () => {
  await opened(["read_orders", "read_returns"], order(1));
  const { data } =
    await shop.graphql(`{ order(id: "gid://shopify/Order/1") { returnStatus returns(first: 1) { nodes { id } }
    originalTotalDutiesSet { shopMoney { amount } } currentTotalDutiesSet { shopMoney { amount } }
    originalTotalAdditionalFeesSet { shopMoney { amount } } currentTotalAdditionalFeesSet { shopMoney { amount } } } }`);
  expect(data).toEqual({
    order: {
      returnStatus: "NO_RETURN",
      returns: { nodes: [] },
      originalTotalDutiesSet: null,
      currentTotalDutiesSet: null,
      originalTotalAdditionalFeesSet: null,
      currentTotalAdditionalFeesSet: null,
    },
  });
});
