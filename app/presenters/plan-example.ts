import { readStep } from "#app/core/plan/check-draft.ts";
import { stepExample, type ExampleProduct } from "#app/core/plan/example.ts";
import { earlyPaymentOfDraft, type EarlyPaymentDraft } from "#app/core/plan/payment-drafts.ts";
import { planFromJson } from "#app/core/plan/plan-json.ts";
import { annualCost } from "#app/core/receivables/annual-cost.ts";
import { floorPrice } from "#app/core/plan/floor.ts";
import type { CumulativeDraft, QuantityDraft, StepDraft } from "#app/core/plan/plan-draft.ts";
import { earlyPaymentOf, EMPTY_PLAN, hasFloor, type Plan, type PlanLimits, type Step } from "#app/core/plan/plan.ts";
import { count, money, plural } from "./format.ts";

/** What steps are shown on while they are typed: a product of the shop's, and the plan's limits. */
export interface ExampleOn {
  /** Null: the shop has none. */
  readonly product: { readonly title: string; readonly price: bigint; readonly unitCost: bigint | null } | null;
  /** Null while they are not right yet: then nothing is shown. */
  readonly limits: PlanLimits | null;
  readonly taxesIncluded: boolean;
  readonly currency: string;
}

export interface ExampleView {
  readonly text: string;
  /** Whether the margin keeps the discount from being what the step says. */
  readonly isHeld: boolean;
}

/** Whole percents, never more than is kept. */
const keptText = (margin: number | null): string => {
  if (margin === null) return "";
  const percent = Math.floor(margin / 100);
  return percent < 0 ? `, you lose ${count(-percent)} %` : `, you keep ${count(percent)} %`;
};

const percentStep = (basisPoints: number): Step => ({ from: 0n, value: { kind: "percent", basisPoints } });

/** What a step makes of the product's price, and whether the highest percentage has cut it. */
const cappedExample = (product: ExampleProduct, step: Step, maxPercent: number | null) => {
  const wanted = stepExample(product, step);
  const most = maxPercent === null ? null : stepExample(product, percentStep(maxPercent));
  return most !== null && most.price > wanted.price ? { ...most, isCut: true } : { ...wanted, isCut: false };
};

/** "$9.00 each, you keep 53 %": what a step makes of the product's price, with what the limits do to it. */
const priceExample = (step: Step, { product, limits, taxesIncluded, currency }: ExampleOn): ExampleView | null => {
  if (!product || !limits) return null;
  const plan: Plan = { ...EMPTY_PLAN, limits };
  const { price: full, unitCost } = product;
  if (hasFloor(plan) && unitCost === null) {
    return { text: "cost unknown: no discount while a margin is set", isHeld: true };
  }
  const floor = floorPrice(unitCost, plan, taxesIncluded);
  const tax = taxesIncluded ? limits.highestTax : 0;
  const { price, isHeld, isCut, margin } = cappedExample(
    { price: full, unitCost, floor, tax },
    step,
    limits.maxPercent,
  );
  const amount = money(price, currency);
  if (price === full) {
    return {
      isHeld,
      text: isHeld ? `${amount} each, no discount: its margin allows none` : `${amount} each: no discount`,
    };
  }
  const kept = keptText(margin);
  if (isHeld) return { isHeld, text: `held by the margin at ${amount} each${kept}` };
  return { isHeld, text: `${amount} each${kept}${isCut ? ", cut to the highest percentage" : ""}` };
};

const OVER: Readonly<Record<Exclude<CumulativeDraft["window"], "days">, string>> = {
  month: "this month",
  quarter: "this quarter",
  year: "this year",
  lifetime: "so far",
};

/** "From $500.00 bought in the last 365 days on" */
const reachedText = ({ measure, window, days }: CumulativeDraft, from: bigint, currency: string): string => {
  const over = window === "days" ? `in the last ${days.trim() || "…"} days` : OVER[window];
  const bought = measure === "net-sales" ? money(from, currency) : plural(Number(from), "unit");
  return measure === "orders"
    ? `From ${plural(Number(from), "order")} placed ${over} on`
    : `From ${bought} bought ${over} on`;
};

/** Whether the thresholds of a part's steps are amounts. */
export const isInMoney = ({ measure }: QuantityDraft | CumulativeDraft): boolean =>
  measure === "amount" || measure === "net-sales";

/**
 * What a step of a part comes to, in words; null while it is not right yet or there is nothing to show it on.
 *
 * @example "12 x Mug, Blue: $9.00 each, you keep 53 %"
 */
export const stepInWords = (
  part: QuantityDraft | CumulativeDraft,
  draft: StepDraft,
  on: ExampleOn,
): ExampleView | null => {
  const step = readStep(draft, isInMoney(part), on.currency);
  const example = step && priceExample(step, on);
  if (!step || !example || !on.product) return null;
  const { title } = on.product;
  const { isHeld, text } = example;
  if (part.kind === "cumulative") {
    return { isHeld, text: `${reachedText(part, step.from, on.currency)}. ${title}: ${text}` };
  }
  const bought = part.measure === "units" ? `${count(Number(step.from))} x` : `${money(step.from, on.currency)} of`;
  return { isHeld, text: `${bought} ${title}: ${text}` };
};

/** What a percentage comes to, as of tiers and companies. */
export const percentInWords = (percent: string, on: ExampleOn): ExampleView | null => {
  const step = readStep({ key: 1, from: "0", kind: "percent", value: percent }, false, on.currency);
  const example = step && priceExample(step, on);
  return example && on.product ? { ...example, text: `${on.product.title}: ${example.text}` } : null;
};

/** "Of the goods. Costs 37.2 % a year ...": what an early payment that is typed comes to; null while it is not right yet. */
export const yearlyCostInWords = (draft: EarlyPaymentDraft): string | null => {
  const read = planFromJson({ parts: [earlyPaymentOfDraft(draft)] }, "USD");
  const part = read.ok ? earlyPaymentOf(read.plan) : null;
  const cost = part?.percents.other === undefined ? null : annualCost(part.percents.other, part);
  if (!part || !cost) return null;
  const sooner = plural(part.netDays - part.discountDays, "day");
  return `Of the goods, without tax. For money ${sooner} sooner that is ${(cost.nominal * 100).toFixed(1)} % a year.`;
};
