import { figuresOf } from "../world/order-figures.ts";
import type { World, WorldOrder } from "../world/world.ts";
import type { ShopsAs, StorefrontHost } from "./storefront.ts";

/** An order as its buyer looks at it. Amounts are minor units of the shop's currency. */
export interface BuyerOrder {
  readonly order: WorldOrder;
  readonly total: bigint;
  /** What is still to be paid. */
  readonly open: bigint;
  /** The shop's day by which it is to be paid, as 2026-11-30; null where nothing says. */
  readonly dueDay: string | null;
}

/** The orders of a company's location, or of a customer for themselves: first those with something to pay, then the latest. */
export function ordersOf(world: World, as: ShopsAs): BuyerOrder[] {
  if (as.kind === "guest") return [];
  const isTheirs =
    as.kind === "company"
      ? ({ companyLocationId }: WorldOrder) => companyLocationId === as.locationId
      : ownedBy(world, as.customerId);
  return world.orders
    .filter(isTheirs)
    .map((order) => buyerOrder(world, order))
    .sort((a, b) => Number(b.open > 0n) - Number(a.open > 0n) || compare(b.order.processedAt, a.order.processedAt));
}

/** The shop's day of an instant. @example shopDay("2026-11-01T01:00:00Z", "America/New_York") // "2026-10-31" */
export function shopDay(instant: string, timeZone: string): string {
  const format = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  return new Intl.DateTimeFormat("en-CA", format).format(new Date(instant));
}

/**
 * Whether the cart has the control for paying now: to a company that could pay later without a deposit, and to anybody else
 * where the shop offers a manual method.
 */
export function mayPayNow({ world, payments }: Pick<StorefrontHost, "world" | "payments">, as: ShopsAs): boolean {
  if (as.kind !== "company") return payments.methods().some(({ isManual }) => isManual);
  const location = world.locations.get(as.locationId)?.location;
  return Boolean(location?.terms) && location?.depositPercent === null && !location.checkoutToDraft;
}

function buyerOrder(world: World, order: WorldOrder): BuyerOrder {
  const { currentTotal, outstanding } = figuresOf(world, order).totals;
  return { order, total: currentTotal, open: outstanding > 0n ? outstanding : 0n, dueDay: dueDayOf(world, order) };
}

/** So many days of the shop after the day of issue. */
function dueDayOf({ shop }: World, { terms }: WorldOrder): string | null {
  if (!terms || terms.type === "FULFILLMENT") return null;
  const day = new Date(`${shopDay(terms.issuedAt, shop.timezone)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + (terms.dueInDays ?? 0));
  return day.toISOString().slice(0, 10);
}

/** A customer has the orders of those who were merged into them, too. */
function ownedBy({ events }: World, customerId: number): (order: WorldOrder) => boolean {
  const ids = new Set([customerId]);
  for (let size = 0; size < ids.size;) {
    size = ids.size;
    for (const { fromCustomerId, intoCustomerId } of events) if (ids.has(intoCustomerId)) ids.add(fromCustomerId);
  }
  return (order) => order.companyLocationId === null && order.customerId !== null && ids.has(order.customerId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
