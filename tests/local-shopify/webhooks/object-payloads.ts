import { toMinor } from "#tests/local-shopify/world/money.ts";
import type { WorldCompany, WorldCustomer, WorldProduct } from "#tests/local-shopify/world/world.ts";
import { gid } from "../admin-api/gid.ts";
import {
  companyCreatedAt,
  companyUpdatedAt,
  customerUpdatedAt,
  inventoryItemUpdatedAt,
  locationCreatedAt,
  locationUpdatedAt,
  productUpdatedAt,
  variantCreatedAt,
  variantUpdatedAt,
} from "../admin-api/object-dates.ts";
import { isoSeconds, type LocationInCompany, type VariantInProduct } from "../admin-api/shop-store.ts";
import { type Discount, statusOf } from "../discounts/discount.ts";
import { type Payload, restMoney, type View } from "./view.ts";

/** The body of customers/create and customers/update. */
export function customerPayload(customer: WorldCustomer, { store, now, shows }: View): Payload {
  const { id, countryCode } = customer;
  return {
    id,
    admin_graphql_api_id: gid("Customer", id),
    email: shows("email") ? customer.email : null,
    first_name: shows("name") ? customer.firstName : null,
    last_name: shows("name") ? customer.lastName : null,
    created_at: customer.createdAt,
    updated_at: customerUpdatedAt(customer, store, now),
    tags: customer.tags.join(", "),
    email_marketing_consent: customer.email === null ? null : { state: customer.emailMarketing.toLowerCase() },
    default_address: countryCode === null || !shows("address") ? null : { country_code: countryCode },
  };
}

/** The body of customers/merge. */
export function mergePayload(ids: { fromId: number; intoId: number }): Payload {
  return {
    admin_graphql_api_customer_kept_id: gid("Customer", ids.intoId),
    admin_graphql_api_customer_deleted_id: gid("Customer", ids.fromId),
    admin_graphql_api_job_id: null,
    status: "completed",
    errors: [],
  };
}

/** The body of products/create and products/update. */
export function productPayload(product: WorldProduct, view: View): Payload {
  return {
    id: product.id,
    admin_graphql_api_id: gid("Product", product.id),
    title: product.title,
    vendor: product.vendor,
    product_type: product.productType,
    tags: product.tags.join(", "),
    created_at: product.createdAt,
    updated_at: productUpdatedAt(product, view.store),
    variants: product.variants.map((variant, index) => variantPayload({ variant, product }, index, view)),
  };
}

function variantPayload(item: VariantInProduct, index: number, { store }: View): Payload {
  const { variant, product } = item;
  const money = (decimal: string) => restMoney(toMinor(decimal, store.currency), store.currency);
  return {
    id: variant.id,
    admin_graphql_api_id: gid("ProductVariant", variant.id),
    product_id: product.id,
    inventory_item_id: variant.id,
    title: variant.title,
    position: index + 1,
    sku: variant.sku,
    price: money(variant.price),
    compare_at_price: variant.compareAtPrice === null ? null : money(variant.compareAtPrice),
    created_at: variantCreatedAt(item, store),
    updated_at: variantUpdatedAt(item, store),
  };
}

/** The body of inventory_items/create and inventory_items/update. The world counts no stock: nothing is tracked. */
export function inventoryItemPayload(item: VariantInProduct, { store, now }: View): Payload {
  const { variant } = item;
  const cost = store.unitCost(variant, now);
  return {
    id: variant.id,
    admin_graphql_api_id: gid("InventoryItem", variant.id),
    sku: variant.sku,
    cost: cost === null ? null : restMoney(toMinor(cost, store.currency), store.currency),
    tracked: false,
    created_at: variantCreatedAt(item, store),
    updated_at: inventoryItemUpdatedAt(item, store, now),
  };
}

/** The body of companies/create and companies/update. */
export function companyPayload(company: WorldCompany, { store }: View): Payload {
  const main = company.contacts[0];
  return {
    name: company.name,
    admin_graphql_api_id: gid("Company", company.id),
    main_contact: main === undefined ? null : { customer_admin_graphql_api_id: gid("Customer", main) },
    created_at: companyCreatedAt(company, store),
    updated_at: companyUpdatedAt(company, store),
  };
}

/** The body of discounts/create and discounts/update. */
export function discountPayload(discount: Discount, { now }: View): Payload {
  return {
    admin_graphql_api_id: gid("DiscountAutomaticNode", discount.id),
    title: discount.title,
    status: statusOf(discount, isoSeconds(now)),
    created_at: discount.createdAt,
    updated_at: discount.updatedAt,
  };
}

/** The body of the company_locations/ topics. */
export function locationPayload(place: LocationInCompany, { store }: View): Payload {
  const { location, company } = place;
  return {
    name: location.name,
    admin_graphql_api_id: gid("CompanyLocation", location.id),
    company: { name: company.name, admin_graphql_api_id: gid("Company", company.id) },
    created_at: locationCreatedAt(place, store),
    updated_at: locationUpdatedAt(place, store),
  };
}
