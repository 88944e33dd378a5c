import type { Basket, BasketLine } from "./baskets.ts";
import type { Buyer } from "./buyers.ts";
import { type Catalog, type Offer, priced } from "./catalog.ts";
import type { Mix } from "./mix.ts";
import { allocateOrderDiscount } from "./order-figures.ts";
import type { Random } from "./random.ts";

/** What the generated shop charges in, and when it is. Instants are seconds since the epoch. */
export interface Till {
  currency: string;
  taxesIncluded: boolean;
  now: number;
  /** What the card processor takes for each payment, besides its share. */
  fixedFee: number;
  disputeFee: number;
  mix: Mix;
  catalog: Catalog;
}

export interface SoldLine extends BasketLine {
  id: number;
  /** Left to pay for all units after all discounts, as written: with tax when prices include it. */
  asked: number;
  tax: number;
  duties: number;
}

export interface SoldShipping {
  title?: string;
  price: number;
  discount: number;
  tax: number;
}

/** An order with its amounts worked out, before anybody has paid. Amounts are whole minor units. */
export interface SoldOrder {
  at: number;
  buyer: Buyer | null;
  source: "web" | "pos" | "draft";
  isTest: boolean;
  taxesIncluded: boolean;
  taxRate: number;
  exchange: { currency: string; rate: string };
  lines: SoldLine[];
  orderDiscount: number;
  shipping: SoldShipping;
  /** When there are several; they add up to `shipping`. */
  shippingLines: SoldShipping[] | null;
  additionalFees: { name: string; price: number; tax: number }[];
  tip: number;
  total: number;
}

export interface Sale {
  at: number;
  buyer: Buyer | null;
  basket: Basket;
  isPos: boolean;
  isTest: boolean;
  exchange: { currency: string; rate: string };
  nextLineId: () => number;
}

/** Rings up a basket: allocation of the order's discount, tax and duties a line, shipping, fees and tip. */
export function ringUp(random: Random, sale: Sale, till: Till): SoldOrder {
  const { basket, buyer, isPos } = sale;
  const { mix } = till;
  const taxesIncluded = random.chance(mix.otherTaxMode) ? !till.taxesIncluded : till.taxesIncluded;
  const taxRate = taxRateOf(buyer, taxesIncluded);
  const how = { taxesIncluded, taxRate };
  const values = basket.lines.map(({ unitPrice, quantity, discount }) => unitPrice * quantity - discount);
  const weights = basket.lines.map(({ offer }, index) => BigInt(offer.giftCard ? 0 : (values[index] ?? 0)));
  const shares = allocateOrderDiscount(BigInt(basket.orderDiscount), weights);
  const crossesBorder = !isPos && buyer !== null && buyer.countryCode !== "US";
  const dutyRate = crossesBorder && random.chance(mix.duties) ? random.pick([0.025, 0.06, 0.12]) : 0;
  const lines = basket.lines.map((line, index) => {
    const asked = (values[index] ?? 0) - Number(shares[index] ?? 0n);
    return { ...line, id: sale.nextLineId(), asked, ...chargesOn(line.offer, asked, { ...how, dutyRate }) };
  });
  const goods = lines.reduce((sum, line) => sum + line.asked, 0);
  const isShipped = !isPos && lines.some(({ offer }) => !offer.giftCard);
  const shipping = isShipped ? shippingFor(random, { buyer, goods, ...how }, till) : { price: 0, discount: 0, tax: 0 };
  const order = {
    at: sale.at,
    buyer,
    source: isPos ? ("pos" as const) : random.chance(mix.draft) ? ("draft" as const) : ("web" as const),
    isTest: sale.isTest,
    ...how,
    exchange: sale.exchange,
    lines,
    orderDiscount: basket.orderDiscount,
    shipping,
    shippingLines: shipping.price > 1 && random.chance(mix.severalShippingLines) ? split(shipping) : null,
    additionalFees: random.chance(mix.additionalFee) ? [additionalFee(random, till, how)] : [],
    tip: random.chance(isPos ? mix.posTip : mix.tip) ? Math.round(goods * random.pick([0.05, 0.1, 0.15])) : 0,
  };
  return { ...order, total: totalOf(order) };
}

