import { describe, expect, test } from "vitest";
import { presentPublication } from "#app/presenters/plan.ts";

const THERE = {
  discountId: 7n,
  version: 2,
  publishedAt: new Date("2026-11-01T10:00:00Z"),
  checkedAt: null,
  drift: [],
  customizationId: null,
  payNow: null,
};

const textOf = (publication: Parameters<typeof presentPublication>[0]): string =>
  presentPublication(publication, 2, "UTC").text;

describe("a plan that is on its way to Shopify", () => {
  test("leaves the one before in force until it is there", () => {
    expect(textOf({ ...THERE, publishedAt: null })).toBe("Until it is there, the one before holds.");
  });

  test("gives nobody anything before, where it is the first one", () => {
    const first = { ...THERE, publishedAt: null, discountId: null };
    expect(textOf(first)).toBe("Nobody gets a discount from it until all of it is there.");
  });
});

test("what is otherwise at Shopify is listed", () => {
  const drifted = presentPublication({ ...THERE, drift: ["title", "inactive"], payNow: "on" }, 2, "UTC");
  expect(drifted.text).toMatch(/^Somebody has changed the discount at Shopify since version 2/);
  expect(drifted.drift).toEqual(["It has another title.", "It was switched off."]);
});
