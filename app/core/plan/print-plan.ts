import { formatAmount } from "../money/money.ts";
import { formatDay } from "../time/shop-day.ts";
import {
  PRICED_TIERS,
  type CountedOver,
  type EarlyPaymentAfter,
  type Plan,
  type PlanPart,
  type PricedTier,
  type Step,
} from "./plan.ts";
import type { EarlyPaymentJson } from "./payment-parts-json.ts";
import type { PlanJson, PlanPartJson, WindowJson } from "./plan-json.ts";
import type { StepJson } from "./plan-reader.ts";

/** "2.5" of 250 basis points. */
const printPercent = (basisPoints: number): string => {
  const text = formatAmount(BigInt(basisPoints), "USD");
  return text.replace(/\.?0+$/, "");
};

const stepJson = ({ from, value }: Step, inMoney: boolean, currency: string): StepJson => {
  const threshold = inMoney ? formatAmount(from, currency) : Number(from);
  switch (value.kind) {
    case "percent":
      return { from: threshold, percent: printPercent(value.basisPoints) };
    case "amount-off":
      return { from: threshold, amountOff: formatAmount(value.amount, currency) };
    case "fixed-price":
      return { from: threshold, fixedPrice: formatAmount(value.price, currency) };
  }
};

const windowJson = (window: CountedOver): WindowJson => {
  if (window.kind === "lifetime") return "lifetime";
  return window.kind === "days" ? { days: window.days } : { calendar: window.period };
};

const tiersJson = (tiers: Readonly<Partial<Record<PricedTier, number>>>): Partial<Record<PricedTier, string>> =>
  Object.fromEntries(
    PRICED_TIERS.flatMap((tier) => {
      const percent = tiers[tier];
      return percent === undefined ? [] : [[tier, printPercent(percent)]];
    }),
  );

const earlyPaymentJson = ({ percents, ...part }: EarlyPaymentAfter): EarlyPaymentJson => {
  const { other, ...byTier } = percents;
  const tiers = tiersJson(byTier);
  return {
    kind: part.kind,
    ...(other === undefined ? {} : { percent: printPercent(other) }),
    ...(Object.keys(tiers).length > 0 ? { tiers } : {}),
    discountDays: part.discountDays,
    netDays: part.netDays,
    paidAs: part.paidAs,
    creditDays: part.creditDays,
  };
};

const partJson = (part: PlanPart, currency: string): PlanPartJson => {
  if (part.kind === "early-payment-after") return earlyPaymentJson(part);
  if (part.kind === "pay-now") {
    return { kind: part.kind, percent: printPercent(part.basisPoints), methods: part.methods };
  }
  const covered = part.collections === null ? {} : { collections: part.collections };
  switch (part.kind) {
    case "quantity-break": {
      const steps = part.steps.map((step) => stepJson(step, part.measure === "amount", currency));
      return { kind: part.kind, per: "order", scope: part.scope, measure: part.measure, ...covered, steps };
    }
    case "cumulative": {
      const steps = part.steps.map((step) => stepJson(step, part.measure === "net-sales", currency));
      return { kind: part.kind, window: windowJson(part.window), measure: part.measure, ...covered, steps };
    }
    case "tier-price": {
      const tiers = tiersJson(part.tiers);
      const companies = Object.fromEntries([...part.companies].map(([id, percent]) => [id, printPercent(percent)]));
      return { kind: part.kind, tiers, ...(part.companies.size > 0 ? { companies } : {}), ...covered };
    }
  }
};

/** A plan as it is written; what is as by default is left out. */
export const planToJson = (plan: Plan, currency: string): PlanJson => {
  const { minMargin, minOverCost, maxPercent, highestTax } = plan.limits;
  return {
    title: plan.title,
    parts: plan.parts.map((part) => partJson(part, currency)),
    meet: plan.meet,
    limits: {
      ...(minMargin === null ? {} : { minMarginPercent: printPercent(minMargin) }),
      ...(minOverCost === null ? {} : { minOverCost: formatAmount(minOverCost, currency) }),
      ...(maxPercent === null ? {} : { maxPercent: printPercent(maxPercent) }),
      ...(highestTax === 0 ? {} : { highestTaxPercent: printPercent(highestTax) }),
    },
    schedule: {
      ...(plan.from === null ? {} : { from: formatDay(plan.from) }),
      ...(plan.to === null ? {} : { to: formatDay(plan.to) }),
    },
    ...(plan.excluded.length > 0 ? { exclude: { collections: plan.excluded } } : {}),
    include: plan.included,
    combinesWith: plan.combinesWith,
  };
};
