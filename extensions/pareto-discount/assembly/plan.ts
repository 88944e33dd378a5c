import { GroupSet } from "./group-set";
import { Value, wholeNumber } from "../../wasm-api/wasm-api";

/**
 * The discount plan as the Function works with it: every amount in minor units of the buyer's currency, every percentage in
 * basis points, parts that depend on the buyer already looked up. How it is written down: app/core/plan/compiled-plan.ts.
 */

/** 100 % in basis points. */
export const WHOLE: u32 = 10_000;

/** Basis points from 0 to 10,000, or -1 if the value is anything else. */
export function basisPoints(value: Value): i64 {
  const points = wholeNumber(value);
  return points > 10_000 ? -1 : points;
}

/** How parts meet on a line. */
export const enum Meet {
  /** The largest discount wins. */
  Best = 0,
  /** Discounts are summed. */
  Add = 1,
}

/** What a part is; a bit each, so that the parts behind a discount can be named together. */
export const enum PartKind {
  Quantity = 1,
  Cumulative = 2,
  Tier = 4,
  PayNow = 8,
}

/** Over which lines a quantity break counts. */
export const enum Scope {
  Variant = 0,
  Product = 1,
  /** All lines that the part covers: a collection, a named group or the cart. */
  Covered = 2,
}

export const enum Measure {
  Units = 0,
  Amount = 1,
}

export const enum StepKind {
  /** Basis points. */
  Percent = 0,
  /** Minor units off each unit. */
  AmountOff = 1,
  /** Minor units for each unit. */
  FixedPrice = 2,
}

@unmanaged
export class Step {
  /** From how many units, minor units or orders on it holds. */
  from: u64;
  value: u64;
  kind: StepKind;
}

@unmanaged
export class Part {
  kind: PartKind;
  /** Which groups it covers, if not every product. */
  groups: GroupSet;
  coversAll: bool;
  scope: Scope;
  measure: Measure;
  firstStep: Step;
  steps: i32;
  /** Cumulative: the step that the buyer has, or null. */
  stepReached: Step | null;
  /** Tier: what this buyer gets, in basis points. */
  percent: u32;
  /** Quantity break over all lines that it covers: what this cart holds of them. */
  units: u64;
  amount: u64;
}

@unmanaged
class Plan {
  meet: Meet;
  /** The most that all parts may give together, in basis points. */
  cap: u32;
  /** A margin limit is set: a line without a floor gets nothing. */
  needsFloor: bool;
  excluded: GroupSet;
  giftCards: bool;
  subscriptions: bool;
  pointOfSale: bool;
  salePrices: bool;
  /** Quantity breaks apply where the buyer's catalog has breaks of its own. */
  overCatalogBreaks: bool;
  /** A quantity break counts by product. */
  countsProducts: bool;
  /** What this buyer gets for paying now, in basis points; added after the parts have met. */
  payNow: u32;
  parts: i32;
  steps: i32;
}

// More would let a cart of 200 lines come near Shopify's limit of instructions.
const MOST_PARTS: i32 = 40;
const MOST_STEPS: i32 = 200;

const EXCLUDED = memory.data(offsetof<GroupSet>());
const PART_GROUPS = memory.data(MOST_PARTS * offsetof<GroupSet>());
const PARTS = memory.data(MOST_PARTS * offsetof<Part>());
const STEPS = memory.data(MOST_STEPS * offsetof<Step>());

export const plan = changetype<Plan>(memory.data(offsetof<Plan>()));

export function clearPlan(): void {
  plan.excluded = changetype<GroupSet>(EXCLUDED);
  plan.countsProducts = false;
  plan.payNow = 0;
  plan.parts = 0;
  plan.steps = 0;
}

export function partAt(index: i32): Part {
  return changetype<Part>(PARTS + <usize>index * offsetof<Part>());
}

/** The next free part, or null if there are too many. */
export function addPart(): Part | null {
  if (plan.parts == MOST_PARTS) return null;
  const part = partAt(plan.parts);
  part.groups = changetype<GroupSet>(PART_GROUPS + <usize>plan.parts * offsetof<GroupSet>());
  part.firstStep = stepAt(plan.steps);
  part.steps = 0;
  part.stepReached = null;
  part.percent = 0;
  part.units = 0;
  part.amount = 0;
  plan.parts++;
  return part;
}

function stepAt(index: i32): Step {
  return changetype<Step>(STEPS + <usize>index * offsetof<Step>());
}

export function stepOf(part: Part, index: i32): Step {
  return changetype<Step>(changetype<usize>(part.firstStep) + <usize>index * offsetof<Step>());
}

/** The next free step of the part that was added last, or null if there are too many. */
export function addStep(part: Part): Step | null {
  if (plan.steps == MOST_STEPS) return null;
  plan.steps++;
  part.steps++;
  return stepAt(plan.steps - 1);
}

/** The last step that begins at or below a measure, or null. Steps rise. */
export function stepReachedBy(part: Part, measure: u64): Step | null {
  let reached: Step | null = null;
  for (let i = 0; i < part.steps; i++) {
    const step = stepOf(part, i);
    if (step.from > measure) break;
    reached = step;
  }
  return reached;
}
