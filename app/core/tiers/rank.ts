import type { CustomerKind } from "../customers/customer-key.ts";
import type { Instant } from "../time/shop-day.ts";

/** What ranking needs of a customer. Amounts in minor units over the window. */
export interface Ranked {
  readonly value: bigint;
  readonly netSales: bigint;
  readonly firstOrderAt: Instant;
  readonly kind: CustomerKind;
  readonly shopifyId: bigint | null;
  readonly email: string | null;
}

const KIND_ORDER: Readonly<Record<CustomerKind, number>> = { company: 0, customer: 1, guest: 2, anonymous: 3 };

const compare = <T extends bigint | number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Who comes first of two customers who measure the same. */
const byTies = (a: Ranked, b: Ranked): number =>
  compare(b.netSales, a.netSales) ||
  compare(a.firstOrderAt, b.firstOrderAt) ||
  compare(KIND_ORDER[a.kind], KIND_ORDER[b.kind]) ||
  compare(a.shopifyId ?? 0n, b.shopifyId ?? 0n) ||
  compare(a.email ?? "", b.email ?? "");

/** A customer with what it is ranked by: its value, or its score. */
export interface Measured<T extends Ranked> {
  readonly customer: T;
  readonly measure: bigint;
}

/**
 * Best customer first: measure falling; ties by net sales falling, then by the first order rising, then by key (companies,
 * customers, guests; ids as numbers, e-mail addresses as text). A total order, so that a run can be repeated to the byte.
 */
export const byRank = <T extends Ranked>(a: Measured<T>, b: Measured<T>): number =>
  compare(b.measure, a.measure) || byTies(a.customer, b.customer);
