import { buyer } from "./buyer";
import { setExchange } from "./exchange";
import { readGroups } from "./group-set";
import { basisPoints, clearPlan, Meet, plan, WHOLE } from "./plan";
import { readParts } from "./read-parts";
import { Refusal } from "./refusal";
import {
  isNoSwitch,
  isNull,
  isObject,
  isText,
  isTrue,
  propertyNamed,
  Value,
  wholeNumber,
} from "../../wasm-api/wasm-api";

const VERSION: i64 = 1;
const LATEST_DAY: i64 = 99991231;

/**
 * Reads the plan for this buyer and this currency. Whatever is not as app/core/plan/compiled-plan.ts has it refuses the whole
 * plan: half a plan is not what the merchant meant.
 */
export function readPlan(input: Value, cart: Value): Refusal {
  const metafield = propertyNamed(propertyNamed(input, "discount"), "plan");
  if (!isObject(metafield)) return Refusal.NoPlan;
  const value = propertyNamed(metafield, "jsonValue");
  if (!isObject(value) || wholeNumber(propertyNamed(value, "v")) != VERSION) return Refusal.PlanUnreadable;
  clearPlan();
  if (!readMeet(propertyNamed(value, "meet")) || !readLimits(value)) return Refusal.PlanUnreadable;
  const from = dayOr(propertyNamed(value, "from"), 0);
  const to = dayOr(propertyNamed(value, "to"), LATEST_DAY);
  if (from < 0 || to < 0) return Refusal.PlanUnreadable;
  if (buyer.today < <i32>from || buyer.today > <i32>to) return Refusal.OutsideSchedule;
  const exponent = wholeNumber(propertyNamed(value, "exp"));
  if (exponent < 0 || exponent > 3) return Refusal.PlanUnreadable;
  if (!setExchange(propertyNamed(input, "presentmentCurrencyRate"), currencyOf(cart), <i32>exponent)) {
    return Refusal.Exchange;
  }
  if (!readParts(propertyNamed(value, "parts"))) return Refusal.PlanUnreadable;
  return !plan.pointOfSale && isObject(propertyNamed(cart, "retailLocation")) ? Refusal.PointOfSale : Refusal.None;
}

function currencyOf(cart: Value): Value {
  return propertyNamed(propertyNamed(propertyNamed(cart, "cost"), "totalAmount"), "currencyCode");
}

/** A day as YYYYMMDD, what it is when left out, or -1. */
function dayOr(value: Value, otherwise: i64): i64 {
  if (isNull(value)) return otherwise;
  const day = wholeNumber(value);
  return day > LATEST_DAY ? -1 : day;
}

function readMeet(value: Value): bool {
  if (isText(value, "best")) plan.meet = Meet.Best;
  else if (isText(value, "add")) plan.meet = Meet.Add;
  else return false;
  return true;
}

function readLimits(value: Value): bool {
  const cap = propertyNamed(value, "cap");
  const most = isNull(cap) ? WHOLE : basisPoints(cap);
  if (most < 0) return false;
  plan.cap = <u32>most;
  const floor = propertyNamed(value, "floor");
  if (isNoSwitch(floor)) return false;
  plan.needsFloor = isTrue(floor);
  return readGroups(propertyNamed(value, "skip"), plan.excluded) && readIncluded(propertyNamed(value, "also"));
}

/** What is left out unless the merchant takes it in. */
function readIncluded(also: Value): bool {
  const isThere = isObject(also);
  if (!isThere && !isNull(also)) return false;
  const giftCards = propertyNamed(also, "gift");
  const subscriptions = propertyNamed(also, "subscription");
  const pointOfSale = propertyNamed(also, "pos");
  const salePrices = propertyNamed(also, "sale");
  const catalog = propertyNamed(also, "catalog");
  if (isThere) {
    if (isNoSwitch(giftCards) || isNoSwitch(subscriptions) || isNoSwitch(pointOfSale)) return false;
    if (isNoSwitch(salePrices) || isNoSwitch(catalog)) return false;
  }
  plan.giftCards = isTrue(giftCards);
  plan.subscriptions = isTrue(subscriptions);
  plan.pointOfSale = isTrue(pointOfSale);
  plan.salePrices = isTrue(salePrices);
  plan.overCatalogBreaks = isTrue(catalog);
  return true;
}
