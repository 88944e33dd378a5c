import fc from "fast-check";
import { expect, test } from "vitest";
import { anyCart } from "./carts/arbitrary.ts";
import { discountsByLine, type DiscountOutput } from "./carts/apply-output.ts";
import { inputOf, type FunctionInput } from "./carts/input.ts";
import { cart, customer, line, percents, plan, quantityBreak } from "./carts/plain.ts";
import { builtFunction } from "./built-function.ts";

const discount = builtFunction();

const GOOD = inputOf(cart());
const GOOD_PLAN: object = GOOD.discount.plan?.jsonValue ?? {};

const withPlan = (jsonValue: unknown): unknown => ({ ...GOOD, discount: { plan: { jsonValue } } });
const planWith = (rest: object): unknown => withPlan({ ...GOOD_PLAN, ...rest });
const partWith = (rest: object): unknown =>
  planWith({ parts: [{ kind: "quantity", by: "cart", of: "units", steps: [[1, 500]], ...rest }] });
const cartWith = (rest: object): unknown => ({ ...GOOD, cart: { ...GOOD.cart, ...rest } });
const tierWith = (rest: object): unknown => planWith({ parts: [{ kind: "tier", percents: { A: 1 }, ...rest }] });

const NOTHING = { operations: [] };
const PART = { kind: "payNow", percent: 1 };

const REFUSED: readonly (readonly [string, unknown])[] = [
  ["no input", null],
  ["an empty input", {}],
  ["an input that is a list", []],
  ["no metafield", { ...GOOD, discount: { plan: null } }],
  ["a plan that is null", withPlan(null)],
  ["a plan that is a text", withPlan("plan")],
  ["a plan that is a list", withPlan([])],
  ["a plan without a version", planWith({ v: undefined })],
  ["a plan of the next version", planWith({ v: 2 })],
  ["a version that is a text", planWith({ v: "1" })],
  ["no way to meet", planWith({ meet: undefined })],
  ["an unknown way to meet", planWith({ meet: "most" })],
  ["no exponent", planWith({ exp: undefined })],
  ["an exponent above 3", planWith({ exp: 4 })],
  ["a cap above 100 %", planWith({ cap: 10_001 })],
  ["a cap below 0", planWith({ cap: -1 })],
  ["a floor that is no switch", planWith({ floor: 1 })],
  ["a day that is a text", planWith({ from: "2026-01-01" })],
  ["a day that is no day", planWith({ to: 1e12 })],
  ["skipped groups that are no list", planWith({ skip: 3 })],
  ["inclusions that are a list", planWith({ also: ["sale"] })],
  ["an inclusion that is no switch", planWith({ also: { sale: 1 } })],
  ["no parts", planWith({ parts: undefined })],
  ["parts that are no list", planWith({ parts: {} })],
  ["a part that is null", planWith({ parts: [null] })],
  ["too many parts", planWith({ parts: Array.from({ length: 41 }, () => PART) })],
  ["a part of an unknown kind", planWith({ parts: [{ kind: "lottery" }] })],
  ["an unknown scope", partWith({ by: "vendor" })],
  ["a group scope without groups", partWith({ by: "group" })],
  ["an unknown measure", partWith({ of: "weight" })],
  ["group 0", partWith({ by: "group", groups: [0] })],
  ["group 256", partWith({ by: "group", groups: [256] })],
  ["a group that is a text", partWith({ by: "group", groups: ["1"] })],
  ["no steps", partWith({ steps: [] })],
  ["steps that are no list", partWith({ steps: 5 })],
  ["a step without a value", partWith({ steps: [[1]] })],
  ["a step of four", partWith({ steps: [[1, 2, "off", 3]] })],
  ["a step of an unknown kind", partWith({ steps: [[1, 2, "free"]] })],
  ["a step above 100 %", partWith({ steps: [[1, 10_001]] })],
  ["a step below 0", partWith({ steps: [[-1, 5]] })],
  ["half a unit", partWith({ steps: [[0.5, 5]] })],
  ["steps that do not rise", partWith({ steps: [[5, 100], [5, 200]] })], // prettier-ignore
  ["too many steps", partWith({ steps: Array.from({ length: 201 }, (_one, index) => [index, 1]) })],
  ["a cumulative part without a number", planWith({ parts: [{ kind: "cumulative", steps: [[1, 1]] }] })],
  ["tiers without percentages", tierWith({ percents: undefined })],
  ["a tier above 100 %", tierWith({ percents: { B: 10_001 } })],
  ["companies that are no list", tierWith({ companies: 1 })],
  ["a company without a percentage", tierWith({ companies: [[7]] })],
  ["pay-now without a percentage", planWith({ parts: [{ kind: "payNow" }] })],
  ["a rate of 0", { ...GOOD, presentmentCurrencyRate: "0.0" }],
  ["a rate that is no decimal", { ...GOOD, presentmentCurrencyRate: "1,5" }],
  ["a negative rate", { ...GOOD, presentmentCurrencyRate: "-1.0" }],
  ["a rate that is a number", { ...GOOD, presentmentCurrencyRate: 1 }],
  ["a rate out of all proportion", { ...GOOD, presentmentCurrencyRate: "1".repeat(16) }],
  ["no currency", cartWith({ cost: null })],
  ["no day", { ...GOOD, shop: null }],
  ["a day that is a sentence", { ...GOOD, shop: { localTime: { date: "some day x" } } }],
  ["no cart", { ...GOOD, cart: null }],
  ["lines that are no list", cartWith({ lines: {} })],
  ["an empty cart", cartWith({ lines: [] })],
  ["more lines than any cart has", cartWith({ lines: Array.from({ length: 501 }, () => GOOD.cart.lines[0]) })],
];

