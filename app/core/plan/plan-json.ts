import { InvalidAmountError, parseAmount } from "../money/money.ts";
import { isDay, parseDay, type ShopDay } from "../time/shop-day.ts";
import {
  EMPTY_PLAN,
  PRICED_TIERS,
  type CountedOver,
  type Plan,
  type PlanLimits,
  type PlanPart,
  type PricedTier,
  type Step,
  type StepValue,
} from "./plan.ts";

/** A step as it is written: a threshold, and one of three values. Amounts are decimal strings in the shop's currency. */
export interface StepJson {
  readonly from: string | number;
  readonly percent?: string | undefined;
  readonly amountOff?: string | undefined;
  readonly fixedPrice?: string | undefined;
}

interface CoveredJson {
  readonly collections?: readonly string[] | undefined;
}

export interface QuantityBreakJson extends CoveredJson {
  readonly kind: "quantity-break";
  readonly per?: "order" | undefined;
  readonly scope: "variant" | "product" | "collection" | "cart";
  readonly measure: "units" | "amount";
  readonly steps: readonly StepJson[];
}

export type WindowJson =
  { readonly days: number } | { readonly calendar: "month" | "quarter" | "year" } | "lifetime" | "all";

export interface CumulativeJson extends CoveredJson {
  readonly kind: "cumulative";
  readonly window: WindowJson;
  readonly measure: "net-sales" | "units" | "orders";
  readonly steps: readonly StepJson[];
}

export interface TierPriceJson extends CoveredJson {
  readonly kind: "tier-price";
  readonly tiers: Readonly<Partial<Record<PricedTier, string | undefined>>>;
  /** By the company's number. */
  readonly companies?: Readonly<Record<string, string>> | undefined;
}

export type PlanPartJson = QuantityBreakJson | CumulativeJson | TierPriceJson;

/** A plan as merchants, files and the database write it. */
export interface PlanJson {
  readonly title?: string | undefined;
  readonly parts: readonly PlanPartJson[];
  readonly meet?: "best" | "add" | undefined;
  readonly limits?:
    | {
        readonly minMarginPercent?: string | undefined;
        readonly minOverCost?: string | undefined;
        readonly maxPercent?: string | undefined;
        readonly highestTaxPercent?: string | undefined;
      }
    | undefined;
  readonly schedule?: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined;
  readonly exclude?: { readonly collections?: readonly string[] | undefined } | undefined;
  readonly include?: Partial<Record<keyof Plan["included"], boolean | undefined>> | undefined;
  readonly combinesWith?: Partial<Record<keyof Plan["combinesWith"], boolean | undefined>> | undefined;
}

/** What is wrong with a plan: where, as "parts.0.steps.1.from", and why. */
export interface PlanFault {
  readonly at: string;
  readonly reason: string;
}

export type ReadPlan =
  { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly faults: readonly PlanFault[] };

const HUNDRED_PERCENT = 10_000;

/** Collects faults while a plan is read; what is wrong reads as zero. */
class Reader {
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
}

const windowOf = (window: WindowJson): CountedOver => {
  if (typeof window === "string") return { kind: "lifetime" };
  if ("days" in window) return { kind: "days", days: window.days };
  return { kind: "calendar", period: window.calendar };
};

const partOf = (reader: Reader, at: string, part: PlanPartJson): PlanPart => {
  const collections = part.collections ?? null;
  switch (part.kind) {
    case "quantity-break": {
      const { kind, scope, measure } = part;
      return {
        kind,
        scope,
        measure,
        collections,
        steps: reader.steps(`${at}.steps`, part.steps, measure === "amount"),
      };
    }
    case "cumulative": {
      const { kind, measure } = part;
      const steps = reader.steps(`${at}.steps`, part.steps, measure === "net-sales");
      return { kind, window: windowOf(part.window), measure, collections, steps };
    }
    case "tier-price": {
      const tiers = PRICED_TIERS.flatMap((tier) => {
        const text = part.tiers[tier];
        return text === undefined ? [] : [[tier, reader.percent(`${at}.tiers.${tier}`, text)] as const];
      });
      const companies = Object.entries(part.companies ?? {}).flatMap(([id, text]) => {
        const place = `${at}.companies.${id}`;
        if (/^\d{1,16}$/.test(id)) return [[BigInt(id), reader.percent(place, text)] as const];
        reader.fault(place, "is not the number of a company");
        return [];
      });
      if (tiers.length + companies.length === 0) reader.fault(at, "gives no tier and no company anything");
      return { kind: part.kind, tiers: Object.fromEntries(tiers), companies: new Map(companies), collections };
    }
  }
};

const limitsOf = (reader: Reader, limits: NonNullable<PlanJson["limits"]>): PlanLimits => {
  const percentOr = (field: string, text: string | undefined, most?: number): number | null =>
    text === undefined ? null : reader.percent(`limits.${field}`, text, most);
  return {
    minMargin: percentOr("minMarginPercent", limits.minMarginPercent, HUNDRED_PERCENT - 1),
    minOverCost: limits.minOverCost === undefined ? null : reader.amount("limits.minOverCost", limits.minOverCost),
    maxPercent: percentOr("maxPercent", limits.maxPercent),
    highestTax: percentOr("highestTaxPercent", limits.highestTaxPercent) ?? 0,
  };
};

const scheduleOf = (reader: Reader, schedule: NonNullable<PlanJson["schedule"]>): Pick<Plan, "from" | "to"> => {
  const from = reader.day("schedule.from", schedule.from);
  const to = reader.day("schedule.to", schedule.to);
  if (from !== null && to !== null && to < from) reader.fault("schedule.to", "is before the first day");
  return { from, to };
};

/** Switches as they are given, the others as they are by default. */
const switches = <Name extends string>(
  byDefault: Readonly<Record<Name, boolean>>,
  given: Partial<Record<Name, boolean | undefined>> = {},
): Readonly<Record<Name, boolean>> => {
  const set: Record<Name, boolean> = { ...byDefault };
  for (const name in byDefault) set[name] = given[name] ?? byDefault[name];
  return set;
};

/** A plan from how it is written. Its shape is right already; what it says is read here. */
export const planFromJson = (json: PlanJson, currency: string): ReadPlan => {
  const reader = new Reader(currency);
  const plan: Plan = {
    title: json.title ?? EMPTY_PLAN.title,
    parts: json.parts.map((part, index) => partOf(reader, `parts.${index}`, part)),
    meet: json.meet ?? EMPTY_PLAN.meet,
    limits: limitsOf(reader, json.limits ?? {}),
    ...scheduleOf(reader, json.schedule ?? {}),
    excluded: json.exclude?.collections ?? [],
    included: switches(EMPTY_PLAN.included, json.include),
    combinesWith: switches(EMPTY_PLAN.combinesWith, json.combinesWith),
  };
  return reader.faults.length > 0 ? { ok: false, faults: reader.faults } : { ok: true, plan };
};
