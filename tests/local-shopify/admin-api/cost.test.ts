import { parse } from "graphql";
import { expect, test } from "vitest";
import { costOf } from "./cost.ts";

const requested = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") throw new Error("the operation comes first");
  return costOf(document, operation, variables);
};

// These were seen at Shopify, of a shop on the Advanced plan.
test.each([
  ["250 orders of plain fields", "orders(first: 250) { nodes { id name } pageInfo { hasNextPage } }", 13],
  ["250 orders with 250 lines", "orders(first: 250) { nodes { id lineItems(first: 250) { nodes { id } } } }", 156],
  [
    "250 orders with all that a sync wants",
    `orders(first: 250) { nodes { id totalPriceSet { shopMoney { amount } } customer { id } shippingAddress { zip } app { id }
      lineItems(first: 250) { nodes { id product { id } variant { id } originalUnitPriceSet { shopMoney { amount } } } } } }`,
    431,
  ],
  [
    "250 products with variants and options",
    "products(first: 250) { nodes { id options { name } variants(first: 250) { nodes { id } } } }",
    167,
  ],
])("%s cost what Shopify charges", (_what, selection, cost) => {
  expect(requested(`{ ${selection} }`).requested).toBe(cost);
});

test("edges cost the same as nodes", () => {
  const cost = requested("{ orders(first: 250) { edges { cursor node { id customer { id } } } } }").requested;
  expect(cost).toBe(requested("{ orders(first: 250) { nodes { id customer { id } } } }").requested);
});

test("a mutation costs 10, whatever it returns", () => {
  const query = `mutation { bulkOperationRunQuery(query: "x") { bulkOperation { id } userErrors { message } } }`;
  expect(requested(query).requested).toBe(10);
});

test("nodes cost by the number of ids, each the dearest of its fragments", () => {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { id
    ... on Order { customer { id } transactions { id } } ... on Customer { id } } }`;
  expect(requested(query, { ids: ["a"] }).requested).toBe(3);
  expect(requested(query, { ids: ["a", "b", "c"] }).requested).toBe(9);
});

test("a union costs its dearest member", () => {
  const query = `{ order(id: "x") { purchasingEntity { ... on Customer { id }
    ... on PurchasingCompany { company { id } location { id } } } } }`;
  expect(requested(query).requested).toBe(4);
});

test("fragments, aliases, variables and directives count as what they stand for", () => {
  const query = `query ($n: Int!, $with: Boolean!) {
    a: orders(first: $n) { ...Page } b: orders(first: $n) @skip(if: true) { ...Page }
    customer(id: "x") @include(if: $with) { id } }
    fragment Page on OrderConnection { nodes { id customer { id } } }`;
  expect(requested(query, { n: 250, with: false }).requested).toBe(2 + 11 * 2);
  expect(requested(query, { n: 1, with: true }).requested).toBe(2 + 2 + 1);
});

test("the actual cost counts what came back, and nothing for null", () => {
  const cost = requested("{ orders(first: 250) { nodes { id customer { id } } } order(id: 1) { id } }");
  expect(cost.requested).toBe(2 + 11 * 2 + 1);
  expect(cost.actual({ orders: { nodes: [] }, order: null })).toBe(2);
  expect(cost.actual({ orders: { nodes: [{ id: 1, customer: null }] }, order: null })).toBe(3);
  expect(cost.actual({ orders: { nodes: [{ id: 1, customer: { id: 1 } }] }, order: { id: 1 } })).toBe(5);
  expect(cost.actual(null)).toBe(0);
});

test("agreements cost as the connections they are, their sales as the dearest kind of sale", () => {
  const query = `{ order(id: "gid://shopify/Order/1") { agreements(first: 10) { nodes { id happenedAt
    sales(first: 50) { nodes { id totalAmount { shopMoney { amount } }
      ... on ProductSale { lineItem { id } } ... on TipSale { lineItem { id } } } } } } } }`;
  // A sale and its line are 2, fifty of them 2 + 7 x 2; the agreement 1 more, ten of them 2 + 4 x 17; the order 1.
  const cost = requested(query);
  expect(cost.requested).toBe(71);
  const sales = { nodes: [{ id: "1", lineItem: { id: "2" } }, { id: "3" }] };
  // Two sales 2 + 1 x 2, one agreement 2 + 1 x 5, the order 1.
  expect(cost.actual({ order: { agreements: { nodes: [{ id: "4", sales }] } } })).toBe(8);
});
