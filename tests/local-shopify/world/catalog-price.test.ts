import { describe, expect, test } from "vitest";
import { catalogOf, priceOfEach } from "./catalog-price.ts";
import { readSample, sample } from "./sample-world.ts";

/** The world in which the sample's only location has one catalog price. */
const read = (entry: object, changes: { currency?: string } = {}) => {
  const world = sample();
  Object.assign(world.shop, changes);
  Object.assign(world.company.locations[0] ?? {}, { catalogPrices: [{ variantId: 11, ...entry }] });
  return readSample(world);
};
const catalogPrices = (entry: object) => read(entry).locations.get(11)?.location.catalogPrices;

test("a catalog price has no breaks unless it says so", () => {
  expect(catalogPrices({ price: "8.00" })).toEqual([{ variantId: 11, price: "8.00", breaks: [] }]);
});

test("breaks rise by units and fall in price, from two units on", () => {
  const breaks = [
    { from: 2, price: "7.99" },
    { from: 3, price: "0.00" },
  ];
  expect(catalogPrices({ price: "8.00", breaks })).toEqual([{ variantId: 11, price: "8.00", breaks }]);
});

describe("a world is refused, with its place and reason, when", () => {
  const at = (place: string) => `line 4, $.locations[0].catalogPrices[0].${place}`;

  test.each([
    [
      "a break is at a single unit",
      [{ from: 1, price: "7.00" }],
      "breaks[0].from: Too small: expected number to be >=2",
    ],
    ["a break is at part of a unit", [{ from: 2.5, price: "7.00" }], "breaks[0].from: Invalid input: expected int"],
    [
      "two breaks are at the same units",
      [
        { from: 5, price: "7.00" },
        { from: 5, price: "6.00" },
      ],
      "breaks[1].from: breaks come in order of units",
    ],
    [
      "breaks fall by units",
      [
        { from: 10, price: "7.00" },
        { from: 5, price: "6.00" },
      ],
      "breaks[1].from: breaks come in order of units",
    ],
    [
      "the first break costs what a single unit does",
      [{ from: 5, price: "8" }],
      "breaks[0].price: a break costs less than the price before it",
    ],
    [
      "a break costs more than the one before it",
      [
        { from: 5, price: "6.00" },
        { from: 10, price: "7.00" },
      ],
      "breaks[1].price: a break costs less than the price before it",
    ],
    [
      "a break's price has too many decimals",
      [{ from: 5, price: "7.005" }],
      'breaks[0].price: "7.005" has more decimals than USD allows (2)',
    ],
    ["a break has more than that", [{ from: 5, price: "7.00", title: "Five" }], 'breaks[0]: Unrecognized key: "title"'],
  ])("%s", (_name, breaks, reason) => {
    expect(() => read({ price: "8.00", breaks })).toThrow(at(reason));
  });
});

test("two entries for a variant: the later holds", () => {
  const world = sample();
  const [first, second] = [
    { variantId: 11, price: "8.00" },
    { variantId: 11, price: "9.00" },
  ];
  Object.assign(world.company.locations[0] ?? {}, { catalogPrices: [first, second] });
  expect(catalogOf(readSample(world).locations.get(11)?.location)).toEqual(new Map([[11, { ...second, breaks: [] }]]));
  expect(catalogOf(undefined).size).toBe(0);
});

test.each([
  [1, "8.00"],
  [9, "8.00"],
  [10, "7.50"],
  [99, "7.50"],
  [100, "6.25"],
  [101, "6.25"],
])("each of %i units costs %s", (units, price) => {
  const breaks = [
    { from: 10, price: "7.50" },
    { from: 100, price: "6.25" },
  ];
  expect(priceOfEach({ variantId: 11, price: "8.00", breaks }, units)).toBe(price);
});
