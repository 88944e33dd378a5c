import { z } from "zod";
import { instantText } from "./instants.ts";

// z.int() stops one short of 2^53, which the format allows.
const id = z
  .number()
  .positive()
  .multipleOf(1)
  .max(2 ** 53);
const text = z.string().min(1);
const amount = z.string().regex(/^\d+(\.\d+)?$/, "must be a decimal string such as 10.00");
const signedAmount = z.string().regex(/^-?\d+(\.\d+)?$/, "must be a decimal string such as -1.50");
const currency = z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 code");
const countryCode = z.string().regex(/^[A-Z]{2}$/, "must be an ISO 3166 code, or ZZ for unknown");
const count = z.int().positive();
/** Kept in Shopify's own form: UTC, whole seconds. */
const instant = z.iso
  .datetime({ offset: true, error: "must be an ISO 8601 instant with Z or an offset" })
  .overwrite((value) => (value.length === 20 ? value : instantText(new Date(value))));

export const worldShopSchema = z.strictObject({
  type: z.literal("shop"),
  domain: z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, "must be a .myshopify.com domain"),
  name: text,
  currency,
  timezone: text,
  plan: z.enum(["BASIC", "ADVANCED", "PLUS"]),
  taxesIncluded: z.boolean(),
});

const worldVariantSchema = z.strictObject({
  id,
  sku: z.string().nullable(),
  title: text,
  price: amount,
  compareAtPrice: amount.nullable().default(null),
  unitCost: amount.nullable().describe("Holds until the first of costChanges; null: the shop never entered it"),
  weightGrams: z.int().nonnegative().default(0),
  costChanges: z.array(z.strictObject({ at: instant, unitCost: amount.nullable() })).default([]),
});

export const worldProductSchema = z.strictObject({
  type: z.literal("product"),
  id,
  title: text,
  vendor: z.string().default(""),
  productType: z.string().default(""),
  tags: z.array(text).default([]),
  collections: z.array(text).default([]),
  giftCard: z.boolean(),
  createdAt: instant,
  variants: z.array(worldVariantSchema).min(1),
});

export const worldCustomerSchema = z.strictObject({
  type: z.literal("customer"),
  id,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  countryCode: countryCode.nullable(),
  createdAt: instant,
  emailMarketing: z.enum(["SUBSCRIBED", "NOT_SUBSCRIBED", "UNSUBSCRIBED"]).default("NOT_SUBSCRIBED"),
  tags: z.array(text).default([]),
  birthday: z.iso.date().nullable().default(null),
});

const termsType = z.enum(["NET", "FIXED", "RECEIPT", "FULFILLMENT"]);
const dueInDays = z.int().nonnegative().nullable().describe("Needed by NET and FIXED, null for the others");

const worldCatalogPriceSchema = z.strictObject({
  variantId: id,
  price: amount,
  breaks: z
    .array(z.strictObject({ from: z.int().min(2), price: amount }))
    .default([])
    .describe("From so many units of the variant in a cart on, each costs that price: more units, a lower price"),
});

const worldLocationSchema = z.strictObject({
  id,
  name: text,
  terms: z.strictObject({ type: termsType, dueInDays }).nullable(),
  depositPercent: z
    .string()
    .regex(/^\d+(\.\d+)?$/, "must be a decimal string such as 25")
    .nullable(),
  checkoutToDraft: z.boolean(),
  catalogPrices: z.array(worldCatalogPriceSchema).default([]),
});

export const worldCompanySchema = z.strictObject({
  type: z.literal("company"),
  id,
  name: text,
  contacts: z.array(id).describe("Customer ids"),
  locations: z.array(worldLocationSchema).min(1),
});

const worldLineSchema = z.strictObject({
  id,
  variantId: id.nullable().describe("null: a custom line, or with deleted: true a deleted product's line"),
  title: text,
  quantity: count,
  unitPrice: amount,
  discount: amount.describe("The line's own discount over all its units"),
  tax: amount,
  giftCard: z.boolean(),
  taxes: z
    .array(z.strictObject({ title: text, rate: amount, amount }))
    .optional()
    .describe("The tax lines that make up tax; rate as a fraction, 0.0725"),
  duties: amount.optional().describe("Duties charged for the line, always on top"),
  sellingPlan: text.optional(),
  deleted: z.literal(true).optional(),
});

const worldShippingSchema = z.strictObject({
  title: text.optional(),
  price: amount,
  discount: amount,
  tax: amount,
});

const worldTransactionSchema = z.strictObject({
  kind: z.enum(["SALE", "AUTHORIZATION", "CAPTURE", "REFUND", "VOID"]),
  gateway: text,
  amount,
  processedAt: instant,
  fee: amount.nullable().describe("null: Shopify gave none; in the settlement's currency where there is one"),
  status: z.enum(["SUCCESS", "PENDING", "FAILURE", "ERROR"]).default("SUCCESS"),
  settlement: z
    .strictObject({ currency, rate: amount })
    .optional()
    .describe("When not settled in the shop's currency; rate: settlement per unit of the presentment amount"),
  exchangeAdjustment: signedAmount
    .optional()
    .describe("Won (or, negative, lost) since the order because the exchange rate moved, in the shop's currency"),
  rounding: signedAmount
    .optional()
    .describe("Cash rounding: what was paid, or paid back, beyond amount; negative: below it"),
});

const worldReturnFeeSchema = z.strictObject({
  kind: z.enum(["RESTOCKING", "RETURN_SHIPPING"]),
  amount,
  tax: amount,
});

