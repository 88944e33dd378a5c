import { z } from "zod";
import { record } from "#app/audit.server.ts";
import { compilePlan } from "#app/core/plan/compile-plan.ts";
import { EMPTY_PLAN, isPricePart, payNowOf, type Plan } from "#app/core/plan/plan.ts";
import type { PlanJson } from "#app/core/plan/plan-json.ts";
import type { PlanFault } from "#app/core/plan/plan-reader.ts";
import { planToJson } from "#app/core/plan/print-plan.ts";
import { countUnpaid } from "#app/db/plan/pay-now-unpaid.server.ts";
import { collectionChoices, type CollectionChoice } from "#app/db/plan/plan-page.server.ts";
import { planNumbers, unknownCollections } from "#app/db/plan/plan-numbers.server.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import {
  latestPlan,
  planOfVersion,
  planVersions,
  savePlan,
  type PlanVersion,
} from "#app/db/plan/plan-versions.server.ts";
import {
  publicationOf,
  requestPublication,
  requestWithdrawal,
  type Publication,
} from "#app/db/plan/publication.server.ts";
import { countPublished } from "#app/db/plan/published-values.server.ts";
import { latestWork, type SyncRun } from "#app/db/sync-progress.server.ts";
import { countChanges } from "#app/pipeline/publish-plan.ts";
import { readOtherDiscounts, type OtherDiscount } from "#app/shopify/discount-reader.server.ts";
import type { Choice } from "#app/presenters/plan-choices.ts";
import { firstExample } from "./plan-choices.server.ts";
import type { SignedIn } from "./sign-in.server.ts";

export interface PlanPage {
  readonly plan: PlanJson;
  /** Of the plan that is shown; 0 before one was saved. */
  readonly version: number;
  readonly collections: readonly CollectionChoice[];
  /** The product that steps are shown on until another one is chosen; null: the shop has none. */
  readonly example: Choice | null;
  readonly versions: readonly PlanVersion[];
  readonly publication: Publication;
  readonly work: SyncRun | null;
  /** Orders that got the pay-now discount unpaid and need a hand. */
  readonly unpaid: number;
}

/** The latest works that bring the plan to Shopify and that take it away. */
export const planWorks = async ({ app, shop }: SignedIn) => {
  const [publish, withdraw] = await Promise.all([
    latestWork(app.pool, shop.id, "publish"),
    latestWork(app.pool, shop.id, "withdraw"),
  ]);
  return { publish, withdraw };
};

/** The one of them that began last. */
const latestPlanWork = async (signedIn: SignedIn): Promise<SyncRun | null> => {
  const { publish, withdraw } = await planWorks(signedIn);
  return (withdraw?.id ?? 0) > (publish?.id ?? 0) ? withdraw : publish;
};

export const readPlanPage = async (signedIn: SignedIn): Promise<PlanPage> => {
  const { app, shop } = signedIn;
  const latest = await latestPlan(app.pool, shop.id);
  const plan = latest?.plan ?? EMPTY_PLAN;
  const [collections, example, versions, publication, work, unpaid] = await Promise.all([
    collectionChoices(app.pool, shop.id),
    firstExample(signedIn),
    planVersions(app.pool, shop.id),
    publicationOf(app.pool, shop.id),
    latestPlanWork(signedIn),
    countUnpaid(app.pool, shop.id),
  ]);
  const page = { plan: planToJson(plan, shop.currency), version: latest?.version ?? 0 };
  return { ...page, collections, example, versions, publication, work, unpaid };
};

/** The shop's active automatic discounts beside the plan's, as they are at Shopify now. @throws ShopifyError */
export const readOthers = async ({ app, shop, ask }: SignedIn): Promise<OtherDiscount[]> => {
  const { discountId } = await publicationOf(app.pool, shop.id);
  return readOtherDiscounts(ask, discountId);
};

export type SavedPlan =
  { readonly ok: true; readonly version: number } | { readonly ok: false; readonly faults: readonly PlanFault[] };

/** Where a plan names a collection. */
const placesOf = ({ parts, excluded }: Plan, handle: string): string[] => [
  ...parts.flatMap((part, index) =>
    isPricePart(part) && part.collections?.includes(handle) ? [`parts.${index}.collections`] : [],
  ),
  ...(excluded.includes(handle) ? ["exclude.collections"] : []),
];

