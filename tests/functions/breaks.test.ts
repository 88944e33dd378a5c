import { expect, test } from "vitest";
import { builtFunction } from "./built-function.ts";
import { runCart } from "./carts/checks.ts";
import type { Cart } from "./carts/model.ts";
import { cart, company, customer, GUEST, line, percents, plan, quantityBreak, standing } from "./carts/plain.ts";

const discount = builtFunction();

/** What each line gets: "5.00 %", "1.50 each" or "", in the order of the cart. */
const given = (one: Cart): string[] => {
  const { byLine } = runCart(discount, one);
  return one.lines.map(({ id }) => {
    const value = byLine.get(id)?.value;
    if (!value) return "";
    return "percent" in value ? `${Number(value.percent) / 100} %` : `${value.off} each`;
  });
};

test("a step holds from its number of units on, and the highest one reached counts", () => {
  const breaks = plan([quantityBreak({ steps: percents([10, 500], [20, 800]) })]);
  const of = (quantity: number): string[] => given(cart({ plan: breaks, lines: [line({ quantity })] }));
  expect([of(9), of(10), of(19), of(20), of(5000)]).toEqual([[""], ["5 %"], ["5 %"], ["8 %"], ["8 %"]]);
});

test("by variant, lines of one variant are counted together and other variants apart", () => {
  const lines = [
    line({ id: "gid://shopify/CartLine/a", quantity: 4 }),
    line({ id: "gid://shopify/CartLine/b", quantity: 6 }),
    line({ variant: 12, product: 11, quantity: 9 }),
  ];
  expect(given(cart({ lines }))).toEqual(["5 %", "5 %", ""]);
});

test("by product, variants are mixed", () => {
  const lines = [
    line({ quantity: 4 }),
    line({ variant: 12, product: 11, quantity: 6 }),
    line({ variant: 13, quantity: 9 }),
  ];
  expect(given(cart({ plan: plan([quantityBreak({ by: "product" })]), lines }))).toEqual(["5 %", "5 %", ""]);
});

test("by group, all products in one of the groups are mixed, and others get nothing", () => {
  const breaks = plan([quantityBreak({ by: "group", groups: [3, 255] })]);
  const lines = [
    line({ variant: 1, groups: [3], quantity: 4 }),
    line({ variant: 2, groups: [1, 255], quantity: 6 }),
    line({ variant: 3, groups: [64], quantity: 50 }),
  ];
  expect(given(cart({ plan: breaks, lines }))).toEqual(["5 %", "5 %", ""]);
});

test("over the cart, everything is mixed", () => {
  const lines = [line({ variant: 1, quantity: 4 }), line({ variant: 2, quantity: 6 })];
  expect(given(cart({ plan: plan([quantityBreak({ by: "cart" })]), lines }))).toEqual(["5 %", "5 %"]);
});

test("a break by variant may be for some groups only", () => {
  const breaks = plan([quantityBreak({ groups: [3] })]);
  const lines = [line({ variant: 1, groups: [3], quantity: 10 }), line({ variant: 2, quantity: 10 })];
  expect(given(cart({ plan: breaks, lines }))).toEqual(["5 %", ""]);
});

test("a threshold in money is met at the buyer's rate, rounded up", () => {
  // From 100.00 USD on; at 0.92345 that is 92.345 EUR, so 92.35.
  const breaks = plan([quantityBreak({ by: "cart", of: "amount", steps: percents([10_000, 500]) })]);
  const of = (price: string): string[] =>
    given(cart({ plan: breaks, currency: "EUR", rate: "0.92345", lines: [line({ price })] }));
  expect([of("92.34"), of("92.35")]).toEqual([[""], ["5 %"]]);
});

test("an amount off each unit is given as that amount, in the buyer's currency rounded down", () => {
  const breaks = plan([quantityBreak({ steps: [{ from: 10n, kind: "off", value: 155n }] })]);
  expect(given(cart({ plan: breaks }))).toEqual(["155 each"]);
  // 1.55 x 0.92 = 1.426
  expect(given(cart({ plan: breaks, currency: "EUR", rate: "0.92" }))).toEqual(["142 each"]);
});

test("an amount off is never more than the price", () => {
  const breaks = plan([quantityBreak({ steps: [{ from: 1n, kind: "off", value: 5000n }] })]);
  expect(given(cart({ plan: breaks }))).toEqual(["100 %"]);
});

test("a fixed price is what each unit costs, in the buyer's currency rounded up", () => {
  const breaks = plan([quantityBreak({ steps: [{ from: 10n, kind: "price", value: 899n }] })]);
  expect(given(cart({ plan: breaks }))).toEqual(["101 each"]);
  // 8.99 x 0.92 = 8.2708, so 8.28 of 10.00
  expect(given(cart({ plan: breaks, currency: "EUR", rate: "0.92" }))).toEqual(["172 each"]);
});

test("a fixed price above the line's own gives nothing", () => {
  const breaks = plan([quantityBreak({ steps: [{ from: 1n, kind: "price", value: 1001n }] })]);
  expect(given(cart({ plan: breaks }))).toEqual([""]);
});

test("of percentage and amount the one that is worth more wins, whichever part comes first", () => {
  const parts = [
    quantityBreak({ steps: percents([1, 1000]) }),
    quantityBreak({ steps: [{ from: 1n, kind: "off", value: 101n }] }),
  ];
  expect(given(cart({ plan: plan(parts) }))).toEqual(["101 each"]);
  expect(given(cart({ plan: plan(parts.toReversed()) }))).toEqual(["101 each"]);
});

