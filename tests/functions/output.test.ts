import { expect, test } from "vitest";
import { builtFunction } from "./built-function.ts";
import { discountsByLine, type DiscountOutput } from "./carts/apply-output.ts";
import { inputOf } from "./carts/input.ts";
import type { Cart } from "./carts/model.ts";
import { cart, customer, line, percents, plan, quantityBreak } from "./carts/plain.ts";
import { sizedCart } from "./carts/sized.ts";

const discount = builtFunction();

const outputOf = (one: Cart): DiscountOutput => discount.run(inputOf(one)).output as DiscountOutput;
const candidatesOf = (one: Cart) =>
  outputOf(one).operations.flatMap(({ productDiscountsAdd }) => productDiscountsAdd.candidates);

test("the output is one product discount operation with the strategy ALL", () => {
  expect(outputOf(cart())).toEqual({
    operations: [
      {
        productDiscountsAdd: {
          selectionStrategy: "ALL",
          candidates: [
            {
              message: "Quantity discount",
              targets: [{ cartLine: { id: "gid://shopify/CartLine/11" } }],
              value: { percentage: { value: "5.00" } },
            },
          ],
        },
      },
    ],
  });
});

test("amounts have as many decimals as the buyer's currency", () => {
  const of = (currency: string, price: string, shopCurrency = currency): unknown => {
    const off = plan([quantityBreak({ steps: [{ from: 1n, kind: "off", value: 50n }] })]);
    return candidatesOf(cart({ plan: off, shopCurrency, currency, lines: [line({ price })] })).map(
      ({ value }) => value,
    );
  };
  expect(of("USD", "10.0")).toEqual([{ fixedAmount: { amount: "0.50", appliesToEachItem: true } }]);
  expect(of("JPY", "1000.0")).toEqual([{ fixedAmount: { amount: "50", appliesToEachItem: true } }]);
  expect(of("KWD", "10.0")).toEqual([{ fixedAmount: { amount: "0.050", appliesToEachItem: true } }]);
});

test("lines with the same discount share a candidate", () => {
  const lines = [
    line({ variant: 1, quantity: 10 }),
    line({ variant: 2, quantity: 20 }),
    line({ variant: 3, quantity: 10 }),
  ];
  const breaks = plan([quantityBreak({ steps: percents([10, 500], [20, 800]) })]);
  const found = candidatesOf(cart({ plan: breaks, lines })).map(({ value, targets }) => [value, targets.length]);
  expect(found).toEqual([
    [{ percentage: { value: "5.00" } }, 2],
    [{ percentage: { value: "8.00" } }, 1],
  ]);
});

const LOYALTY = { kind: "cumulative", id: 1, groups: null, steps: percents([1, 600]) } as const;
const TIER = { kind: "tier", groups: null, percents: { A: 700n }, companies: [] } as const;
const PAY_NOW = { kind: "payNow", percent: 900n } as const;
const BUYER = customer({ tier: "A", sums: [{ part: 1, reached: 1n, through: "2027-01-01" }] });

const messages = (rest: Partial<Cart>): (string | undefined)[] =>
  ["EN", "DE", "ZH", "ZH_CN"].map((language) => candidatesOf(cart({ buyer: BUYER, language, ...rest }))[0]?.message);

test("the message names the part that won, in English or Chinese", () => {
  expect(messages({})).toEqual(["Quantity discount", "Quantity discount", "批量优惠", "批量优惠"]);
  expect(messages({ plan: plan([quantityBreak(), LOYALTY]) })[0]).toBe("Loyalty discount");
  expect(messages({ plan: plan([LOYALTY]) })[3]).toBe("累计优惠");
  expect(messages({ plan: plan([quantityBreak(), LOYALTY, TIER]) })[0]).toBe("Customer discount");
  expect(messages({ plan: plan([TIER]) })[3]).toBe("专属优惠");
  const payNow = { plan: plan([PAY_NOW]), buyer: { ...BUYER, asksToPayNow: true } };
  expect([messages(payNow)[0], messages(payNow)[3]]).toEqual(["Pay-now discount", "即付优惠"]);
});

test("of two parts that give the same the same one is named, whichever comes first", () => {
  const parts = [quantityBreak({ steps: percents([1, 700]) }), TIER];
  expect(messages({ plan: plan(parts) })[0]).toBe("Quantity discount");
  expect(messages({ plan: plan(parts.toReversed()) })[0]).toBe("Quantity discount");
});

test("a discount of several parts, and one that lines have by different parts, is just a discount", () => {
  expect(messages({ plan: plan([quantityBreak(), TIER], { meet: "add" }) })).toEqual([
    "Discount",
    "Discount",
    "优惠",
    "优惠",
  ]);
  const lines = [line({ variant: 1, quantity: 10 }), line({ variant: 2, quantity: 1 })];
  const same = plan([quantityBreak({ steps: percents([10, 700]) }), { ...TIER, groups: null }]);
  expect(candidatesOf(cart({ plan: same, lines, buyer: BUYER })).map(({ message }) => message)).toEqual(["Discount"]);
});

const bytes = (one: Cart): number => Buffer.byteLength(JSON.stringify(outputOf(one)));
const valuesOf = (one: Cart): number => candidatesOf(one).length;

test("200 lines with 200 floors and UUIDs stay below the 20,000 bytes above which Shopify drops every discount", () => {
  for (const name of ["quantity breaks", "every part", "every part, summed"] as const) {
    const one = sizedCart(200, name);
    expect(bytes(one)).toBeLessThan(20_000);
    expect(discountsByLine(outputOf(one), 2).size).toBeGreaterThan(150);
    expect(valuesOf(one)).toBeGreaterThanOrEqual(10);
  }
});

test("500 lines stay below what Shopify allows them: 0.5 % more for each line above 200", () => {
  expect(bytes(sizedCart(500, "every part"))).toBeLessThan(20_000 * 2.5);
});

test("at most 60 different discounts are given, and 60 different lines keep theirs", () => {
  expect(valuesOf(sizedCart(110, "every part"))).toBeLessThanOrEqual(60);
  const sixty = sizedCart(60, "every part");
  expect(
    new Set([...discountsByLine(outputOf(sixty), 2).values()].map(({ value }) => String(Object.values(value)))).size,
  ).toBe(valuesOf(sixty));
});

test("ids that are too long for any output give nothing and a line in the log", () => {
  const lines = Array.from({ length: 200 }, (_one, index) => line({ id: `${"x".repeat(120)}${index}`, quantity: 10 }));
  const { output, log } = discount.run(inputOf(cart({ lines })));
  expect(output).toEqual({ operations: [] });
  expect(log).toEqual(["pareto: the lines' ids are too long for the output"]);
});
