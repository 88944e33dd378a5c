/**
 * Who a sale belongs to: the company if the order was placed for one, else the customer, else a guest by e-mail address,
 * else nobody (anonymous orders count in the shop's totals and are never tiered).
 */
export type CustomerKey =
  | { readonly kind: "company"; readonly id: bigint }
  | { readonly kind: "customer"; readonly id: bigint }
  | { readonly kind: "guest"; readonly email: string }
  | { readonly kind: "anonymous" };

export type CustomerKind = CustomerKey["kind"];

const ANONYMOUS: CustomerKey = { kind: "anonymous" };

/** An e-mail address as the key of a guest: trimmed, in lower case, in Unicode NFC (which lower-casing can undo). */
export const normaliseEmail = (email: string): string => email.trim().normalize("NFC").toLowerCase().normalize("NFC");

export const customerKeyOf = (order: {
  readonly companyId: bigint | null;
  readonly customerId: bigint | null;
  readonly email: string | null;
}): CustomerKey => {
  if (order.companyId !== null) return { kind: "company", id: order.companyId };
  if (order.customerId !== null) return { kind: "customer", id: order.customerId };
  const email = order.email === null ? "" : normaliseEmail(order.email);
  return email === "" ? ANONYMOUS : { kind: "guest", email };
};

/** What the key of a customer begins with whose personal data was erased; the rest of it is random and leads nowhere. */
const REDACTED = "redacted:";

export const isRedactedKey = (key: string): boolean => key.startsWith(REDACTED);

/** A key that stands in for one which names a person. @param random unlike any other of the shop's */
export const redactedKey = (random: string): string => `${REDACTED}${random}`;

/** The key as exports and the database print it: `company:ID`, `customer:ID`, `guest:EMAIL`, `anonymous:`. */
export const formatCustomerKey = (key: CustomerKey): string => {
  if (key.kind === "anonymous") return "anonymous:";
  return key.kind === "guest" ? `guest:${key.email}` : `${key.kind}:${key.id}`;
};
