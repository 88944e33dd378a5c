import { z } from "zod";

/** The rows of bulk results as they are on the wire, checked before anything is made of them. */

const gid = z.string().startsWith("gid://shopify/");
const decimal = z.string();
const instant = z.iso.datetime({ offset: true });

const shopAmount = z.object({ shopMoney: z.object({ amount: decimal }) });
const moneyWithCurrency = z.object({ amount: decimal, currencyCode: z.string().length(3) });

export const variantRow = z.object({
  id: gid,
  title: z.string(),
  sku: z.string().nullable(),
  product: z.object({ id: gid, title: z.string() }),
  inventoryItem: z.object({ unitCost: moneyWithCurrency.nullable() }).nullable(),
});

export const customerRow = z.object({
  id: gid,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable(),
});

export const companyRow = z.object({ id: gid, name: z.string() });
export const companyLocationRow = z.object({ id: gid, name: z.string(), __parentId: gid });

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
});
export type LineItemRow = z.infer<typeof lineItemRow>;

const purchasingEntity = z.object({ company: z.object({ id: gid }), location: z.object({ id: gid }) }).partial();

export const orderRow = z.object({
  id: gid,
  name: z.string(),
  processedAt: instant,
  updatedAt: instant,
  cancelledAt: instant.nullish(),
  test: z.boolean(),
  taxesIncluded: z.boolean(),
  email: z.string().nullish(),
  customer: z.object({ id: gid }).nullish(),
  purchasingEntity: purchasingEntity.nullish(),
  totalPriceSet: z.object({ presentmentMoney: moneyWithCurrency, shopMoney: moneyWithCurrency }),
  shippingLine: z.object({ discountedPriceSet: shopAmount, taxLines }).nullish(),
  transactions: z.array(
    z.object({
      id: gid,
      kind: z.string(),
      status: z.string(),
      gateway: z.string().nullish(),
      processedAt: instant.nullish(),
      fees: z.array(z.object({ amount: moneyWithCurrency })),
    }),
  ),
  refunds: z.array(z.object({ id: gid })),
});
export type OrderRow = z.infer<typeof orderRow>;

/** A refund as the paged query gives it. */
export interface RefundRow {
  readonly id: string;
  readonly createdAt?: string | null;
  readonly processedAt: string;
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
  readonly orderAdjustments: { readonly nodes: readonly { readonly amountSet: z.infer<typeof shopAmount> }[] };
}
