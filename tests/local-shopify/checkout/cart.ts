import { createHash } from "node:crypto";
import { z } from "zod";
import { catalogOf, priceOfEach } from "#tests/local-shopify/world/catalog-price.ts";
import { exponentOf, toMinor, toPresentment } from "#tests/local-shopify/world/money.ts";
import type { WorldCustomer } from "#tests/local-shopify/world/world.ts";
import type { LocationInCompany, ShopStore, VariantInProduct } from "../admin-api/shop-store.ts";

const id = z.int().positive();
const decimal = z.string().regex(/^\d+(\.\d+)?$/, "must be a decimal string such as 1.25");

const cartSchema = z.strictObject({
  /** A name, for whoever keeps several. */
  cart: z.string().optional(),
  lines: z
    .array(z.strictObject({ variantId: id, quantity: z.int().positive(), sellingPlan: z.string().min(1).optional() }))
    .min(1)
    .max(500),
  /** For a company: at which of its locations, and which customer buys for it. */
  companyLocationId: id.nullable().default(null),
  contactId: id.nullable().default(null),
  /** A shopper who is logged in. */
  customerId: id.nullable().default(null),
  /** What a guest typed. It may be that of a customer, who is then known and not authenticated. */
  email: z.string().nullable().default(null),
  attributes: z.record(z.string(), z.string()).default({}),
  /** What the buyer pays in; by default the shop's currency. */
  presentmentCurrency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  /** By default that of the shop's latest order in the currency. */
  presentmentRate: decimal.optional(),
  language: z.string().default("EN"),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** As a fraction, on all lines but gift cards. */
  taxRate: decimal.default("0"),
});

/** A cart as it is handed to the checkout. */
export type CartInput = z.input<typeof cartSchema>;
export type Cart = z.output<typeof cartSchema>;

/** Amounts are minor units of the presentment currency unless said. */
export interface PricedLine extends VariantInProduct {
  readonly id: string;
  readonly quantity: number;
  readonly sellingPlan: string | null;
  /** In the shop's currency. */
  readonly shopUnitPrice: bigint;
  readonly unitPrice: bigint;
  readonly compareAt: bigint | null;
  readonly total: bigint;
}

export interface Exchange {
  /** The shop's currency. */
  readonly from: string;
  /** The presentment currency. */
  readonly to: string;
  readonly rate: string;
}

export interface Buyer {
  readonly customer: WorldCustomer | null;
  readonly isAuthenticated: boolean;
  readonly email: string | null;
  readonly place: LocationInCompany | null;
}

export interface PricedCart {
  readonly cart: Cart;
  readonly exchange: Exchange;
  readonly buyer: Buyer;
  readonly lines: readonly PricedLine[];
}

/**
 * Looks up who buys what at which price: a location's catalog price before the variant's, in the buyer's currency. A break
 * of the catalog is reached by all units of a variant in the cart, on however many lines they are.
 *
 * @throws ZodError or Error on a cart that names what is not there
 */
export function priceCart(given: unknown, store: ShopStore, now: Date): PricedCart {
  const cart = cartSchema.parse(given);
  const exchange = exchangeOf(cart, store);
  const buyer = buyerOf(cart, store, now);
  const catalog = catalogOf(buyer.place?.location);
  const units = unitsByVariant(cart);
  const lines = cart.lines.map((line, index): PricedLine => {
    const item = store.world.variants.get(line.variantId);
    if (!item) throw new Error(`there is no variant ${line.variantId}`);
    const { price, compareAtPrice } = item.variant;
    const entry = catalog.get(line.variantId);
    const catalogPrice = entry && priceOfEach(entry, units.get(line.variantId) ?? 0);
    const shopUnitPrice = toMinor(catalogPrice ?? price, exchange.from);
    const unitPrice = toPresentment(shopUnitPrice, exchange);
    const hasCompareAt = compareAtPrice !== null && catalogPrice === undefined;
    return {
      ...item,
      id: `gid://shopify/CartLine/${uuidOf(`${index} ${line.variantId}`)}`,
      quantity: line.quantity,
      sellingPlan: line.sellingPlan ?? null,
      shopUnitPrice,
      unitPrice,
      compareAt: hasCompareAt ? toPresentment(toMinor(compareAtPrice, exchange.from), exchange) : null,
      total: unitPrice * BigInt(line.quantity),
    };
  });
  return { cart, exchange, buyer, lines };
}

const unitsByVariant = ({ lines }: Cart): ReadonlyMap<number, number> => {
  const units = new Map<number, number>();
  for (const { variantId, quantity } of lines) units.set(variantId, (units.get(variantId) ?? 0) + quantity);
  return units;
};

/** An amount of the presentment currency in the shop's, rounded half up. */
export function toShopMoney(minor: bigint, { from, to, rate }: Exchange): bigint {
  if (from === to) return minor;
  const [whole = "", decimals = ""] = rate.split(".");
  const numerator = minor * 10n ** BigInt(exponentOf(from) + decimals.length);
  const denominator = BigInt(whole + decimals) * 10n ** BigInt(exponentOf(to));
  return (numerator * 2n + denominator) / (denominator * 2n);
}

function exchangeOf(cart: Cart, { world }: ShopStore): Exchange {
  const from = world.shop.currency;
  const to = cart.presentmentCurrency ?? from;
  if (to === from) {
    if (cart.presentmentRate !== undefined && Number(cart.presentmentRate) !== 1) {
      throw new Error("the rate from the shop's currency to itself is 1");
    }
    return { from, to, rate: "1" };
  }
  const latest = world.orders.findLast(({ presentmentCurrency }) => presentmentCurrency === to);
  const rate = cart.presentmentRate ?? latest?.presentmentRate;
  if (rate === undefined) throw new Error(`the cart names no rate for ${to}, and no order was paid in it`);
  return { from, to, rate };
}

function buyerOf(cart: Cart, store: ShopStore, now: Date): Buyer {
  const { contactId, customerId, email } = cart;
  const place = placeOf(cart, store);
  const wanted = contactId ?? customerId;
  if (wanted !== null) {
    const customer = store.customer(wanted, now);
    if (!customer) throw new Error(`there is no customer ${wanted}`);
    return { customer, isAuthenticated: true, email: customer.email ?? email, place };
  }
  const typed = email?.trim().toLowerCase();
  const known = typed ? store.customers(now).find((one) => one.email?.trim().toLowerCase() === typed) : undefined;
  return { customer: known ?? null, isAuthenticated: place !== null, email, place };
}

/** The location that a company's contact buys for, or null. */
function placeOf({ companyLocationId, contactId, customerId }: Cart, store: ShopStore): LocationInCompany | null {
  if (companyLocationId === null) {
    if (contactId !== null) throw new Error("a contact buys at a company's location");
    return null;
  }
  if (customerId !== null && customerId !== contactId) {
    throw new Error("who buys for a company is named as its contact");
  }
  const place = store.world.locations.get(companyLocationId);
  if (!place) throw new Error(`there is no location ${companyLocationId}`);
  if (contactId !== null && !place.company.contacts.includes(contactId)) {
    throw new Error(`customer ${contactId} is no contact of ${place.company.name}`);
  }
  return place;
}

function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
