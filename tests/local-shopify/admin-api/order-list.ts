import type { GraphQLResolveInfo } from "graphql";
import type { WorldOrder } from "#tests/local-shopify/world/world.ts";
import { connectionOf, type ConnectionSource, type Sequence } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { OrderSource } from "./order-sources.ts";
import { compileSearch, type SearchFields } from "./search-query.ts";
import { compareKeys } from "./connection.ts";
import { financialStatus, returnStatus } from "./order-status.ts";
import { isoSeconds, ORDER_WINDOW_DAYS, type OrderSortKey } from "./shop-store.ts";

const DAY_MS = 86_400_000;
const SORT_KEYS: readonly OrderSortKey[] = ["ID", "CREATED_AT", "PROCESSED_AT", "UPDATED_AT"];

/** Whether an app sees an order at all: all of them with read_all_orders, else those of the last 60 days. */
export function isVisible(order: WorldOrder, context: AdminContext): boolean {
  return order.processedAt >= windowStart(context);
}

/** An order by its id, if the app may see it. */
export function orderById(id: number, context: AdminContext): OrderSource | null {
  const order = context.store.world.ordersById.get(id);
  return order && isVisible(order, context) ? new OrderSource(order, context.store) : null;
}

/** The orders that `query` finds, upwards by the sort key of the arguments. */
export function findOrders(
  args: Args,
  context: AdminContext,
): { orders: readonly WorldOrder[]; sortKey: OrderSortKey } {
  if (stringArg(args, "savedSearchId") !== null) throw new NotInLocalShopify("saved searches");
  const sortKey = sortKeyOf(args);
  const since = windowStart(context);
  const all = context.store.ordersBy(sortKey);
  const visible = since === "" ? all : all.filter((order) => order.processedAt >= since);
  const query = stringArg(args, "query");
  return { orders: query ? visible.filter(compileSearch(query, searchFields(context))) : visible, sortKey };
}

/** Answers a connection of orders over all the shop. */
export function orderConnection(args: Args, context: AdminContext, info: GraphQLResolveInfo): ConnectionSource {
  const { orders, sortKey } = findOrders(args, context);
  return connectionOf(orderSequence(orders, sortKey, context), args, context, info);
}

/** Answers a connection of orders that belong to one customer or company. */
export function orderConnectionOf(
  orders: readonly WorldOrder[],
  args: Args,
  context: AdminContext,
  info: GraphQLResolveInfo,
): ConnectionSource {
  const sortKey = sortKeyOf(args);
  const key = (order: WorldOrder) => context.store.orderKey(order, sortKey);
  const visible = orders.filter((order) => isVisible(order, context));
  const query = stringArg(args, "query");
  const found = query ? visible.filter(compileSearch(query, searchFields(context))) : visible;
  const sorted = found.sort((a, b) => compareKeys(key(a), key(b)));
  return connectionOf(orderSequence(sorted, sortKey, context), args, context, info);
}

function orderSequence(
  items: readonly WorldOrder[],
  sortKey: OrderSortKey,
  { store }: AdminContext,
): Sequence<WorldOrder> {
  return { items, key: (order) => store.orderKey(order, sortKey), source: (order) => new OrderSource(order, store) };
}

function windowStart({ access, now }: AdminContext): string {
  if (access.holds("read_all_orders")) return "";
  return isoSeconds(new Date(now.getTime() - ORDER_WINDOW_DAYS * DAY_MS));
}

function sortKeyOf(args: Args): OrderSortKey {
  const wanted = stringArg(args, "sortKey") ?? "ID";
  const known = SORT_KEYS.find((key) => key === wanted);
  if (!known) throw new NotInLocalShopify(`sorting orders by ${wanted}`);
  return known;
}

function searchFields({ store }: AdminContext): SearchFields<WorldOrder> {
  return {
    instants: {
      created_at: (order) => order.processedAt,
      processed_at: (order) => order.processedAt,
      updated_at: (order) => store.updatedAt(order),
    },
    ids: { id: (order) => order.id },
    texts: {
      name: (order) => order.name,
      test: (order) => String(order.test),
      financial_status: (order) => financialStatus(new OrderSource(order, store)),
      return_status: (order) => returnStatus(order),
      chargeback_status: (order) => order.disputes.map(({ status }) => status),
    },
  };
}
