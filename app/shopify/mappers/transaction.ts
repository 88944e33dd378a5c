import { idOf } from "#app/core/ids/gid.ts";
import { divideHalfUp, exponentOf, parseAmount, sum } from "#app/core/money/money.ts";
import type { Transaction } from "#app/core/orders/order.ts";
import { readerOf } from "./amounts.ts";
import type { TransactionRow } from "./rows.ts";

/** A rate's digits as a fraction, exact: "1.0825" is 10825 / 10000. Null for what is no positive decimal. */
const fraction = (rate: string): { readonly over: bigint; readonly under: bigint } | null => {
  const [, whole = "", decimals = ""] = /^(\d+)(?:\.(\d+))?$/.exec(rate) ?? [];
  const over = whole === "" ? 0n : BigInt(whole + decimals);
  return over === 0n ? null : { over, under: 10n ** BigInt(decimals.length) };
};

/**
 * A fee in the currency in which the payment is settled, in minor units of the shop's: back by the settlement rate to what
 * the buyer paid in, and from there as the payment itself was converted. Null where Shopify does not say how.
 *
 * @example 0.92 EUR of a payment of 40.00 USD settled at 0.92 is 1.00 USD
 */
const converted = (
  row: TransactionRow,
  fee: { amount: string; currencyCode: string },
  currency: string,
): bigint | null => {
  const rate = row.settlementCurrency === fee.currencyCode ? fraction(row.settlementCurrencyRate ?? "") : null;
  const { shopMoney, presentmentMoney } = row.amountSet;
  const paid = parseAmount(presentmentMoney.amount, presentmentMoney.currencyCode);
  if (rate === null || paid === 0n) return null;
  const inShop = parseAmount(shopMoney.amount, currency);
  const scale = (of: string): bigint => 10n ** BigInt(exponentOf(of));
  // fee / rate, from the settlement currency's minor units to the buyer's, then by shop amount / buyer's amount.
  const over = parseAmount(fee.amount, fee.currencyCode) * rate.under * scale(presentmentMoney.currencyCode) * inShop;
  return divideHalfUp(over, rate.over * scale(fee.currencyCode) * paid);
};

const feeOf = (row: TransactionRow, currency: string): Transaction["fee"] => {
  if (row.fees.length === 0) return "none";
  const fees = row.fees.map(({ amount }) =>
    amount.currencyCode === currency ? parseAmount(amount.amount, currency) : converted(row, amount, currency),
  );
  const known = fees.filter((fee) => fee !== null);
  return known.length === fees.length ? { known: sum(known) } : "unknown";
};

/** A transaction from its row; amounts in minor units of the shop's currency. */
export const toTransaction = (row: TransactionRow, orderedAt: string, currency: string): Transaction => {
  const exchange = row.currencyExchangeAdjustment?.adjustment;
  const read = readerOf(currency);
  return {
    id: idOf(row.id, "OrderTransaction"),
    kind: row.kind,
    status: row.status,
    gateway: row.gateway ?? null,
    processedAt: Date.parse(row.processedAt ?? orderedAt),
    amount: read.amount(row.amountSet),
    fee: feeOf(row, currency),
    exchangeAdjustment: exchange?.currencyCode === currency ? parseAmount(exchange.amount, currency) : 0n,
    rounding: row.amountRoundingSet ? read.amount(row.amountRoundingSet) : 0n,
  };
};
