import { buyer } from "./buyer";
import { cart, lineAt } from "./cart";
import { Meet, Part, partAt, PartKind, plan, Step, StepKind, stepOf, WHOLE } from "./plan";
import { largestPercent, offBy, percentOf } from "./price-line";

/**
 * A cart in which more different discounts are possible than the output has room for gets fewer: percentages are rounded down.
 *
 * Which percentages are kept depends on the plan, the prices and the floors, and on no quantity. So it is the same for every
 * quantity, and more units never give a lower percentage: first all percentages are marked that any quantities could give in
 * this cart; then ranges of a width of 1, 2, 4, ... basis points are tried until few enough of them hold a mark; each percentage
 * falls to the lowest mark in its range, so that nothing loses as much as a range's width.
 */
const MARK_BYTES: i32 = 1264;
const MARKS = memory.data(MARK_BYTES);

/** The lines' percentages take at most `most` different values afterwards. */
export function roundPercentsDown(most: i32): void {
  markAll();
  let width = 0;
  while (rangesWithMarks(width) > most) width++;
  if (width == 0) return;
  for (let i = 0; i < cart.lines; i++) {
    const line = lineAt(i);
    if (line.percent > 0) line.percent = lowestMark(line.percent, width);
  }
}

function mark(percent: u32): void {
  const word = MARKS + <usize>((percent >> 6) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << (percent & 63)));
}

function marksFrom(percent: u32): u64 {
  return load<u64>(MARKS + <usize>((percent >> 6) << 3)) >> (percent & 63);
}

/** The lowest percentage from this one up to `WHOLE` that is marked, or one above `WHOLE`. */
function nextMark(percent: u32): u32 {
  while (percent <= WHOLE) {
    const marks = marksFrom(percent);
    if (marks != 0) return percent + <u32>ctz(marks);
    percent = (percent | 63) + 1;
  }
  return percent;
}

/** How many ranges of 2^width basis points hold a mark. */
function rangesWithMarks(width: i32): i32 {
  let ranges = 0;
  let percent = nextMark(1);
  while (percent <= WHOLE) {
    ranges++;
    percent = nextMark(((percent >> width) + 1) << width);
  }
  return ranges;
}

function lowestMark(percent: u32, width: i32): u32 {
  return min(percent, nextMark(max((percent >> width) << width, 1)));
}

/** Marks every percentage that a line can come to, whatever the quantities. */
function markAll(): void {
  memory.fill(MARKS, 0, MARK_BYTES);
  let largestLimit: u32 = 0;
  for (let i = 0; i < cart.lines; i++) {
    const line = lineAt(i);
    if (line.floor < line.price) largestLimit = max(largestLimit, largestPercent(line));
  }
  const largest = min(plan.meet == Meet.Best ? markBest(largestLimit) : markSums(largestLimit), largestLimit);
  for (let i = 0; i < cart.lines; i++) {
    const line = lineAt(i);
    if (line.floor >= line.price) continue;
    const limit = largestPercent(line);
    if (limit <= largest) mark(limit);
  }
}

/** The largest wins: what each step gives, with pay-now on top. Returns the largest of them. */
function markBest(limit: u32): u32 {
  let largest = plan.payNow;
  if (largest <= limit) mark(largest);
  for (let p = 0; p < plan.parts; p++) {
    const part = partAt(p);
    if (part.kind == PartKind.Tier) largest = max(largest, markUpTo(limit, part.percent + plan.payNow));
    for (let s = firstOf(part); s < endOf(part); s++) {
      const step = stepOf(part, s);
      if (step.kind == StepKind.Percent) largest = max(largest, markUpTo(limit, <u32>step.value + plan.payNow));
      else largest = max(largest, markOff(limit, step));
    }
  }
  return largest;
}

function markUpTo(limit: u32, percent: u32): u32 {
  if (percent <= limit) mark(percent);
  return percent;
}

/** A step in money is another percentage at every price. */
function markOff(limit: u32, step: Step): u32 {
  let largest: u32 = 0;
  for (let i = 0; i < cart.lines; i++) {
    const line = lineAt(i);
    if (line.floor >= line.price) continue;
    largest = max(largest, markUpTo(limit, percentOf(offBy(step, line.price), line.price) + plan.payNow));
  }
  return largest;
}

/**
 * Discounts are summed: every sum is a multiple of what all percentages have as a common divisor. Steps in money leave no such
 * divisor but 1. Returns the largest sum.
 */
function markSums(limit: u32): u32 {
  let divisor = plan.payNow;
  let largest = plan.payNow;
  for (let p = 0; p < plan.parts; p++) {
    const part = partAt(p);
    let ofPart: u32 = part.kind == PartKind.Tier ? part.percent : 0;
    divisor = commonDivisor(divisor, ofPart);
    for (let s = firstOf(part); s < endOf(part); s++) {
      const step = stepOf(part, s);
      const percent: u32 = step.kind == StepKind.Percent ? <u32>step.value : WHOLE;
      divisor = commonDivisor(divisor, step.kind == StepKind.Percent ? percent : 1);
      ofPart = max(ofPart, percent);
    }
    largest += ofPart;
  }
  if (divisor > 0) for (let sum = divisor; sum <= min(largest, limit); sum += divisor) mark(sum);
  return largest;
}

function commonDivisor(a: u32, b: u32): u32 {
  while (b > 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/** Steps that a part can come to: of a cumulative part the one that the buyer has, of a quantity break any. */
function firstOf(part: Part): i32 {
  const reached = part.stepReached;
  if (reached === null) return 0;
  return <i32>((changetype<usize>(reached) - changetype<usize>(part.firstStep)) / offsetof<Step>());
}

function endOf(part: Part): i32 {
  if (part.kind == PartKind.Cumulative) return part.stepReached === null ? 0 : firstOf(part) + 1;
  return part.kind == PartKind.Quantity && !(buyer.hasCatalogBreaks && !plan.overCatalogBreaks) ? part.steps : 0;
}
