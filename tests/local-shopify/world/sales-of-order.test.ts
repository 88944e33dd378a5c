import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currentTotalsOf } from "./current-totals.ts";
import { generateWorld } from "./generator.ts";
import { figuresOf } from "./order-figures.ts";
import { agreementsOf, type Sale } from "./sales-of-order.ts";
import { SAMPLE_NOW, type Sample, readSample, sample, sampleLine } from "./sample-world.ts";
import { parseWorld, validateOrder, type World, type WorldOrder } from "./world.ts";

const NOW = new Date("2026-06-01T12:00:00Z");

/** The agreements of the sample's order with something changed, under the id 2. */
function agreements(change: Partial<Sample["order"]>, taxesIncluded = false) {
  const world = readSample({ ...sample(), shop: { ...sample().shop, taxesIncluded } });
  const order = { ...sample().order, id: 2, lines: [sampleLine(2)], transactions: [], refunds: [], ...change };
  const valid = validateOrder(world, order, SAMPLE_NOW);
  return agreementsOf(valid, figuresOf(world, valid));
}

const brief = ({ subject, action, quantity, total, tax }: Sale) => [subject.type, action, quantity, total, tax];
const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n);
const salesOf = (world: World, order: WorldOrder) =>
  agreementsOf(order, figuresOf(world, order)).flatMap(({ sales }) => sales);

describe("an order's first agreement", () => {
  test("holds everything that was charged, each with its tax", () => {
    const [first] = agreements({
      lines: [
        { ...sampleLine(2), tax: "2.00", duties: "1.50" },
        { ...sampleLine(3), giftCard: true, quantity: 1, discount: "0" },
      ],
      shipping: { price: "5.00", discount: "1.00", tax: "0.32" },
      additionalFees: [{ name: "Packaging", price: "2.00", tax: "0.16" }],
      tip: "3.00",
    });
    expect(first).toMatchObject({ at: "2025-02-01T12:00:00Z", about: { type: "ORDER" } });
    expect(first?.sales.map(brief)).toEqual([
      ["PRODUCT", "ORDER", 3, 2900n, 200n],
      ["GIFT_CARD", "ORDER", 1, 1000n, 0n],
      ["DUTY", "ORDER", null, 150n, 0n],
      ["SHIPPING", "ORDER", null, 432n, 32n],
      ["ADDITIONAL_FEE", "ORDER", null, 216n, 16n],
      ["TIP", "ORDER", 1, 300n, 0n],
    ]);
  });

  test("takes the tax in the price out of a discount, half up, in a tax-inclusive order", () => {
    const lines = [{ ...sampleLine(2), tax: "4.50" }];
    // 3.00 off, 27.00 with 4.50 tax in it: 3.00 x 4.50 / 27.00 = 0.50.
    expect(agreements({ lines }, true)[0]?.sales[0]).toMatchObject({
      total: 2700n,
      tax: 450n,
      discountBeforeTaxes: 250n,
      discountAfterTaxes: 300n,
    });
    // Without: the discount saved 3.00 x 4.50 / 27.00 of tax besides.
    expect(agreements({ lines })[0]?.sales[0]).toMatchObject({
      total: 3150n,
      discountBeforeTaxes: 300n,
      discountAfterTaxes: 350n,
    });
  });

  test("leaves the discount on what was given away as it is", () => {
    const lines = [{ ...sampleLine(2), discount: "30.00" }];
    expect(agreements({ lines }, true)[0]?.sales[0]).toMatchObject({ total: 0n, discountBeforeTaxes: 3000n });
  });
});

test("an edit charges the lines that it adds and takes back the units that it removes", () => {
  const [, edit] = agreements({
    lines: [{ ...sampleLine(2), discount: "2.00", tax: "1.00" }],
    edits: [
      {
        at: "2025-02-03T00:00:00Z",
        add: [{ ...sampleLine(3), discount: "0", duties: "0.50" }],
        remove: [{ lineId: 2, quantity: 2 }],
      },
    ],
  });
  expect(edit).toMatchObject({ at: "2025-02-03T00:00:00Z", about: { type: "ORDER_EDIT" } });
  // 28.00 over three units is 9.33, 9.33, 9.34; 1.00 of tax 0.33, 0.33, 0.34.
  expect(edit?.sales.map(brief)).toEqual([
    ["PRODUCT", "ORDER", 3, 3000n, 0n],
    ["DUTY", "ORDER", null, 50n, 0n],
    ["PRODUCT", "RETURN", -2, -(1866n + 66n), -66n],
  ]);
  expect(edit?.sales[2]).toMatchObject({ discountBeforeTaxes: -133n });
});

