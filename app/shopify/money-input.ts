import { formatAmount } from "#app/core/money/money.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { CurrencyCode } from "./types/admin.types.d.ts";

const isCurrency = (text: string): text is CurrencyCode => /^[A-Z]{3}$/.test(text);

/** An amount as Shopify's mutations take it. @example moneyInput(1250n, "USD") // { amount: "12.50", currencyCode: "USD" } */
export const moneyInput = (minor: bigint, currency: string): { amount: string; currencyCode: CurrencyCode } => {
  if (!isCurrency(currency)) throw new ShopifyError("refused", `"${currency}" is no currency`);
  return { amount: formatAmount(minor, currency), currencyCode: currency };
};
