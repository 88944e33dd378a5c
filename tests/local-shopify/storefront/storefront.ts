import { randomUUID } from "node:crypto";
import type { AdminHost } from "../admin-page/admin-host.ts";
import type { CartInput } from "../checkout/cart.ts";

/** Who is shopping. */
export type ShopsAs =
  | { readonly kind: "guest" }
  | { readonly kind: "customer"; readonly customerId: number }
  | { readonly kind: "company"; readonly locationId: number; readonly contactId: number };

/** What the shop remembers of a visitor while it is open. */
export interface Visit {
  as: ShopsAs;
  lines: { variantId: number; quantity: number }[];
  /** The wish to pay now, a cart attribute of the theme. */
  payNow: boolean;
  email: string;
  /** The orders that were placed on this visit. */
  readonly placed: Set<number>;
}

export type StorefrontHost = Pick<AdminHost, "url" | "world" | "checkout" | "placeCart" | "payments" | "pay">;

const MOST_VISITS = 500;
const MOST_UNITS = 100_000;
export const PAY_NOW_KEY = "pareto_pay_now";

/** The shop's own website: what it sells, and each visitor's cart. */
export class Storefront {
  readonly host: StorefrontHost;
  private readonly visits = new Map<string, Visit>();

  constructor(host: StorefrontHost) {
    this.host = host;
  }

  /** The visit that a cookie names, or a new one under a new name. */
  visit(name: string | null): { readonly name: string; readonly visit: Visit } {
    const known = name === null ? undefined : this.visits.get(name);
    if (known && name !== null) return { name, visit: known };
    const oldest = this.visits.size >= MOST_VISITS ? this.visits.keys().next().value : undefined;
    if (oldest !== undefined) this.visits.delete(oldest);
    const visit: Visit = { as: { kind: "guest" }, lines: [], payNow: false, email: "", placed: new Set() };
    const made = randomUUID();
    this.visits.set(made, visit);
    return { name: made, visit };
  }
}

/** Sets how many units of a variant are in the cart; 0 takes it out. */
export function setQuantity(visit: Visit, variantId: number, quantity: number): void {
  const wanted = Math.min(Math.max(0, quantity), MOST_UNITS);
  const line = visit.lines.find((one) => one.variantId === variantId);
  if (wanted === 0) visit.lines = visit.lines.filter((one) => one !== line);
  else if (line) line.quantity = wanted;
  else visit.lines.push({ variantId, quantity: wanted });
}

/** A visitor's cart, or any other lines that this visitor might buy, as the checkout takes it. */
export function cartOf({ as, lines, payNow, email }: Visit, others?: Visit["lines"]): CartInput {
  const attributes: Record<string, string> = payNow ? { [PAY_NOW_KEY]: "yes" } : {};
  const cart = { lines: (others ?? lines).map((line) => ({ ...line })), attributes };
  if (as.kind === "customer") return { ...cart, customerId: as.customerId };
  if (as.kind === "company") return { ...cart, companyLocationId: as.locationId, contactId: as.contactId };
  return { ...cart, email: email === "" ? null : email };
}
