import { compilePlan } from "#app/core/plan/compile-plan.ts";
import type { CombinesWith, Plan } from "#app/core/plan/plan.ts";
import { sameJson } from "#app/core/plan/same-json.ts";
import { MS_PER_DAY } from "#app/core/time/shop-day.ts";
import { forgetNumbers } from "#app/db/plan/plan-numbers.server.ts";
import { endPeriod } from "#app/db/plan/plan-periods.server.ts";
import {
  markPublished,
  publicationOf,
  saveDiscountId,
  saveDrift,
  type Drift,
} from "#app/db/plan/publication.server.ts";
import {
  changesOf,
  countPublished,
  publishedValues,
  recordChanges,
  type Desired,
  type ValueChange,
  type ValueOwner,
} from "#app/db/plan/published-values.server.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import { readPlanDiscount, type DiscountAtShopify } from "#app/shopify/discount-reader.server.ts";
import {
  changeMetafields,
  createDiscount,
  deleteDiscount,
  MOST_METAFIELDS,
  updateDiscount,
  type DiscountToWrite,
} from "#app/shopify/plan-writer.server.ts";
import { report, type StageContext } from "./bulk-stage.ts";
import type { Parked, PipelineContext } from "./context.ts";
import { planInForce, type PlanInForce } from "./plan-in-force.ts";
import { floorValues, groupValues, standingValues, type PlanAt } from "./plan-values.ts";
import { dropIdleCustomization } from "./publish-payments.ts";

/** What is to change at Shopify, owner by owner: where the two are the same there is nothing. */
async function* changes(at: PlanAt, owner: ValueOwner, desired: AsyncIterable<Desired>): AsyncGenerator<ValueChange[]> {
  for await (const batch of desired) yield changesOf(at.pool, at.shop.id, owner, batch);
}

async function* standingChanges(at: PlanAt): AsyncGenerator<ValueChange[]> {
  const { pool, shop } = at;
  for await (const { customers, locations } of standingValues(at)) {
    yield changesOf(pool, shop.id, "customer", customers);
    yield changesOf(pool, shop.id, "location", locations);
  }
}

/** Changes as many at a time as Shopify takes at most. */
async function* calls(all: AsyncIterable<readonly ValueChange[]>): AsyncGenerator<ValueChange[]> {
  const waiting: ValueChange[] = [];
  for await (const batch of all) {
    waiting.push(...batch);
    while (waiting.length >= MOST_METAFIELDS) yield waiting.splice(0, MOST_METAFIELDS);
  }
  if (waiting.length > 0) yield waiting;
}

/** Applies changes as many at a time as Shopify takes, and remembers each call as it is done: an interrupted one goes on. */
const apply = async (
  context: StageContext,
  all: AsyncIterable<readonly ValueChange[]>,
): Promise<Parked | undefined> => {
  const { pool, shop, ask } = context;
  let done = context.stage.done;
  for await (const some of calls(all)) {
    if (context.isStopping()) return { afterMs: 0 };
    await changeMetafields(ask, some);
    await recordChanges(pool, shop.id, some, context.now());
    done += some.length;
    await report(context, { status: "loading", done });
  }
  return undefined;
};

export const publishFloors = async (context: StageContext): Promise<Parked | undefined> => {
  const at = await planInForce(context);
  return at ? apply(context, changes(at, "variant", floorValues(at))) : undefined;
};

export const publishGroups = async (context: StageContext): Promise<Parked | undefined> => {
  const at = await planInForce(context);
  return at ? apply(context, changes(at, "product", groupValues(at))) : undefined;
};

export const publishStandings = async (context: StageContext): Promise<Parked | undefined> => {
  const at = await planInForce(context);
  return at ? apply(context, standingChanges(at)) : undefined;
};

/**
 * The discount that carries a plan. Its days are the shop's, which the Function looks at; at Shopify they have a day of leeway
 * on either side. One that is there already keeps its beginning.
 */
const discountOf = (plan: Plan, now: Date, there: DiscountAtShopify | null): DiscountToWrite => ({
  title: plan.title,
  startsAt: plan.from === null ? (there?.startsAt ?? now) : new Date((plan.from - 1) * MS_PER_DAY),
  endsAt: plan.to === null ? null : new Date((plan.to + 2) * MS_PER_DAY),
  appliesOnSubscription: plan.included.subscriptions,
  combinesWith: plan.combinesWith,
});

const sameCombination = (a: CombinesWith, b: CombinesWith): boolean =>
  a.orderDiscounts === b.orderDiscounts &&
  a.productDiscounts === b.productDiscounts &&
  a.shippingDiscounts === b.shippingDiscounts;

