import { buyer, forgetStanding, MOST_SUMS, sumAt, Tier } from "./buyer";
import {
  isList,
  isNoSwitch,
  isNull,
  isObject,
  isText,
  isTrue,
  itemAt,
  lengthOf,
  log,
  propertyNamed,
  readText,
  TEXT,
  Value,
  wholeNumber,
} from "../../wasm-api/wasm-api";

const VERSION: i64 = 1;
const LARGEST_NUMBER: i64 = 1 << 30;

/** "2026-12-31" as 20261231, or -1. */
function dayOf(value: Value): i32 {
  if (readText(value) != 10) return -1;
  let day = 0;
  for (let at = 0; at < 10; at++) {
    if (at == 4 || at == 7) continue;
    const digit = <i32>load<u8>(TEXT + at) - 48;
    if (digit < 0 || digit > 9) return -1;
    day = day * 10 + digit;
  }
  return day;
}

/** Reads the shop's day and who buys. False if the day cannot be read: nothing can be decided without it. */
export function readBuyer(input: Value, cart: Value): bool {
  buyer.today = dayOf(propertyNamed(propertyNamed(propertyNamed(input, "shop"), "localTime"), "date"));
  if (buyer.today < 0) return false;
  const payNow = propertyNamed(cart, "payNow");
  buyer.asksToPayNow = isObject(payNow) && isText(propertyNamed(payNow, "value"), "yes");
  readIdentity(propertyNamed(cart, "buyerIdentity"));
  return true;
}

/** An e-mail address typed at checkout gives a customer too, and proves nothing: only a login or a company does. */
function readIdentity(identity: Value): void {
  forgetStanding();
  buyer.isCompany = false;
  buyer.isKnown = false;
  if (!isObject(identity)) return;
  const company = propertyNamed(identity, "purchasingCompany");
  buyer.isCompany = isObject(company);
  buyer.isKnown = buyer.isCompany || isTrue(propertyNamed(identity, "isAuthenticated"));
  if (!buyer.isKnown) return;
  const owner = buyer.isCompany ? propertyNamed(company, "location") : propertyNamed(identity, "customer");
  if (!isObject(owner)) return;
  const metafield = propertyNamed(owner, "standing");
  if (isNull(metafield)) return;
  if (readStanding(propertyNamed(metafield, "jsonValue"))) return;
  forgetStanding();
  log("pareto: the buyer's standing cannot be read");
}

function readStanding(standing: Value): bool {
  if (!isObject(standing) || wholeNumber(propertyNamed(standing, "v")) != VERSION) return false;
  return (
    readTier(propertyNamed(standing, "tier")) &&
    readCompany(propertyNamed(standing, "company")) &&
    readSwitches(standing) &&
    readSums(propertyNamed(standing, "sums"))
  );
}

function readTier(tier: Value): bool {
  if (isNull(tier)) return true;
  if (isText(tier, "A")) buyer.tier = Tier.A;
  else if (isText(tier, "B")) buyer.tier = Tier.B;
  else if (isText(tier, "C")) buyer.tier = Tier.C;
  else return false;
  return true;
}

function readCompany(company: Value): bool {
  if (isNull(company)) return true;
  const number = wholeNumber(company);
  if (number < 1 || number > LARGEST_NUMBER) return false;
  buyer.company = <i32>number;
  return true;
}

function readSwitches(standing: Value): bool {
  const key = propertyNamed(standing, "key");
  const prune = propertyNamed(standing, "prune");
  const breaks = propertyNamed(standing, "breaks");
  const pay = propertyNamed(standing, "pay");
  if (isNoSwitch(key) || isNoSwitch(prune) || isNoSwitch(breaks) || isNoSwitch(pay)) return false;
  buyer.isKeyAccount = isTrue(key);
  buyer.isPruned = isTrue(prune);
  buyer.hasCatalogBreaks = buyer.isCompany && isTrue(breaks);
  buyer.mayPayNow = isTrue(pay);
  return true;
}

/** [[part, reached, through day], ...] */
function readSums(sums: Value): bool {
  if (isNull(sums)) return true;
  if (!isList(sums)) return false;
  const length = lengthOf(sums);
  if (length > MOST_SUMS) return false;
  for (let i = 0; i < length; i++) {
    const item = itemAt(sums, i);
    if (!isList(item) || lengthOf(item) != 3) return false;
    const part = wholeNumber(itemAt(item, 0));
    const reached = wholeNumber(itemAt(item, 1));
    const throughDay = wholeNumber(itemAt(item, 2));
    if (part < 1 || part > LARGEST_NUMBER || reached < 0 || throughDay < 0 || throughDay > LARGEST_NUMBER) return false;
    const sum = sumAt(i);
    sum.part = <i32>part;
    sum.reached = <u64>reached;
    sum.throughDay = <i32>throughDay;
  }
  buyer.sums = length;
  return true;
}
