import { readFileSync } from "node:fs";
import { buildSchema, execute, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { PAY_NOW_ATTRIBUTE } from "#app/core/plan/compiled-plan.ts";
import { inputOf } from "./carts/input.ts";
import { cart, customer, line } from "./carts/plain.ts";
import { costOf } from "./input-cost.ts";

const text = readFileSync("extensions/pareto-discount/cart-lines-discounts.graphql", "utf8");
const schema = buildSchema(readFileSync("app/shopify/schema/functions-discount.graphql", "utf8"));
const query = parse(text);

test("the input query is valid on Shopify's schema", () => {
  expect(validate(schema, query)).toEqual([]);
});

test("the input query costs at most 30", () => {
  expect(costOf(schema, query)).toBe(28);
  expect(costOf(schema, parse('{ shop { metafield(key: "a") { value type } localTime { date } } }'))).toBe(4);
});

test("the input query has at most 3,000 bytes and no variables", () => {
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3000);
  expect(text).not.toContain("$app:");
  expect(
    query.definitions.flatMap((one) => ("variableDefinitions" in one ? (one.variableDefinitions ?? []) : [])),
  ).toEqual([]);
});

test("metafields are read in the namespace that is the app's alone, as JSON", () => {
  const found = [...text.matchAll(/(\w+): metafield\(namespace: "\$app", key: "(\w+)"\) \{\s+jsonValue\s+\}/g)];
  expect(found.map(([, alias, key]) => [alias, key])).toEqual(
    ["plan", "standing", "standing", "floor", "groups"].map((key) => [key, key]),
  );
  expect(text.match(/metafield/g)).toHaveLength(found.length);
});

/** An input in the schema's own shape, from which graphql-js picks what the query asks for. */
const rootOf = (input: ReturnType<typeof inputOf>): object => {
  const metafields = (owner: object, keys: readonly string[]): object => ({
    ...owner,
    metafield: ({ key }: { key: string }) => {
      expect(keys).toContain(key);
      return (owner as Record<string, unknown>)[key];
    },
  });
  const { cart: given, discount } = input;
  return {
    ...input,
    discount: metafields(discount, ["plan"]),
    cart: {
      ...given,
      attribute: ({ key }: { key: string }) => (key === PAY_NOW_ATTRIBUTE.key ? given.payNow : null),
      buyerIdentity: given.buyerIdentity && {
        ...given.buyerIdentity,
        customer: given.buyerIdentity.customer && metafields(given.buyerIdentity.customer, ["standing"]),
      },
      lines: given.lines.map((one) => ({
        ...one,
        merchandise:
          "product" in one.merchandise
            ? { ...metafields(one.merchandise, ["floor"]), product: metafields(one.merchandise.product, ["groups"]) }
            : one.merchandise,
      })),
    },
  };
};

test("the inputs of these tests are what the query gives", async () => {
  const input = inputOf(
    cart({
      buyer: { ...customer({ tier: "A" }), asksToPayNow: true },
      lines: [line({ groups: [3] }), line({ kind: "custom" })],
    }),
  );
  const { data, errors } = await execute({ schema, document: query, rootValue: rootOf(input) });
  expect(errors).toBeUndefined();
  expect(JSON.parse(JSON.stringify(data))).toEqual(JSON.parse(JSON.stringify(input)));
});
