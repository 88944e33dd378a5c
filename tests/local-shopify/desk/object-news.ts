import { isDeepStrictEqual } from "node:util";
import type { Changed } from "#tests/local-shopify/world/change-orders.ts";
import type { WorldCompany, WorldCustomer, WorldProduct } from "#tests/local-shopify/world/world.ts";
import { gid } from "../admin-api/gid.ts";
import type { Discount } from "../discounts/discount.ts";
import { isoSeconds, type VariantInProduct } from "../admin-api/shop-store.ts";
import {
  companyPayload,
  customerPayload,
  discountPayload,
  inventoryItemPayload,
  locationPayload,
  mergePayload,
  productPayload,
} from "../webhooks/object-payloads.ts";
import { shopPayload } from "../webhooks/payloads.ts";
import { type News, news } from "./news.ts";

export function newsOfCustomer({ before, after }: Changed<WorldCustomer>): News[] {
  return [news(before ? "customers/update" : "customers/create", (view) => customerPayload(after, view))];
}

export function newsOfDeletedCustomer({ id }: WorldCustomer): News[] {
  return [news("customers/delete", () => ({ id, admin_graphql_api_id: gid("Customer", id) }))];
}

export function newsOfMerge(ids: { fromId: number; intoId: number }): News[] {
  return [news("customers/merge", () => mergePayload(ids))];
}

/** A product, and the inventory items of those variants that came, changed or went. */
export function newsOfProduct(
  { before, after }: Changed<WorldProduct>,
  items: { changed: readonly VariantInProduct[]; came: readonly VariantInProduct[]; gone: readonly VariantInProduct[] },
): News[] {
  return [
    news(before ? "products/update" : "products/create", (view) => productPayload(after, view)),
    ...items.came.map((item) => news("inventory_items/create", (view) => inventoryItemPayload(item, view))),
    ...items.changed.map((item) => news("inventory_items/update", (view) => inventoryItemPayload(item, view))),
    ...newsOfGoneItems(items.gone),
  ];
}

export function newsOfDeletedProduct(product: WorldProduct): News[] {
  const items = product.variants.map((variant) => ({ variant, product }));
  return [news("products/delete", () => ({ id: product.id })), ...newsOfGoneItems(items)];
}

export function newsOfCompany({ before, after }: Changed<WorldCompany>): News[] {
  const kept = new Set(after.locations.map(({ id }) => id));
  const gone = (before?.locations ?? []).filter(({ id }) => !kept.has(id));
  return [
    news(before ? "companies/update" : "companies/create", (view) => companyPayload(after, view)),
    ...after.locations.flatMap((location) => {
      const old = before?.locations.find(({ id }) => id === location.id);
      if (old && isDeepStrictEqual(old, location)) return [];
      const topic = old ? "company_locations/update" : "company_locations/create";
      return [news(topic, (view) => locationPayload({ location, company: after }, view))];
    }),
    ...gone.map((location) =>
      news("company_locations/delete", (view) => locationPayload({ location, company: after }, view)),
    ),
  ];
}

export function newsOfDiscount(discount: Discount, isNew: boolean): News[] {
  return [news(isNew ? "discounts/create" : "discounts/update", (view) => discountPayload(discount, view))];
}

export function newsOfDeletedDiscount(id: number): News[] {
  return [
    news("discounts/delete", ({ now }) => ({
      admin_graphql_api_id: gid("DiscountAutomaticNode", id),
      deleted_at: isoSeconds(now),
    })),
  ];
}

export function newsOfShop(): News[] {
  return [news("shop/update", ({ store }) => shopPayload(store.world))];
}

function newsOfGoneItems(items: readonly VariantInProduct[]): News[] {
  return items.map(({ variant: { id } }) =>
    news("inventory_items/delete", () => ({ id, admin_graphql_api_id: gid("InventoryItem", id) })),
  );
}
