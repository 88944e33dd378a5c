import type { z } from "zod";
import { type Changed, idOf, replacing, rewriteOrders } from "./change-orders.ts";
import { checkCompany, checkCustomer, checkEvent, checkShop } from "./check-catalog.ts";
import { instantText } from "./instants.ts";
import {
  type World,
  type WorldCompany,
  type WorldCustomer,
  type WorldShop,
  worldCompanySchema,
  worldCustomerSchema,
  worldEventSchema,
  worldShopSchema,
} from "./shape.ts";
import { indexCompany, validateObject } from "./world.ts";

export const shopChangesSchema = worldShopSchema
  .pick({ name: true, timezone: true, taxesIncluded: true, plan: true })
  .partial()
  .strict();

/** What of a shop may change while it is open. */
export type ShopChanges = z.output<typeof shopChangesSchema>;

/**
 * Adds a customer, or puts them in the place of the one with their id.
 *
 * @throws WorldError when it breaks a rule; the world is then as it was
 */
export function saveCustomer(world: World, customer: unknown, now: Date): Changed<WorldCustomer> {
  const before = world.customers.get(idOf(customer)) ?? null;
  if (before) refuseMerged(world, before.id);
  // The rules ask of the other customers only whether the id is free.
  const others = before ? { ...world, customers: new Map<number, WorldCustomer>() } : world;
  const after = validateObject(worldCustomerSchema, customer, (parsed) => checkCustomer(others, parsed, now));
  world.customers.set(after.id, after);
  return { before, after };
}

/**
 * Takes a customer without orders out of a world.
 *
 * @throws Error when there is no such customer, or they are a company's contact, of which the world cannot say what follows
 */
export function removeCustomer(world: World, id: number): WorldCustomer {
  const customer = world.customers.get(id);
  if (!customer) throw new Error(`there is no customer ${id} to delete`);
  refuseMerged(world, id);
  if ([...world.companies.values()].some(({ contacts }) => contacts.includes(id))) {
    throw new Error("not in the local Shopify: deleting a customer who is a company's contact");
  }
  world.customers.delete(id);
  return customer;
}

/**
 * Merges one customer into another, as a `customerMerge` line of a world file does.
 *
 * @throws WorldError when one of them is not there or was merged away before
 */
export function mergeCustomers(world: World, ids: { fromId: number; intoId: number }, now: Date): void {
  const event = {
    type: "event",
    kind: "customerMerge",
    at: instantText(now),
    fromCustomerId: ids.fromId,
    intoCustomerId: ids.intoId,
  };
  world.events.push(validateObject(worldEventSchema, event, (parsed) => checkEvent(world, parsed, now)));
}

/**
 * Adds a company, or puts it in the place of the one with its id.
 *
 * @throws WorldError when it breaks a rule; the world is then as it was
 * @throws Error when a location is gone that orders name, which Shopify does not delete
 */
export function saveCompany(world: World, company: unknown): Changed<WorldCompany> {
  const before = world.companies.get(idOf(company)) ?? null;
  const check = () => validateObject(worldCompanySchema, company, (parsed) => checkCompany(world, parsed));
  const after = before
    ? replacing(
        () => release(world, before),
        () => indexCompany(world, before),
        () => {
          const parsed = check();
          refuseLossOfOrders(world, before, parsed);
          return parsed;
        },
      )
    : check();
  indexCompany(world, after);
  return { before, after };
}

/**
 * Changes the shop itself. Orders keep what was decided for them when they were placed: whether their prices hold the tax.
 *
 * @throws WorldError when it breaks a rule; the world is then as it was
 */
export function changeShop(world: World, changes: unknown): Changed<WorldShop> {
  const before = world.shop;
  const wanted = validateObject(shopChangesSchema, changes, () => {});
  const after = validateObject(worldShopSchema, { ...before, ...wanted }, checkShop);
  world.shop = after;
  if (after.taxesIncluded !== before.taxesIncluded) {
    const { taxesIncluded } = before;
    rewriteOrders(world, (order) => (order.taxesIncluded === undefined ? { ...order, taxesIncluded } : order));
  }
  return { before, after };
}

function refuseMerged(world: World, id: number): void {
  if (world.events.some(({ fromCustomerId }) => fromCustomerId === id)) {
    throw new Error(`customer ${id} was merged into another`);
  }
}

function release(world: World, company: WorldCompany): void {
  world.companies.delete(company.id);
  for (const { id } of company.locations) world.locations.delete(id);
}

function refuseLossOfOrders(world: World, before: WorldCompany, after: WorldCompany): void {
  const kept = new Set(after.locations.map(({ id }) => id));
  const gone = new Set(before.locations.map(({ id }) => id).filter((id) => !kept.has(id)));
  const holder = world.orders.find(({ companyLocationId: id }) => id !== null && gone.has(id));
  if (holder) throw new Error(`location ${holder.companyLocationId} has orders and cannot be deleted`);
}
