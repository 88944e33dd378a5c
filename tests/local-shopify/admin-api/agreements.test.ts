import { afterEach, describe, expect, test } from "vitest";
import { catalog, line, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

const opened = async (...objects: Parameters<typeof worldOf>) => {
  shop = await TestShop.open(worldOf(...catalog, ...objects));
};

/** A mug added, one of three removed, one sent back with a fee kept; duties, an additional fee and a tip. */
const eventful = order(1, {
  lines: [line(11, { duties: "1.50" })],
  shipping: { price: "5.00", discount: "1.00", tax: "0.40" },
  additionalFees: [{ name: "Packaging", price: "2.00", tax: "0.10" }],
  tip: "3.00",
  edits: [
    {
      at: "2026-10-02T10:00:00Z",
      add: [line(12, { quantity: 1 })],
      remove: [{ lineId: 11, quantity: 1 }],
    },
  ],
  refunds: [
    {
      id: 1,
      createdAt: "2026-10-09T10:00:00Z",
      returnedAt: "2026-10-05T10:00:00Z",
      lines: [{ lineId: 11, quantity: 1, restockType: "RETURN", amount: "10.00", tax: "0.00" }],
      shipping: "1.00",
      adjustment: "0.50",
      duties: "0.50",
      fees: [{ kind: "RESTOCKING", amount: "2.00", tax: "0.00" }],
    },
  ],
});

interface AgreementAnswer {
  __typename: string;
  id: string;
  happenedAt: string;
  reason: string;
  sales: { nodes: Record<string, unknown>[] };
}

describe("the agreements of an order", () => {
  const read = async (fields: string) => {
    const { data, errors } = await shop.graphql<{ order: { agreements: { nodes: AgreementAnswer[] } } }>(
      `{ order(id: "gid://shopify/Order/1") { agreements(first: 10) { nodes {
        __typename id happenedAt reason sales(first: 20) { nodes { id ${fields} } } } } } }`,
    );
    expect(errors).toBeUndefined();
    return data?.order.agreements.nodes ?? [];
  };

  test("come in order of time, each with what it charged or took back", async () => {
    await opened(eventful);
    const all = await read("__typename actionType lineType quantity totalAmount { shopMoney { amount } }");
    const brief = all.map(({ __typename, happenedAt, reason, sales }) => [
      __typename,
      reason,
      happenedAt.slice(0, 10),
      sales.nodes.map(({ __typename: type, actionType, quantity, totalAmount }) => [
        type,
        actionType,
        quantity,
        totalAmount,
      ]),
    ]);
    const money = (amount: string) => ({ shopMoney: { amount } });
    expect(brief).toEqual([
      [
        "OrderAgreement",
        "ORDER",
        "2026-10-01",
        [
          ["ProductSale", "ORDER", 3, money("30.0")],
          ["DutySale", "ORDER", null, money("1.5")],
          ["ShippingLineSale", "ORDER", null, money("4.4")],
          ["AdditionalFeeSale", "ORDER", null, money("2.1")],
          ["TipSale", "ORDER", 1, money("3.0")],
        ],
      ],
      [
        "OrderEditAgreement",
        "ORDER_EDIT",
        "2026-10-02",
        [
          ["ProductSale", "ORDER", 1, money("10.0")],
          ["ProductSale", "RETURN", -1, money("-10.0")],
        ],
      ],
      [
        "ReturnAgreement",
        "RETURN",
        "2026-10-05",
        [
          ["ProductSale", "RETURN", -1, money("-10.0")],
          ["FeeSale", "ORDER", null, money("2.0")],
        ],
      ],
      [
        "RefundAgreement",
        "REFUND",
        "2026-10-09",
        [
          ["ShippingLineSale", "RETURN", null, money("-1.0")],
          ["DutySale", "RETURN", null, money("-0.5")],
          ["AdjustmentSale", "UPDATE", null, money("-0.5")],
        ],
      ],
    ]);
    const ids = all.flatMap(({ id, sales }) => [id, ...sales.nodes.map((sale) => sale["id"])]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("name what each sale is about, by the ids that the order has for it", async () => {
    await opened(eventful);
    const [first] = await read(
      `... on ProductSale { lineItem { id } } ... on DutySale { duty { id } } ... on TipSale { lineItem { id title } }
       ... on ShippingLineSale { shippingLine { id } } ... on AdditionalFeeSale { additionalFee { name } }
       taxes { id amount { shopMoney { amount } } taxLine { priceSet { shopMoney { amount } } } }`,
    );
    const tax = (amount: string) => ({
      id: expect.any(String),
      amount: { shopMoney: { amount } },
      taxLine: { priceSet: { shopMoney: { amount } } },
    });
    const id = expect.any(String);
    expect(first?.sales.nodes).toEqual([
      { id, taxes: [], lineItem: { id: "gid://shopify/LineItem/11" } },
      { id, taxes: [], duty: { id: "gid://shopify/Duty/11" } },
      { id, taxes: [tax("0.4")], shippingLine: { id: "gid://shopify/ShippingLine/1000" } },
      { id, taxes: [tax("0.1")], additionalFee: { name: "Packaging" } },
      // 2^62 and the order's id.
      { id, taxes: [], lineItem: { id: "gid://shopify/LineItem/4611686018427387905", title: "Tip" } },
    ]);
  });

  test("keep the ids of their sales when the order changes", async () => {
    await opened(eventful);
    const before = await read("lineType");
    shop.shopify.updateOrder({ ...eventful, refunds: [] });
    const after = await read("lineType");
    expect(after).toEqual(before.slice(0, 2));
  });
});
