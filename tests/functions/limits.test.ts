import { expect, test } from "vitest";
import { builtFunction } from "./built-function.ts";
import { runCart } from "./carts/checks.ts";
import type { Cart, Line, Plan } from "./carts/model.ts";
import { cart, customer, line, percents, plan, quantityBreak } from "./carts/plain.ts";

const discount = builtFunction();

/** Basis points of the first line. */
const percentOf = (one: Cart): number => {
  const value = runCart(discount, one).byLine.get(one.lines[0]?.id ?? "")?.value;
  return value && "percent" in value ? Number(value.percent) : 0;
};

const FLOORED = plan([quantityBreak({ steps: percents([1, 5000]) })], { needsFloor: true });

test("a percentage is held where the price meets the floor", () => {
  // 10.00 down to 9.71 is 2.9 %.
  expect(percentOf(cart({ plan: FLOORED, lines: [line({ floor: 971n })] }))).toBe(290);
});

test("a percentage that the floor holds is rounded down", () => {
  // 2.99 of 9.99 is 29.929... %.
  expect(percentOf(cart({ plan: FLOORED, lines: [line({ price: "9.99", floor: 700n })] }))).toBe(2992);
});

test("an amount off is held at the floor too, as a percentage", () => {
  const off = plan([quantityBreak({ steps: [{ from: 1n, kind: "off", value: 400n }] })], { needsFloor: true });
  expect(percentOf(cart({ plan: off, lines: [line({ floor: 700n })] }))).toBe(3000);
});

test("the floor is brought to the buyer's currency and rounded up to its minor unit", () => {
  const of = (currency: string, rate: string, price: string): number =>
    percentOf(cart({ plan: FLOORED, currency, rate, lines: [line({ price, floor: 700n })] }));
  // 7.00 x 151.437 = 1060.059, so 1061 JPY of 1500: 29.26 %.
  expect(of("JPY", "151.437", "1500.0")).toBe(2926);
  // 7.00 x 0.30711 = 2.14977, so 2.150 KWD of 3.071: 29.99 %.
  expect(of("KWD", "0.30711", "3.071")).toBe(2999);
  // 7.00 x 0.9213456789 = 6.4494..., so 6.45 EUR of 9.21: 29.96 %.
  expect(of("EUR", "0.9213456789", "9.21")).toBe(2996);
});

test("a shop in another currency than dollars counts in its own minor units", () => {
  const of = (shopCurrency: string, rate: string, price: string, floor: bigint): number =>
    percentOf(cart({ plan: FLOORED, shopCurrency, currency: "USD", rate, lines: [line({ price, floor })] }));
  // 1000 JPY x 0.0066 = 6.60 of 10.00
  expect(of("JPY", "0.0066", "10.00", 1000n)).toBe(3400);
  // 2.150 KWD x 3.2561 = 7.000615, so 7.01 of 10.00
  expect(of("KWD", "3.2561", "10.00", 2150n)).toBe(2990);
});

test("amounts beyond 32 bits at a rate of fifteen digits are exact", () => {
  // 90,000,000,000.00 x 0.123456789012345 = 11,111,111,011.11105, so 11,111,111,011.12 of 11,200,000,000.00.
  const fixed = plan([quantityBreak({ steps: [{ from: 1n, kind: "price", value: 9_000_000_000_000n }] })]);
  const lines = [line({ price: "11200000000.00" })];
  const { byLine } = runCart(discount, cart({ plan: fixed, currency: "EUR", rate: "0.123456789012345", lines }));
  expect([...byLine.values()].map(({ value }) => value)).toEqual([{ off: 8_888_898_888n }]);
});

test("a rate of more than fifteen digits is rounded up to fifteen", () => {
  // 1.00000000000000001 is taken for 1.00000000000001: of 2,000,000,000,000.00 that makes 0.02.
  const off = plan([quantityBreak({ steps: [{ from: 1n, kind: "off", value: 200_000_000_000_000n }] })]);
  const lines = [line({ price: "3000000000000.00" })];
  const { byLine } = runCart(discount, cart({ plan: off, currency: "EUR", rate: "1.00000000000000001", lines }));
  expect([...byLine.values()].map(({ value }) => value)).toEqual([{ off: 200_000_000_000_002n }]);
});

