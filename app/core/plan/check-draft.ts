import {
  limitsJson,
  planOfDraft,
  stepJson,
  type PartDraft,
  type PlanDraft,
  type StepDraft,
  type TierDraft,
} from "./plan-draft.ts";
import type { PlanLimits, Step } from "./plan.ts";
import { planFromJson, type ReadPlan } from "./plan-json.ts";
import type { PlanFault } from "./plan-reader.ts";

const LONGEST_TITLE = 255;
const LONGEST_DAYS = 3650;

const partFaults = (part: PartDraft, at: string): PlanFault[] => {
  const faults: PlanFault[] = [];
  if ("collections" in part && part.collections?.length === 0) {
    faults.push({ at: `${at}.collections`, reason: "needs a collection; or choose all products" });
  }
  if (part.kind === "cumulative" && part.window === "days") {
    const days = /^\d{1,4}$/.test(part.days.trim()) ? Number(part.days) : 0;
    if (days < 1 || days > LONGEST_DAYS) {
      faults.push({ at: `${at}.window.days`, reason: `is not a number of days from 1 to ${LONGEST_DAYS}` });
    }
  }
  if (part.kind === "tier-price") {
    const ids = part.companies.map(({ id }) => id.trim());
    for (const id of new Set(ids.filter((one, index) => one !== "" && ids.indexOf(one) !== index))) {
      faults.push({ at: `${at}.companies.${id}`, reason: "is there twice" });
    }
  }
  return faults;
};

const isBlank = (text: string): boolean => text.trim() === "";

/** Places where nothing was typed although something has to be, and what to say of it. */
type Missing = readonly (readonly [at: string, reason: string])[];

/** The number and the percentage of a company are one entry: which of them is missing has to be said. */
const missingOfCompanies = ({ companies }: TierDraft, at: string): Missing =>
  companies.flatMap(({ id, percent }) => {
    const place = `${at}.companies.${id.trim()}`;
    if (isBlank(id)) return [[place, "the company's number is missing"]];
    return isBlank(percent) && /^\d+$/.test(id.trim()) ? [[place, "the percentage is missing"]] : [];
  });

const IS_MISSING = "is missing";

const missingOf = (part: PartDraft, at: string): Missing => {
  switch (part.kind) {
    case "tier-price":
      return missingOfCompanies(part, at);
    case "pay-now":
      return isBlank(part.percent) ? [[`${at}.percent`, IS_MISSING]] : [];
    case "early-payment-after": {
      const { discountDays, netDays } = part;
      return Object.entries({ discountDays, netDays }).flatMap(([field, text]) =>
        isBlank(text) ? [[`${at}.${field}`, IS_MISSING]] : [],
      );
    }
    default:
      return part.steps.flatMap(({ from, kind, value }, place) => [
        ...(isBlank(from) ? [[`${at}.steps.${place}.from`, IS_MISSING] as const] : []),
        ...(isBlank(value) ? [[`${at}.steps.${place}.${kind}`, IS_MISSING] as const] : []),
      ]);
  }
};

/** What can be said of a form without the shop: the plan that it is, or what is wrong, by place. */
export const checkDraft = (draft: PlanDraft, currency: string): ReadPlan => {
  const title = draft.title.trim();
  const faults: PlanFault[] = [];
  if (title === "") faults.push({ at: "title", reason: "needs a title" });
  if (title.length > LONGEST_TITLE) faults.push({ at: "title", reason: `is longer than ${LONGEST_TITLE} characters` });
  faults.push(...draft.parts.flatMap((part, index) => partFaults(part, `parts.${index}`)));
  const read = planFromJson(planOfDraft(draft), currency);
  if (read.ok && faults.length === 0) return read;
  const missing = new Map(draft.parts.flatMap((part, index) => missingOf(part, `parts.${index}`)));
  const ofPlan = (read.ok ? [] : read.faults).map(({ at, reason }) => {
    return { at, reason: missing.get(at) ?? reason };
  });
  return { ok: false, faults: [...faults, ...ofPlan] };
};

/** A step by itself; null while it is not right yet. @param inMoney whether its threshold is an amount */
export const readStep = (step: StepDraft, inMoney: boolean, currency: string): Step | null => {
  const measure = inMoney ? "amount" : "units";
  const alone = { kind: "quantity-break", scope: "cart", measure, steps: [stepJson(step)] } as const;
  const read = planFromJson({ parts: [alone] }, currency);
  const part = read.ok ? read.plan.parts[0] : undefined;
  return part?.kind === "quantity-break" ? (part.steps[0] ?? null) : null;
};

/** The limits by themselves; null while one of them is not right yet. */
export const readLimits = (limits: PlanDraft["limits"], currency: string): PlanLimits | null => {
  const read = planFromJson({ parts: [], limits: limitsJson(limits) }, currency);
  return read.ok ? read.plan.limits : null;
};
