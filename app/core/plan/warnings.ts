import type { ShopDay } from "../time/shop-day.ts";
import { hasFloor, type Plan, type PlanPart, type Step } from "./plan.ts";

/** Something in a plan that works but is hardly meant. */
export interface PlanWarning {
  /** As in a fault: "parts.0". */
  readonly at: string;
  readonly code:
    | "no-parts"
    | "falling-steps"
    | "gives-nothing"
    | "over-the-cap"
    | "is-over"
    | "combines-over-floor"
    | "no-floor"
    | "tax-unknown";
}

const percentOf = ({ value }: Step): number | null => (value.kind === "percent" ? value.basisPoints : null);

const isFalling = (steps: readonly Step[]): boolean =>
  steps.some((step, index) => {
    const before = steps[index - 1];
    if (!before || before.value.kind !== step.value.kind) return false;
    if (step.value.kind === "percent" && before.value.kind === "percent") {
      return step.value.basisPoints < before.value.basisPoints;
    }
    if (step.value.kind === "amount-off" && before.value.kind === "amount-off")
      return step.value.amount < before.value.amount;
    return (
      step.value.kind === "fixed-price" && before.value.kind === "fixed-price" && step.value.price > before.value.price
    );
  });

const givesNothing = (steps: readonly Step[]): boolean =>
  steps.every(
    ({ value }) =>
      (value.kind === "percent" && value.basisPoints === 0) || (value.kind === "amount-off" && value.amount === 0n),
  );

const givesNobody = (part: PlanPart): boolean => {
  if (part.kind === "pay-now") return part.basisPoints === 0;
  return part.kind === "early-payment-after" && Object.values(part.percents).every((percent) => percent === 0);
};

/** What the merchant should look at before the plan goes live. */
export const planWarnings = (
  plan: Plan,
  shop: { readonly today: ShopDay; readonly taxesIncluded: boolean },
): PlanWarning[] => {
  const warnings: PlanWarning[] = [];
  const { parts, limits, combinesWith } = plan;
  if (parts.length === 0) warnings.push({ at: "parts", code: "no-parts" });
  parts.forEach((part, index) => {
    const at = `parts.${index}`;
    const steps = "steps" in part ? part.steps : [];
    if (isFalling(steps)) warnings.push({ at, code: "falling-steps" });
    if (steps.length > 0 && givesNothing(steps)) warnings.push({ at, code: "gives-nothing" });
    if (givesNobody(part)) warnings.push({ at, code: "gives-nothing" });
    const percents =
      part.kind === "tier-price" ? [...Object.values(part.tiers), ...part.companies.values()] : steps.map(percentOf);
    if (limits.maxPercent !== null && percents.some((percent) => (percent ?? 0) > (limits.maxPercent ?? 0))) {
      warnings.push({ at, code: "over-the-cap" });
    }
  });
  if (plan.to !== null && plan.to < shop.today) warnings.push({ at: "schedule.to", code: "is-over" });
  if (!hasFloor(plan)) warnings.push({ at: "limits", code: "no-floor" });
  else if (Object.values(combinesWith).some(Boolean))
    warnings.push({ at: "combinesWith", code: "combines-over-floor" });
  if (hasFloor(plan) && shop.taxesIncluded && limits.highestTax === 0)
    warnings.push({ at: "limits", code: "tax-unknown" });
  return warnings;
};