test("at or above its price a floor leaves nothing", () => {
  expect(percentOf(cart({ plan: FLOORED, lines: [line({ floor: 1000n })] }))).toBe(0);
  expect(percentOf(cart({ plan: FLOORED, lines: [line({ floor: 99_999n })] }))).toBe(0);
});

test("while a margin limit is set a line without a floor gets nothing, and is counted", () => {
  const breaks = plan([quantityBreak({ by: "cart" })], { needsFloor: true });
  const lines = [line({ floor: null, quantity: 9 }), line({ variant: 12 })];
  const { byLine } = runCart(discount, cart({ plan: breaks, lines }));
  expect([...byLine.keys()]).toEqual(["gid://shopify/CartLine/12"]);
});

test("without a margin limit floors are not looked at", () => {
  expect(percentOf(cart({ lines: [line({ quantity: 10, floor: 1000n })] }))).toBe(500);
});

test("the cap holds the sum of all parts, pay-now included", () => {
  const parts = [quantityBreak(), { kind: "payNow", percent: 800n } as const];
  const buyer = { ...customer(), asksToPayNow: true };
  expect(percentOf(cart({ plan: plan(parts, { cap: 1000n }), buyer }))).toBe(1000);
});

test("a plan holds from its first day through its last", () => {
  const on = (today: string): number =>
    percentOf(cart({ today, plan: plan([quantityBreak()], { from: "2026-11-20", to: "2026-11-30" }) }));
  expect([on("2026-11-19"), on("2026-11-20"), on("2026-11-30"), on("2026-12-01")]).toEqual([0, 500, 500, 0]);
});

const KINDS: readonly (readonly [string, Partial<Line>, Plan["also"][number]])[] = [
  ["gift cards", { kind: "gift" }, "gift"],
  ["subscription lines", { kind: "subscription" }, "subscription"],
  ["lines on sale", { compareAt: "10.01" }, "sale"],
];

test.each(KINDS)("%s get nothing and count for nothing, unless they are taken in", (_name, special, inclusion) => {
  const breaks = [quantityBreak({ by: "cart" })];
  const lines = [line({ quantity: 1 }), line({ variant: 12, quantity: 9, ...special })];
  expect(runCart(discount, cart({ plan: plan(breaks), lines })).byLine.size).toBe(0);
  expect(runCart(discount, cart({ plan: plan(breaks, { also: [inclusion] }), lines })).byLine.size).toBe(2);
});

test("a compare-at price that is not above the price is no sale", () => {
  expect(percentOf(cart({ lines: [line({ quantity: 10, compareAt: "10.00" })] }))).toBe(500);
});

test("excluded groups get nothing and count for nothing", () => {
  const breaks = plan([quantityBreak({ by: "cart" })], { skip: [200] });
  const lines = [line({ quantity: 9, groups: [200] }), line({ variant: 12 })];
  expect(runCart(discount, cart({ plan: breaks, lines })).byLine.size).toBe(0);
});

test("lines that are no variant of the catalog get nothing", () => {
  expect(runCart(discount, cart({ lines: [line({ quantity: 10, kind: "custom" })] })).byLine.size).toBe(0);
});

test("a cart at a point of sale gets nothing, unless it is taken in", () => {
  expect(percentOf(cart({ isPointOfSale: true }))).toBe(0);
  expect(percentOf(cart({ isPointOfSale: true, plan: plan([quantityBreak()], { also: ["pos"] }) }))).toBe(500);
});

test("what is finer than the currency's minor unit is cut off the price", () => {
  const off = plan([quantityBreak({ steps: [{ from: 1n, kind: "price", value: 900n }] })]);
  const { byLine } = runCart(discount, cart({ plan: off, lines: [line({ price: "10.0099" })] }));
  expect([...byLine.values()].map(({ value }) => value)).toEqual([{ off: 100n }]);
});
