import { NotInLocalShopify } from "../admin-api/errors.ts";

/** Why a value is refused, by the codes of MetafieldsSetUserErrorCode. */
export interface ValueFault {
  readonly code: "BLANK" | "INVALID_TYPE" | "INVALID_VALUE" | "TOO_LONG";
  readonly field: "type" | "value";
  readonly message: string;
}

const LARGEST_JSON_BYTES = 128 * 1024;
const LARGEST_OTHER_BYTES = 65_536;
const MOST_ITEMS = 128;

const CHECKS: Readonly<Record<string, (value: string) => string | null>> = {
  json: (value) => (parsed(value).ok ? null : "must be valid JSON"),
  number_integer: (value) => (isInteger(value) ? null : "must be an integer"),
  "list.number_integer": (value) => listFault(value),
  single_line_text_field: (value) => (/[\r\n]/.test(value) ? "must be a single line text string" : null),
};

/** Types that Shopify has and the local one does not. */
const OTHER_TYPES = new Set(
  (
    "boolean color date date_time dimension id language link money multi_line_text_field number_decimal rating " +
    "rich_text_field url volume weight collection_reference company_reference customer_reference file_reference " +
    "metaobject_reference mixed_reference order_reference page_reference product_reference " +
    "product_taxonomy_value_reference variant_reference article_reference"
  ).split(" "),
);

/**
 * Holds a value against its type and Shopify's limits of size. Lists hold 128 items, JSON 128 KiB, all else 64 KiB.
 *
 * @throws NotInLocalShopify on a type that only Shopify has
 */
export function faultOfValue(type: string | null, value: string): ValueFault | null {
  if (type === null || type === "") return { code: "BLANK", field: "type", message: "Type can't be blank" };
  const check = CHECKS[type];
  if (!check) {
    if (OTHER_TYPES.has(type.replace(/^list\./, ""))) throw new NotInLocalShopify(`metafields of type ${type}`);
    return { code: "INVALID_TYPE", field: "type", message: `Type '${type}' is not a valid type.` };
  }
  if (value === "") return { code: "BLANK", field: "value", message: "Value can't be blank." };
  const most = type === "json" ? LARGEST_JSON_BYTES : LARGEST_OTHER_BYTES;
  if (Buffer.byteLength(value) > most) {
    return { code: "TOO_LONG", field: "value", message: `Value is too long (maximum is ${most} bytes).` };
  }
  const fault = check(value);
  return fault === null ? null : { code: "INVALID_VALUE", field: "value", message: `Value ${fault}.` };
}

/** A value as the field jsonValue answers it. */
export function jsonValueOf({ type, value }: { type: string; value: string }): unknown {
  return type === "single_line_text_field" ? value : JSON.parse(value);
}

function parsed(value: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(value) };
  } catch {
    return { ok: false };
  }
}

/** Within what a number of JSON holds exactly. */
function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text));
}

function listFault(value: string): string | null {
  const list = parsed(value);
  if (!list.ok || !Array.isArray(list.value)) return "must be an array";
  if (list.value.length > MOST_ITEMS) return `can't have more than ${MOST_ITEMS} items`;
  return list.value.every((item) => Number.isSafeInteger(item)) ? null : "must be an array of integers";
}
