import { decimalOf } from "./catalog.ts";
import type { Random } from "./random.ts";
import type { Settlement } from "./settlement.ts";
import type { SoldLine, SoldOrder } from "./sold-order.ts";
import type { WorldObject } from "./world.ts";

type OrderObject = Extract<WorldObject, { type: "order" }>;

// Numbers start where a new Shopify shop's do.
const FIRST_ORDER = 1000;

/** Seconds since the epoch as Shopify prints instants. */
export function instantOf(seconds: number): string {
  return `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19)}Z`;
}

/** Writes a played order as a line of a world file. */
export function writeOrder(
  random: Random,
  played: {
    order: SoldOrder;
    settlement: Settlement;
    number: number;
    firstRefundId: number;
    rate: { currency: string; rate: string };
  },
  exponent: number,
): OrderObject {
  const { order, settlement, number, rate } = played;
  const { buyer, shipping } = order;
  const money = (minor: number) => decimalOf(minor, exponent);
  const isGuest = buyer?.kind === "guest";
  return {
    type: "order",
    id: FIRST_ORDER + number,
    name: `#${FIRST_ORDER + number}`,
    customerId: buyer?.customerId ?? null,
    companyLocationId: buyer && buyer.locationIds.length > 0 ? random.pick(buyer.locationIds) : null,
    email: isGuest ? typed(random, buyer.email) : (buyer?.email ?? null),
    processedAt: instantOf(order.at),
    presentmentCurrency: rate.currency,
    presentmentRate: rate.rate,
    test: order.isTest,
    cancelledAt: settlement.cancelledAt === null ? null : instantOf(settlement.cancelledAt),
    lines: order.lines.map((line) => writeLine(line, money)),
    orderDiscount: money(order.orderDiscount),
    shipping: { price: money(shipping.price), discount: money(shipping.discount), tax: money(shipping.tax) },
    tip: money(order.tip),
    terms: buyer?.terms == null ? null : { type: "NET", dueInDays: buyer.terms, issuedAt: instantOf(order.at) },
    transactions: settlement.payments.map((payment) => ({
      kind: payment.kind,
      gateway: payment.gateway,
      amount: money(payment.amount),
      processedAt: instantOf(payment.at),
      fee: payment.fee === null ? null : money(payment.fee),
      ...(payment.status === "SUCCESS" ? {} : { status: payment.status }),
    })),
    refunds: writeRefunds(settlement, played.firstRefundId, money),
    ...(order.isPos ? { source: "pos" as const } : {}),
    ...(isGuest ? { shipTo: { countryCode: buyer.countryCode } } : {}),
  };
}

/** A guest's address as people type it: now and then in capitals or with a space. */
function typed(random: Random, email: string): string {
  if (random.chance(0.15)) return email.toUpperCase();
  return random.chance(0.05) ? ` ${email}` : email;
}

function writeLine(line: SoldLine, money: (minor: number) => string): OrderObject["lines"][number] {
  return {
    id: line.id,
    variantId: line.offer.variantId,
    title: line.offer.title,
    quantity: line.quantity,
    unitPrice: money(line.unitPrice),
    discount: money(line.discount),
    tax: money(line.tax),
    giftCard: line.offer.giftCard,
    ...(line.offer.productType === "Retired" ? { deleted: true as const } : {}),
  };
}

function writeRefunds(settlement: Settlement, firstId: number, money: (minor: number) => string) {
  return settlement.returns.map((refund, index) => ({
    id: firstId + index,
    createdAt: instantOf(refund.at),
    lines: refund.lines.map(({ line, quantity, restockType, amount, tax }) => ({
      lineId: line.id,
      quantity,
      restockType,
      amount: money(amount),
      tax: money(tax),
    })),
    shipping: money(refund.shipping),
    ...(refund.shippingTax === 0 ? {} : { shippingTax: money(refund.shippingTax) }),
    adjustment: money(refund.adjustment),
  }));
}