const refund = {
  id: 2,
  createdAt: "2025-02-20T00:00:00Z",
  lines: [{ lineId: 2, quantity: 1, restockType: "RETURN" as const, amount: "9.00", tax: "0.66" }],
  shipping: "5.00",
  shippingTax: "0.40",
  adjustment: "1.00",
  adjustmentTax: "0.08",
  duties: "0.50",
};
const refunded = {
  lines: [{ ...sampleLine(2), tax: "2.00", duties: "1.50" }],
  shipping: { price: "5.00", discount: "0", tax: "0.40" },
};

test("a refund takes back lines, shipping and duties, and what it gives beyond them is an update below zero", () => {
  const [, back] = agreements({ ...refunded, refunds: [refund] });
  expect(back?.sales.map(brief)).toEqual([
    ["PRODUCT", "RETURN", -1, -966n, -66n],
    ["SHIPPING", "RETURN", null, -540n, -40n],
    ["DUTY", "RETURN", null, -50n, 0n],
    ["ADJUSTMENT", "UPDATE", null, -108n, -8n],
  ]);
});

test("a refund that settles a return leaves lines and fees to the day of the return", () => {
  const fees = [
    { kind: "RESTOCKING" as const, amount: "1.00", tax: "0.08" },
    { kind: "RETURN_SHIPPING" as const, amount: "2.00", tax: "0" },
  ];
  const settled = { ...refund, returnedAt: "2025-02-10T00:00:00Z", fees };
  const all = agreements({ ...refunded, refunds: [settled] });
  expect(all.map(({ at, about }) => [at, about.type])).toEqual([
    ["2025-02-01T12:00:00Z", "ORDER"],
    ["2025-02-10T00:00:00Z", "RETURN"],
    ["2025-02-20T00:00:00Z", "REFUND"],
  ]);
  expect(all[1]?.sales.map(brief)).toEqual([
    ["PRODUCT", "RETURN", -1, -966n, -66n],
    ["FEE", "ORDER", null, 108n, 8n],
    ["FEE", "ORDER", null, 200n, 0n],
  ]);
  expect(all[2]?.sales.map(({ subject }) => subject.type)).toEqual(["SHIPPING", "DUTY", "ADJUSTMENT"]);
});

test("duties given back go by what each line was charged, the largest remainder taking what does not divide", () => {
  const duties = (wanted: string[]) => {
    const lines = ["1.00", "1.00", "1.01"].map((one, index) => ({ ...sampleLine(index + 2), duties: one }));
    const refunds = wanted.map((one, index) => ({
      id: index + 2,
      createdAt: "2025-02-20T00:00:00Z",
      lines: [],
      shipping: "0",
      adjustment: "0",
      duties: one,
    }));
    const later = agreements({ lines, refunds }).slice(1);
    return later.map(({ sales }) => sales.map(({ total }) => -total));
  };
  // 1.00 in the proportion 100 : 100 : 101 is 33.22, 33.22, 33.55.
  expect(duties(["1.00"])).toEqual([[33n, 33n, 34n]]);
  expect(duties(["1.00", "2.01"])).toEqual([
    [33n, 33n, 34n],
    [67n, 67n, 67n],
  ]);
});

test("shipping given back is of the first line, and what is too much for it of the next", () => {
  const [, back] = agreements({
    shipping: { price: "7.00", discount: "1.00", tax: "0" },
    shippingLines: [
      { title: "Post", price: "3.00", discount: "1.00", tax: "0" },
      { title: "Freight", price: "4.00", discount: "0", tax: "0" },
    ],
    refunds: [{ id: 2, createdAt: "2025-02-20T00:00:00Z", lines: [], shipping: "5.00", adjustment: "0" }],
  });
  expect(back?.sales.map(({ total }) => total)).toEqual([-200n, -300n]);
});

describe("in every generated world", () => {
  const options = fc.record({
    seed: fc.integer(),
    customers: fc.integer({ min: 1, max: 30 }),
    orders: fc.integer({ min: 1, max: 60 }),
    currency: fc.constantFrom("USD", "JPY", "KWD"),
    taxesIncluded: fc.boolean(),
    mix: fc.constantFrom("usual" as const, "everything" as const, "everything" as const),
  });
  const worlds = (check: (world: World) => void) => {
    const property = fc.property(options, (one) => {
      const lines = [...generateWorld({ now: NOW, ...one })].map((object) => JSON.stringify(object));
      check(parseWorld(lines, { now: NOW }));
    });
    fc.assert(property, { numRuns: 40 });
  };

  test("an order's sales add up to its current total, and their taxes to its current tax", () => {
    worlds((world) => {
      for (const order of world.orders) {
        const figures = figuresOf(world, order);
        const sales = salesOf(world, order);
        expect(sum(sales.map(({ total }) => total))).toBe(figures.totals.currentTotal);
        expect(sum(sales.map(({ tax }) => tax))).toBe(currentTotalsOf(figures).tax);
      }
    });
  });

  test("each sale of an order has a key of its own", () => {
    worlds((world) => {
      for (const order of world.orders) {
        const keys = salesOf(world, order).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }
    });
  });
});
