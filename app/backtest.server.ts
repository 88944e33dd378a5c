import { z } from "zod";
import { record } from "#app/audit.server.ts";
import { compilePlan } from "#app/core/plan/compile-plan.ts";
import {
  backtestById,
  backtests,
  cancelBacktest,
  deleteBacktest,
  latestFinished,
  requestBacktest,
  type Backtest,
} from "#app/db/backtest/backtests.server.ts";
import {
  belowOfBacktest,
  countLists,
  customersOfBacktest,
  differencesOfBacktest,
  exportBacktestCustomers,
  RESULTS_PER_PAGE,
  resultsByTier,
  type BelowResult,
  type CustomerResult,
  type DifferenceResult,
  type TierResult,
} from "#app/db/backtest/results.server.ts";
import { planNumbers } from "#app/db/plan/plan-numbers.server.ts";
import { latestPlan, planOfVersion, planVersions } from "#app/db/plan/plan-versions.server.ts";
import { latestWork, requestWork, type SyncRun } from "#app/db/sync-progress.server.ts";
import type { SignedIn } from "#app/sign-in.server.ts";

export interface BacktestsPage {
  readonly tests: readonly Backtest[];
  /** Versions of the plan that can be tried, latest first. */
  readonly versions: readonly { readonly version: number; readonly title: string }[];
  readonly work: SyncRun | null;
}

export const readBacktestsPage = async ({ app, shop }: SignedIn): Promise<BacktestsPage> => {
  // In this order: a back-test that is seen finished has its work finished, too.
  const work = await latestWork(app.pool, shop.id, "backtest");
  const [tests, versions] = await Promise.all([backtests(app.pool, shop.id), planVersions(app.pool, shop.id)]);
  return { work, tests, versions: versions.map(({ version, plan }) => ({ version, title: plan.title })) };
};

const MOST_DAYS = 3650;

/** What is to be tried: which version (left out: the latest), and on which orders (left out: all). */
const backtestRequest = z.strictObject({
  version: z.coerce.number().int().positive().optional(),
  window: z
    .union([z.literal("all"), z.strictObject({ days: z.coerce.number().int().min(1).max(MOST_DAYS) })])
    .optional(),
});

/** The latest work on back-tests; null before the first. */
export const backtestWork = ({ app, shop }: SignedIn): Promise<SyncRun | null> =>
  latestWork(app.pool, shop.id, "backtest");

export type Started = { readonly ok: true; readonly id: number } | { readonly ok: false; readonly message: string };

/** Has a plan tried on past orders. */
const startBacktest = async (
  signedIn: SignedIn,
  { version, window = "all" }: z.infer<typeof backtestRequest>,
): Promise<Started> => {
  const { app, shop, actor } = signedIn;
  const saved =
    version === undefined ? await latestPlan(app.pool, shop.id) : await planOfVersion(app.pool, shop.id, version);
  if (!saved) return { ok: false, message: "There is no such version of the plan. Save a plan first." };
  const compiled = compilePlan(saved.plan, await planNumbers(app.pool, shop.id, saved.plan), shop.currency);
  if (!compiled.ok) return { ok: false, message: `The plan cannot be carried out: ${compiled.faults[0]?.reason}.` };
  const id = await requestBacktest(app.pool, shop.id, {
    version: saved.version,
    windowDays: window === "all" ? null : window.days,
    requestedBy: actor,
    now: app.now(),
  });
  await record(signedIn, { kind: "backtest-requested", version: saved.version });
  return { ok: true, id };
};

/** The same, from a request's text; without any the latest version on all orders. */
export const startFromText = async (signedIn: SignedIn, text: string | null): Promise<Started> => {
  const refused = { ok: false, message: 'Expected JSON such as {"version": 3, "window": {"days": 365}}.' } as const;
  if (text === null) return refused;
  let json: unknown = {};
  try {
    if (text.trim() !== "") json = JSON.parse(text);
  } catch {
    return refused;
  }
  const asked = backtestRequest.safeParse(json);
  return asked.success ? startBacktest(signedIn, asked.data) : refused;
};

const number = z.coerce.number().int().positive();

const action = z.discriminatedUnion("intent", [
  // The days are read apart: what is wrong with them is said at their field.
  z.object({
    intent: z.literal("start"),
    version: number,
    orders: z.enum(["all", "days"]),
    days: z.string().optional(),
  }),
  z.object({ intent: z.literal("cancel"), id: number }),
  z.object({ intent: z.literal("delete"), id: number }),
  z.object({ intent: z.literal("retry") }),
]);

/** What a form of the page answers; `field` where something is wrong with one field alone. */
export type BacktestAnswer =
  { readonly ok: true } | { readonly ok: false; readonly message: string; readonly field?: "days" };

type Start = Extract<z.infer<typeof action>, { intent: "start" }>;

const startFromForm = async (signedIn: SignedIn, { version, orders, days }: Start): Promise<BacktestAnswer> => {
  const read = number.max(MOST_DAYS).safeParse(days);
  if (orders === "days" && !read.success)
    return { ok: false, message: `Enter a number of days, from 1 to ${MOST_DAYS}.`, field: "days" };
  const window = orders === "days" && read.success ? { days: read.data } : "all";
  const started = await startBacktest(signedIn, { version, window });
  return started.ok ? { ok: true } : started;
};

