import { idOf, numberOf } from "#app/core/ids/gid.ts";
import { parseAmount, sum } from "#app/core/money/money.ts";
import { PAY_NOW_ATTRIBUTE } from "#app/core/plan/compiled-plan.ts";
import type { Order, OrderLine, OrderOrigin, PaymentTerms } from "#app/core/orders/order.ts";
import { readerOf, type Reader } from "./amounts.ts";
import { toTransaction } from "./transaction.ts";
import type { LineItemRow, OrderRow, PaymentScheduleRow, ShippingLineRow } from "./rows.ts";

const instant = (iso: string): number => Date.parse(iso);

const toLine = (row: LineItemRow, read: Reader): OrderLine => ({
  id: idOf(row.id, "LineItem"),
  variantId: row.variant ? idOf(row.variant.id, "ProductVariant") : null,
  title: row.title,
  sku: row.sku ?? null,
  quantity: row.quantity,
  unitPrice: read.amount(row.originalUnitPriceSet),
  discount: read.sum(row.discountAllocations.map(({ allocatedAmountSet }) => allocatedAmountSet)),
  tax: read.tax(row.taxLines),
  duties: sum(row.duties.map(({ price, taxLines }) => read.amount(price) + read.tax(taxLines))),
  giftCard: row.isGiftCard,
});

/** An order's row with what came beside it. */
export interface OrderParts {
  readonly row: OrderRow & {
    readonly paymentTerms?: { readonly dueInDays?: number | null | undefined } | null | undefined;
  };
  /** Without tips. */
  readonly lines: readonly LineItemRow[];
  readonly shipping: readonly ShippingLineRow[];
  readonly schedule: PaymentScheduleRow | undefined;
  readonly changes: Order["changes"];
}

const toTerms = ({ row, schedule }: OrderParts): PaymentTerms | null =>
  row.paymentTerms
    ? {
        dueInDays: row.paymentTerms.dueInDays ?? null,
        issuedAt: schedule?.issuedAt ? instant(schedule.issuedAt) : null,
        dueAt: schedule?.dueAt ? instant(schedule.dueAt) : null,
      }
    : null;

const toOrigin = ({ sourceName, customAttributes, discountCodes }: OrderRow): OrderOrigin => ({
  source: sourceName ?? null,
  asksToPayNow: customAttributes.some(
    ({ key, value }) => key === PAY_NOW_ATTRIBUTE.key && value === PAY_NOW_ATTRIBUTE.value,
  ),
  usedCodes: discountCodes.length > 0,
});

/**
 * An order from its rows, amounts in minor units of the shop's currency.
 *
 * @throws InvalidAmountError, InvalidGidError
 */
export const toOrder = (parts: OrderParts): Order => {
  const { row } = parts;
  const currency = row.totalPriceSet.shopMoney.currencyCode;
  const presentment = row.totalPriceSet.presentmentMoney;
  const read = readerOf(currency);
  const entity = row.purchasingEntity;
  return {
    id: idOf(row.id, "Order"),
    name: row.name,
    processedAt: instant(row.processedAt),
    updatedAt: instant(row.updatedAt),
    cancelledAt: row.cancelledAt ? instant(row.cancelledAt) : null,
    test: row.test,
    taxesIncluded: row.taxesIncluded,
    currency,
    total: read.amount(row.totalPriceSet),
    currentTotal: read.amount(row.currentTotalPriceSet),
    presentment: {
      currency: presentment.currencyCode,
      total: parseAmount(presentment.amount, presentment.currencyCode),
    },
    companyId: entity?.company ? idOf(entity.company.id, "Company") : null,
    companyLocationId: entity?.location ? idOf(entity.location.id, "CompanyLocation") : null,
    customerId: row.customer ? idOf(row.customer.id, "Customer") : null,
    email: row.email ?? null,
    country: row.shippingAddress?.countryCodeV2 ?? null,
    origin: toOrigin(row),
    lines: parts.lines.map((line) => toLine(line, read)),
    shipping: parts.shipping.map((line) => ({
      discountedPrice: read.amount(line.discountedPriceSet),
      tax: read.tax(line.taxLines),
    })),
    tip: read.amount(row.totalTipReceivedSet),
    additionalFees: row.additionalFees.map((fee) => ({
      id: numberOf(fee.id),
      amount: read.amount(fee.price),
      tax: read.tax(fee.taxLines),
    })),
    transactions: row.transactions.map((transaction) => toTransaction(transaction, row.processedAt, currency)),
    terms: toTerms(parts),
    disputes: row.disputes.map(({ id, status }) => ({ id: numberOf(id), status })),
    changes: parts.changes,
  };
};
