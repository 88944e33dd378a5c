import {
  EMPTY_PLAN,
  PRICED_TIERS,
  type CumulativeBreak,
  type Plan,
  type PricedTier,
  type QuantityBreak,
} from "./plan.ts";
import type { CumulativeJson, PlanJson, PlanPartJson, WindowJson } from "./plan-json.ts";
import type { StepJson } from "./plan-reader.ts";

import {
  blankEarlyPayment,
  blankPayNow,
  earlyPaymentDraft,
  earlyPaymentOfDraft,
  filled,
  NO_TIERS,
  payNowDraft,
  payNowOfDraft,
  type PaymentDraft,
} from "./payment-drafts.ts";

/** A plan as its form holds it: what is typed, whether or not it is right yet. Keys tell the rows of a list apart. */

export type StepKind = "percent" | "amountOff" | "fixedPrice";

export interface StepDraft {
  readonly key: number;
  readonly from: string;
  readonly kind: StepKind;
  readonly value: string;
}

interface AnyPartDraft {
  readonly key: number;
  /** Null: every product. */
  readonly collections: readonly string[] | null;
}

export interface QuantityDraft extends AnyPartDraft {
  readonly kind: "quantity-break";
  readonly scope: QuantityBreak["scope"];
  readonly measure: QuantityBreak["measure"];
  readonly steps: readonly StepDraft[];
}

export type WindowChoice = "days" | "month" | "quarter" | "year" | "lifetime";

export interface CumulativeDraft extends AnyPartDraft {
  readonly kind: "cumulative";
  readonly window: WindowChoice;
  /** Of the last days; kept while another window is chosen. */
  readonly days: string;
  readonly measure: CumulativeBreak["measure"];
  readonly steps: readonly StepDraft[];
}

export interface CompanyDraft {
  readonly key: number;
  readonly id: string;
  readonly percent: string;
}

export interface TierDraft extends AnyPartDraft {
  readonly kind: "tier-price";
  readonly tiers: Readonly<Record<PricedTier, string>>;
  readonly companies: readonly CompanyDraft[];
}

export type PriceDraft = QuantityDraft | CumulativeDraft | TierDraft;
export type PartDraft = PriceDraft | PaymentDraft;

/** Kinds of which a plan has one part at most. */
export const isPaymentKind = (kind: PartDraft["kind"]): kind is PaymentDraft["kind"] =>
  kind === "pay-now" || kind === "early-payment-after";

export type LimitField = "minMarginPercent" | "minOverCost" | "maxPercent" | "highestTaxPercent";

export interface PlanDraft {
  readonly title: string;
  readonly parts: readonly PartDraft[];
  readonly meet: Plan["meet"];
  readonly limits: Readonly<Record<LimitField, string>>;
  readonly from: string;
  readonly to: string;
  readonly excluded: readonly string[];
  readonly included: Plan["included"];
  readonly combinesWith: Plan["combinesWith"];
}

/** A key that none of the rows has. */
export const nextKey = (rows: readonly { readonly key: number }[]): number =>
  rows.reduce((most, { key }) => Math.max(most, key), 0) + 1;

/** The row after the last one: what it gives is of the same kind. */
export const blankStep = (steps: readonly StepDraft[]): StepDraft => ({
  key: nextKey(steps),
  from: "",
  kind: steps.at(-1)?.kind ?? "percent",
  value: "",
});

const DEFAULT_DAYS = "365";

export const blankPart = (kind: PartDraft["kind"], parts: readonly PartDraft[]): PartDraft => {
  const about = { key: nextKey(parts), collections: null };
  switch (kind) {
    case "quantity-break":
      return { ...about, kind, scope: "variant", measure: "units", steps: [blankStep([])] };
    case "cumulative":
      return { ...about, kind, window: "days", days: DEFAULT_DAYS, measure: "net-sales", steps: [blankStep([])] };
    case "tier-price":
      return { ...about, kind, tiers: NO_TIERS, companies: [] };
    case "pay-now":
      return blankPayNow(about.key);
    case "early-payment-after":
      return blankEarlyPayment(about.key);
  }
};

const stepsOf = (steps: readonly StepJson[]): StepDraft[] =>
  steps.map(({ from, percent, amountOff, fixedPrice }, index) => {
    const about = { key: index + 1, from: String(from) };
    if (amountOff !== undefined) return { ...about, kind: "amountOff", value: amountOff };
    if (fixedPrice !== undefined) return { ...about, kind: "fixedPrice", value: fixedPrice };
    return { ...about, kind: "percent", value: percent ?? "" };
  });