/** What a plan names that is not there, and whether it fits. */
const faultsOf = async ({ app, shop }: SignedIn, plan: Plan): Promise<readonly PlanFault[]> => {
  const unknown = await unknownCollections(app.pool, shop.id, plan);
  if (unknown.length > 0) {
    return unknown.flatMap((handle) =>
      placesOf(plan, handle).map((at) => ({ at, reason: `the shop has no collection "${handle}"` })),
    );
  }
  const compiled = compilePlan(plan, await planNumbers(app.pool, shop.id, plan), shop.currency);
  return compiled.ok ? [] : compiled.faults;
};

/**
 * Saves a plan of unknown shape as the next version.
 *
 * @param after the version that it is a change of; null: whichever is the latest
 */
export const saveThePlan = async (signedIn: SignedIn, raw: unknown, after: number | null): Promise<SavedPlan> => {
  const { app, shop, actor } = signedIn;
  const read = parsePlan(raw, shop.currency);
  if (!read.ok) return read;
  const faults = await faultsOf(signedIn, read.plan);
  if (faults.length > 0) return { ok: false, faults };
  const before = (await latestPlan(app.pool, shop.id))?.version;
  const saving = { plan: read.plan, currency: shop.currency, after, savedBy: actor, now: app.now() };
  const version = await savePlan(app.pool, shop.id, saving);
  if (version === null) {
    return {
      ok: false,
      faults: [{ at: "version", reason: "somebody else has saved the plan meanwhile" }],
    };
  }
  // One that is as the latest is no new version.
  if (version !== before) await record(signedIn, { kind: "plan-saved", version });
  return { ok: true, version };
};

/** A plan of unknown shape as it would be saved; nothing is. */
export const readPlan = ({ shop }: SignedIn, raw: unknown) => {
  const read = parsePlan(raw, shop.currency);
  return read.ok ? { ok: true as const, plan: planToJson(read.plan, shop.currency) } : read;
};

/** Has the latest version published. @returns false where there is none */
export const publishThePlan = async (signedIn: SignedIn): Promise<boolean> => {
  const { app, shop } = signedIn;
  const latest = await latestPlan(app.pool, shop.id);
  if (!latest) return false;
  await requestPublication(app.pool, shop.id, latest.version, app.now());
  await record(signedIn, { kind: "plan-published", version: latest.version });
  return true;
};

export const withdrawThePlan = async (signedIn: SignedIn): Promise<void> => {
  await requestWithdrawal(signedIn.app.pool, signedIn.shop.id, signedIn.app.now());
  await record(signedIn, { kind: "plan-withdrawn" });
};

/** Saves an older version once more, as the latest one. */
export const restorePlan = async (signedIn: SignedIn, version: number): Promise<SavedPlan> => {
  const { app, shop } = signedIn;
  const old = await planOfVersion(app.pool, shop.id, version);
  if (!old) return { ok: false, faults: [{ at: "plan", reason: `there is no version ${version}` }] };
  return saveThePlan(signedIn, planToJson(old.plan, shop.currency), null);
};

/** What publishing the latest version would change at Shopify, and what taking everything away would. */
export const plannedChanges = async ({ app, shop }: SignedIn) => {
  const latest = await latestPlan(app.pool, shop.id);
  const there = await countPublished(app.pool, shop.id);
  const { customizationId } = await publicationOf(app.pool, shop.id);
  const payNow = { publish: latest !== null && payNowOf(latest.plan) !== null, withdraw: customizationId !== null };
  if (!latest) return { publish: null, withdraw: there, payNow };
  const { plan } = latest;
  const numbers = await planNumbers(app.pool, shop.id, plan);
  const publish = await countChanges({ pool: app.pool, shop, plan, numbers, now: app.now() });
  return { publish, withdraw: there, payNow };
};

/** The shop's plan as a file of JSON; null before one was saved. */
export const exportPlan = async ({ app, shop }: SignedIn): Promise<string | null> => {
  const latest = await latestPlan(app.pool, shop.id);
  return latest && `${JSON.stringify(planToJson(latest.plan, shop.currency), null, 2)}\n`;
};

/** The form of the page: what is to be done, and with what. */
export const planForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), plan: z.string(), after: z.coerce.number().int().nonnegative() }),
  z.object({ intent: z.literal("read"), plan: z.string() }),
  z.object({ intent: z.literal("publish") }),
  z.object({ intent: z.literal("withdraw") }),
  z.object({ intent: z.literal("restore"), version: z.coerce.number().int().positive() }),
  z.object({ intent: z.literal("count") }),
]);
