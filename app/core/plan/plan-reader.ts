import { InvalidAmountError, parseAmount } from "../money/money.ts";
import { isDay, parseDay, type ShopDay } from "../time/shop-day.ts";
import { PRICED_TIERS, type PricedTier, type Step, type StepValue } from "./plan.ts";

/** A step as it is written: a threshold, and one of three values. Amounts are decimal strings in the shop's currency. */
export interface StepJson {
  readonly from: string | number;
  readonly percent?: string | undefined;
  readonly amountOff?: string | undefined;
  readonly fixedPrice?: string | undefined;
}

/** What is wrong with a plan: where, as "parts.0.steps.1.from", and why. */
export interface PlanFault {
  readonly at: string;
  readonly reason: string;
}

/** In basis points. */
export const HUNDRED_PERCENT = 10_000;

/** Collects faults while a plan is read; what is wrong reads as zero. */
export class PlanReader {
  readonly faults: PlanFault[] = [];
  private readonly currency: string;

  constructor(currency: string) {
    this.currency = currency;
  }

  fault(at: string, reason: string): void {
    this.faults.push({ at, reason });
  }

  percent(at: string, text: string, most = HUNDRED_PERCENT): number {
    const [, whole = "", part = ""] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
    const basisPoints = Number(whole) * 100 + Number(part.padEnd(2, "0"));
    if (whole === "" || basisPoints > most) {
      this.fault(at, `is not a percentage from 0 to ${most / 100} such as "2.5"`);
      return 0;
    }
    return basisPoints;
  }

  amount(at: string, text: string): bigint {
    try {
      const minor = /^\d{1,12}(\.\d{1,6})?$/.test(text) ? parseAmount(text, this.currency) : -1n;
      if (minor >= 0n) return minor;
    } catch (error) {
      if (!(error instanceof InvalidAmountError)) throw error;
    }
    this.fault(at, `is not an amount in ${this.currency} such as "2"`);
    return 0n;
  }

  day(at: string, text: string | undefined): ShopDay | null {
    if (text === undefined) return null;
    if (isDay(text)) return parseDay(text);
    this.fault(at, "is not a day such as 2026-11-30");
    return null;
  }

  private value(at: string, { percent, amountOff, fixedPrice }: StepJson): StepValue {
    const given = [percent, amountOff, fixedPrice].filter((one) => one !== undefined).length;
    if (given !== 1) this.fault(at, "needs one of percent, amountOff and fixedPrice");
    if (amountOff !== undefined) return { kind: "amount-off", amount: this.amount(`${at}.amountOff`, amountOff) };
    if (fixedPrice !== undefined) return { kind: "fixed-price", price: this.amount(`${at}.fixedPrice`, fixedPrice) };
    return { kind: "percent", basisPoints: percent === undefined ? 0 : this.percent(`${at}.percent`, percent) };
  }

  private threshold(at: string, from: string | number, inMoney: boolean): bigint {
    if (inMoney) return this.amount(at, String(from));
    if (/^\d{1,9}$/.test(String(from))) return BigInt(from);
    this.fault(at, "is not a whole number");
    return 0n;
  }

  /** Steps in the order of their thresholds; two of one threshold are a contradiction. */
  steps(at: string, steps: readonly StepJson[], inMoney: boolean): Step[] {
    if (steps.length === 0) this.fault(at, "needs at least one step");
    const read = steps.map((step, index) => {
      const place = `${at}.${index}`;
      const from = this.threshold(`${place}.from`, step.from, inMoney);
      return { from, value: this.value(place, step) };
    });
    const sorted = read.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    sorted.forEach(({ from }, index) => {
      if (index > 0 && sorted[index - 1]?.from === from) this.fault(at, `has two steps from ${from}`);
    });
    return sorted;
  }

  /** Percentages by tier, where there are any. */
  tiers(
    at: string,
    tiers: Readonly<Partial<Record<PricedTier, string | undefined>>>,
  ): Partial<Record<PricedTier, number>> {
    return Object.fromEntries(
      PRICED_TIERS.flatMap((tier) => {
        const text = tiers[tier];
        return text === undefined ? [] : [[tier, this.percent(`${at}.${tier}`, text)] as const];
      }),
    );
  }
}
