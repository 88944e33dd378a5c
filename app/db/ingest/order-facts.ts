import { z } from "zod";
import { UNKNOWN_ORIGIN, type ChangeEvent, type Order, type OrderChanges } from "#app/core/orders/order.ts";

/**
 * An order as it is kept: JSON, amounts and ids as decimal strings. The e-mail address is left out: whom the order belongs
 * to is known, and what need not be kept need not be erased.
 */

const text = (value: bigint): string => value.toString();
const textOrNull = (value: bigint | null): string | null => (value === null ? null : value.toString());

const printChanges = (changes: OrderChanges | null): unknown => {
  if (changes === null) return null;
  const event = ({ type, id, at }: ChangeEvent): unknown => ({ type, id: text(id), at });
  return {
    added: [...changes.added].map(([lineId, added]) => [text(lineId), event(added)]),
    removals: changes.removals.map((one) => ({ ...one, event: event(one.event), lineId: text(one.lineId) })),
    returnFees: changes.returnFees.map((fee) => ({
      event: event(fee.event),
      amount: text(fee.amount),
      tax: text(fee.tax),
    })),
    refunds: changes.refunds.map((refund) => ({
      id: text(refund.id),
      at: refund.at,
      lines: refund.lines.map((line) => ({
        ...line,
        lineId: text(line.lineId),
        amount: text(line.amount),
        tax: text(line.tax),
      })),
      shipping: { amount: text(refund.shipping.amount), tax: text(refund.shipping.tax) },
      duties: text(refund.duties),
      adjustment: text(refund.adjustment),
      adjustmentTax: text(refund.adjustmentTax),
    })),
    unknownSales: changes.unknownSales,
  };
};

/** An order as JSON text. */
export const printOrderFacts = ({ email: _, ...order }: Order): string =>
  JSON.stringify({
    ...order,
    id: text(order.id),
    total: text(order.total),
    currentTotal: text(order.currentTotal),
    presentment: { ...order.presentment, total: text(order.presentment.total) },
    companyId: textOrNull(order.companyId),
    companyLocationId: textOrNull(order.companyLocationId),
    customerId: textOrNull(order.customerId),
    lines: order.lines.map((line) => ({
      ...line,
      id: text(line.id),
      variantId: textOrNull(line.variantId),
      unitPrice: text(line.unitPrice),
      discount: text(line.discount),
      tax: text(line.tax),
      duties: text(line.duties),
    })),
    shipping: order.shipping.map((line) => ({ discountedPrice: text(line.discountedPrice), tax: text(line.tax) })),
    tip: text(order.tip),
    additionalFees: order.additionalFees.map((fee) => ({
      id: text(fee.id),
      amount: text(fee.amount),
      tax: text(fee.tax),
    })),
    transactions: order.transactions.map(({ fee, ...transaction }) => ({
      ...transaction,
      id: text(transaction.id),
      amount: text(transaction.amount),
      fee: typeof fee === "string" ? fee : { known: text(fee.known) },
      exchangeAdjustment: text(transaction.exchangeAdjustment),
      rounding: text(transaction.rounding),
    })),
    disputes: order.disputes.map(({ id, status }) => ({ id: text(id), status })),
    changes: printChanges(order.changes),
  });

const integer = z.string().transform(BigInt);
const instant = z.number();
const event = z.object({ type: z.enum(["edit", "return"]), id: integer, at: instant });
const taxed = z.object({ amount: integer, tax: integer });

const changes = z.object({
  added: z.array(z.tuple([integer, event])).transform((entries) => new Map(entries)),
  removals: z.array(z.object({ event, lineId: integer, quantity: z.number() })),
  returnFees: z.array(taxed.extend({ event })),
  refunds: z.array(
    z.object({
      id: integer,
      at: instant,
      lines: z.array(
        taxed.extend({
          lineId: integer,
          quantity: z.number(),
          restockType: z.enum(["RETURN", "NO_RESTOCK", "CANCEL", "LEGACY_RESTOCK"]),
          leftAt: instant.optional(),
        }),
      ),
      shipping: taxed,
      duties: integer,
      adjustment: integer,
      adjustmentTax: integer,
    }),
  ),
  unknownSales: z.number(),
});

const orderFacts = z.object({
  id: integer,
  name: z.string(),
  processedAt: instant,
  updatedAt: instant,
  cancelledAt: instant.nullable(),
  test: z.boolean(),
  taxesIncluded: z.boolean(),
  currency: z.string(),
  total: integer,
  currentTotal: integer,
  presentment: z.object({ currency: z.string(), total: integer }),
  companyId: integer.nullable(),
  companyLocationId: integer.nullable(),
  customerId: integer.nullable(),
  country: z.string().nullable(),
  // Orders that were kept before this was read do not say.
  origin: z
    .object({ source: z.string().nullable(), asksToPayNow: z.boolean(), usedCodes: z.boolean() })
    .default(UNKNOWN_ORIGIN),
  lines: z.array(
    z.object({
      id: integer,
      variantId: integer.nullable(),
      title: z.string(),
      sku: z.string().nullable(),
      quantity: z.number(),
      unitPrice: integer,
      discount: integer,
      tax: integer,
      duties: integer,
      giftCard: z.boolean(),
    }),
  ),
  shipping: z.array(z.object({ discountedPrice: integer, tax: integer })),
  tip: integer,
  additionalFees: z.array(taxed.extend({ id: integer })),
  transactions: z.array(
    z.object({
      id: integer,
      kind: z.string(),
      status: z.string(),
      gateway: z.string().nullable(),
      processedAt: instant,
      amount: integer,
      fee: z.union([z.literal("none"), z.literal("unknown"), z.object({ known: integer })]),
      exchangeAdjustment: integer,
      rounding: integer,
    }),
  ),
  terms: z
    .object({ issuedAt: instant.nullable(), dueInDays: z.number().nullable(), dueAt: instant.nullable() })
    .nullable(),
  disputes: z.array(z.object({ id: integer, status: z.string() })),
  changes: changes.nullable(),
});

/** An order as it was kept, without its e-mail address. @throws ZodError for what was not printed by `printOrderFacts` */
export const parseOrderFacts = (facts: unknown): Order => ({ ...orderFacts.parse(facts), email: null });
