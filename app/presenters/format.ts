import { formatAmount } from "#app/core/money/money.ts";
import type { ShopDay } from "#app/core/time/shop-day.ts";

const LOCALE = "en";

const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);

/** Exact: what Intl gets is a decimal string, no float in between. */
const formatExact = (format: Intl.NumberFormat, minor: bigint, currency: string): string => {
  const decimal = formatAmount(minor, currency);
  return isDecimal(decimal) ? format.format(decimal) : decimal;
};

/** An amount for people: "$1,234.50", "¥1,200". */
export const money = (minor: bigint, currency: string): string =>
  formatExact(new Intl.NumberFormat(LOCALE, { style: "currency", currency }), minor, currency);

/** A short amount for axes and tiles: "$12.3K". */
export const shortMoney = (minor: bigint, currency: string): string => {
  const short = { style: "currency", currency, notation: "compact", maximumFractionDigits: 1 } as const;
  return formatExact(new Intl.NumberFormat(LOCALE, short), minor, currency);
};

/** Points of a score, of hundredths of a point: "70.83". */
export const points = (hundredths: bigint | number): string => formatAmount(BigInt(hundredths), "USD");

export const count = (value: number): string => new Intl.NumberFormat(LOCALE).format(value);

/** part / whole in percent with one decimal, halves away from zero; null when there is no positive whole to be part of. */
export const percentOf = (part: bigint, whole: bigint): string | null => {
  if (whole <= 0n) return null;
  const tenths = (part * 2000n + (part < 0n ? -whole : whole)) / (whole * 2n);
  return `${formatAmount(tenths * 10n, "USD").replace(/0$/, "")} %`;
};

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

export const date = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeZone }).format(instant);

/** A day of the shop's, as the dates beside it. */
export const day = (shopDay: ShopDay): string => date(new Date(shopDay * 86_400_000), "UTC");

export const dateTime = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short", timeZone }).format(instant);
