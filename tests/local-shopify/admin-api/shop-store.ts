import type {
  World,
  WorldCompany,
  WorldCustomer,
  WorldLocation,
  WorldOrder,
  WorldProduct,
  WorldVariant,
} from "#tests/local-shopify/world/world.ts";
import { latestIn } from "#tests/local-shopify/world/instants.ts";
import { DiscountStore } from "../discounts/discount.ts";
import { PaymentCustomizationStore } from "../payments/payment-customization.ts";
import { type PaymentMethod, paymentMethodsOf, USUAL_METHODS } from "../payments/payment-methods.ts";
import { MetafieldStore } from "../metafields/metafield-store.ts";
import type { RefundOnce } from "../store-credit/money-changes.ts";
import { StoreCreditBook } from "../store-credit/store-credit-book.ts";
import { compareKeys, type CursorKey } from "./connection.ts";
import { History } from "./history.ts";

export type OrderSortKey = "ID" | "CREATED_AT" | "PROCESSED_AT" | "UPDATED_AT";

export interface VariantInProduct {
  readonly variant: WorldVariant;
  readonly product: WorldProduct;
}

export interface LocationInCompany {
  readonly location: WorldLocation;
  readonly company: WorldCompany;
}

/** Without read_all_orders an app sees only orders of the last 60 days. */
export const ORDER_WINDOW_DAYS = 60;

const NO_MERGES: ReadonlyMap<number, number> = new Map();

/**
 * The world with the indexes that the Admin API needs, and what happened in it while it was open. `ordersChanged` and
 * `productsChanged` drop the indexes that a change makes stale.
 */
export class ShopStore {
  readonly world: World;
  readonly history = new History();
  readonly metafields = new MetafieldStore();
  readonly discounts = new DiscountStore();
  readonly storeCredit = new StoreCreditBook();
  /** Refunds by the key that each was asked for with. */
  readonly refundKeys = new Map<string, RefundOnce>();
  readonly paymentCustomizations = new PaymentCustomizationStore();
  /** What buyers may pay by, before any customization. */
  paymentMethods: readonly PaymentMethod[] = paymentMethodsOf(USUAL_METHODS);
  private productsById: Map<number, WorldProduct> | undefined;
  private readonly latestInstants = new WeakMap<WorldOrder, string>();
  private readonly sortedOrders = new Map<OrderSortKey, WorldOrder[]>();
  private ordersByBuyer: { customers: Map<number, WorldOrder[]>; companies: Map<number, WorldOrder[]> } | undefined;

  constructor(world: World) {
    this.world = world;
  }

  get currency(): string {
    return this.world.shop.currency;
  }

  /** To be called after an order came, changed or went, or came to belong to another customer. */
  ordersChanged(): void {
    this.sortedOrders.clear();
    this.ordersByBuyer = undefined;
  }

  /** To be called after a product came, changed or went. */
  productsChanged(): void {
    this.productsById = undefined;
  }

  product(id: number): WorldProduct | undefined {
    this.productsById ??= new Map(this.world.products.map((product) => [product.id, product]));
    return this.productsById.get(id);
  }

  /** The latest instant in the order, or that of its latest change while the shop was open: Shopify's updatedAt. */
  updatedAt(order: WorldOrder): string {
    return this.history.latest("order", order.id, this.latestIn(order));
  }

  orderKey(order: WorldOrder, sortKey: OrderSortKey): CursorKey {
    if (sortKey === "ID") return { value: order.id, id: order.id };
    return { value: sortKey === "UPDATED_AT" ? this.updatedAt(order) : order.processedAt, id: order.id };
  }

  /** All orders of the shop, upwards by a sort key. */
  ordersBy(sortKey: OrderSortKey): readonly WorldOrder[] {
    const known = this.sortedOrders.get(sortKey);
    if (known) return known;
    const keyed = this.world.orders.map((order) => ({ order, key: this.orderKey(order, sortKey) }));
    const sorted = keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ order }) => order);
    this.sortedOrders.set(sortKey, sorted);
    return sorted;
  }

  ordersOfCustomer(customerId: number): readonly WorldOrder[] {
    return this.buyers().customers.get(customerId) ?? [];
  }

  ordersOfCompany(companyId: number): readonly WorldOrder[] {
    return this.buyers().companies.get(companyId) ?? [];
  }

  /** Customers as they are now, upwards by id: those merged into another are gone. */
  customers(now: Date): WorldCustomer[] {
    const merged = this.mergedInto(now);
    return [...this.world.customers.values()].filter(({ id }) => !merged.has(id)).sort((a, b) => a.id - b.id);
  }

  /** The customer with an id, or null when there is none (any more). */
  customer(id: number, now: Date): WorldCustomer | null {
    return this.mergedInto(now).has(id) ? null : (this.world.customers.get(id) ?? null);
  }

  /** The customer whom an order belongs to now; merges move orders. */
  buyerOf(order: WorldOrder, now: Date): WorldCustomer | null {
    if (order.customerId === null) return null;
    const merged = this.mergedInto(now);
    let id = order.customerId;
    for (let into = merged.get(id); into !== undefined; into = merged.get(id)) id = into;
    return this.world.customers.get(id) ?? null;
  }

  /** Today's unit cost of a variant, or null when the shop never entered one. */
  unitCost(variant: WorldVariant, now: Date): string | null {
    const until = isoSeconds(now);
    let cost = variant.unitCost;
    let since = "";
    for (const change of variant.costChanges) {
      if (change.at > until || change.at < since) continue;
      cost = change.unitCost;
      since = change.at;
    }
    return cost;
  }

  private latestIn(order: WorldOrder): string {
    const known = this.latestInstants.get(order);
    if (known) return known;
    const latest = latestIn(order);
    this.latestInstants.set(order, latest);
    return latest;
  }

  private mergedInto(now: Date): ReadonlyMap<number, number> {
    if (this.world.events.length === 0) return NO_MERGES;
    const until = isoSeconds(now);
    const done = this.world.events.filter((event) => event.kind === "customerMerge" && event.at <= until);
    return new Map(done.map((event) => [event.fromCustomerId, event.intoCustomerId]));
  }

  private buyers() {
    if (this.ordersByBuyer) return this.ordersByBuyer;
    const index = { customers: new Map<number, WorldOrder[]>(), companies: new Map<number, WorldOrder[]>() };
    // A world holds nothing that is yet to come: all its merges are done.
    const now = new Date("9999-12-31T00:00:00Z");
    for (const order of this.ordersBy("ID")) {
      const customer = this.buyerOf(order, now);
      if (customer) push(index.customers, customer.id, order);
      const place = order.companyLocationId === null ? undefined : this.world.locations.get(order.companyLocationId);
      if (place) push(index.companies, place.company.id, order);
    }
    this.ordersByBuyer = index;
    return index;
  }
}

/** An instant as Shopify prints it, which also sorts as text. @example isoSeconds(new Date(0)) // "1970-01-01T00:00:00Z" */
export function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
