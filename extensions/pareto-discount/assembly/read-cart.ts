import { cart, CartLine, MOST_LINES, nextLine, NO_FLOOR } from "./cart";
import { minorUnits } from "./decimals";
import { atLeast, exchange } from "./exchange";
import { readGroups } from "./group-set";
import { name } from "./names";
import { plan } from "./plan";
import { Refusal } from "./refusal";
import {
  isList,
  isNull,
  isObject,
  isTrue,
  itemAt,
  lengthOf,
  property,
  propertyNamed,
  readText,
  textBytes,
  TEXT,
  Value,
  wholeNumber,
} from "../../wasm-api/wasm-api";

const LARGEST_QUANTITY: i64 = i32.MAX_VALUE;

/** Reads the lines that may be discounted. One that cannot be read, or that the plan leaves out, is as if it were not there. */
export function readCart(value: Value): Refusal {
  cart.lines = 0;
  const lines = propertyNamed(value, "lines");
  if (!isList(lines)) return Refusal.Input;
  cart.allLines = lengthOf(lines);
  if (cart.allLines > MOST_LINES) return Refusal.TooManyLines;
  for (let i = 0; i < cart.allLines; i++) {
    if (readLine(itemAt(lines, i), nextLine())) cart.lines++;
  }
  return cart.lines > 0 ? Refusal.None : Refusal.NoLines;
}

function readLine(value: Value, line: CartLine): bool {
  if (!plan.subscriptions && !isNull(property(value, name.sellingPlanAllocation))) return false;
  const quantity = wholeNumber(property(value, name.quantity));
  if (quantity < 1 || quantity > LARGEST_QUANTITY) return false;
  line.quantity = <u32>quantity;
  return (
    readPrice(property(value, name.cost), line) &&
    readMerchandise(property(value, name.merchandise), line) &&
    readId(value, line)
  );
}

function readId(value: Value, line: CartLine): bool {
  line.id = property(value, name.id);
  line.idBytes = textBytes(line.id);
  return line.idBytes > 0;
}

function readPrice(cost: Value, line: CartLine): bool {
  const price = minorUnits(property(property(cost, name.amountPerQuantity), name.amount), exchange.exponent);
  if (price < 0) return false;
  line.price = price;
  if (plan.salePrices) return true;
  const before = property(cost, name.compareAtAmountPerQuantity);
  if (isNull(before)) return true;
  const compareAt = minorUnits(property(before, name.amount), exchange.exponent);
  return compareAt >= 0 && compareAt <= price;
}

/** Only variants of the catalog: what was typed in by hand has neither number nor floor. */
function readMerchandise(variant: Value, line: CartLine): bool {
  const product = property(variant, name.product);
  if (!isObject(product)) return false;
  if (!plan.giftCards && isTrue(property(product, name.isGiftCard))) return false;
  if (!readGroups(metafield(product, name.groups), line.groups)) return false;
  if (line.groups.meets(plan.excluded)) return false;
  line.variant = numberOf(property(variant, name.id));
  line.product = plan.countsProducts ? numberOf(property(product, name.id)) : 0;
  line.floor = plan.needsFloor ? floorOf(metafield(variant, name.floor)) : 0;
  return line.variant > 0 && (line.product > 0 || !plan.countsProducts);
}

/** A metafield's value; null if there is none. */
function metafield(owner: Value, key: i32): Value {
  const value = property(owner, key);
  return isNull(value) ? value : property(value, name.jsonValue);
}

function floorOf(value: Value): u64 {
  const floor = wholeNumber(value);
  return floor < 0 ? NO_FLOOR : atLeast(floor);
}

/**
 * The number at the end of a global id, or 0 if there is none of up to 18 digits.
 *
 * @example "gid://shopify/Product/42" // 42
 */
function numberOf(id: Value): u64 {
  const length = readText(id);
  const first = max(length - 18, 0);
  let number: u64 = 0;
  let unit: u64 = 1;
  let at = length - 1;
  for (; at >= first; at--) {
    const digit = <u32>load<u8>(TEXT + at) - 48;
    if (digit > 9) break;
    number += digit * unit;
    unit *= 10;
  }
  const isWhole = at >= 0 && load<u8>(TEXT + at) == 47;
  return isWhole ? number : 0;
}
