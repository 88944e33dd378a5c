import fc from "fast-check";
import type { Buyer, Cart, Inclusion, Line, Part, Plan, Step } from "./model.ts";

/**
 * Random carts with random plans, in four currencies. They are what shops have (a few lines of a few variants, rising steps,
 * prices above floors) and at times what none has: falling steps, floors above prices, 200 lines.
 */

/** A US dollar is worth so much. */
const WORTH: Readonly<Record<string, number>> = { USD: 1, EUR: 0.92, JPY: 151.4, KWD: 0.307 };
const DECIMALS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };
export const TODAY = "2026-11-26";

const oneIn = (count: number): fc.Arbitrary<boolean> => fc.integer({ min: 1, max: count }).map((one) => one === 1);

const often = <T>(usual: fc.Arbitrary<T>, weight: number, rare: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: rare, weight: 1 });

const percent = often(
  fc.integer({ min: 1, max: 60 }).map((one) => BigInt(one * 50)),
  3,
  fc.integer({ min: 0, max: 10_000 }).map(BigInt),
);

const money = fc.integer({ min: 0, max: 3000 }).map(BigInt);

/** Steps of one kind that rise, that fall, or of kinds mixed. */
const steps = (gap: fc.Arbitrary<number>): fc.Arbitrary<readonly Step[]> =>
  fc
    .record({
      gaps: fc.array(gap, { minLength: 1, maxLength: 4 }),
      percents: fc.array(percent, { minLength: 4, maxLength: 4 }),
      amounts: fc.array(money, { minLength: 4, maxLength: 4 }),
      kind: fc.constantFrom("percent", "percent", "percent", "off", "price", "mixed"),
      falls: oneIn(8),
    })
    .map(({ gaps, percents, amounts, kind, falls }) => {
      const kinds = kind === "mixed" ? (["off", "percent", "price", "percent"] as const) : [];
      const values = [...(kind === "percent" ? percents : amounts)];
      const order = kind === "price" ? -1 : 1;
      if (kind !== "mixed" && !falls) values.sort((a, b) => Number(a - b) * order);
      let from = 0n;
      return gaps.map((one, index): Step => {
        from += BigInt(one);
        const own = kinds[index] ?? (kind === "mixed" ? "percent" : kind);
        return { from, kind: own, value: (own === "percent" && kind === "mixed" ? percents : values)[index] ?? 0n };
      });
    });

const UNIT_GAP = fc.integer({ min: 1, max: 12 });
const AMOUNT_GAP = fc.integer({ min: 1, max: 40_000 });

const groups = fc.uniqueArray(fc.constantFrom(1, 2, 3, 64, 130, 255), { minLength: 1, maxLength: 3 });
const someGroups = often(fc.constant(null), 2, groups);

const quantity: fc.Arbitrary<Part> = fc
  .record({
    by: fc.constantFrom("variant", "product", "group", "cart"),
    of: fc.constantFrom("units", "units", "amount"),
    groups,
    narrow: oneIn(3),
    inUnits: steps(UNIT_GAP),
    inAmount: steps(AMOUNT_GAP),
  })
  .map((one): Part => {
    const isCovered = one.by === "group" || one.narrow;
    const { by, of } = one;
    return {
      kind: "quantity",
      by,
      of,
      groups: isCovered ? one.groups : null,
      steps: of === "units" ? one.inUnits : one.inAmount,
    };
  });

const cumulative: fc.Arbitrary<Part> = fc
  .record({ id: fc.integer({ min: 1, max: 3 }), groups: someGroups, steps: steps(AMOUNT_GAP) })
  .map((one): Part => ({ kind: "cumulative", ...one }));

const tier: fc.Arbitrary<Part> = fc
  .record({
    groups: someGroups,
    percents: fc.record({ A: percent, B: percent, C: percent, key: percent }, { requiredKeys: ["A"] }),
    companies: fc.array(fc.tuple(fc.constantFrom(7, 8), percent), { maxLength: 1 }),
  })
  .map((one): Part => ({ kind: "tier", ...one }));

const payNow: fc.Arbitrary<Part> = percent.map((one): Part => ({ kind: "payNow", percent: one }));

const part = fc.oneof(
  { arbitrary: quantity, weight: 5 },
  { arbitrary: cumulative, weight: 2 },
  { arbitrary: tier, weight: 2 },
  { arbitrary: payNow, weight: 1 },
);

const INCLUSIONS: readonly Inclusion[] = ["gift", "subscription", "pos", "sale", "catalog"];

const plan: fc.Arbitrary<Plan> = fc.record({
  meet: fc.constantFrom("best", "add"),
  cap: often(fc.constant(null), 2, percent),
  needsFloor: fc.boolean(),
  from: often(fc.constant(null), 5, fc.constantFrom("2026-01-01", TODAY, TODAY, "2026-11-27")),
  to: often(fc.constant(null), 5, fc.constantFrom("2027-01-01", TODAY, TODAY, "2026-11-25")),
  skip: often(fc.constant<number[]>([]), 6, groups),
  also: fc.subarray([...INCLUSIONS]),
  parts: fc.array(part, { minLength: 1, maxLength: 5 }),
});

const sum = fc.record({
  part: fc.integer({ min: 1, max: 3 }),
  reached: fc.integer({ min: 0, max: 80_000 }).map(BigInt),
  through: fc.constantFrom("2026-11-25", TODAY, "2026-12-31"),
});

