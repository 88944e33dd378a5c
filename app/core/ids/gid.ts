/**
 * Shopify's global ids. The database keeps the number at the end (8 bytes instead of some 35, in tables of tens of
 * millions of rows); this file is the one place where a global id is taken apart or put together.
 */

declare const kind: unique symbol;

export type GidKind =
  | "BulkOperation"
  | "Collection"
  | "Company"
  | "CompanyLocation"
  | "Customer"
  | "DiscountAutomaticNode"
  | "InventoryItem"
  | "LineItem"
  | "Order"
  | "OrderTransaction"
  | "PaymentCustomization"
  | "PaymentSchedule"
  | "Product"
  | "ProductVariant"
  | "Refund"
  | "Return"
  | "ShopifyPaymentsDispute"
  | "StoreCreditAccount"
  | "StoreCreditAccountCreditTransaction"
  | "StoreCreditAccountDebitTransaction";

export type Gid<K extends GidKind> = string & { readonly [kind]: K };

/** A string that is not the global id it should be. */
export class InvalidGidError extends Error {
  override readonly name = "InvalidGidError";
  constructor(gid: string, expected: string) {
    super(`"${gid}" is not the global id of a ${expected}`);
  }
}

const PREFIX = "gid://shopify/";

/**
 * The number of a global id of the kind named.
 *
 * @throws InvalidGidError when it is the id of something else or no global id.
 * @example idOf("gid://shopify/Order/450789469", "Order") // 450789469n
 */
export const idOf = (gid: string, expected: GidKind): bigint => {
  if (!isGidOf(gid, expected)) throw new InvalidGidError(gid, expected);
  return BigInt(gid.slice(PREFIX.length + expected.length + 1));
};

/** Whether a text is the global id of a thing of that kind. @example isGidOf("gid://shopify/Order/1", "Order") // true */
export const isGidOf = (text: string, expected: GidKind): boolean =>
  text.startsWith(`${PREFIX}${expected}/`) && /^\d+$/.test(text.slice(PREFIX.length + expected.length + 1));

/**
 * The number of a global id of whatever kind: for interfaces, whose ids may name the interface or what implements it.
 *
 * @throws InvalidGidError when it is no global id.
 * @example numberOf("gid://shopify/SalesAgreement/7") // 7n
 */
export const numberOf = (gid: string): bigint => {
  const [, number] = /^gid:\/\/shopify\/\w+\/(\d+)$/.exec(gid) ?? [];
  if (number === undefined) throw new InvalidGidError(gid, "thing with a number");
  return BigInt(number);
};

/** The global id of a number that came from one. */
export const gidOf = <K extends GidKind>(expected: K, id: bigint): Gid<K> => `${PREFIX}${expected}/${id}` as Gid<K>;
