import { gid, parseGid } from "../admin-api/gid.ts";
import type { ShopStore } from "../admin-api/shop-store.ts";
import { locationPayload } from "../webhooks/object-payloads.ts";
import { type News, news } from "./news.ts";
import { newsOfCustomer, newsOfDiscount, newsOfProduct } from "./object-news.ts";

const NO_ITEMS = { changed: [], came: [], gone: [] };

/** What follows for the owners of metafields that changed: they count as changed themselves, a variant with its product. */
export function echoesOf(ownerIds: Iterable<string>, store: ShopStore, at: string): News[] {
  const changed = new Set([...ownerIds].map((ownerId) => productOf(ownerId, store)));
  return [...changed].flatMap((ownerId) => echoOf(ownerId, store, at));
}

function productOf(ownerId: string, { world }: ShopStore): string {
  const { type, id } = parseGid(ownerId);
  const item = type === "ProductVariant" ? world.variants.get(id) : undefined;
  return item ? gid("Product", item.product.id) : ownerId;
}

function echoOf(ownerId: string, store: ShopStore, at: string): News[] {
  const { type, id } = parseGid(ownerId);
  const product = type === "Product" && store.product(id);
  const customer = type === "Customer" && store.world.customers.get(id);
  const place = type === "CompanyLocation" && store.world.locations.get(id);
  const discount = type === "DiscountAutomaticNode" && store.discounts.get(id);
  if (product) {
    store.history.changed("product", id, at);
    return newsOfProduct({ before: product, after: product }, NO_ITEMS);
  }
  if (customer) {
    store.history.changed("customer", id, at);
    return newsOfCustomer({ before: customer, after: customer });
  }
  if (place) {
    store.history.changed("companyLocation", id, at);
    return [news("company_locations/update", (view) => locationPayload(place, view))];
  }
  return discount ? newsOfDiscount(discount, false) : [];
}