/** Does what a form of the page asks for. */
export const doBacktestAction = async (signedIn: SignedIn, form: FormData | null): Promise<BacktestAnswer> => {
  const { app, shop } = signedIn;
  const asked = action.safeParse(form && Object.fromEntries(form));
  if (!asked.success) return { ok: false, message: "Choose a version of the plan, and on which orders to try it." };
  switch (asked.data.intent) {
    case "start":
      return startFromForm(signedIn, asked.data);
    case "cancel":
      await cancelBacktest(app.pool, shop.id, asked.data.id, app.now());
      return { ok: true };
    case "delete":
      if (await deleteBacktest(app.pool, shop.id, asked.data.id))
        await record(signedIn, { kind: "backtest-deleted", backtest: asked.data.id });
      return { ok: true };
    case "retry":
      await requestWork(app.pool, shop.id, "backtest", app.now());
      return { ok: true };
  }
};

/** What a back-test has found so far, but for its lists. */
export interface BacktestFindings {
  readonly test: Backtest;
  readonly tiers: readonly TierResult[];
}

/** @returns null where there is none of that number */
export const readFindings = async ({ app, shop }: SignedIn, id: number): Promise<BacktestFindings | null> => {
  const test = await backtestById(app.pool, shop.id, id);
  return test && { test, tiers: await resultsByTier(app.pool, shop.id, id) };
};

/** The lists of a back-test. */
export const LISTS = ["customers", "differences", "below"] as const;
export type ListName = (typeof LISTS)[number];

export type BacktestList =
  | { readonly show: "customers"; readonly rows: readonly CustomerResult[] }
  | { readonly show: "differences"; readonly rows: readonly DifferenceResult[] }
  | { readonly show: "below"; readonly rows: readonly BelowResult[] };

export interface BacktestListPage {
  readonly list: BacktestList;
  readonly totals: Readonly<Record<ListName, number>>;
  readonly perPage: number;
}

/** A page of one of the lists. */
export const readList = async (
  { app, shop }: SignedIn,
  id: number,
  { show, page }: { readonly show: ListName; readonly page: number },
): Promise<BacktestListPage> => {
  const at = { offset: (page - 1) * RESULTS_PER_PAGE, limit: RESULTS_PER_PAGE };
  const totals = await countLists(app.pool, shop.id, id);
  const list = async (): Promise<BacktestList> => {
    if (show === "customers") return { show, rows: await customersOfBacktest(app.pool, shop.id, id, at) };
    if (show === "below") return { show, rows: await belowOfBacktest(app.pool, shop.id, id, at) };
    return { show, rows: await differencesOfBacktest(app.pool, shop.id, id, at) };
  };
  return { list: await list(), totals, perPage: RESULTS_PER_PAGE };
};

/** So many rows of each list are in the file of JSON; the files of CSV have all that are kept. */
const MOST_IN_JSON = 10_000;

export interface WholeBacktest extends BacktestFindings {
  readonly customers: readonly CustomerResult[];
  readonly differences: readonly DifferenceResult[];
  readonly below: readonly BelowResult[];
}

/** A back-test with its lists: the one of a number, or the latest that is finished. */
export const wholeBacktest = async (signedIn: SignedIn, id: number | null): Promise<WholeBacktest | null> => {
  const { app, shop } = signedIn;
  const wanted = id ?? (await latestFinished(app.pool, shop.id))?.id;
  const findings = wanted === undefined ? null : await readFindings(signedIn, wanted);
  if (!findings) return null;
  const at = { offset: 0, limit: MOST_IN_JSON };
  const [customers, differences, below] = await Promise.all([
    customersOfBacktest(app.pool, shop.id, findings.test.id, at),
    differencesOfBacktest(app.pool, shop.id, findings.test.id, at),
    belowOfBacktest(app.pool, shop.id, findings.test.id, at),
  ]);
  return { ...findings, customers, differences, below };
};

/** All customers of a back-test, a batch at a time. */
export const allCustomers = ({ app, shop }: SignedIn, id: number): AsyncGenerator<readonly CustomerResult[]> =>
  exportBacktestCustomers(app.pool, shop.id, id);

/** All differences that are kept, a page at a time. */
export async function* allDifferences(
  { app, shop }: SignedIn,
  id: number,
): AsyncGenerator<readonly DifferenceResult[]> {
  for (let offset = 0; ; offset += MOST_IN_JSON) {
    const rows = await differencesOfBacktest(app.pool, shop.id, id, { offset, limit: MOST_IN_JSON });
    if (rows.length > 0) yield rows;
    if (rows.length < MOST_IN_JSON) return;
  }
}

/** The number of a back-test as an address has it; null for what is none. */
export const backtestId = (text: string | null | undefined): number | null =>
  text && /^\d{1,9}$/.test(text) ? Number(text) : null;

/** The back-test that an address names. @throws Response 404 where the shop has none of that number */
export const namedBacktest = async ({ app, shop }: SignedIn, request: Request): Promise<number> => {
  const id = backtestId(new URL(request.url).searchParams.get("id"));
  const found = id === null ? null : await backtestById(app.pool, shop.id, id);
  if (!found) throw new Response("There is no such back-test.", { status: 404 });
  return found.id;
};
