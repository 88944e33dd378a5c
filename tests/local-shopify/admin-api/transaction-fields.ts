import { toMinor } from "#tests/local-shopify/world/money.ts";
import { defineType, GraphSource } from "./define-type.ts";
import { gid } from "./gid.ts";
import { MoneySource } from "./money-source.ts";
import { partId, TransactionFeeSource, TransactionSource } from "./order-sources.ts";

/** Only Shopify's own payments are settled by Shopify, so that only they have a settlement and fees. */
const SETTLED_BY_SHOPIFY = "shopify_payments";

/**
 * What the exchange rate made of an amount since the order. Shopify books it from the shop's side: what is paid back is
 * negative, and so is what was lost.
 */
class ExchangeAdjustmentSource extends GraphSource {
  readonly typename = "CurrencyExchangeAdjustment";
  readonly of: TransactionSource;
  readonly adjustment: bigint;

  constructor(of: TransactionSource, adjustment: string) {
    super();
    this.of = of;
    this.adjustment = of.parent.minor(adjustment);
  }

  get original(): bigint {
    const { kind, amount } = this.of.transaction;
    const minor = this.of.parent.minor(amount);
    return kind === "REFUND" ? -minor : minor;
  }
}

export const transactionTypes = [
  defineType("OrderTransaction", TransactionSource, {
    id: (source) => gid("OrderTransaction", idOf(source)),
    kind: ({ transaction }) => transaction.kind,
    status: ({ transaction }) => transaction.status,
    gateway: ({ transaction }) => transaction.gateway,
    createdAt: ({ transaction }) => transaction.processedAt,
    processedAt: ({ transaction }) => transaction.processedAt,
    test: ({ parent }) => parent.order.test,
    order: ({ parent }) => parent,
    amountSet: ({ parent, transaction }) => parent.written(transaction.amount),
    fees: (source) => feesOf(source),
    amountRoundingSet: ({ parent, transaction: { rounding } }) =>
      rounding === undefined ? null : parent.written(rounding),
    currencyExchangeAdjustment: (source) => exchangeAdjustmentOf(source),
    settlementCurrency: ({ parent, transaction }) =>
      transaction.settlement?.currency ?? (transaction.gateway === SETTLED_BY_SHOPIFY ? parent.store.currency : null),
    settlementCurrencyRate: (source) => source.transaction.settlement?.rate ?? settlementRate(source),
  }),
  defineType("CurrencyExchangeAdjustment", ExchangeAdjustmentSource, {
    id: ({ of }) => gid("CurrencyExchangeAdjustment", idOf(of)),
    adjustment: ({ of, adjustment }) => new MoneySource(adjustment, of.parent.store.currency),
    originalAmountSet: ({ of, original }) => new MoneySource(original, of.parent.store.currency),
    finalAmountSet: ({ of, original, adjustment }) => new MoneySource(original + adjustment, of.parent.store.currency),
  }),
  defineType("TransactionFee", TransactionFeeSource, { id: ({ id }) => id, amount: ({ amount }) => amount }),
];

function idOf({ parent, index }: TransactionSource): string {
  return partId(parent.order.id, index);
}

/** A world without a fee says that Shopify gave none: an empty list, which is not a fee of zero. */
function feesOf(source: TransactionSource): TransactionFeeSource[] {
  const { fee, settlement } = source.transaction;
  if (fee === null) return [];
  const currency = settlement?.currency ?? source.parent.store.currency;
  const amount = new MoneySource(toMinor(fee, currency), currency);
  return [new TransactionFeeSource(gid("TransactionFee", idOf(source)), amount)];
}

function exchangeAdjustmentOf(source: TransactionSource): ExchangeAdjustmentSource | null {
  const { exchangeAdjustment } = source.transaction;
  return exchangeAdjustment === undefined ? null : new ExchangeAdjustmentSource(source, exchangeAdjustment);
}

/** From the buyer's currency to the shop's, in which Shopify settles; null when there is nothing to convert. */
function settlementRate({ parent, transaction }: TransactionSource): string | null {
  const { shop, presentment, rate } = parent.exchange;
  if (transaction.gateway !== SETTLED_BY_SHOPIFY || shop === presentment) return null;
  return (1 / Number(rate)).toFixed(10).replace(/(\.\d+?)0+$/, "$1");
}
