import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useState } from "react";
import { checkDraft } from "#app/core/plan/check-draft.ts";
import { draftOfPlan, planOfDraft, type PlanDraft } from "#app/core/plan/plan-draft.ts";
import type { PlanJson, ReadPlan } from "#app/core/plan/plan-json.ts";
import type { PlanFault } from "#app/core/plan/plan-reader.ts";
import type { PlanAnswer } from "#app/presenters/plan-page.ts";

interface SavedPlan {
  readonly plan: PlanJson;
  readonly version: number;
}

interface State {
  /** What the form is a change of. */
  readonly base: SavedPlan;
  readonly draft: PlanDraft;
  /** What is on its way to the server, and the answer that was there before. */
  readonly sent: { readonly text: string; readonly before: PlanAnswer | undefined } | null;
  /** Saving was tried and refused: what is wrong is shown while it is being put right. */
  readonly isRefused: boolean;
  /** Something to start from was chosen, be it nothing: an empty plan is no change of no plan. */
  readonly isStarted: boolean;
}

export interface PlanEditor {
  readonly draft: PlanDraft;
  /** The plan that the form is by now, or what can be told to be wrong without the server. */
  readonly read: ReadPlan;
  readonly isDirty: boolean;
  /** A plan is being written, even where it is as empty as before. */
  readonly isStarted: boolean;
  readonly isSaving: boolean;
  /** What is to be shown as wrong. */
  readonly faults: readonly PlanFault[];
  readonly change: (part: Partial<PlanDraft>) => void;
  readonly fill: (plan: PlanJson) => void;
  readonly save: () => void;
  /** Saves although somebody else has saved meanwhile. */
  readonly saveOver: () => void;
  readonly discard: () => void;
}

const textOf = (draft: PlanDraft): string => JSON.stringify(planOfDraft(draft));

const stateOf = (base: SavedPlan): State => ({
  base,
  draft: draftOfPlan(base.plan),
  sent: null,
  isRefused: false,
  isStarted: base.version > 0,
});

const filledWith = (before: State, plan: PlanJson): State => ({
  ...stateOf(before.base),
  draft: draftOfPlan(plan),
  isStarted: true,
});

const isChanged = ({ base, draft }: State): boolean => textOf(draft) !== textOf(draftOfPlan(base.plan));

/** The server has saved what was sent: the form goes on from there, with what was typed meanwhile. */
const afterSaving = (state: State, saved: SavedPlan): State =>
  textOf(state.draft) === state.sent?.text ? stateOf(saved) : { ...state, base: saved, sent: null, isRefused: false };

/** The form once the page's data has come in: where there is nothing to lose, it is as saved. */
const settled = (state: State, saved: SavedPlan, answer: PlanAnswer | undefined): State => {
  if (answer?.kind === "saved" && answer.version === saved.version) return afterSaving(state, saved);
  return saved.version !== state.base.version && !isChanged(state) ? stateOf(saved) : state;
};

/** What the form shows as wrong: what the server has said of just this, or, once it was refused, what is still wrong. */
const faultsOf = (state: State, read: ReadPlan, answer: PlanAnswer | undefined): readonly PlanFault[] => {
  if (answer?.kind === "refused" && textOf(state.draft) === state.sent?.text) return answer.faults;
  return read.ok || !(state.isRefused || answer?.kind === "refused") ? [] : read.faults;
};

const answerTo = (sent: State["sent"], { state, data }: { state: string; data: PlanAnswer | undefined }) =>
  sent !== null && state === "idle" && data !== sent.before ? data : undefined;

/** Holds what is typed, whatever the page loads meanwhile, until it is saved or discarded. */
export const usePlanEditor = (saved: SavedPlan, currency: string): PlanEditor => {
  const shopify = useAppBridge();
  const fetcher = useFetcher<PlanAnswer>();
  const { data } = fetcher;
  const [state, setState] = useState<State>(() => stateOf(saved));
  const { draft } = state;
  const answer = answerTo(state.sent, fetcher);
  const next = settled(state, saved, answer);
  if (next !== state) setState(next);

  useEffect(() => {
    if (data?.kind === "saved") shopify.toast.show("Plan saved");
  }, [data, shopify]);

  const read = checkDraft(draft, currency);
  const send = (after: number): void => {
    if (!read.ok) return setState((before) => ({ ...before, isRefused: true }));
    const plan = textOf(draft);
    setState((before) => ({ ...before, sent: { text: plan, before: data }, isRefused: false }));
    fetcher.submit({ intent: "save", plan, after: String(after) }, { method: "post" });
  };
  return {
    draft,
    read,
    isDirty: isChanged(state),
    isStarted: state.isStarted,
    isSaving: fetcher.state !== "idle",
    faults: faultsOf(state, read, answer),
    change: (part) => setState((before) => ({ ...before, draft: { ...before.draft, ...part } })),
    fill: (plan) => setState((before) => filledWith(before, plan)),
    save: () => send(state.base.version),
    saveOver: () => send(saved.version),
    discard: () => setState(stateOf(saved)),
  };
};
