import type { AdminContext } from "./context.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid, parseGid } from "./gid.ts";

export interface MetafieldOwner {
  /** The one id that its metafields are kept under. */
  readonly id: string;
  readonly exists: boolean;
  /** One of them is needed to write. */
  readonly scopes: readonly string[];
}

type Found = (id: number, context: AdminContext) => boolean;

const OWNERS: Readonly<Record<string, { scopes: readonly string[]; exists: Found }>> = {
  Product: { scopes: ["write_products"], exists: (id, { store }) => store.product(id) !== undefined },
  ProductVariant: { scopes: ["write_products"], exists: (id, { store }) => store.world.variants.has(id) },
  Customer: { scopes: ["write_customers"], exists: (id, { store, now }) => store.customer(id, now) !== null },
  CompanyLocation: {
    scopes: ["write_customers", "write_companies"],
    exists: (id, { store }) => store.world.locations.has(id),
  },
  DiscountAutomaticNode: {
    scopes: ["write_discounts"],
    exists: (id, { store }) => store.discounts.get(id) !== undefined,
  },
  PaymentCustomization: {
    scopes: ["write_payment_customizations"],
    exists: (id, { store }) => store.paymentCustomizations.get(id) !== undefined,
  },
};

/**
 * Finds what a metafield belongs to by its id.
 *
 * @throws NotInLocalShopify on owners whose metafields are not kept here
 */
export function metafieldOwner(ownerId: string, context: AdminContext): MetafieldOwner {
  const { type, id } = parseGid(ownerId);
  // A discount is known by either name.
  const name = type === "DiscountNode" ? "DiscountAutomaticNode" : type;
  const owner = OWNERS[name];
  if (!owner) throw new NotInLocalShopify(`metafields of ${type}`);
  return { id: gid(name, id), exists: owner.exists(id, context), scopes: owner.scopes };
}
