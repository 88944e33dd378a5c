import { defineType } from "./define-type.ts";
import { gid } from "./gid.ts";
import { partId, TransactionFeeSource, TransactionSource } from "./order-sources.ts";

/** Only Shopify's own payments are settled by Shopify, so that only they have a settlement and fees. */
const SETTLED_BY_SHOPIFY = "shopify_payments";

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
    settlementCurrency: ({ parent, transaction }) =>
      transaction.gateway === SETTLED_BY_SHOPIFY ? parent.store.currency : null,
    settlementCurrencyRate: (source) => settlementRate(source),
  }),
  defineType("TransactionFee", TransactionFeeSource, { id: ({ id }) => id, amount: ({ amount }) => amount }),
];

function idOf({ parent, index }: TransactionSource): string {
  return partId(parent.order.id, index);
}

/** A world without a fee says that Shopify gave none: an empty list, which is not a fee of zero. */
function feesOf(source: TransactionSource): TransactionFeeSource[] {
  const { fee } = source.transaction;
  if (fee === null) return [];
  return [new TransactionFeeSource(gid("TransactionFee", idOf(source)), source.parent.shopMoney(fee))];
}

/** From the buyer's currency to the shop's, in which Shopify settles; null when there is nothing to convert. */
function settlementRate({ parent, transaction }: TransactionSource): string | null {
  const { shop, presentment, rate } = parent.exchange;
  if (transaction.gateway !== SETTLED_BY_SHOPIFY || shop === presentment) return null;
  return (1 / Number(rate)).toFixed(10).replace(/(\.\d+?)0+$/, "$1");
}
