import { describe, expect, test } from "vitest";
import type { Plan } from "#app/core/plan/plan.ts";
import { standingAtLocation } from "#app/core/plan/standing.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";

const planOf = (part: unknown, include = {}): Plan => {
  const read = parsePlan({ parts: [part], include }, "USD");
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.plan;
};

const PAY_NOW = { kind: "pay-now", percent: "2.5" };
const EARLY = { kind: "early-payment-after", percent: "2", discountDays: 10, netDays: 30 };
const BREAKS = { kind: "quantity-break", scope: "variant", measure: "units", steps: [{ from: 10, percent: "5" }] };
const TIERS = { kind: "tier-price", tiers: { A: "5" } };

const standing = { v: 1, tier: "A" } as const;
const buyer = { isPruned: false };
describe("a company may have pay-now at a location", () => {
  const place = { couldPayLater: true, hasBreaks: false };

  test("where it could pay later and the plan has the part", () => {
    expect(standingAtLocation(planOf(PAY_NOW), standing, buyer, place)).toEqual({ v: 1, tier: "A", pay: true });
    expect(standingAtLocation(planOf(PAY_NOW), null, buyer, place)).toEqual({ v: 1, pay: true });
  });

  test.each([
    ["the plan has no such part", planOf(EARLY), buyer, place],
    ["it could not pay later", planOf(PAY_NOW), buyer, { ...place, couldPayLater: false }],
    ["it is to be pruned", planOf(PAY_NOW), { isPruned: true }, place],
  ])("but not where %s", (_why, plan, who, where) => {
    expect(standingAtLocation(plan, standing, who, where)).toEqual(standing);
  });
});

describe("the quantity breaks of a location's catalog stand in the way of the plan's", () => {
  const place = { couldPayLater: false, hasBreaks: true };

  test("also of a company that is entitled to nothing else, and of one that is to be pruned", () => {
    expect(standingAtLocation(planOf(BREAKS), standing, buyer, place)).toEqual({ v: 1, tier: "A", breaks: true });
    expect(standingAtLocation(planOf(BREAKS), null, { isPruned: true }, place)).toEqual({ v: 1, breaks: true });
  });

  test.each([
    ["the plan has no quantity breaks", planOf(TIERS), place],
    ["the merchant takes them in", planOf(BREAKS, { catalogBreaks: true }), place],
    ["the catalog has none", planOf(BREAKS), { ...place, hasBreaks: false }],
  ])("but not where %s", (_why, plan, where) => {
    expect(standingAtLocation(plan, standing, buyer, where)).toEqual(standing);
  });
});
