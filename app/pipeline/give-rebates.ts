import type { Order } from "#app/core/orders/order.ts";
import { creditOwnerOf, movesThatMatch, refundOver, type CreditOwner } from "#app/core/receivables/rebate.ts";
import { MS_PER_DAY } from "#app/core/time/shop-day.ts";
import { keptOrders } from "#app/db/ingest/kept-orders.server.ts";
import {
  claimedMoves,
  hasRebatesToDo,
  markBooked,
  rebatesToDo,
  REBATE_TASKS,
  unbookedRebates,
  type Rebate,
  type RebateTask,
} from "#app/db/rebates/rebate-rows.server.ts";
import {
  beginCall,
  dropRebate,
  holdRebate,
  markGiven,
  refuseRebate,
  takeCallBack,
} from "#app/db/rebates/rebate-steps.server.ts";
import { withRebatesOf } from "#app/db/rebates/rebate-lock.server.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import {
  accountEntries,
  accountOf,
  giveRefund,
  giveStoreCredit,
  type AccountEntry,
} from "#app/shopify/rebate-writer.server.ts";
import type { Parked, PipelineContext } from "./context.ts";
import { earnedOf, heldBecause } from "./decide-rebates.ts";
import { keyOf, noteExpiry, SETTLES_AFTER_MS, settleTakingBack, takeBack } from "./take-back-rebates.ts";
import { recomputeOrders } from "./recompute.ts";
import { refreshCustomers } from "./refresh-customers.ts";

const BUSY_MS = 5000;

/** With these Shopify says that it has not done what it was asked. */
const NOT_DONE: ReadonlySet<string> = new Set(["access-denied", "throttled", "token-revoked"]);

const NO_IDS = { transactionId: null, refundId: null, expiresAt: null };

const ownerOf = ({ ownerKind: kind, ownerId: id }: Rebate): CreditOwner | null =>
  kind === null || id === null ? null : { kind, id };

/**
 * Asks Shopify to give, and writes down what it answers. Thrown is only what says that nothing was done and that it may be
 * asked again.
 *
 * @param isFirst false where it was asked before, and nobody knows what became of that
 */
const give = async (context: PipelineContext, order: Order, rebate: Rebate, isFirst: boolean): Promise<void> => {
  const { pool, now, logger } = context;
  const key = keyOf(context, rebate);
  try {
    const answer = await (rebate.paidAs === "refund" ? askRefund(context, order, rebate) : askCredit(context, rebate));
    if (answer === "no-payment") await holdRebate(pool, key, answer);
    else if (!answer.ok) await refuseRebate(pool, key, answer.message);
    else await markGiven(pool, key, { ...NO_IDS, ...answer, at: answer.at ?? now() });
  } catch (error) {
    if (!(error instanceof ShopifyError)) throw error;
    // Anything but these says nothing of what was done: it stays `calling`, and is settled later.
    if (!NOT_DONE.has(error.code) || !isFirst) {
      logger.warn({ err: error, shopId: key.shopId, orderId: String(key.orderId) }, "rebate unclear");
      return;
    }
    await takeCallBack(pool, key);
    if (error.code !== "access-denied") throw error;
    await holdRebate(pool, key, "no-scope");
  }
};

const askCredit = async ({ ask, now }: PipelineContext, rebate: Rebate) => {
  const owner = ownerOf(rebate);
  if (!owner) throw new Error(`Rebate of order ${rebate.orderId} without an owner`);
  const { amount, currency, creditDays } = rebate;
  const expiresAt = creditDays === null ? null : new Date(now().getTime() + creditDays * MS_PER_DAY);
  const answer = await giveStoreCredit(ask, owner, { amount, currency, expiresAt });
  return answer.ok ? { ...answer, transactionId: answer.id } : answer;
};

const askRefund = async ({ ask }: PipelineContext, order: Order, rebate: Rebate) => {
  const parts = refundOver(order, rebate.amount);
  if (parts === null) return "no-payment" as const;
  const { orderId, currency, callKey: key } = rebate;
  const answer = await giveRefund(ask, { orderId, currency, parts, note: "Discount for early payment", key });
  return answer.ok ? { ...answer, refundId: answer.id } : answer;
};

/** The one credit in the owner's account that may be the one asked for; null where there is none, "several" where many are. */
const findCredit = async (
  { pool, ask, shop }: PipelineContext,
  rebate: Rebate,
): Promise<AccountEntry | "several" | null> => {
  const owner = ownerOf(rebate);
  if (!owner || rebate.calledAt === null) return null;
  const account = await accountOf(ask, owner, rebate.currency);
  if (account === null) return null;
  const since = rebate.calledAt.getTime();
  const credits = (await accountEntries(ask, account, Math.floor(since / 1000) * 1000)).filter(
    ({ kind }) => kind === "credit",
  );
  const claimed = await claimedMoves(
    pool,
    shop.id,
    credits.map(({ id }) => id),
  );
  const { amount, currency } = rebate;
  const [found, ...others] = movesThatMatch(credits, { amount, currency, since, claimed });
  if (!found) return null;
  return others.length > 0 ? "several" : found;
};

