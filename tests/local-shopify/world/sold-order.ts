import type { Basket, BasketLine } from "./baskets.ts";
import type { Buyer } from "./buyers.ts";
import { priced } from "./catalog.ts";
import { allocateOrderDiscount } from "./order-figures.ts";
import type { Random } from "./random.ts";

/** What the generated shop charges in, and when it is. Instants are seconds since the epoch. */
export interface Till {
  currency: string;
  taxesIncluded: boolean;
  now: number;
  /** What the card processor takes for each payment, besides its share. */
  fixedFee: number;
}

export interface SoldLine extends BasketLine {
  id: number;
  /** Left to pay for all units after all discounts, as written: with tax when prices include it. */
  asked: number;
  tax: number;
}

/** An order with its amounts worked out, before anybody has paid. Amounts are whole minor units. */
export interface SoldOrder {
  at: number;
  buyer: Buyer | null;
  isPos: boolean;
  isTest: boolean;
  lines: SoldLine[];
  orderDiscount: number;
  shipping: { price: number; discount: number; tax: number };
  tip: number;
  total: number;
}

/** Rings up a basket: allocation of the order's discount, tax a line, shipping and tip. */
export function ringUp(
  random: Random,
  sale: { at: number; buyer: Buyer | null; basket: Basket; isPos: boolean; isTest: boolean; firstLineId: number },
  till: Till,
): SoldOrder {
  const { basket, buyer } = sale;
  const taxRate = taxRateOf(buyer, till);
  const values = basket.lines.map(({ unitPrice, quantity, discount }) => unitPrice * quantity - discount);
  const weights = basket.lines.map(({ offer }, index) => BigInt(offer.giftCard ? 0 : (values[index] ?? 0)));
  const shares = allocateOrderDiscount(BigInt(basket.orderDiscount), weights);
  const lines = basket.lines.map((line, index) => {
    const asked = (values[index] ?? 0) - Number(shares[index] ?? 0n);
    const tax = line.offer.giftCard ? 0 : taxOn(asked, taxRate, till);
    return { ...line, id: sale.firstLineId + index, asked, tax };
  });
  const goods = lines.reduce((sum, line) => sum + line.asked, 0);
  const shipping = sale.isPos || lines.every(({ offer }) => offer.giftCard) ? freeOfShipping() : shipped();
  const tip = random.chance(sale.isPos ? 0.15 : 0.01) ? Math.round(goods * random.pick([0.05, 0.1, 0.15])) : 0;
  const taxes = lines.reduce((sum, line) => sum + line.tax, 0) + shipping.tax;
  const total = goods + shipping.price - shipping.discount + tip + (till.taxesIncluded ? 0 : taxes);
  const { at, isPos, isTest } = sale;
  return { at, buyer, isPos, isTest, lines, orderDiscount: basket.orderDiscount, shipping, tip, total };

  function shipped() {
    const abroad = buyer !== null && buyer.countryCode !== "US";
    const express = random.chance(0.08);
    const price = priced(abroad ? 1995 : express ? 1495 : buyer?.kind === "company" ? 2450 : 595, till.currency);
    const free = !abroad && !express && goods >= priced(7500, till.currency);
    const discount = free ? price : 0;
    // About half the places that tax goods tax their shipping too.
    const rate = till.taxesIncluded || taxRate > 0.07 ? taxRate : 0;
    return { price, discount, tax: taxOn(price - discount, rate, till) };
  }
}

function freeOfShipping() {
  return { price: 0, discount: 0, tax: 0 };
}

function taxRateOf(buyer: Buyer | null, till: Till): number {
  if (till.taxesIncluded) return buyer?.kind === "company" && buyer.taxRate === 0 ? 0 : 0.2;
  return buyer?.taxRate ?? 0.08875;
}

function taxOn(asked: number, rate: number, till: Till): number {
  return Math.round(till.taxesIncluded ? asked - asked / (1 + rate) : asked * rate);
}