/** How the discount at Shopify is not what it is to be. */
const driftOf = (wanted: DiscountToWrite, value: string, is: DiscountAtShopify | null): Drift[] => {
  if (!is) return ["deleted"];
  const drift: Drift[] = [];
  const note = (isSame: boolean, what: Drift): void => {
    if (!isSame) drift.push(what);
  };
  note(is.title === wanted.title, "title");
  // Whoever switches a discount off gives it an end.
  note(
    (is.endsAt?.getTime() ?? null) === (wanted.endsAt?.getTime() ?? null),
    is.status === "EXPIRED" ? "inactive" : "dates",
  );
  note(sameCombination(is.combinesWith, wanted.combinesWith), "combination");
  note(is.discountClasses.join() === "PRODUCT", "class");
  note(sameJson(is.plan, value), "plan");
  return drift;
};

/** The plan as it is in force: without its pay-now part while nothing holds buyers to it. */
const effective = ({ plan, publication }: PlanInForce): Plan =>
  publication.payNow === "on" ? plan : { ...plan, parts: plan.parts.filter(({ kind }) => kind !== "pay-now") };

const compiledText = (at: PlanInForce): string => {
  const compiled = compilePlan(effective(at), at.numbers, at.shop.currency);
  if (!compiled.ok) throw new ShopifyError("refused", compiled.faults.map(({ reason }) => reason).join("; "));
  return JSON.stringify(compiled.plan);
};

/**
 * Writes the plan itself, last of all: from then on it is in force. What somebody has changed at Shopify since it was
 * published is not written over by a refresh: it is shown, and the merchant publishes again, or does not.
 */
export const publishDiscount = async (context: StageContext): Promise<void> => {
  const { pool, shop, ask, now } = context;
  const at = await planInForce(context);
  if (!at) return;
  const { discountId, publishedAt } = at.publication;
  const there = discountId === null ? null : await readPlanDiscount(ask, discountId);
  const wanted = discountOf(at.plan, now(), there);
  const value = compiledText(at);
  const others = driftOf(wanted, value, there).filter((what) => what !== "plan");
  if (publishedAt !== null && others.length > 0) return saveDrift(pool, shop.id, others, now());
  const isThere = discountId !== null && there !== null && (await updateDiscount(ask, discountId, wanted));
  const id = isThere ? discountId : await createDiscount(ask, wanted);
  await saveDiscountId(pool, shop.id, id);
  await changeMetafields(ask, [{ owner: "discount", id, value }]);
  const left = driftOf(wanted, value, await readPlanDiscount(ask, id));
  if (left.length > 0) throw new ShopifyError("refused", `The discount is not as it was written: ${left.join(", ")}`);
  await markPublished(pool, shop.id, { version: at.version, compiled: value }, now());
  await dropIdleCustomization(context);
};

/** Looks whether the discount at Shopify is still what it was published as, and notes what is not. */
export const checkDiscount = async (context: PipelineContext): Promise<void> => {
  const { pool, shop, ask, now } = context;
  const at = await planInForce(context);
  if (!at) return;
  const { discountId, publishedAt } = at.publication;
  if (discountId === null || publishedAt === null) return;
  const there = await readPlanDiscount(ask, discountId);
  await saveDrift(pool, shop.id, driftOf(discountOf(at.plan, now(), there), compiledText(at), there), now());
};

/** Takes the discount away, first of all: from then on no plan is in force. */
export const withdrawDiscount = async ({ pool, shop, ask, now }: StageContext): Promise<void> => {
  const { discountId } = await publicationOf(pool, shop.id);
  if (discountId === null) return;
  await deleteDiscount(ask, discountId);
  await endPeriod(pool, shop.id, now());
  if (await readPlanDiscount(ask, discountId)) throw new ShopifyError("refused", "The discount is still there");
  await saveDiscountId(pool, shop.id, null);
};

async function* removals({ pool, shop }: StageContext): AsyncGenerator<ValueChange[]> {
  for await (const values of publishedValues(pool, shop.id, 1000)) yield values.map((one) => ({ ...one, value: null }));
}

/** Takes every metafield away that was written. */
export const withdrawValues = async (context: StageContext): Promise<Parked | undefined> => {
  const { pool, shop } = context;
  const total = Object.values(await countPublished(pool, shop.id)).reduce((sum, count) => sum + count, 0);
  await report(context, { total: context.stage.done + total });
  const parked = await apply(context, removals(context));
  if (parked) return parked;
  await forgetNumbers(pool, shop.id);
  return undefined;
};

/** How many values would change at Shopify, by kind of owner, if a plan were published now. */
export const countChanges = async (at: PlanAt): Promise<Readonly<Record<ValueOwner, number>>> => {
  const counts = { product: 0, variant: 0, customer: 0, location: 0 };
  const count = async (all: AsyncIterable<readonly ValueChange[]>): Promise<void> => {
    for await (const batch of all) for (const { owner } of batch) counts[owner] += 1;
  };
  await count(changes(at, "variant", floorValues(at)));
  await count(changes(at, "product", groupValues(at)));
  await count(standingChanges(at));
  return counts;
};
