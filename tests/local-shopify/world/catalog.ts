import { exponentOf } from "./money.ts";
import type { Random } from "./random.ts";
import type { WorldObject } from "./world.ts";

/** What the shop of a generated world sells: title | vendor | type | collections | USD | cost % | grams | variants. */
const PRODUCTS = `
Harbour Espresso Beans|North & Pine Roastery|Coffee|coffee,bestsellers|16.50|38|250|250 g,500 g*1.85,1 kg*3.4
Fogline Filter Roast|North & Pine Roastery|Coffee|coffee,bestsellers|17.95|41|250|250 g,500 g*1.85,1 kg*3.4
Cedar Decaf|North & Pine Roastery|Coffee|coffee|18.25|44|250|250 g,500 g*1.85
Ethiopia Guji Natural|North & Pine Roastery|Coffee|coffee,single-origin|21.40|52|250|250 g,1 kg*3.5
Colombia Huila Washed|North & Pine Roastery|Coffee|coffee,single-origin|19.90|49|250|250 g,1 kg*3.5
Cold Brew Bags|North & Pine Roastery|Coffee|coffee,summer|14.95|47|300|6 bags,12 bags*1.8
Everyday Stoneware Mug|Kiln Row|Drinkware|mugs,tableware,bestsellers|14.00|34|380|Oat,Slate,Moss,Clay
Tall Latte Cup|Kiln Row|Drinkware|mugs,tableware|18.50|37|420|Oat,Slate
Espresso Cup Pair|Kiln Row|Drinkware|mugs,tableware|22.95|36|300|White,Ink
Speckled Dinner Plate|Kiln Row|Tableware|tableware|24.00|39|780|Sand,Charcoal
Breakfast Bowl|Kiln Row|Tableware|tableware|19.35|38|520|Sand,Charcoal,Moss
Serving Platter|Kiln Row|Tableware|tableware,gifts|58.00|45|1900|Sand
Hand-thrown Vase|Ines Ferreira Studio|Decor|decor,gifts|72.00|?|1300|Small,Tall*1.6
Salt Pig|Ines Ferreira Studio|Kitchen|kitchen|34.00|?|600|Natural
Pour-over Dripper|Brewline|Brewing|brewing,coffee|29.95|48|450|White,Black
Paper Filters|Brewline|Brewing|brewing,consumables|7.49|29|120|100,300*2.6
Gooseneck Kettle|Brewline|Brewing|brewing|84.90|62|1200|Steel,Matte black
Hand Grinder|Brewline|Brewing|brewing,gifts|119.00|66|900|Standard
French Press|Brewline|Brewing|brewing|44.50|51|950|600 ml,1 l*1.25
Brewing Scale|Brewline|Brewing|brewing|59.00|64|500|Standard
Milk Jug|Brewline|Brewing|brewing|23.80|46|350|350 ml,600 ml*1.2
Travel Tumbler|Wayfarer Goods|Drinkware|travel,gifts|32.00|42|330|Pine,Sand,Ink
Thermal Flask|Wayfarer Goods|Drinkware|travel|38.75|47|480|500 ml,750 ml*1.2
Picnic Blanket|Wayfarer Goods|Textiles|travel,textiles,summer|64.00|53|1400|Check,Stripe
Linen Apron|Loom & Thread|Textiles|textiles,kitchen|42.00|44|400|Natural,Rust,Navy
Waffle Tea Towels|Loom & Thread|Textiles|textiles,kitchen,bestsellers|18.99|33|200|Set of 2,Set of 4*1.8
Washed Linen Napkins|Loom & Thread|Textiles|textiles,tableware|36.00|43|260|Set of 4,Set of 8*1.9
Merino Throw|Loom & Thread|Textiles|textiles,gifts|129.00|58|1100|Fog,Moss,Ember
Cushion Cover|Loom & Thread|Textiles|textiles,decor|27.50|40|250|Oat,Rust,Navy
Bath Towel|Loom & Thread|Textiles|textiles,bath|31.00|46|600|White,Sage
Table Runner|Loom & Thread|Textiles|textiles,tableware|45.60|44|350|Natural
Beeswax Candle|Tallow Lane|Home fragrance|candles,gifts|16.00|31|300|Plain,Honey
Pine & Smoke Candle|Tallow Lane|Home fragrance|candles,gifts,bestsellers|28.00|35|420|180 g,400 g*1.7
Reed Diffuser|Tallow Lane|Home fragrance|candles|33.30|38|380|Fig,Cedar
Hand Soap|Tallow Lane|Bath|bath,consumables|12.95|30|480|Cedar,Citrus,Refill*1.7
Room Spray|Tallow Lane|Home fragrance|candles|19.00|36|200|Cedar,Fig
Walnut Serving Board|Grain & Grove|Kitchen|kitchen,gifts|68.00|55|1500|Small,Large*1.5
Olive Wood Spoon Set|Grain & Grove|Kitchen|kitchen|26.40|45|300|Set of 3
Beech Rolling Pin|Grain & Grove|Kitchen|kitchen|22.00|43|700|Standard
Knife Rack|Grain & Grove|Kitchen|kitchen|54.00|57|1200|Oak,Walnut*1.2
Oak Bar Stool|Grain & Grove|Furniture|furniture|189.00|68|7800|Natural,Black
Side Table|Grain & Grove|Furniture|furniture|249.00|71|11500|Oak,Walnut*1.15
Wall Shelf|Grain & Grove|Furniture|furniture,decor|96.00|63|4200|60 cm,90 cm*1.35
Cast Iron Skillet|Hearthworks|Cookware|kitchen,cookware|74.00|59|2600|26 cm,30 cm*1.2
Enamel Pot|Hearthworks|Cookware|kitchen,cookware|88.00|61|2900|Cream,Green
Copper Measuring Cups|Hearthworks|Kitchen|kitchen,gifts|39.95|54|450|Set of 4
Pepper Mill|Hearthworks|Kitchen|kitchen|46.00|49|420|Beech,Walnut*1.15
Brass Hook Trio|Hearthworks|Decor|decor|21.15|?|240|Brass,Black
Honey Jar|Meadow Larder|Pantry|pantry,gifts|11.50|56|400|250 g,500 g*1.8
Shortbread Tin|Meadow Larder|Pantry|pantry,gifts|15.75|58|450|Butter,Ginger
Hot Chocolate Flakes|Meadow Larder|Pantry|pantry,coffee|13.60|52|250|250 g,1 kg*3.3
Coffee Syrup|Meadow Larder|Pantry|pantry,coffee,consumables|9.99|44|700|Vanilla,Hazelnut,Caramel
Granola|Meadow Larder|Pantry|pantry|10.80|55|500|Maple,Cocoa
`;