test.each(REFUSED)("%s gives nothing and a line in the log", (_name, input) => {
  const { output, log } = discount.run(input);
  expect(output).toEqual(NOTHING);
  expect(log).toHaveLength(1);
  expect(log[0]).toMatch(/^pareto: /);
});

test("the plan as it stands gives a discount, and says nothing", () => {
  const { output, log } = discount.run(partWith({}));
  expect(output).not.toEqual(NOTHING);
  expect(log).toEqual([]);
});

const GOOD_LINE = GOOD.cart.lines[0];

const BAD_LINES: readonly (readonly [string, unknown])[] = [
  ["null", null],
  ["no id", { ...GOOD_LINE, id: null }],
  ["an id that no id is as long as", { ...GOOD_LINE, id: "x".repeat(257) }],
  ["no quantity", { ...GOOD_LINE, quantity: undefined }],
  ["a quantity of 0", { ...GOOD_LINE, quantity: 0 }],
  ["no cost", { ...GOOD_LINE, cost: null }],
  ["a price that is a number", { ...GOOD_LINE, cost: { amountPerQuantity: { amount: 10 } } }],
  ["a negative price", { ...GOOD_LINE, cost: { amountPerQuantity: { amount: "-1.00" } } }],
  ["a price out of all proportion", { ...GOOD_LINE, cost: { amountPerQuantity: { amount: "1".repeat(20) } } }],
  ["no merchandise", { ...GOOD_LINE, merchandise: null }],
];

test.each(BAD_LINES)("a line with %s is as if it were not there", (_name, bad) => {
  const { output } = discount.run(cartWith({ lines: [bad, { ...GOOD_LINE, id: "gid://shopify/CartLine/good" }] }));
  expect([...discountsByLine(output as DiscountOutput, 2).keys()]).toEqual(["gid://shopify/CartLine/good"]);
});

const ofProduct = (rest: object, floor: unknown = { jsonValue: 1 }): unknown => {
  const floored = inputOf(cart({ plan: plan([quantityBreak()], { needsFloor: true }) }));
  const product = { id: "gid://shopify/Product/1", isGiftCard: false, groups: null, ...rest };
  const merchandise = { __typename: "ProductVariant", id: "gid://shopify/ProductVariant/1", floor, product };
  return { ...floored, cart: { ...floored.cart, lines: [{ ...GOOD_LINE, merchandise }] } };
};

