import { buyer } from "./buyer";
import { CartLine } from "./cart";
import { Measure, Meet, Part, partAt, PartKind, plan, Scope, Step, StepKind, stepReachedBy, WHOLE } from "./plan";

/**
 * What a line gets: its parts, how they meet, pay-now, the cap and the floor, in this order.
 *
 * A discount is basis points or minor units off each unit. Of prices only the line's own counts, of quantities only what the
 * cart holds altogether: a line that is split in two gets what it got.
 */
@unmanaged
class Discount {
  percent: u32;
  off: u64;
}

/** What the part that was looked at last gives. */
const given = changetype<Discount>(memory.data(offsetof<Discount>()));

/**
 * Sets the line's discount. With `inPercent` amounts are turned into basis points, rounded down: for carts in which amounts
 * could make too many different discounts.
 *
 * @example at best, on a price of 10.00 with a floor of 9.70: 2 % of a quantity break and 5 % of a tier give 3 %
 */
export function priceLine(line: CartLine, inPercent: bool): void {
  line.percent = 0;
  line.off = 0;
  line.kinds = 0;
  if (line.floor >= line.price) return;
  if (plan.meet == Meet.Best) takeBest(line, inPercent);
  else takeAll(line, inPercent);
  addPayNow(line);
  holdWithin(line, largestPercent(line));
}

/**
 * An amount off at or above the limit becomes the limit's percentage, so that whoever is at the limit gets the same by whichever
 * part: otherwise more units could bring a smaller discount, by a fraction of a minor unit.
 */
function holdWithin(line: CartLine, limit: u32): void {
  if (line.off > 0 && percentOf(line.off, line.price) >= limit) {
    line.percent = limit;
    line.off = 0;
  }
  line.percent = min(line.percent, limit);
}

/** The largest percentage that cap and floor leave on a line with a price above its floor. */
export function largestPercent(line: CartLine): u32 {
  return min(plan.cap, <u32>(((line.price - line.floor) * WHOLE) / line.price));
}

/** An amount off each unit in basis points of a price, rounded down. */
export function percentOf(off: u64, price: u64): u32 {
  return <u32>((off * WHOLE) / price);
}

function takeBest(line: CartLine, inPercent: bool): void {
  let percentKind = 0;
  let offKind = 0;
  for (let i = 0; i < plan.parts; i++) {
    const part = partAt(i);
    look(part, line, inPercent);
    if (given.percent > 0 && isBetter(given.percent, line.percent, part.kind, percentKind)) {
      line.percent = given.percent;
      percentKind = part.kind;
    }
    if (given.off > 0 && isBetter(given.off, line.off, part.kind, offKind)) {
      line.off = given.off;
      offKind = part.kind;
    }
  }
  if (line.off * WHOLE > line.price * line.percent) {
    line.percent = 0;
    line.kinds = offKind;
  } else {
    line.off = 0;
    line.kinds = percentKind;
  }
}

/** Of two that give the same the kind decides, so that the order of parts does not. */
function isBetter(value: u64, than: u64, kind: i32, thanKind: i32): bool {
  return value > than || (value == than && kind < thanKind);
}

function takeAll(line: CartLine, inPercent: bool): void {
  for (let i = 0; i < plan.parts; i++) {
    const part = partAt(i);
    look(part, line, inPercent);
    if (given.percent == 0 && given.off == 0) continue;
    line.percent += given.percent;
    line.off += given.off;
    line.kinds |= part.kind;
  }
  line.off = min(line.off, line.price);
  if (line.percent > 0) makePercent(line);
}

function addPayNow(line: CartLine): void {
  if (plan.payNow == 0) return;
  makePercent(line);
  line.percent += plan.payNow;
  line.kinds |= PartKind.PayNow;
}

function makePercent(line: CartLine): void {
  line.percent += percentOf(line.off, line.price);
  line.off = 0;
}

/** Sets `given` to what a part gives on a line. */
function look(part: Part, line: CartLine, inPercent: bool): void {
  given.percent = 0;
  given.off = 0;
  if (!part.coversAll && !line.groups.meets(part.groups)) return;
  if (part.kind == PartKind.Tier) {
    given.percent = part.percent;
    return;
  }
  const step = stepOn(part, line);
  if (step === null) return;
  if (step.kind == StepKind.Percent) {
    given.percent = <u32>step.value;
    return;
  }
  const off = offBy(step, line.price);
  if (inPercent) given.percent = percentOf(off, line.price);
  else given.off = off;
}

/** What a step in money takes off each unit: never more than its price, and nothing where a fixed price is above it. */
export function offBy(step: Step, price: u64): u64 {
  if (step.kind == StepKind.AmountOff) return min(step.value, price);
  return step.value < price ? price - step.value : 0;
}

function stepOn(part: Part, line: CartLine): Step | null {
  if (part.kind == PartKind.Cumulative) return part.stepReached;
  if (part.kind != PartKind.Quantity) return null;
  if (buyer.hasCatalogBreaks && !plan.overCatalogBreaks) return null;
  return stepReachedBy(part, measureOf(part, line));
}

function measureOf(part: Part, line: CartLine): u64 {
  const isUnits = part.measure == Measure.Units;
  if (part.scope == Scope.Variant) return isUnits ? line.sameVariant.units : line.sameVariant.amount;
  if (part.scope == Scope.Product) return isUnits ? line.sameProduct.units : line.sameProduct.amount;
  return isUnits ? part.units : part.amount;
}
