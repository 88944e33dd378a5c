import type { Buyer } from "./buyers.ts";
import { type Catalog, type Offer, priced } from "./catalog.ts";
import type { Mix } from "./mix.ts";
import type { Random } from "./random.ts";

/** A line before its tax is known; amounts are whole minor units. */
export interface BasketLine {
  offer: Offer;
  quantity: number;
  unitPrice: number;
  discount: number;
}

export interface Basket {
  lines: BasketLine[];
  orderDiscount: number;
}

interface ShopNow {
  catalog: Catalog;
  currency: string;
  mix: Mix;
  /** How far into the shop's time it is, 0 to 1. */
  age: number;
  /** How often this buyer has ordered before. */
  ordersBefore: number;
  /** Lines that an order has on average; null: as many as this buyer takes. */
  linesPerOrder: number | null;
}

// 1, 2-5, 6-11, 12-23, 24-47, 48 and more.
const BANDS: readonly (readonly [number, number])[] = [
  [1, 1],
  [2, 5],
  [6, 11],
  [12, 23],
  [24, 47],
  [48, 120],
];
const CONSUMER_BANDS = [780, 195, 18, 5, 1.5, 0.5];
const COMPANY_BANDS = [14, 36, 28, 14, 6, 2.5];

/** Fills a basket as this buyer would. */
export function fillBasket(random: Random, buyer: Buyer, shop: ShopNow): Basket {
  if (buyer.kind !== "company" && random.chance(shop.mix.giftCardLine))
    return { lines: [giftCardLine(random, shop)], orderDiscount: 0 };
  const lines: BasketLine[] = [];
  const count = countLines(random, buyer, shop);
  for (let index = 0; index < count; index += 1) {
    lines.push(basketLine(random, buyer, shop));
    if (index === 0 && random.chance(shop.mix.giftCardLine / 2)) lines.push(giftCardLine(random, shop));
  }
  return { lines, orderDiscount: orderDiscount(random, buyer, { lines, currency: shop.currency }) };
}

function countLines(random: Random, buyer: Buyer, { linesPerOrder, ordersBefore }: ShopNow): number {
  // Whole parts of an exponential whose rate is ln(1 + 1/m) are m on average.
  if (linesPerOrder !== null)
    return linesPerOrder === 1 ? 1 : 1 + Math.floor(random.exponential(Math.log1p(1 / (linesPerOrder - 1))));
  // The first basket is the fullest: regulars come back to refill.
  const habit = buyer.kind === "company" ? 1 : 1 / (1 + 0.25 * Math.min(8, ordersBefore));
  return 1 + Math.min(11, Math.floor(random.exponential(1 / (0.75 * habit * buyer.spend))));
}

function giftCardLine(random: Random, shop: { catalog: Catalog }): BasketLine {
  const offer = random.pick(shop.catalog.giftCards);
  return { offer, quantity: 1, unitPrice: offer.price, discount: 0 };
}

function basketLine(random: Random, buyer: Buyer, shop: ShopNow): BasketLine {
  const offer = pickOffer(random, buyer, shop);
  const quantity = pickQuantity(random, buyer, offer.price > priced(9000, shop.currency));
  const full = offer.price * quantity;
  const percent = discountPercent(random, buyer, quantity);
  return { offer, quantity, unitPrice: offer.price, discount: Math.round((full * percent) / 100) };
}

function pickOffer(random: Random, buyer: Buyer, shop: ShopNow): Offer {
  // Products now deleted were sold in the first part of the shop's life.
  if (shop.age < 0.35 && random.chance(shop.mix.deletedLine)) return random.pick(shop.catalog.retired);
  if (random.chance(buyer.kind === "company" ? shop.mix.customLine : shop.mix.consumerCustomLine)) {
    const price = priced(random.int(40, 300) * 25, shop.currency);
    return {
      variantId: null,
      title: "Custom engraving",
      price,
      unitCost: null,
      productType: "Service",
      giftCard: false,
    };
  }
  const first = draw(random, shop.catalog);
  // Big spenders look twice and take the dearer thing.
  if (buyer.spend < 1.6) return first;
  const second = draw(random, shop.catalog);
  return second.price > first.price ? second : first;
}

function draw(random: Random, catalog: Catalog): Offer {
  const offer = catalog.offers[random.weighted(catalog.popularity)];
  if (!offer) throw new RangeError("the catalog is empty");
  return offer;
}

function pickQuantity(random: Random, buyer: Buyer, dear: boolean): number {
  const [low, high] = BANDS[random.weighted(buyer.kind === "company" ? COMPANY_BANDS : CONSUMER_BANDS)] ?? [1, 1];
  const quantity = random.int(low, high);
  return dear && quantity > 5 ? Math.ceil(quantity / 8) : quantity;
}

function discountPercent(random: Random, buyer: Buyer, quantity: number): number {
  if (buyer.bargainHunter) return random.chance(0.85) ? random.int(50, 72) : 0;
  if (buyer.kind === "company") return quantity >= 48 ? 22 : quantity >= 24 ? 17 : quantity >= 12 ? 12 : 5;
  return random.chance(0.11) ? random.pick([5, 10, 15, 15, 20, 25, 30]) : 0;
}

function orderDiscount(
  random: Random,
  buyer: Buyer,
  basket: { lines: readonly BasketLine[]; currency: string },
): number {
  if (!random.chance(buyer.kind === "company" ? 0.04 : 0.11)) return 0;
  const goods = basket.lines
    .filter(({ offer }) => !offer.giftCard)
    .reduce((sum, { unitPrice, quantity, discount }) => sum + unitPrice * quantity - discount, 0);
  // A fixed amount off is what does not divide by the lines.
  const off = random.chance(0.5) ? priced(1000, basket.currency) : Math.round(goods * 0.1);
  return Math.min(off, Math.floor(goods / 2));
}