const worldRefundSchema = z.strictObject({
  id,
  createdAt: instant,
  lines: z.array(
    z.strictObject({
      lineId: id,
      quantity: count,
      restockType: z.enum(["RETURN", "NO_RESTOCK", "CANCEL", "LEGACY_RESTOCK"]),
      amount,
      tax: amount,
    }),
  ),
  shipping: amount,
  shippingTax: amount.default("0"),
  adjustment: signedAmount.describe("Positive: given back beyond lines and shipping; negative: a fee kept"),
  adjustmentTax: signedAmount.default("0"),
  duties: amount.optional().describe("Duties given back, over all lines that were charged some"),
  returnedAt: instant.optional().describe("The refund settles a return that was opened at this instant"),
  fees: z
    .array(worldReturnFeeSchema)
    .optional()
    .describe("Kept by the shop for the return; a RESTOCKING fee is for the refund's first line"),
});

const worldEditSchema = z.strictObject({
  at: instant,
  add: z.array(worldLineSchema).default([]),
  remove: z.array(z.strictObject({ lineId: id, quantity: count })).default([]),
});

export const worldOrderSchema = z.strictObject({
  type: z.literal("order"),
  id,
  name: text,
  customerId: id.nullable(),
  companyLocationId: id.nullable(),
  email: z.string().nullable(),
  processedAt: instant,
  presentmentCurrency: currency,
  presentmentRate: amount,
  test: z.boolean(),
  cancelledAt: instant.nullable(),
  lines: z.array(worldLineSchema).min(1),
  orderDiscount: amount,
  shipping: worldShippingSchema,
  shippingLines: z
    .array(worldShippingSchema)
    .min(1)
    .optional()
    .describe("When there are several: they must add up to shipping"),
  tip: amount.describe("At Shopify a line item of its own"),
  additionalFees: z
    .array(z.strictObject({ name: text, price: amount, tax: amount }))
    .optional()
    .describe("Charged with the order beside its lines; never discounted or given back"),
  terms: z.strictObject({ type: termsType, dueInDays, issuedAt: instant }).nullable(),
  transactions: z.array(worldTransactionSchema).default([]),
  refunds: z.array(worldRefundSchema).default([]),
  edits: z.array(worldEditSchema).default([]),
  disputes: z
    .array(
      z.strictObject({
        at: instant.describe("When it was raised; where it is decided, also when it was"),
        amount,
        fee: amount.nullable().describe("null: the dispute took no money through Shopify's account"),
        status: z.enum(["ACCEPTED", "LOST", "NEEDS_RESPONSE", "PREVENTED", "UNDER_REVIEW", "WON"]),
      }),
    )
    .default([]),
  source: z.enum(["web", "pos", "draft"]).default("web"),
  taxesIncluded: z.boolean().optional().describe("When it differs from the shop's"),
  shipTo: z.strictObject({ countryCode }).nullable().default(null),
  tags: z.array(text).optional().describe("What the shop's staff and apps marked it with"),
  attributes: z.record(text, z.string()).optional().describe("What the buyer's cart carried along, by key"),
});

export const worldEventSchema = z.strictObject({
  type: z.literal("event"),
  kind: z.literal("customerMerge"),
  at: instant,
  fromCustomerId: id.describe("The customer who is gone after the merge"),
  intoCustomerId: id,
});

export const worldObjectSchema = z.discriminatedUnion("type", [
  worldShopSchema,
  worldProductSchema,
  worldCustomerSchema,
  worldCompanySchema,
  worldOrderSchema,
  worldEventSchema,
]);

export type WorldShop = z.output<typeof worldShopSchema>;
export type WorldVariant = z.output<typeof worldVariantSchema>;
export type WorldProduct = z.output<typeof worldProductSchema>;
export type WorldCustomer = z.output<typeof worldCustomerSchema>;
export type WorldCatalogPrice = z.output<typeof worldCatalogPriceSchema>;
export type WorldLocation = z.output<typeof worldLocationSchema>;
export type WorldCompany = z.output<typeof worldCompanySchema>;
export type WorldLine = z.output<typeof worldLineSchema>;
export type WorldShipping = z.output<typeof worldShippingSchema>;
export type WorldTransaction = z.output<typeof worldTransactionSchema>;
export type WorldReturnFee = z.output<typeof worldReturnFeeSchema>;
export type WorldRefund = z.output<typeof worldRefundSchema>;
export type WorldEdit = z.output<typeof worldEditSchema>;
export type WorldOrder = z.output<typeof worldOrderSchema>;
export type WorldEvent = z.output<typeof worldEventSchema>;
/** One line of a world file as it is read: what was missing has its default. */
export type WorldParsed = z.output<typeof worldObjectSchema>;
/** One line of a world file as it is written: what may be missing may be missing. */
export type WorldObject = z.input<typeof worldObjectSchema>;

/** A shop and all that it holds, in the order of its file. */
export interface World {
  shop: WorldShop;
  products: WorldProduct[];
  variants: Map<number, { variant: WorldVariant; product: WorldProduct }>;
  customers: Map<number, WorldCustomer>;
  companies: Map<number, WorldCompany>;
  locations: Map<number, { location: WorldLocation; company: WorldCompany }>;
  orders: WorldOrder[];
  ordersById: Map<number, WorldOrder>;
  events: WorldEvent[];
  /** Ids taken, for what has no map of its own. Those of lines and refunds are unique over the whole shop, as in Shopify. */
  taken: { products: Set<number>; lines: Set<number>; refunds: Set<number> };
}
