import { buyer, reachedOf, Tier } from "./buyer";
import { atLeast, atMost } from "./exchange";
import { readGroups } from "./group-set";
import { basisPoints, addPart, addStep, Measure, Part, PartKind, plan, Scope, StepKind, stepReachedBy } from "./plan";
import {
  isList,
  isNull,
  isObject,
  isText,
  itemAt,
  lengthOf,
  propertyNamed,
  Value,
  wholeNumber,
} from "../../wasm-api/wasm-api";

const LARGEST_NUMBER: i64 = 1 << 30;

export function readParts(parts: Value): bool {
  if (!isList(parts)) return false;
  const length = lengthOf(parts);
  for (let i = 0; i < length; i++) {
    const value = itemAt(parts, i);
    const part = addPart();
    if (part === null || !isObject(value) || !readPart(value, part)) return false;
  }
  return true;
}

function readPart(value: Value, part: Part): bool {
  const kind = propertyNamed(value, "kind");
  part.coversAll = isNull(propertyNamed(value, "groups"));
  if (!readGroups(propertyNamed(value, "groups"), part.groups)) return false;
  if (isText(kind, "quantity")) return readQuantity(value, part);
  if (isText(kind, "cumulative")) return readCumulative(value, part);
  if (isText(kind, "tier")) return readTier(value, part);
  if (isText(kind, "payNow")) return readPayNow(value, part);
  return false;
}

function readQuantity(value: Value, part: Part): bool {
  part.kind = PartKind.Quantity;
  const by = propertyNamed(value, "by");
  if (isText(by, "variant")) part.scope = Scope.Variant;
  else if (isText(by, "product")) part.scope = Scope.Product;
  else if (isText(by, "group") && !part.coversAll) part.scope = Scope.Covered;
  else if (isText(by, "cart")) part.scope = Scope.Covered;
  else return false;
  const measure = propertyNamed(value, "of");
  if (isText(measure, "units")) part.measure = Measure.Units;
  else if (isText(measure, "amount")) part.measure = Measure.Amount;
  else return false;
  if (part.scope == Scope.Product) plan.countsProducts = true;
  return readSteps(propertyNamed(value, "steps"), part);
}

/** What a cumulative part measures is counted by Pareto, in the shop's currency; the standing says how far the buyer got. */
function readCumulative(value: Value, part: Part): bool {
  part.kind = PartKind.Cumulative;
  part.measure = Measure.Units;
  const id = wholeNumber(propertyNamed(value, "id"));
  if (id < 1 || id > LARGEST_NUMBER || !readSteps(propertyNamed(value, "steps"), part)) return false;
  const reached = buyer.isKnown ? reachedOf(<i32>id) : -1;
  if (reached >= 0) part.stepReached = stepReachedBy(part, <u64>reached);
  return true;
}

/** [[from, value], [from, value, "off"], [from, value, "price"], ...], each from above the one before. */
function readSteps(steps: Value, part: Part): bool {
  if (!isList(steps)) return false;
  const length = lengthOf(steps);
  let last: i64 = -1;
  for (let i = 0; i < length; i++) {
    const item = itemAt(steps, i);
    const step = addStep(part);
    if (step === null || !isList(item)) return false;
    const size = lengthOf(item);
    const from = wholeNumber(itemAt(item, 0));
    const value = size == 2 ? basisPoints(itemAt(item, 1)) : wholeNumber(itemAt(item, 1));
    if (size < 2 || size > 3 || from <= last || value < 0) return false;
    last = from;
    step.from = part.measure == Measure.Amount ? atLeast(from) : from;
    if (size == 2) {
      step.kind = StepKind.Percent;
      step.value = value;
    } else if (isText(itemAt(item, 2), "off")) {
      step.kind = StepKind.AmountOff;
      step.value = atMost(value);
    } else if (isText(itemAt(item, 2), "price")) {
      step.kind = StepKind.FixedPrice;
      step.value = atLeast(value);
    } else {
      return false;
    }
  }
  return length > 0;
}

/**
 * The most particular price that there is for this buyer: a named company's, else a key account's, else the tier's. Customers
 * to be pruned have none.
 */
function readTier(value: Value, part: Part): bool {
  part.kind = PartKind.Tier;
  const percents = propertyNamed(value, "percents");
  if (!isObject(percents)) return false;
  const a = percentOr0(propertyNamed(percents, "A"));
  const b = percentOr0(propertyNamed(percents, "B"));
  const c = percentOr0(propertyNamed(percents, "C"));
  const key = propertyNamed(percents, "key");
  const ofKey = percentOr0(key);
  if (a < 0 || b < 0 || c < 0 || ofKey < 0) return false;
  let percent = buyer.tier == Tier.A ? a : buyer.tier == Tier.B ? b : buyer.tier == Tier.C ? c : 0;
  if (buyer.isKeyAccount && !isNull(key)) percent = ofKey;
  const ofCompany = percentOfCompany(propertyNamed(value, "companies"));
  if (ofCompany == UNREADABLE) return false;
  if (ofCompany != NOT_NAMED) percent = ofCompany;
  part.percent = buyer.isKnown && !buyer.isPruned ? <u32>percent : 0;
  return true;
}

const UNREADABLE: i64 = -1;
const NOT_NAMED: i64 = -2;

/** [[company, percent], ...] */
function percentOfCompany(companies: Value): i64 {
  if (isNull(companies)) return NOT_NAMED;
  if (!isList(companies)) return UNREADABLE;
  const length = lengthOf(companies);
  let percent = NOT_NAMED;
  for (let i = 0; i < length; i++) {
    const item = itemAt(companies, i);
    if (!isList(item) || lengthOf(item) != 2) return UNREADABLE;
    const company = wholeNumber(itemAt(item, 0));
    const given = basisPoints(itemAt(item, 1));
    if (company < 1 || given < 0) return UNREADABLE;
    if (company == buyer.company) percent = given;
  }
  return percent;
}

/** Basis points, 0 when left out, or -1. */
function percentOr0(value: Value): i64 {
  return isNull(value) ? 0 : basisPoints(value);
}

/** A company gets it only where its location's standing allows it; anybody else by asking. */
function readPayNow(value: Value, part: Part): bool {
  part.kind = PartKind.PayNow;
  const percent = basisPoints(propertyNamed(value, "percent"));
  if (percent < 0) return false;
  const may = !buyer.isCompany || buyer.mayPayNow;
  if (buyer.asksToPayNow && may) plan.payNow = max(plan.payNow, <u32>percent);
  return true;
}