const windowOf = (window: WindowJson): Pick<CumulativeDraft, "window" | "days"> => {
  if (typeof window === "string") return { window: "lifetime", days: DEFAULT_DAYS };
  if ("days" in window) return { window: "days", days: String(window.days) };
  return { window: window.calendar, days: DEFAULT_DAYS };
};

const partOf = (part: PlanPartJson, index: number): PartDraft => {
  if (part.kind === "pay-now") return payNowDraft(part, index + 1);
  if (part.kind === "early-payment-after") return earlyPaymentDraft(part, index + 1);
  const about = { key: index + 1, collections: part.collections ?? null };
  switch (part.kind) {
    case "quantity-break": {
      const { kind, scope, measure, steps } = part;
      return { ...about, kind, scope, measure, steps: stepsOf(steps) };
    }
    case "cumulative": {
      const { kind, window, measure, steps } = part;
      return { ...about, kind, ...windowOf(window), measure, steps: stepsOf(steps) };
    }
    case "tier-price": {
      const tiers = filled(NO_TIERS, part.tiers);
      const companies = Object.entries(part.companies ?? {});
      return {
        ...about,
        kind: part.kind,
        tiers,
        companies: companies.map(([id, percent], place) => ({ key: place + 1, id, percent })),
      };
    }
  }
};

const NO_LIMITS: Readonly<Record<LimitField, string>> = {
  minMarginPercent: "",
  minOverCost: "",
  maxPercent: "",
  highestTaxPercent: "",
};

/** The form of a plan as it is written. */
export const draftOfPlan = ({ title, parts, meet, limits, schedule, exclude, ...plan }: PlanJson): PlanDraft => ({
  title: title ?? EMPTY_PLAN.title,
  parts: parts.map(partOf),
  meet: meet ?? EMPTY_PLAN.meet,
  limits: filled(NO_LIMITS, limits),
  from: schedule?.from ?? "",
  to: schedule?.to ?? "",
  excluded: exclude?.collections ?? [],
  included: filled(EMPTY_PLAN.included, plan.include),
  combinesWith: filled(EMPTY_PLAN.combinesWith, plan.combinesWith),
});

/** What was typed, without blanks around it; nothing where nothing was. */
const typed = (text: string): string | undefined => text.trim() || undefined;

export const stepJson = ({ from, kind, value }: StepDraft): StepJson => {
  const text = from.trim();
  return { from: /^\d{1,9}$/.test(text) ? Number(text) : text, [kind]: value.trim() };
};

const windowJson = ({ window, days }: CumulativeDraft): CumulativeJson["window"] => {
  if (window === "lifetime") return window;
  return window === "days" ? { days: Number(days.trim() || Number.NaN) } : { calendar: window };
};

const partJson = (part: PartDraft): PlanPartJson => {
  if (part.kind === "pay-now") return payNowOfDraft(part);
  if (part.kind === "early-payment-after") return earlyPaymentOfDraft(part);
  const covered = part.collections === null ? {} : { collections: part.collections };
  switch (part.kind) {
    case "quantity-break": {
      const { kind, scope, measure, steps } = part;
      return { kind, per: "order", scope, measure, ...covered, steps: steps.map(stepJson) };
    }
    case "cumulative": {
      const { kind, measure, steps } = part;
      return { kind, window: windowJson(part), measure, ...covered, steps: steps.map(stepJson) };
    }
    case "tier-price": {
      const tiers = PRICED_TIERS.flatMap((tier) => {
        const percent = typed(part.tiers[tier]);
        return percent === undefined ? [] : [[tier, percent] as const];
      });
      const companies = part.companies.map(({ id, percent }) => [id.trim(), percent.trim()] as const);
      return {
        kind: part.kind,
        tiers: Object.fromEntries(tiers),
        ...(companies.length > 0 ? { companies: Object.fromEntries(companies) } : {}),
        ...covered,
      };
    }
  }
};

export const limitsJson = (limits: PlanDraft["limits"]): NonNullable<PlanJson["limits"]> => ({
  minMarginPercent: typed(limits.minMarginPercent),
  minOverCost: typed(limits.minOverCost),
  maxPercent: typed(limits.maxPercent),
  highestTaxPercent: typed(limits.highestTaxPercent),
});

/** The plan as it is written that a form says. What was left blank is left out. */
export const planOfDraft = ({ title, parts, meet, limits, from, to, excluded, ...draft }: PlanDraft): PlanJson => ({
  title: title.trim(),
  parts: parts.map(partJson),
  meet,
  limits: limitsJson(limits),
  schedule: { from: typed(from), to: typed(to) },
  ...(excluded.length > 0 ? { exclude: { collections: excluded } } : {}),
  include: draft.included,
  combinesWith: draft.combinesWith,
});
