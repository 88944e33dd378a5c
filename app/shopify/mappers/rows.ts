import { z } from "zod";

/** The rows of bulk results as they are on the wire, checked before anything is made of them. */

const gid = z.string().startsWith("gid://shopify/");
const decimal = z.string();
const instant = z.iso.datetime({ offset: true });

const shopAmount = z.object({ shopMoney: z.object({ amount: decimal }) });
const moneyWithCurrency = z.object({ amount: decimal, currencyCode: z.string().length(3) });

const weightUnit = z.enum(["GRAMS", "KILOGRAMS", "OUNCES", "POUNDS"]);

export const variantRow = z.object({
  id: gid,
  title: z.string(),
  sku: z.string().nullable(),
  price: decimal,
  compareAtPrice: decimal.nullable(),
  product: z.object({ id: gid, title: z.string(), isGiftCard: z.boolean() }),
  inventoryItem: z
    .object({
      unitCost: moneyWithCurrency.nullable(),
      measurement: z.object({ weight: z.object({ unit: weightUnit, value: z.number().nonnegative() }).nullable() }),
    })
    .nullable(),
});

export const customerRow = z.object({
  id: gid,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable(),
});

export const collectionRow = z.object({ id: gid, handle: z.string(), title: z.string() });
export const productOfCollectionRow = z.object({ id: gid, __parentId: gid });

export const companyRow = z.object({ id: gid, name: z.string() });
export const companyLocationRow = z.object({
  id: gid,
  name: z.string(),
  buyerExperienceConfiguration: z
    .object({
      checkoutToDraft: z.boolean(),
      deposit: z.object({}).nullish(),
      paymentTermsTemplate: z.object({}).nullish(),
    })
    .nullish(),
  __parentId: gid,
});

const taxLines = z.array(z.object({ priceSet: shopAmount }));

export const lineItemRow = z.object({
  id: gid,
  title: z.string(),
  sku: z.string().nullish(),
  quantity: z.int(),
  isGiftCard: z.boolean(),
  variant: z.object({ id: gid }).nullish(),
  originalUnitPriceSet: shopAmount,
  discountAllocations: z.array(z.object({ allocatedAmountSet: shopAmount })),
  taxLines,
  duties: z.array(z.object({ price: shopAmount, taxLines })),
});
export type LineItemRow = z.infer<typeof lineItemRow>;

export const paymentScheduleRow = z.object({ issuedAt: instant.nullish(), dueAt: instant.nullish() });
export type PaymentScheduleRow = z.infer<typeof paymentScheduleRow>;

const purchasingEntity = z.object({ company: z.object({ id: gid }), location: z.object({ id: gid }) }).partial();

const shippingLine = z.object({ discountedPriceSet: shopAmount, taxLines });
export type ShippingLineRow = z.infer<typeof shippingLine>;

const transactionRow = z.object({
  id: gid,
  kind: z.string(),
  status: z.string(),
  gateway: z.string().nullish(),
  processedAt: instant.nullish(),
  amountSet: z.object({ shopMoney: z.object({ amount: decimal }), presentmentMoney: moneyWithCurrency }),
  amountRoundingSet: shopAmount.nullish(),
  currencyExchangeAdjustment: z.object({ adjustment: moneyWithCurrency }).nullish(),
  settlementCurrency: z.string().nullish(),
  settlementCurrencyRate: z.string().nullish(),
  fees: z.array(z.object({ amount: moneyWithCurrency })),
});
export type TransactionRow = z.infer<typeof transactionRow>;

/** What the bulk query and the paged one have in common. */
const orderFacts = z.object({
  id: gid,
  name: z.string(),
  processedAt: instant,
  updatedAt: instant,
  cancelledAt: instant.nullish(),
  test: z.boolean(),
  taxesIncluded: z.boolean(),
  email: z.string().nullish(),
  edited: z.boolean(),
  sourceName: z.string().nullish(),
  discountCodes: z.array(z.string()),
  customAttributes: z.array(z.object({ key: z.string(), value: z.string().nullish() })),
  returnStatus: z.string(),
  customer: z.object({ id: gid }).nullish(),
  purchasingEntity: purchasingEntity.nullish(),
  shippingAddress: z.object({ countryCodeV2: z.string().nullish() }).nullish(),
  totalPriceSet: z.object({ presentmentMoney: moneyWithCurrency, shopMoney: moneyWithCurrency }),
  currentTotalPriceSet: shopAmount,
  totalTipReceivedSet: shopAmount,
  additionalFees: z.array(z.object({ id: gid, price: shopAmount, taxLines })),
  disputes: z.array(z.object({ id: gid, status: z.string() })),
  transactions: z.array(transactionRow),
});

/** An order as the paged query gives it, its connections apart. */
export const orderRow = orderFacts.extend({
  paymentTerms: z
    .object({ dueInDays: z.int().nullish(), paymentSchedules: z.object({ nodes: z.array(paymentScheduleRow) }) })
    .nullish(),
});
export type OrderRow = z.infer<typeof orderFacts>;

/** An order as the bulk query gives it; its lines and payment schedules follow as rows of their own. */
export const bulkOrderRow = orderFacts.extend({
  paymentTerms: z.object({ dueInDays: z.int().nullish() }).nullish(),
  totalShippingPriceSet: shopAmount,
  shippingLine: shippingLine.extend({ originalPriceSet: shopAmount }).nullish(),
  refunds: z.array(z.object({ id: gid })),
});
export type BulkOrderRow = z.infer<typeof bulkOrderRow>;

/** A refund as the paged query gives it. */
export interface RefundRow {
  readonly id: string;
  readonly createdAt?: string | null;
  readonly processedAt: string;
  readonly duties?: readonly { readonly amountSet: z.infer<typeof shopAmount> }[] | null;
  readonly refundLineItems: {
    readonly nodes: readonly {
      readonly quantity: number;
      readonly restockType: string;
      readonly lineItem: { readonly id: string };
      readonly subtotalSet: z.infer<typeof shopAmount>;
      readonly totalTaxSet: z.infer<typeof shopAmount>;
    }[];
  };
  readonly refundShippingLines: {
    readonly nodes: readonly {
      readonly subtotalAmountSet: z.infer<typeof shopAmount>;
      readonly taxAmountSet: z.infer<typeof shopAmount>;
    }[];
  };
  readonly orderAdjustments: {
    readonly nodes: readonly {
      readonly amountSet: z.infer<typeof shopAmount>;
      readonly taxAmountSet: z.infer<typeof shopAmount>;
    }[];
  };
}