const buyer: fc.Arbitrary<Buyer> = fc.record({
  is: fc.constantFrom("customer", "customer", "company", "company", "guest", "typed"),
  standing: often(
    fc.record({
      tier: fc.constantFrom("A", "B", "C", null),
      key: oneIn(4),
      prune: oneIn(6),
      company: fc.constantFrom(null, null, 7, 9),
      breaks: oneIn(6),
      pay: fc.boolean(),
      sums: fc.array(sum, { maxLength: 3 }),
    }),
    4,
    fc.constant(null),
  ),
  asksToPayNow: fc.boolean(),
});

const variant = fc.record({
  /** In cents of a dollar. */
  price: often(fc.integer({ min: 100, max: 10_000 }), 9, fc.integer({ min: 0, max: 2_000_000 })),
  /** Of the price, in thousandths. */
  floor: often(fc.integer({ min: 200, max: 1000 }), 9, fc.constantFrom(0, 1001, 1500, null)),
  groups: fc.subarray([1, 2, 3, 64, 130, 255]),
});

const line = fc.record({
  variant: fc.nat({ max: 10_000 }),
  quantity: often(fc.integer({ min: 1, max: 30 }), 9, fc.constantFrom(48, 1000)),
  dearer: oneIn(20),
  compareAt: often(fc.constant(null), 5, fc.constantFrom(900, 1000, 1300)),
  kind: often(fc.constant("plain"), 12, fc.constantFrom("gift", "subscription", "custom")),
});

const currencies = often(
  fc.constantFrom("USD", "EUR", "JPY", "KWD").map((one) => [one, one] as const),
  1,
  fc.tuple(fc.constantFrom("USD", "EUR", "JPY", "KWD"), fc.constantFrom("USD", "EUR", "JPY", "KWD")),
);

/** Cart line ids are UUIDs. */
export const lineId = (index: number): string =>
  `gid://shopify/CartLine/00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;

/** Numbers as large as Shopify's, and scattered: neighbours in a hash table are then no neighbours here. */
const numberOf = (index: number): number => 44_000_000_000_000 + (index + 1) ** 3 * 7919;

const decimal = (minor: number, decimals: number): string =>
  decimals === 0 ? `${minor}.0` : (minor / 10 ** decimals).toFixed(decimals);

const cartOf = (sizes: { variants: number; lines: number; minLines: number }): fc.Arbitrary<Cart> =>
  fc
    .record({
      plan,
      buyer,
      currencies,
      jitter: fc.integer({ min: 900_000_000, max: 1_100_000_000 }),
      precision: fc.integer({ min: 3, max: 12 }),
      language: fc.constantFrom("EN", "FR", "ZH_CN", "ZH"),
      isPointOfSale: oneIn(30),
      variants: fc.array(variant, { minLength: 1, maxLength: sizes.variants, size: "max" }),
      lines: fc.array(line, { minLength: sizes.minLines, maxLength: sizes.lines, size: "max" }),
    })
    .map((one): Cart => {
      const [shopCurrency, currency] = one.currencies;
      const [shop, own] = [DECIMALS[shopCurrency] ?? 2, DECIMALS[currency] ?? 2];
      const factor = ((WORTH[currency] ?? 1) / (WORTH[shopCurrency] ?? 1)) * (one.jitter / 1e9);
      const rate = shopCurrency === currency ? "1.0" : Number(factor.toPrecision(one.precision)).toFixed(12);
      const lines = one.lines.map((each, index): Line => {
        const at = each.variant % one.variants.length;
        const of = one.variants[at] ?? { price: 0, floor: null, groups: [] };
        const product = at >> 1;
        const dollars = of.price / 100;
        const minor = Math.round(dollars * (WORTH[currency] ?? 1) * 10 ** own) + (each.dearer ? 7 : 0);
        const shopMinor = Math.round(dollars * (WORTH[shopCurrency] ?? 1) * 10 ** shop);
        return {
          id: lineId(index),
          variant: numberOf(at),
          product: numberOf(product),
          groups: one.variants[product * 2]?.groups ?? [],
          quantity: each.quantity,
          price: decimal(minor, own),
          compareAt: each.compareAt === null ? null : decimal(Math.round((minor * each.compareAt) / 1000), own),
          floor: of.floor === null ? null : BigInt(Math.ceil((shopMinor * of.floor) / 1000)),
          kind: each.kind,
        };
      });
      const { language, isPointOfSale } = one;
      return {
        shopCurrency,
        currency,
        rate,
        today: TODAY,
        language,
        isPointOfSale,
        plan: one.plan,
        buyer: one.buyer,
        lines,
      };
    });

/** Carts of up to 8 lines, and a few with so many different lines that the output has no room for all their discounts. */
export const anyCart: fc.Arbitrary<Cart> = fc.oneof(
  { arbitrary: cartOf({ variants: 6, lines: 8, minLines: 1 }), weight: 240 },
  { arbitrary: cartOf({ variants: 90, lines: 120, minLines: 60 }), weight: 1 },
);

/** Carts whose discounts have to be rounded, more often than not. */
export const anyLargeCart: fc.Arbitrary<Cart> = cartOf({ variants: 200, lines: 200, minLines: 100 });
