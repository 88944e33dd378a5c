import { parseAmount, sum } from "#app/core/money/money.ts";

type ShopAmount = { readonly shopMoney: { readonly amount: string } };

/** Reads amounts of the shop's currency into minor units. */
export const readerOf = (currency: string) => {
  const amount = (set: ShopAmount): bigint => parseAmount(set.shopMoney.amount, currency);
  return {
    amount,
    sum: (sets: readonly ShopAmount[]): bigint => sum(sets.map(amount)),
    tax: (lines: readonly { readonly priceSet: ShopAmount }[]): bigint =>
      sum(lines.map(({ priceSet }) => amount(priceSet))),
  };
};
export type Reader = ReturnType<typeof readerOf>;
