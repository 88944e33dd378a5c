import { EMPTY_PLAN, type CountedOver, type Plan, type PlanLimits, type PlanPart, type PricedTier } from "./plan.ts";
import { earlyPaymentFromJson, payNowFromJson, type EarlyPaymentJson, type PayNowJson } from "./payment-parts-json.ts";
import { HUNDRED_PERCENT, PlanReader, type PlanFault, type StepJson } from "./plan-reader.ts";

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

export type PricePartJson = QuantityBreakJson | CumulativeJson | TierPriceJson;
export type PlanPartJson = PricePartJson | PayNowJson | EarlyPaymentJson;

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

export type ReadPlan =
  { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly faults: readonly PlanFault[] };

const windowOf = (window: WindowJson): CountedOver => {
  if (typeof window === "string") return { kind: "lifetime" };
  if ("days" in window) return { kind: "days", days: window.days };
  return { kind: "calendar", period: window.calendar };
};

const partOf = (reader: PlanReader, at: string, part: PlanPartJson): PlanPart => {
  if (part.kind === "pay-now") return payNowFromJson(reader, at, part);
  if (part.kind === "early-payment-after") return earlyPaymentFromJson(reader, at, part);
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
      const tiers = reader.tiers(`${at}.tiers`, part.tiers);
      const companies = Object.entries(part.companies ?? {}).flatMap(([id, text]) => {
        const place = `${at}.companies.${id}`;
        if (/^\d{1,16}$/.test(id)) return [[BigInt(id), reader.percent(place, text)] as const];
        reader.fault(place, "is not the number of a company");
        return [];
      });
      if (Object.keys(tiers).length + companies.length === 0) reader.fault(at, "gives no tier and no company anything");
      return { kind: part.kind, tiers, companies: new Map(companies), collections };
    }
  }
};

const limitsOf = (reader: PlanReader, limits: NonNullable<PlanJson["limits"]>): PlanLimits => {
  const percentOr = (field: string, text: string | undefined, most?: number): number | null =>
    text === undefined ? null : reader.percent(`limits.${field}`, text, most);
  return {
    minMargin: percentOr("minMarginPercent", limits.minMarginPercent, HUNDRED_PERCENT - 1),
    minOverCost: limits.minOverCost === undefined ? null : reader.amount("limits.minOverCost", limits.minOverCost),
    maxPercent: percentOr("maxPercent", limits.maxPercent),
    highestTax: percentOr("highestTaxPercent", limits.highestTaxPercent) ?? 0,
  };
};

const scheduleOf = (reader: PlanReader, schedule: NonNullable<PlanJson["schedule"]>): Pick<Plan, "from" | "to"> => {
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

/** Parts of which a plan has one at most: two would give the same benefit twice. */
const refuseDoubles = (reader: PlanReader, parts: readonly PlanPartJson[]): void => {
  parts.forEach(({ kind }, index) => {
    if (kind !== "pay-now" && kind !== "early-payment-after") return;
    const first = parts.findIndex((part) => part.kind === kind);
    if (first < index) reader.fault(`parts.${index}`, "is in the plan already: one of its kind is the most");
  });
};

/** A plan from how it is written. Its shape is right already; what it says is read here. */
export const planFromJson = (json: PlanJson, currency: string): ReadPlan => {
  const reader = new PlanReader(currency);
  refuseDoubles(reader, json.parts);
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
