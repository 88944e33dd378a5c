import { formatAmount } from "#app/core/money/money.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { CurrencyCode } from "./types/admin.types.d.ts";

const isCurrency = (text: string): text is CurrencyCode => /^[A-Z]{3}$/.test(text);

/** A currency as Shopify's mutations take it. @throws ShopifyError for what is no currency's code */
export const currencyCodeOf = (text: string): CurrencyCode => {
  if (!isCurrency(text)) throw new ShopifyError("refused", `"${text}" is no currency`);
  return text;
};

/** An amount as Shopify's mutations take it. @example moneyInput(1250n, "USD") // { amount: "12.50", currencyCode: "USD" } */
export const moneyInput = (minor: bigint, currency: string): { amount: string; currencyCode: CurrencyCode } => ({
  amount: formatAmount(minor, currency),
  currencyCode: currencyCodeOf(currency),
});