/** Sold once and since deleted: orders still name them, with no variant. USD cents. */
const RETIRED: readonly (readonly [string, number])[] = [
  ["Tin Camp Mug", 1295],
  ["Jute Shopping Bag", 1650],
  ["Winter Blend 2024", 1895],
  ["Glass Carafe", 3940],
];

// Rough worth of one US dollar, so that a shop in another currency has prices that look right.
const PER_DOLLAR: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 0.92,
  GBP: 0.79,
  CAD: 1.36,
  AUD: 1.52,
  JPY: 151.3,
  KWD: 0.307,
  CHF: 0.88,
  SEK: 10.6,
};

/** What one unit of the first currency is worth in the second, roughly. */
export function roughRate(from: string, to: string): number {
  return perDollar(to) / perDollar(from);
}

function perDollar(currency: string): number {
  return PER_DOLLAR[currency] ?? [150, 1, 1, 0.3][exponentOf(currency)] ?? 1;
}

/** US cents as minor units of the currency, rounded to what a price tag would say. */
export function priced(cents: number, currency: string): number {
  if (currency === "USD") return Math.round(cents);
  const step = [10, 5, 1, 50][exponentOf(currency)] ?? 1;
  const minor = (cents / 100) * perDollar(currency) * 10 ** exponentOf(currency);
  return Math.max(step, Math.round(minor / step) * step);
}

