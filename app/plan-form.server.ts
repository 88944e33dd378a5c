import type { PlanFault } from "#app/core/plan/plan-reader.ts";
import { presentCounts, type PlanAnswer } from "#app/presenters/plan-page.ts";
import {
  plannedChanges,
  planForm,
  publishThePlan,
  readPlan,
  restorePlan,
  saveThePlan,
  withdrawThePlan,
  type SavedPlan,
} from "./plan.server.ts";
import type { SignedIn } from "./sign-in.server.ts";

type Parsed =
  { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly faults: readonly PlanFault[] };

const parsed = (text: string): Parsed => {
  try {
    const json: unknown = JSON.parse(text);
    return { ok: true, json };
  } catch {
    return { ok: false, faults: [{ at: "plan", reason: "is not JSON" }] };
  }
};

/** Saves a plan that comes as text. @param after as for `saveThePlan` */
export const savePlanText = async (signedIn: SignedIn, text: string, after: number | null): Promise<SavedPlan> => {
  const read = parsed(text);
  return read.ok ? saveThePlan(signedIn, read.json, after) : read;
};

const readPlanText = (signedIn: SignedIn, text: string) => {
  const read = parsed(text);
  return read.ok ? readPlan(signedIn, read.json) : read;
};

const refused = (reason: string): PlanAnswer => ({ kind: "refused", faults: [{ at: "plan", reason }] });

const answerOf = (saved: SavedPlan): PlanAnswer =>
  saved.ok ? { kind: "saved", version: saved.version } : { kind: "refused", faults: saved.faults };

/** Does what a form of the page asks for. @param form null where more was sent than a plan can be */
export const doPlanAction = async (signedIn: SignedIn, form: FormData | null): Promise<PlanAnswer> => {
  if (form === null) return refused("is too large");
  const read = planForm.safeParse(Object.fromEntries(form));
  if (!read.success) return refused("this is not something to be done here");
  const { data } = read;
  switch (data.intent) {
    case "save":
      return answerOf(await savePlanText(signedIn, data.plan, data.after));
    case "read": {
      const file = readPlanText(signedIn, data.plan);
      return file.ok ? { kind: "read", plan: file.plan } : { kind: "refused", faults: file.faults };
    }
    case "restore":
      return answerOf(await restorePlan(signedIn, data.version));
    case "count":
      return presentCounts(await plannedChanges(signedIn));
    case "publish":
      return (await publishThePlan(signedIn)) ? { kind: "queued" } : refused("there is no plan to publish yet");
    case "withdraw":
      await withdrawThePlan(signedIn);
      return { kind: "queued" };
  }
};
