import { toDecimal } from "#tests/local-shopify/world/money.ts";
import type { WorldProduct } from "#tests/local-shopify/world/world.ts";
import { gid } from "../admin-api/gid.ts";
import { companyCreatedAt, companyUpdatedAt, locationCreatedAt, locationUpdatedAt } from "../admin-api/object-dates.ts";
import type { LocationInCompany, ShopStore } from "../admin-api/shop-store.ts";
import type { AppDiscount } from "../discounts/discount.ts";
import { jsonValueOf } from "../metafields/metafield-values.ts";
import { namespaceOf } from "../metafields/namespaces.ts";
import type { PaymentCustomization } from "../payments/payment-customization.ts";
import type { PaymentMethod } from "../payments/payment-methods.ts";
import type { PricedCart, PricedLine } from "./cart.ts";
import type { CheckoutResult } from "./checkout-result.ts";
import { localTime } from "./local-time.ts";

/** A metafield of more bytes is not handed to a Function. */
const LARGEST_METAFIELD_BYTES = 10_000;

/** Whose Function is asked, in which shop, at which instant. */
export interface FunctionSurroundings {
  readonly store: ShopStore;
  readonly appId: number;
  readonly now: Date;
}

/** Which customization is asked, about which methods, with what the checkout made of the cart. */
export interface PaymentQuestion {
  readonly customization: PaymentCustomization;
  readonly methods: readonly PaymentMethod[];
  readonly result: Pick<CheckoutResult, "subtotalMinor" | "totalMinor" | "taxMinor">;
}

type Field = (args: Record<string, unknown>) => unknown;

/**
 * All that a discount Function may ask about a cart, in the shape of the type `Input` of Shopify's schema. A field that is not
 * here is not in the local Shopify.
 */
export function functionRoot(cart: PricedCart, discount: AppDiscount, around: FunctionSurroundings): object {
  return {
    ...surroundingsPart(cart, around),
    enteredDiscountCodes: [],
    triggeringDiscountCode: null,
    fetchResult: null,
    discount: {
      discountClasses: discount.classes,
      metafield: metafieldOf(gid("DiscountAutomaticNode", discount.id), around),
    },
    cart: cartPart(cart, around),
  };
}

/** All that a payment Function may ask, after the discounts: as `functionRoot`, in the schema of payment customizations. */
export function paymentRoot(cart: PricedCart, asked: PaymentQuestion, around: FunctionSurroundings): object {
  const { customization, methods, result } = asked;
  const amount = (minor: bigint) => money(minor, cart.exchange.to);
  return {
    ...surroundingsPart(cart, around),
    paymentCustomization: { metafield: metafieldOf(gid("PaymentCustomization", customization.id), around) },
    paymentMethods: methods.map(({ id, name }) => ({ id, name, placements: ["PAYMENT_METHOD"] })),
    cart: {
      ...cartPart(cart, around),
      cost: {
        subtotalAmount: amount(result.subtotalMinor),
        totalAmount: amount(result.totalMinor),
        totalDutyAmount: null,
        totalTaxAmount: result.taxMinor > 0n ? amount(result.taxMinor) : null,
      },
      // What the discounts gave is not in the shape of the schema here: who asks for it is told so.
      discountApplications: undefined,
      lines: cart.lines.map((line) => ({
        ...linePart(line, cart.exchange.to, around),
        cost: undefined,
        discountAllocations: undefined,
      })),
    },
  };
}

function surroundingsPart(cart: PricedCart, around: FunctionSurroundings): object {
  const { store, now } = around;
  return {
    presentmentCurrencyRate: decimalText(cart.exchange.rate),
    shop: { localTime: localTime(now, store.world.shop.timezone), metafield: metafieldOf(null, around) },
    localization: { language: { isoCode: cart.cart.language }, ...countryPart(cart) },
  };
}

function cartPart(cart: PricedCart, around: FunctionSurroundings): object {
  const currency = cart.exchange.to;
  const { attributes } = cart.cart;
  const attribute: Field = ({ key }) => {
    const value = typeof key === "string" ? attributes[key] : undefined;
    return value === undefined ? null : { key, value };
  };
  const subtotal = money(
    cart.lines.reduce((sum, { total }) => sum + total, 0n),
    currency,
  );
  return {
    attribute,
    billingAddress: null,
    buyerIdentity: buyerPart(cart, around),
    cost: { subtotalAmount: subtotal, totalAmount: subtotal, totalDutyAmount: null, totalTaxAmount: null },
    // Nothing is shipped here, and no other discount was applied before.
    deliveryGroups: [],
    discountApplications: [],
    lines: cart.lines.map((line) => linePart(line, currency, around)),
    metafield: metafieldOf(null, around),
    poNumber: null,
    retailLocation: null,
  };
}