const adopt = ({ pool, shop }: PipelineContext, rebate: Rebate, { id, at }: AccountEntry): Promise<boolean> => {
  const expiresAt = rebate.creditDays === null ? null : new Date(at + rebate.creditDays * MS_PER_DAY);
  const given = { at: new Date(at), transactionId: id, refundId: null, expiresAt };
  return markGiven(pool, { shopId: shop.id, orderId: rebate.orderId }, given);
};

/** Whether the credit was found in the account, and the rebate is given by it. */
const isFound = async (context: PipelineContext, rebate: Rebate): Promise<boolean> => {
  const found = await findCredit(context, rebate);
  if (found === null || found === "several") return false;
  await adopt(context, rebate, found);
  return true;
};

/** What is to be given by the order as it is kept now, or null where it is not to be given now: that is written down. */
const lookAgain = async (
  context: PipelineContext,
  rebate: Rebate,
): Promise<{ readonly order: Order; readonly amount: bigint; readonly eligible: bigint } | null> => {
  const { pool, shop } = context;
  const key = keyOf(context, rebate);
  const [kept] = await keptOrders(pool, shop.id, [rebate.orderId]);
  const result = kept && earnedOf(context, kept.order, rebate);
  if (!kept || !result || result.kind === "nothing" || result.kind === "waiting") {
    await dropRebate(pool, key);
    return null;
  }
  const why = result.kind === "disputed" ? "disputed" : heldBecause(context, kept.order, rebate.paidAs);
  if (why === null) return { order: kept.order, amount: result.amount, eligible: result.eligible };
  await holdRebate(pool, key, why);
  return null;
};

/** One that is to be given: looked at once more, then Shopify is asked. */
const giveIntended = async (context: PipelineContext, rebate: Rebate): Promise<void> => {
  // The merchant said to give one whose outcome was unclear: what has shown up meanwhile is not given twice.
  if (rebate.paidAs === "store-credit" && (await isFound(context, rebate))) return;
  const toGive = await lookAgain(context, rebate);
  if (!toGive) return;
  const { order, amount, eligible } = toGive;
  const owner = rebate.paidAs === "store-credit" ? creditOwnerOf(order) : null;
  const called = { ownerKind: owner?.kind ?? null, ownerId: owner?.id ?? null };
  const { pool, now } = context;
  if (!(await beginCall(pool, keyOf(context, rebate), { amount, eligible, ...called, now: now() }))) return;
  await give(context, order, { ...rebate, ...called, amount }, true);
};

/**
 * One of which nobody has heard Shopify's answer. A refund is asked for again, by its key it is the same. A credit is looked
 * for in the account; one that is not found, or of which several might be it, is never given again by itself.
 */
const settle = async (context: PipelineContext, rebate: Rebate): Promise<void> => {
  const { pool, shop, now } = context;
  const key = keyOf(context, rebate);
  if (rebate.paidAs === "refund") {
    const [kept] = await keptOrders(pool, shop.id, [rebate.orderId]);
    if (kept) await give(context, kept.order, rebate, false);
    else await holdRebate(pool, key, "unclear");
    return;
  }
  const found = await findCredit(context, rebate);
  if (found !== null && found !== "several") {
    await adopt(context, rebate, found);
    return;
  }
  const isOver = rebate.calledAt === null || now().getTime() - rebate.calledAt.getTime() >= SETTLES_AFTER_MS;
  if (isOver || found === "several") await holdRebate(pool, key, "unclear");
};

/** Puts what was given and taken back into the ledgers of its orders, and so into the figures of whose they are. */
const book = async ({ pool, shop, now }: PipelineContext): Promise<void> => {
  const ids = await unbookedRebates(pool, shop.id);
  if (ids.length === 0) return;
  const owners = await recomputeOrders(pool, shop.id, ids, now());
  await refreshCustomers(pool, shop, owners, now());
  await markBooked(pool, shop.id, ids);
};

const DO: Readonly<Record<RebateTask, (context: PipelineContext, rebate: Rebate) => Promise<void>>> = {
  settle,
  give: giveIntended,
  "settle-back": settleTakingBack,
  "take-back": takeBack,
  expire: noteExpiry,
};

/**
 * Gives what was decided to be given, settles what is unclear, and takes back what later refunds take back. One at a time for
 * a shop: whoever finds another one at it comes back later.
 *
 * @returns when to be carried on, where something is not finished
 * @throws ShopifyError where Shopify was out of reach before it did anything
 */
export const giveRebates = async (context: PipelineContext): Promise<Parked | undefined> => {
  const { pool, shop, now, isStopping } = context;
  const outcome = await withRebatesOf(pool, shop.id, async () => {
    // What an earlier try has left behind is in the ledger whatever becomes of the rest.
    await book(context);
    for (const task of REBATE_TASKS) {
      for (const rebate of await rebatesToDo(pool, shop.id, task, now())) {
        if (isStopping()) return { afterMs: 0 };
        await DO[task](context, rebate);
      }
    }
    await book(context);
    if (await hasRebatesToDo(pool, shop.id, ["give"], now())) return { afterMs: 0 };
    const isUnclear = await hasRebatesToDo(pool, shop.id, ["settle", "settle-back"], now());
    return isUnclear ? { afterMs: SETTLES_AFTER_MS } : undefined;
  });
  return outcome === "busy" ? { afterMs: BUSY_MS } : outcome;
};
