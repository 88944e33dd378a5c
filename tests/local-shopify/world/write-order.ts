import { decimalOf } from "./catalog.ts";
import { instantOf } from "./instants.ts";
import { exponentOf } from "./money.ts";
import type { Random } from "./random.ts";
import type { Return } from "./sent-back.ts";
import type { Settlement } from "./settlement.ts";
import type { SoldLine, SoldOrder, SoldShipping, Till } from "./sold-order.ts";
import type { WorldObject } from "./world.ts";
import { writePayment } from "./write-payment.ts";

type OrderObject = Extract<WorldObject, { type: "order" }>;
type Money = (minor: number) => string;

// Numbers start where a new Shopify shop's do.
const FIRST_ORDER = 1000;

interface Played {
  order: SoldOrder;
  settlement: Settlement;
  number: number;
  firstRefundId: number;
}

/** Writes a played order as a line of a world file. */
export function writeOrder(random: Random, played: Played, till: Till): OrderObject {
  const { order, settlement, number } = played;
  const { buyer, exchange } = order;
  const exponent = exponentOf(till.currency);
  const money = (minor: number) => decimalOf(minor, exponent);
  const lines = new LineWriter(random, order, till.mix.taxDetails, money);
  return {
    type: "order",
    id: FIRST_ORDER + number,
    name: `#${FIRST_ORDER + number}`,
    customerId: buyer?.customerId ?? null,
    companyLocationId: buyer && buyer.locationIds.length > 0 ? random.pick(buyer.locationIds) : null,
    email: buyer?.kind === "guest" ? typed(random, buyer.email) : (buyer?.email ?? null),
    processedAt: instantOf(order.at),
    presentmentCurrency: exchange.currency,
    presentmentRate: exchange.rate,
    test: order.isTest,
    cancelledAt: settlement.cancelledAt === null ? null : instantOf(settlement.cancelledAt),
    lines: order.lines.map((line) => lines.write(line, random.chance(till.mix.subscription))),
    orderDiscount: money(order.orderDiscount),
    ...writeCharges(order, money),
    terms: buyer?.terms == null ? null : { type: "NET", dueInDays: buyer.terms, issuedAt: instantOf(order.at) },
    transactions: settlement.payments.map((payment) => writePayment(random, payment, { order, till, money })),
    refunds: writeRefunds(settlement, played.firstRefundId, money),
    ...writeChanges(settlement, { lines, money }),
    ...(order.source === "web" ? {} : { source: order.source }),
    ...(order.taxesIncluded === till.taxesIncluded ? {} : { taxesIncluded: order.taxesIncluded }),
    ...(buyer === null || order.source === "pos" ? {} : { shipTo: { countryCode: buyer.countryCode } }),
  };
}

function writeCharges(order: SoldOrder, money: Money) {
  const { shippingLines, additionalFees } = order;
  const shipping = ({ title, price, discount, tax }: SoldShipping) => ({
    ...(title === undefined ? {} : { title }),
    price: money(price),
    discount: money(discount),
    tax: money(tax),
  });
  const fees = additionalFees.map(({ name, price, tax }) => ({ name, price: money(price), tax: money(tax) }));
  return {
    shipping: shipping(order.shipping),
    ...(shippingLines ? { shippingLines: shippingLines.map(shipping) } : {}),
    tip: money(order.tip),
    ...(fees.length > 0 ? { additionalFees: fees } : {}),
  };
}

function writeChanges({ edits, disputes }: Settlement, { lines, money }: { lines: LineWriter; money: Money }) {
  const written = edits.map(({ at, add, remove }) => ({
    at: instantOf(at),
    ...(add.length > 0 ? { add: add.map((line) => lines.write(line, false)) } : {}),
    ...(remove.length > 0 ? { remove: remove.map(({ line, quantity }) => ({ lineId: line.id, quantity })) } : {}),
  }));
  const raised = disputes.map(({ at, amount, fee, status }) => ({
    at: instantOf(at),
    amount: money(amount),
    fee: fee === null ? null : money(fee),
    status,
  }));
  return {
    ...(written.length > 0 ? { edits: written } : {}),
    ...(raised.length > 0 ? { disputes: raised } : {}),
  };
}

/** A guest's address as people type it: now and then in capitals or with a space. */
function typed(random: Random, email: string): string {
  if (random.chance(0.15)) return email.toUpperCase();
  return random.chance(0.05) ? ` ${email}` : email;
}

class LineWriter {
  private readonly random: Random;
  private readonly order: SoldOrder;
  private readonly isDetailed: boolean;
  private readonly money: Money;

  constructor(random: Random, order: SoldOrder, taxDetails: number, money: Money) {
    this.random = random;
    this.order = order;
    this.isDetailed = random.chance(taxDetails);
    this.money = money;
  }

  write(line: SoldLine, isSubscription: boolean): OrderObject["lines"][number] {
    const { money } = this;
    return {
      id: line.id,
      variantId: line.offer.variantId,
      title: line.offer.title,
      quantity: line.quantity,
      unitPrice: money(line.unitPrice),
      discount: money(line.discount),
      tax: money(line.tax),
      giftCard: line.offer.giftCard,
      ...(this.isDetailed && line.tax > 0 ? { taxes: this.taxes(line.tax) } : {}),
      ...(line.duties === 0 ? {} : { duties: money(line.duties) }),
      ...(isSubscription && !line.offer.giftCard ? { sellingPlan: "Every month" } : {}),
      ...(line.offer.productType === "Retired" ? { deleted: true as const } : {}),
    };
  }

  /** The state's part and the county's; in parts that need not divide. */
  private taxes(tax: number) {
    const part = this.random.pick([0.5, 0.7, 0.8125]);
    const first = Math.floor(tax * part);
    const { taxRate } = this.order;
    const { money } = this;
    return [
      { title: "State tax", rate: (taxRate * part).toFixed(6), amount: money(first) },
      { title: "County tax", rate: (taxRate * (1 - part)).toFixed(6), amount: money(tax - first) },
    ];
  }
}

function writeRefunds(settlement: Settlement, firstId: number, money: Money) {
  return settlement.returns.map((refund, index) => ({
    id: firstId + index,
    createdAt: instantOf(refund.at),
    ...(refund.returnedAt === null ? {} : { returnedAt: instantOf(refund.returnedAt) }),
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
    ...(refund.adjustmentTax === 0 ? {} : { adjustmentTax: money(refund.adjustmentTax) }),
    ...(refund.duties === 0 ? {} : { duties: money(refund.duties) }),
    ...(refund.fees.length === 0 ? {} : { fees: writeFees(refund, money) }),
  }));
}

function writeFees({ fees }: Return, money: Money) {
  return fees.map(({ kind, amount, tax }) => ({ kind, amount: money(amount), tax: money(tax) }));
}