function linePart(line: PricedLine, currency: string, around: FunctionSurroundings): object {
  const { variant, product } = line;
  const subtotal = money(line.total, currency);
  return {
    id: line.id,
    quantity: line.quantity,
    attribute: () => null,
    parentRelationship: null,
    discountAllocations: [],
    sellingPlanAllocation: line.sellingPlan === null ? null : { sellingPlan: { name: line.sellingPlan } },
    cost: {
      amountPerQuantity: money(line.unitPrice, currency),
      compareAtAmountPerQuantity: line.compareAt === null ? null : money(line.compareAt, currency),
      subtotalAmount: subtotal,
      totalAmount: subtotal,
    },
    merchandise: {
      __typename: "ProductVariant",
      id: gid("ProductVariant", variant.id),
      title: variant.title,
      sku: variant.sku,
      weight: variant.weightGrams,
      weightUnit: "GRAMS",
      requiresShipping: !product.giftCard,
      metafield: metafieldOf(gid("ProductVariant", variant.id), around),
      product: productPart(product, around),
    },
  };
}

function productPart(product: WorldProduct, around: FunctionSurroundings): object {
  return {
    id: gid("Product", product.id),
    title: product.title,
    vendor: product.vendor,
    productType: product.productType,
    isGiftCard: product.giftCard,
    ...tagFields(product.tags),
    metafield: metafieldOf(gid("Product", product.id), around),
  };
}

/** Shopify knows no buyer before one has logged in or typed an address. */
function buyerPart({ buyer }: PricedCart, around: FunctionSurroundings): object | null {
  const { customer, email, isAuthenticated, place } = buyer;
  if (!customer && email === null && !place) return null;
  return {
    email,
    isAuthenticated,
    phone: null,
    shopUser: null,
    customer: customer && {
      id: gid("Customer", customer.id),
      email: customer.email,
      firstName: customer.firstName,
      lastName: customer.lastName,
      ...tagFields(customer.tags),
      metafield: metafieldOf(gid("Customer", customer.id), around),
    },
    purchasingCompany: place && companyPart(place, around),
  };
}

function companyPart(place: LocationInCompany, around: FunctionSurroundings): object {
  const { store } = around;
  const { company, location } = place;
  return {
    company: {
      id: gid("Company", company.id),
      name: company.name,
      externalId: null,
      createdAt: companyCreatedAt(company, store),
      updatedAt: companyUpdatedAt(company, store),
      // Companies carry none here.
      metafield: metafieldOf(null, around),
    },
    location: {
      id: gid("CompanyLocation", location.id),
      name: location.name,
      externalId: null,
      locale: null,
      createdAt: locationCreatedAt(place, store),
      updatedAt: locationUpdatedAt(place, store),
      metafield: metafieldOf(gid("CompanyLocation", location.id), around),
    },
  };
}

function countryPart({ cart, buyer }: PricedCart): object {
  const code = cart.country ?? buyer.customer?.countryCode ?? null;
  return code === null ? {} : { country: { isoCode: code } };
}

function tagFields(tags: readonly string[]): { hasAnyTag: Field; hasTags: Field } {
  const own = new Set(tags.map((tag) => tag.toLowerCase()));
  const asked = (args: Record<string, unknown>) => (Array.isArray(args["tags"]) ? args["tags"].map(String) : []);
  return {
    hasAnyTag: (args) => asked(args).some((tag) => own.has(tag.toLowerCase())),
    hasTags: (args) => asked(args).map((tag) => ({ tag, hasTag: own.has(tag.toLowerCase()) })),
  };
}

/** Of an owner that carries no metafields here every one is null. */
function metafieldOf(ownerId: string | null, { store, appId }: FunctionSurroundings): Field {
  return ({ namespace, key }) => {
    if (ownerId === null || typeof key !== "string") return null;
    const place = namespaceOf(typeof namespace === "string" ? namespace : null, appId);
    const record = store.metafields.get({ ownerId, namespace: place, key });
    if (!record || Buffer.byteLength(record.value) > LARGEST_METAFIELD_BYTES) return null;
    return { type: record.type, value: record.value, jsonValue: jsonValueOf(record) };
  };
}

function money(minor: bigint, currency: string): object {
  return { amount: toDecimal(minor, currency), currencyCode: currency };
}

/** A decimal always has a point. */
function decimalText(rate: string): string {
  return rate.includes(".") ? rate : `${rate}.0`;
}