/** A line that an edit adds: full price, no share of the order's discount. */
export function addedLine(random: Random, order: SoldOrder, till: Till, id: number): SoldLine {
  const offer = random.pick(till.catalog.offers);
  const quantity = random.weighted([0, 70, 20, 10]);
  const full = offer.price * quantity;
  const discount = random.chance(0.2) ? Math.round(full * 0.15) : 0;
  const asked = full - discount;
  const dutyRate = order.lines.some(({ duties }) => duties > 0) ? 0.06 : 0;
  const charges = chargesOn(offer, asked, { ...order, dutyRate });
  return { offer, quantity, unitPrice: offer.price, discount, id, asked, ...charges };
}

/** What is owed for a written amount: the tax comes on top unless it is in it. */
export function owedFor({ taxesIncluded }: { taxesIncluded: boolean }, part: { amount: number; tax: number }): number {
  return taxesIncluded ? part.amount : part.amount + part.tax;
}

/** What is owed for a line, with its tax and duties. */
export function owedForLine(order: { taxesIncluded: boolean }, { asked, tax, duties }: SoldLine): number {
  return owedFor(order, { amount: asked, tax }) + duties;
}

export function taxOn(asked: number, { taxesIncluded, taxRate }: { taxesIncluded: boolean; taxRate: number }): number {
  return Math.round(taxesIncluded ? asked - asked / (1 + taxRate) : asked * taxRate);
}

function chargesOn(
  offer: Offer,
  asked: number,
  how: { taxesIncluded: boolean; taxRate: number; dutyRate: number },
): { tax: number; duties: number } {
  if (offer.giftCard) return { tax: 0, duties: 0 };
  return { tax: taxOn(asked, how), duties: Math.round(asked * how.dutyRate) };
}

function totalOf(order: Omit<SoldOrder, "total">): number {
  const { shipping, tip } = order;
  const lines = order.lines.reduce((sum, line) => sum + owedForLine(order, line), 0);
  const fees = order.additionalFees.reduce((sum, { price, tax }) => sum + owedFor(order, { amount: price, tax }), 0);
  return lines + fees + tip + owedFor(order, { amount: shipping.price - shipping.discount, tax: shipping.tax });
}

function shippingFor(
  random: Random,
  order: { buyer: Buyer | null; goods: number; taxesIncluded: boolean; taxRate: number },
  till: Till,
): SoldShipping {
  const { buyer, taxesIncluded, taxRate } = order;
  const abroad = buyer !== null && buyer.countryCode !== "US";
  const express = random.chance(0.08);
  const price = priced(abroad ? 1995 : express ? 1495 : buyer?.kind === "company" ? 2450 : 595, till.currency);
  const free = !abroad && !express && order.goods >= priced(7500, till.currency);
  const discount = free ? price : 0;
  // About half the places that tax goods tax their shipping too.
  const rate = taxesIncluded || taxRate > 0.07 ? taxRate : 0;
  return { price, discount, tax: taxOn(price - discount, { taxesIncluded, taxRate: rate }) };
}

function split(shipping: SoldShipping): SoldShipping[] {
  const most = (amount: number) => Math.floor(amount * 0.6);
  const { price, discount, tax } = shipping;
  const first = { price: most(price), discount: most(discount), tax: most(tax) };
  const rest = { price: price - first.price, discount: discount - first.discount, tax: tax - first.tax };
  return [
    { title: "Standard", ...first },
    { title: "Bulky goods", ...rest },
  ];
}

function additionalFee(random: Random, till: Till, how: { taxesIncluded: boolean; taxRate: number }) {
  const price = priced(random.pick([99, 250, 435]), till.currency);
  return { name: random.pick(["Packaging", "Small order", "Recycling"]), price, tax: taxOn(price, how) };
}

function taxRateOf(buyer: Buyer | null, taxesIncluded: boolean): number {
  if (taxesIncluded) return buyer?.kind === "company" && buyer.taxRate === 0 ? 0 : 0.2;
  return buyer?.taxRate ?? 0.08875;
}
