import type { Company } from "#app/core/customers/company.ts";
import { gidOf, idOf } from "#app/core/ids/gid.ts";
import { allPages } from "./connections.ts";
import type { Ask } from "./gateway.server.ts";
import { toVariant, type CatalogCollection, type CatalogVariant } from "./mappers/catalog.ts";
import { toCustomer, toLocation, type Person } from "./mappers/people.ts";
import {
  COLLECTION,
  COMPANY,
  COMPANY_OF_LOCATION,
  CUSTOMERS,
  ORDER_OF_PAYMENT_SCHEDULE,
  VARIANTS_OF_INVENTORY_ITEM,
  VARIANTS_OF_PRODUCT,
} from "./operations/single.ts";

/** Single objects as they are now. What is gone is null or nothing; all throw ShopifyError. */

/** The variants of a product. Costs in minor units of `currency`, the shop's. */
export const readProduct = async (ask: Ask, id: bigint, currency: string): Promise<CatalogVariant[]> => {
  const gid = gidOf("Product", id);
  const rows = await allPages(async (after) => (await ask(VARIANTS_OF_PRODUCT, { id: gid, after })).product?.variants);
  return rows.map((row) => toVariant(row, currency));
};

/** The variants that are stocked as an inventory item: one, as a rule. */
export const readInventoryItem = async (ask: Ask, id: bigint, currency: string): Promise<CatalogVariant[]> => {
  const gid = gidOf("InventoryItem", id);
  const rows = await allPages(
    async (after) => (await ask(VARIANTS_OF_INVENTORY_ITEM, { id: gid, after })).inventoryItem?.variants,
  );
  return rows.map((row) => toVariant(row, currency));
};

export const readCollection = async (ask: Ask, id: bigint): Promise<CatalogCollection | null> => {
  const gid = gidOf("Collection", id);
  let told: { handle: string; title: string } | null = null;
  const products = await allPages(async (after) => {
    const { collection } = await ask(COLLECTION, { id: gid, after });
    told = collection ?? null;
    return collection?.products;
  });
  if (told === null) return null;
  const { handle, title }: { handle: string; title: string } = told;
  return { id, handle, title, productIds: products.map((product) => idOf(product.id, "Product")) };
};

/** Customers, those that are there. */
export const readCustomers = async (ask: Ask, ids: readonly bigint[]): Promise<Person[]> => {
  const { nodes } = await ask(CUSTOMERS, { ids: ids.map((id) => gidOf("Customer", id)) });
  return nodes.flatMap((node) => (node && "id" in node ? toCustomer(node) : []));
};

export const readCompany = async (ask: Ask, id: bigint): Promise<Company | null> => {
  const gid = gidOf("Company", id);
  let name: string | null = null;
  const rows = await allPages(async (after) => {
    const { company } = await ask(COMPANY, { id: gid, after });
    name = company?.name ?? null;
    return company?.locations;
  });
  if (name === null) return null;
  return { id, name, locations: rows.map((row) => toLocation(row, id)) };
};

export const companyOfLocation = async (ask: Ask, id: bigint): Promise<bigint | null> => {
  const { companyLocation } = await ask(COMPANY_OF_LOCATION, { id: gidOf("CompanyLocation", id) });
  return companyLocation ? idOf(companyLocation.company.id, "Company") : null;
};

/** The order whose payment falls due by a schedule. */
export const orderOfPaymentSchedule = async (ask: Ask, id: bigint): Promise<bigint | null> => {
  const { node } = await ask(ORDER_OF_PAYMENT_SCHEDULE, { id: gidOf("PaymentSchedule", id) });
  const order = node && "paymentTerms" in node ? node.paymentTerms.order : null;
  return order ? idOf(order.id, "Order") : null;
};