const BAD_METAFIELDS: readonly (readonly [string, unknown])[] = [
  ["groups that are a text", ofProduct({ groups: { jsonValue: "[1]" } })],
  ["a group that is no number", ofProduct({ groups: { jsonValue: [null] } })],
  ["groups without a value", ofProduct({ groups: { jsonValue: { v: 2 } } })],
  ["a floor that is a text", ofProduct({}, { jsonValue: "1" })],
  ["a floor below 0", ofProduct({}, { jsonValue: -1 })],
  ["a floor of half a cent", ofProduct({}, { jsonValue: 0.5 })],
  ["a floor without a value", ofProduct({}, {})],
];

test("a line with a floor and no groups gets its discount", () => {
  expect(discount.run(ofProduct({})).output).not.toEqual(NOTHING);
});

test.each(BAD_METAFIELDS)("a line with %s gets nothing", (_name, input) => {
  expect(discount.run(input).output).toEqual(NOTHING);
});

const STANDINGS: readonly (readonly [string, unknown])[] = [
  ["of another version", { v: 2, tier: "A" }],
  ["that is a text", "A"],
  ["with an unknown tier", { v: 1, tier: "D" }],
  ["with a switch that is none", { v: 1, tier: "A", prune: "no" }],
  ["with a company that is a text", { v: 1, tier: "A", company: "7" }],
  ["with sums of two", { v: 1, tier: "A", sums: [[1, 2]] }],
  ["with a day that is a text", { v: 1, tier: "A", sums: [[1, 2, "2026-12-31"]] }],
];

test.each(STANDINGS)(
  "a standing %s entitles to nothing; what is for everybody stays, and the log says so",
  (_name, jsonValue) => {
    const parts = [quantityBreak(), { kind: "tier", groups: null, percents: { A: 900n }, companies: [] } as const];
    const input = inputOf(cart({ plan: plan(parts), buyer: customer() }));
    const identity = { ...input.cart.buyerIdentity, customer: { standing: { jsonValue } } };
    const { output, log } = discount.run({ ...input, cart: { ...input.cart, buyerIdentity: identity } });
    expect([...discountsByLine(output as DiscountOutput, 2).values()]).toEqual([
      { message: "Quantity discount", value: { percent: 500n } },
    ]);
    expect(log).toEqual(["pareto: the buyer's standing cannot be read"]);
  },
);

test("with 500 lines every one is discounted", () => {
  const lines = Array.from({ length: 500 }, (_one, index) => line({ variant: index + 1, quantity: 2 }));
  const breaks = plan([quantityBreak({ steps: percents([2, 500]) })]);
  const { output, log } = discount.run(inputOf(cart({ plan: breaks, lines })));
  expect(discountsByLine(output as DiscountOutput, 2).size).toBe(500);
  expect(log).toEqual([]);
});

const JUNK = [null, true, -1, 0, 1.5, 2 ** 60, 1e300, "", "x", "gid://shopify/Product/", "9".repeat(300), [], {}, [[]]];

/** The input with one value somewhere in it replaced. */
const spoiled = (value: unknown, path: readonly number[], junk: unknown): unknown => {
  const [at, ...rest] = path;
  if (at === undefined || typeof value !== "object" || value === null) return junk;
  const keys = Object.keys(value);
  const key = keys[at % (keys.length || 1)];
  if (key === undefined) return junk;
  const inner = spoiled((value as Record<string, unknown>)[key], rest, junk);
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
};

test("whatever is put in place of any value of the input, the Function gives discounts or none, and never traps", () => {
  const path = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(anyCart, path, fc.constantFrom(...JUNK), (one, at, junk) => {
      const input: FunctionInput = inputOf(one);
      const { output } = discount.run(spoiled(input, at, junk));
      const ids = new Set<unknown>(input.cart.lines.map(({ id }) => id)).add(junk);
      for (const id of discountsByLine(output as DiscountOutput, 3).keys()) expect(ids).toContain(id);
    }),
    { numRuns: 3000 },
  );
});
