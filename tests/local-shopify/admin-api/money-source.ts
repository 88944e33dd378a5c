import { toDecimal, toPresentment } from "#tests/local-shopify/world/money.ts";
import { defineType, GraphSource } from "./define-type.ts";

/** Between which currencies an order was made, and at what rate. */
export interface Exchange {
  readonly shop: string;
  readonly presentment: string;
  readonly rate: string;
}

export class MoneySource extends GraphSource {
  readonly typename = "MoneyV2";
  readonly minor: bigint;
  readonly currency: string;

  constructor(minor: bigint, currency: string) {
    super();
    this.minor = minor;
    this.currency = currency;
  }
}

/** An amount in the shop's and in the buyer's currency; the latter is the former times the rate, half up on its own. */
export class MoneyBagSource extends GraphSource {
  readonly typename = "MoneyBag";
  readonly minor: bigint;
  readonly exchange: Exchange;

  constructor(minor: bigint, exchange: Exchange) {
    super();
    this.minor = minor;
    this.exchange = exchange;
  }

  get presentment(): MoneySource {
    const { shop, presentment, rate } = this.exchange;
    return new MoneySource(toPresentment(this.minor, { from: shop, to: presentment, rate }), presentment);
  }
}

export const moneyTypes = [
  defineType("MoneyV2", MoneySource, {
    amount: ({ minor, currency }) => trimmed(toDecimal(minor, currency)),
    currencyCode: ({ currency }) => currency,
  }),
  defineType("MoneyBag", MoneyBagSource, {
    shopMoney: ({ minor, exchange }) => new MoneySource(minor, exchange.shop),
    presentmentMoney: ({ presentment }) => presentment,
  }),
];

/** MoneyV2 prints no needless zeros, but one decimal at least. @example trimmed("10.50") // "10.5", "10.00" gives "10.0" */
function trimmed(decimal: string): string {
  return decimal.replace(/(\.\d+?)0+$/, "$1");
}
