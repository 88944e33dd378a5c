import { figuresOf } from "#tests/local-shopify/world/order-figures.ts";
import { toDecimal, toMinor } from "#tests/local-shopify/world/money.ts";
import type { World, WorldOrder, WorldTransaction } from "#tests/local-shopify/world/world.ts";
import { isoSeconds } from "../admin-api/shop-store.ts";

/** Of which order, and how much in the shop's currency; left out: as much as there is. */
export interface Money {
  readonly orderId: number;
  readonly amount?: string | undefined;
}

/**
 * An order after a buyer has paid for it by card.
 *
 * @throws Error when it is not there, nothing is open, or the amount is none or more than what is open
 */
export function orderPaid(world: World, money: Money, now: Date): WorldOrder {
  const order = orderOf(world, money);
  const { outstanding } = figuresOf(world, order).totals;
  if (outstanding <= 0n) throw new Error(`nothing is open on order ${order.name}`);
  const minor = minorOf(world, money, outstanding);
  if (minor > outstanding)
    throw new Error(`no more than ${printed(world, outstanding)} is open on order ${order.name}`);
  const sale = transaction(world, { kind: "SALE", gateway: "shopify_payments", minor }, now);
  // Two percent, as at the checkout.
  return { ...order, transactions: [...order.transactions, { ...sale, fee: printed(world, minor / 50n) }] };
}

/**
 * An order after the merchant has given money back, by the method of its last payment, and taken no goods.
 *
 * @throws Error when it is not there, nothing was received, or the amount is none or more than what was received
 */
export function orderRefunded(world: World, money: Money, now: Date): WorldOrder {
  const order = orderOf(world, money);
  const { received, refunded } = figuresOf(world, order).totals;
  const paid = order.transactions.findLast(
    ({ kind, status }) => status === "SUCCESS" && (kind === "SALE" || kind === "CAPTURE"),
  );
  if (!paid || refunded >= received) throw new Error(`there is nothing to give back of order ${order.name}`);
  const minor = minorOf(world, money, received - refunded);
  if (minor > received - refunded) throw new Error(`no more than ${printed(world, received - refunded)} was received`);
  const back = transaction(world, { kind: "REFUND", gateway: paid.gateway, minor }, now);
  const refund = {
    ...{ id: Math.max(0, ...world.taken.refunds) + 1, createdAt: back.processedAt, lines: [] },
    ...{ shipping: "0", shippingTax: "0", adjustment: back.amount, adjustmentTax: "0" },
  };
  return { ...order, transactions: [...order.transactions, back], refunds: [...order.refunds, refund] };
}

function orderOf(world: World, { orderId }: Money): WorldOrder {
  const order = world.ordersById.get(orderId);
  if (!order) throw new Error(`there is no order ${orderId}`);
  return order;
}

function minorOf(world: World, { amount }: Money, all: bigint): bigint {
  if (amount === undefined) return all;
  if (!/^\d+(\.\d+)?$/.test(amount)) throw new Error("an amount is a decimal such as 12.50");
  const minor = toMinor(amount, world.shop.currency);
  if (minor === 0n) throw new Error("the amount is nothing");
  return minor;
}

function transaction(
  world: World,
  { kind, gateway, minor }: { kind: "SALE" | "REFUND"; gateway: string; minor: bigint },
  now: Date,
): WorldTransaction {
  const amount = printed(world, minor);
  return { kind, gateway, amount, processedAt: isoSeconds(now), fee: null, status: "SUCCESS" };
}

function printed({ shop }: World, minor: bigint): string {
  return toDecimal(minor, shop.currency);
}
