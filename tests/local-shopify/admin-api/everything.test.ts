import { afterEach, describe, expect, test } from "vitest";
import { generatedWorld } from "#tests/factories/generated-world.ts";
import { toMinor } from "#tests/local-shopify/world/money.ts";
import { TestShop } from "../test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

const SCOPES = ["read_orders", "read_all_orders", "read_returns", "read_products"];

interface Money {
  shopMoney: { amount: string };
}
interface OrderAnswer {
  currentTotalPriceSet: Money;
  currentTotalTaxSet: Money;
  agreements: {
    nodes: {
      id: string;
      happenedAt: string;
      sales: {
        nodes: { id: string; totalAmount: Money; totalTaxAmount: Money; taxes: { id: string; amount: Money }[] }[];
      };
    }[];
  };
}

const AMOUNT = "{ shopMoney { amount } }";
const QUERY = `query ($id: ID!) { order(id: $id) { currentTotalPriceSet ${AMOUNT} currentTotalTaxSet ${AMOUNT}
  agreements(first: 20) { nodes { id happenedAt reason ... on ReturnAgreement { return { id } } ... on RefundAgreement { refund { id } }
    sales(first: 60) { nodes { __typename id actionType lineType quantity totalAmount ${AMOUNT} totalTaxAmount ${AMOUNT}
      totalDiscountAmountBeforeTaxes ${AMOUNT} totalDiscountAmountAfterTaxes ${AMOUNT}
      taxes { id amount ${AMOUNT} taxLine { priceSet ${AMOUNT} } }
      ... on ProductSale { lineItem { id } } ... on GiftCardSale { lineItem { id } } ... on TipSale { lineItem { id } }
      ... on DutySale { duty { id price ${AMOUNT} } } ... on ShippingLineSale { shippingLine { id } }
      ... on FeeSale { fee { id } } ... on AdditionalFeeSale { additionalFee { id } } } } } } } }`;

describe.each([
  { currency: "USD", taxesIncluded: false },
  { currency: "JPY", taxesIncluded: false },
  { currency: "KWD", taxesIncluded: true },
])("of every order of a world of everything in $currency", ({ currency, taxesIncluded }) => {
  test("the sales add up to the current total, the taxes of a sale to its tax, and no two share an id", async () => {
    const world = generatedWorld({ seed: 1, customers: 40, orders: 160, mix: "everything", currency, taxesIncluded });
    shop = await TestShop.open(world, { grantedScopes: SCOPES, bucketSpeed: 1000 });
    const sum = (amounts: readonly Money[]) =>
      amounts.reduce((total, { shopMoney }) => total + toMinor(shopMoney.amount, currency), 0n);
    const ids: string[] = [];
    for (const { id } of world.orders) {
      const { data, errors } = await shop.graphql<{ order: OrderAnswer }>(QUERY, { id: `gid://shopify/Order/${id}` });
      expect(errors).toBeUndefined();
      const agreements = data?.order.agreements.nodes ?? [];
      const sales = agreements.flatMap((agreement) => agreement.sales.nodes);
      expect(sum(sales.map(({ totalAmount }) => totalAmount))).toBe(sum(data ? [data.order.currentTotalPriceSet] : []));
      expect(sum(sales.map(({ totalTaxAmount }) => totalTaxAmount))).toBe(
        sum(data ? [data.order.currentTotalTaxSet] : []),
      );
      for (const { totalTaxAmount, taxes } of sales) {
        expect(sum(taxes.map(({ amount }) => amount))).toBe(sum([totalTaxAmount]));
      }
      const instants = agreements.map(({ happenedAt }) => happenedAt);
      expect(instants).toEqual(instants.toSorted());
      ids.push(...agreements.map((agreement) => agreement.id), ...sales.map((sale) => sale.id));
    }
    expect(new Set(ids).size).toBe(ids.length);
  });
});
