import { PAY_NOW_METHODS, PRICED_TIERS, type EarlyPaymentAfter, type PricedTier } from "./plan.ts";
import { DEFAULT_CREDIT_DAYS, type EarlyPaymentJson, type PayNowJson } from "./payment-parts-json.ts";

/** The parts that reward paying early, as their forms hold them. */

export interface PayNowDraft {
  readonly key: number;
  readonly kind: "pay-now";
  readonly percent: string;
  /** One name a line. */
  readonly methods: string;
}

export interface EarlyPaymentDraft {
  readonly key: number;
  readonly kind: "early-payment-after";
  readonly percent: string;
  readonly tiers: Readonly<Record<PricedTier, string>>;
  readonly discountDays: string;
  readonly netDays: string;
  readonly paidAs: EarlyPaymentAfter["paidAs"];
  /** Blank: the credit can be spent for ever. */
  readonly creditDays: string;
}

export type PaymentDraft = PayNowDraft | EarlyPaymentDraft;

export const NO_TIERS: Readonly<Record<PricedTier, string>> = { A: "", B: "", C: "", key: "" };

export const blankPayNow = (key: number): PayNowDraft => ({
  key,
  kind: "pay-now",
  percent: "",
  methods: PAY_NOW_METHODS.join("\n"),
});

/** As 2/10 net 30, which is what most invoices have that have anything of the kind. */
export const blankEarlyPayment = (key: number): EarlyPaymentDraft => ({
  key,
  kind: "early-payment-after",
  percent: "",
  tiers: NO_TIERS,
  discountDays: "10",
  netDays: "30",
  paidAs: "store-credit",
  creditDays: String(DEFAULT_CREDIT_DAYS),
});

export const payNowDraft = ({ percent, methods }: PayNowJson, key: number): PayNowDraft => ({
  key,
  kind: "pay-now",
  percent,
  methods: (methods ?? PAY_NOW_METHODS).join("\n"),
});

/** What is given, and what is by default where nothing is. */
export const filled = <Name extends string, Value>(
  byDefault: Readonly<Record<Name, Value>>,
  given: Partial<Record<Name, Value | undefined>> = {},
): Readonly<Record<Name, Value>> => {
  const all: Record<Name, Value> = { ...byDefault };
  for (const name in byDefault) all[name] = given[name] ?? byDefault[name];
  return all;
};

export const earlyPaymentDraft = (part: EarlyPaymentJson, key: number): EarlyPaymentDraft => {
  const { creditDays = DEFAULT_CREDIT_DAYS } = part;
  return {
    key,
    kind: part.kind,
    percent: part.percent ?? "",
    tiers: filled(NO_TIERS, part.tiers),
    discountDays: String(part.discountDays),
    netDays: String(part.netDays),
    paidAs: part.paidAs ?? "store-credit",
    creditDays: creditDays === null ? "" : String(creditDays),
  };
};

/** A number of days that was typed; what is none is refused when it is read. */
const days = (text: string): number => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN);

export const payNowOfDraft = ({ kind, percent, methods }: PayNowDraft): PayNowJson => {
  const names = methods.split("\n").map((name) => name.trim());
  return { kind, percent: percent.trim(), methods: names.filter((name) => name !== "") };
};

export const earlyPaymentOfDraft = (part: EarlyPaymentDraft): EarlyPaymentJson => {
  const percent = part.percent.trim();
  const tiers = PRICED_TIERS.flatMap((tier) => {
    const text = part.tiers[tier].trim();
    return text === "" ? [] : [[tier, text] as const];
  });
  return {
    kind: part.kind,
    ...(percent === "" ? {} : { percent }),
    ...(tiers.length > 0 ? { tiers: Object.fromEntries(tiers) } : {}),
    discountDays: days(part.discountDays),
    netDays: days(part.netDays),
    paidAs: part.paidAs,
    creditDays: part.creditDays.trim() === "" ? null : days(part.creditDays),
  };
};