/** Prints a whole number of minor units as a decimal string. */
export function decimalOf(minor: number, exponent: number): string {
  if (exponent === 0) return String(minor);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** A variant as the order generator needs it: amounts in minor units. */
export interface Offer {
  variantId: number | null;
  title: string;
  price: number;
  unitCost: number | null;
  productType: string;
  giftCard: boolean;
}

export interface Catalog {
  products: Extract<WorldObject, { type: "product" }>[];
  offers: Offer[];
  /** How much is sold of each offer, in step with `offers`. */
  popularity: number[];
  giftCards: Offer[];
  retired: Offer[];
}

/** Builds the products of a generated shop in its currency. */
export function buildCatalog(random: Random, shop: { currency: string; createdAt: string }): Catalog {
  const catalog: Catalog = { products: [], offers: [], popularity: [], giftCards: [], retired: [] };
  for (const row of PRODUCTS.trim().split("\n")) addProduct(catalog, row, random, shop);
  addGiftCard(catalog, shop);
  catalog.retired = RETIRED.map(([title, cents]) => ({
    variantId: null,
    title,
    price: priced(cents, shop.currency),
    unitCost: null,
    productType: "Retired",
    giftCard: false,
  }));
  return catalog;
}

function addProduct(
  catalog: Catalog,
  row: string,
  random: Random,
  shop: { currency: string; createdAt: string },
): void {
  const [
    title = "",
    vendor = "",
    productType = "",
    collections = "",
    usd = "",
    costPercent = "",
    grams = "",
    names = "",
  ] = row.split("|");
  const exponent = exponentOf(shop.currency);
  const id = catalog.products.length + 1;
  const appeal = (collections.includes("bestsellers") ? 4 : 1) / (0.6 + Number(usd) / 60);
  const variants = names.split(",").map((name, index) => {
    const [variant = "", factor = "1"] = name.split("*");
    const price = priced(Math.round(Number(usd) * 100 * Number(factor)), shop.currency);
    const known = costPercent !== "?" && !random.chance(0.015);
    const unitCost = known ? Math.round((price * (Number(costPercent) + random.int(-3, 3))) / 100) : null;
    const variantId = id * 100 + index + 1;
    catalog.offers.push({ variantId, title, price, unitCost, productType, giftCard: false });
    catalog.popularity.push(appeal / (1 + index * 0.5));
    return {
      id: variantId,
      sku: `${title.replace(/[^A-Z]/g, "")}-${variantId}`,
      title: variant,
      price: decimalOf(price, exponent),
      compareAtPrice: random.chance(0.08) ? decimalOf(Math.round(price * 1.2), exponent) : null,
      unitCost: unitCost === null ? null : decimalOf(unitCost, exponent),
      weightGrams: Math.round(Number(grams) * Number(factor)),
    };
  });
  const tags = collections.includes("bestsellers") ? ["bestseller"] : [];
  catalog.products.push({
    type: "product",
    id,
    title,
    vendor,
    productType,
    tags,
    collections: collections.split(","),
    giftCard: false,
    createdAt: shop.createdAt,
    variants,
  });
}

function addGiftCard(catalog: Catalog, shop: { currency: string; createdAt: string }): void {
  const id = catalog.products.length + 1;
  const exponent = exponentOf(shop.currency);
  const variants = [2500, 5000, 10000].map((cents, index) => {
    const price = priced(cents, shop.currency);
    const variantId = id * 100 + index + 1;
    catalog.giftCards.push({
      variantId,
      title: "Gift Card",
      price,
      unitCost: null,
      productType: "Gift card",
      giftCard: true,
    });
    const text = decimalOf(price, exponent);
    return { id: variantId, sku: null, title: text, price: text, unitCost: null };
  });
  catalog.products.push({
    type: "product",
    id,
    title: "Gift Card",
    vendor: "North & Pine",
    productType: "Gift card",
    collections: ["gifts"],
    giftCard: true,
    createdAt: shop.createdAt,
    variants,
  });
}
