import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import type { Side } from "./side.ts";

/** The files by which two shops are told to be the same. */
export const EXPORTS = ["customers.csv", "ledger.csv", "receivables.csv", "reconciliation.json"] as const;

export type Exports = Readonly<Record<(typeof EXPORTS)[number], string>>;

/**
 * Rules of every kind but one: a rule by tier makes costs follow from tiers and tiers from costs, so that on which side of a
 * border somebody stands depends on where they stood before.
 */
export const RULES = [
  { kind: "shipping_cost", perOrder: "4.50", perKg: "1.20", when: { country: ["US", "GB", "DE"] } },
  { kind: "payment_fee", percent: "1.5", perOrder: "0.30", when: { gateway: "manual" } },
  { kind: "handling_cost", perLine: "0.35", perUnit: "0.05" },
  { kind: "return_handling", perOrder: "3.10", perUnit: "0.40" },
  { kind: "cost_to_serve", perOrder: "1.00", percent: "0.5" },
  { kind: "credit_cost", annualPercent: "9" },
  { kind: "fallback_margin", percent: "40" },
];

/** The instant at which both sides are looked at: some of what is exported depends on it, to the millisecond. */
export const LOOKED_AT = new Date(WORLD_NOW.getTime() + 5 * 3_600_000);

/** A shop's exports, after a tier run without history and a comparison with Shopify. */
export const exportsOf = async (side: Side): Promise<Exports> => {
  await side.runTiersAfresh();
  await side.work("reconcile");
  const files = await Promise.all(EXPORTS.map(async (file) => [file, await side.download(file)] as const));
  return Object.fromEntries(files) as Exports;
};