test("with `add` percentages are summed, and an amount beside them becomes a percentage rounded down", () => {
  const off = quantityBreak({ steps: [{ from: 1n, kind: "off", value: 33n }] });
  const parts = [quantityBreak(), quantityBreak({ by: "cart", steps: percents([1, 200]) })];
  expect(given(cart({ plan: plan(parts, { meet: "add" }) }))).toEqual(["7 %"]);
  // 0.33 of 19.99 is 1.6508 %.
  const lines = [line({ quantity: 10, price: "19.99" })];
  expect(given(cart({ plan: plan([...parts, off], { meet: "add" }), lines }))).toEqual(["8.65 %"]);
});

test("with `add` amounts alone are summed as amounts", () => {
  const off = quantityBreak({ steps: [{ from: 1n, kind: "off", value: 33n }] });
  expect(given(cart({ plan: plan([off, off], { meet: "add" }) }))).toEqual(["66 each"]);
});

test("breaks of the buyer's own catalog are not added to, unless the merchant wants it", () => {
  const buyer = company({ breaks: true });
  expect(given(cart({ buyer }))).toEqual([""]);
  expect(given(cart({ buyer, plan: plan([quantityBreak()], { also: ["catalog"] }) }))).toEqual(["5 %"]);
});

const LOYALTY = { kind: "cumulative", id: 4, groups: null, steps: percents([1000, 100], [5000, 300]) } as const;

test("a cumulative step holds through its day, and then the lower one that follows", () => {
  const sums = [
    { part: 4, reached: 5000n, through: "2026-11-26" },
    { part: 4, reached: 1000n, through: "2026-12-24" },
    { part: 5, reached: 9000n, through: "2027-12-31" },
  ];
  const on = (today: string): string[] => given(cart({ plan: plan([LOYALTY]), buyer: customer({ sums }), today }));
  expect([on("2026-11-26"), on("2026-11-27"), on("2026-12-24"), on("2026-12-25")]).toEqual([
    ["3 %"],
    ["1 %"],
    ["1 %"],
    [""],
  ]);
});

test("a plan whose steps have moved is read by what the buyer has reached", () => {
  const sums = [{ part: 4, reached: 4999n, through: "2026-12-31" }];
  expect(given(cart({ plan: plan([LOYALTY]), buyer: customer({ sums }) }))).toEqual(["1 %"]);
});

test("this cart counts for breaks per order, and never for cumulative ones", () => {
  const sums = [{ part: 4, reached: 999n, through: "2026-12-31" }];
  const lines = [line({ quantity: 5000 })];
  expect(given(cart({ plan: plan([LOYALTY]), buyer: customer({ sums }), lines }))).toEqual([""]);
});

const TIERS = {
  kind: "tier",
  groups: null,
  percents: { A: 500n, B: 300n, key: 800n },
  companies: [[7, 1200n]],
} as const;

test("a tier price is the company's own, else the key account's, else the tier's", () => {
  const of = (rest: Parameters<typeof standing>[0]): string[] =>
    given(cart({ plan: plan([TIERS]), buyer: company(rest) }));
  expect([of({ tier: "A" }), of({ tier: "B" }), of({ tier: "C" }), of({})]).toEqual([["5 %"], ["3 %"], [""], [""]]);
  expect([
    of({ tier: "A", key: true }),
    of({ tier: "A", key: true, company: 7 }),
    of({ tier: "A", company: 8 }),
  ]).toEqual([["8 %"], ["12 %"], ["5 %"]]);
});

test("customers to be pruned get no tier price", () => {
  expect(given(cart({ plan: plan([TIERS]), buyer: customer({ tier: "A", prune: true }) }))).toEqual([""]);
});

test("tier and cumulative parts need a login or a company: an e-mail address typed at checkout proves nothing", () => {
  const known = standing({ tier: "A", sums: [{ part: 4, reached: 5000n, through: "2026-12-31" }] });
  const parts = plan([TIERS, LOYALTY]);
  expect(given(cart({ plan: parts, buyer: { is: "typed", standing: known, asksToPayNow: false } }))).toEqual([""]);
  expect(given(cart({ plan: parts, buyer: GUEST }))).toEqual([""]);
  expect(given(cart({ plan: parts, buyer: { is: "customer", standing: known, asksToPayNow: false } }))).toEqual([
    "5 %",
  ]);
});

test("pay-now is added last and only when the cart asks for it", () => {
  const parts = [quantityBreak(), { kind: "payNow", percent: 200n } as const];
  expect(given(cart({ plan: plan(parts), buyer: GUEST }))).toEqual(["5 %"]);
  expect(given(cart({ plan: plan(parts), buyer: { ...GUEST, asksToPayNow: true } }))).toEqual(["7 %"]);
});

test("a company gets pay-now only where its location's standing allows it", () => {
  const asked = plan([{ kind: "payNow", percent: 200n }]);
  expect(given(cart({ plan: asked, buyer: { ...company(), asksToPayNow: true } }))).toEqual([""]);
  expect(given(cart({ plan: asked, buyer: { ...company({ pay: true }), asksToPayNow: true } }))).toEqual(["2 %"]);
});
