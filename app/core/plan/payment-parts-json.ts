import { PAY_NOW_METHODS, type EarlyPaymentAfter, type PayNow, type PricedTier } from "./plan.ts";
import { HUNDRED_PERCENT, type PlanReader } from "./plan-reader.ts";

/** How the parts that reward paying early are written, and what they mean. */

export interface PayNowJson {
  readonly kind: "pay-now";
  readonly percent: string;
  /** Names of payment methods as buyers read them. */
  readonly methods?: readonly string[] | undefined;
}

export interface EarlyPaymentJson {
  readonly kind: "early-payment-after";
  readonly percent?: string | undefined;
  readonly tiers?: Readonly<Partial<Record<PricedTier, string | undefined>>> | undefined;
  readonly discountDays: number;
  readonly netDays: number;
  readonly paidAs?: EarlyPaymentAfter["paidAs"] | undefined;
  readonly creditDays?: number | null | undefined;
}

/** With a longer one the Function would take the whole list for unreadable. */
const LONGEST_NAME_BYTES = 255;

/** A payment method's name as the Function compares it: it lower-cases the letters of ASCII alone. */
const asCompared = (name: string): string => name.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Pay-now as it is meant. */
export const payNowFromJson = (reader: PlanReader, at: string, { percent, methods }: PayNowJson): PayNow => {
  const named = (methods ?? PAY_NOW_METHODS).map(asCompared);
  if (named.length === 0) reader.fault(`${at}.methods`, "needs at least one payment method");
  if (named.includes("")) reader.fault(`${at}.methods`, "has a payment method without a name");
  if (named.some((name) => new TextEncoder().encode(name).length > LONGEST_NAME_BYTES)) {
    reader.fault(`${at}.methods`, `has a name of more than ${LONGEST_NAME_BYTES} bytes`);
  }
  return { kind: "pay-now", basisPoints: reader.percent(`${at}.percent`, percent), methods: [...new Set(named)] };
};

/** How long store credit can be spent where nothing is said. */
export const DEFAULT_CREDIT_DAYS = 365;
const LONGEST_CREDIT_DAYS = 3650;
const LONGEST_TERMS_DAYS = 365;

const isDays = (days: number, least: number, most: number): boolean =>
  Number.isInteger(days) && days >= least && days <= most;

const checkDays = (reader: PlanReader, at: string, { discountDays, netDays }: EarlyPaymentJson): void => {
  const most = LONGEST_TERMS_DAYS;
  if (!isDays(discountDays, 0, most)) {
    reader.fault(`${at}.discountDays`, `is not a number of days from 0 to ${most}`);
  }
  if (!isDays(netDays, 1, most)) reader.fault(`${at}.netDays`, `is not a number of days from 1 to ${most}`);
  if (netDays <= discountDays) reader.fault(`${at}.netDays`, "is not later than the last day of the discount");
};

/** Early payment after the order as it is meant. */
export const earlyPaymentFromJson = (reader: PlanReader, at: string, part: EarlyPaymentJson): EarlyPaymentAfter => {
  const { percent, discountDays, netDays, paidAs = "store-credit", creditDays = DEFAULT_CREDIT_DAYS } = part;
  const percents = {
    ...reader.tiers(`${at}.tiers`, part.tiers ?? {}),
    ...(percent === undefined ? {} : { other: reader.percent(`${at}.percent`, percent, HUNDRED_PERCENT - 1) }),
  };
  if (Object.keys(percents).length === 0) reader.fault(`${at}.percent`, "needs a percentage, here or by tier");
  checkDays(reader, at, part);
  if (creditDays !== null && !isDays(creditDays, 1, LONGEST_CREDIT_DAYS)) {
    reader.fault(`${at}.creditDays`, `is not a number of days from 1 to ${LONGEST_CREDIT_DAYS}`);
  }
  return { kind: part.kind, percents, discountDays, netDays, paidAs, creditDays };
};
