import { movesThatMatch, type OwedBecause } from "#app/core/receivables/rebate.ts";
import { claimedMoves, type Rebate } from "#app/db/rebates/rebate-rows.server.ts";
import {
  beginTakingBack,
  endTakingBack,
  noteExpired,
  noteTakenBack,
  type RebateKey,
} from "#app/db/rebates/rebate-steps.server.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import {
  accountEntries,
  readCredit,
  takeStoreCredit,
  type CreditAtShopify,
} from "#app/shopify/rebate-writer.server.ts";
import type { PipelineContext } from "./context.ts";
import { mayGive } from "./decide-rebates.ts";

/** For so long after a call without an answer it may still be carried out; what has not been by then is left to a person. */
export const SETTLES_AFTER_MS = 120_000;

export const keyOf = ({ shop }: PipelineContext, { orderId }: Rebate): RebateKey => ({ shopId: shop.id, orderId });

const smallest = (first: bigint, ...others: readonly bigint[]): bigint =>
  others.reduce((least, one) => (one < least ? one : least), first);

/** What of a credit can be taken back: what is wanted, at most what is left of it and of the account. */
const toTake = ({ dueBack, takenBack }: Rebate, { remaining, balance }: CreditAtShopify): bigint =>
  smallest(dueBack - takenBack, remaining, balance);

const owed = async (context: PipelineContext, rebate: Rebate, why: OwedBecause): Promise<void> => {
  await endTakingBack(context.pool, keyOf(context, rebate), why);
};

/** The credit that something is to be taken back from, or why that cannot be. */
const creditToTakeFrom = async (context: PipelineContext, rebate: Rebate): Promise<CreditAtShopify | OwedBecause> => {
  if (rebate.paidAs === "refund") return "paid-as-refund";
  if (rebate.transactionId === null) return "no-transaction";
  if (!mayGive(context, "store-credit")) return "no-scope";
  return (await readCredit(context.ask, rebate.transactionId)) ?? "no-transaction";
};

/**
 * Takes back what later refunds took of a rebate, as far as its store credit is not spent; the rest is owed, and shown. Money
 * that was refunded cannot be taken back.
 */
export const takeBack = async (context: PipelineContext, rebate: Rebate): Promise<void> => {
  const credit = await creditToTakeFrom(context, rebate);
  if (typeof credit === "string") return owed(context, rebate, credit);
  const amount = toTake(rebate, credit);
  if (amount <= 0n) return owed(context, rebate, "spent");
  const { pool, now } = context;
  if (await beginTakingBack(pool, keyOf(context, rebate), amount, now())) {
    await take(context, rebate, { amount, accountId: credit.accountId });
  }
};

const take = async (
  context: PipelineContext,
  rebate: Rebate,
  { amount, accountId }: { readonly amount: bigint; readonly accountId: bigint },
): Promise<void> => {
  const { pool, ask, logger } = context;
  const key = keyOf(context, rebate);
  try {
    const answer = await takeStoreCredit(ask, accountId, { amount, currency: rebate.currency });
    if (answer.ok) await noteTakenBack(pool, key, { ...answer, amount });
    else await owed(context, rebate, "refused");
  } catch (error) {
    if (!(error instanceof ShopifyError)) throw error;
    if (error.code === "access-denied") return owed(context, rebate, "no-scope");
    if (error.code === "throttled" || error.code === "token-revoked") {
      await endTakingBack(pool, key, null);
      throw error;
    }
    logger.warn({ err: error, shopId: key.shopId, orderId: String(key.orderId) }, "taking back unclear");
  }
};

/** Nobody has heard what became of taking back: the debit is looked for; one that is not found is not asked for again. */
export const settleTakingBack = async (context: PipelineContext, rebate: Rebate): Promise<void> => {
  const { pool, ask, shop, now } = context;
  const { transactionId, backAmount, backCalledAt, currency } = rebate;
  if (transactionId === null || backAmount === null || backCalledAt === null) return owed(context, rebate, "unclear");
  const credit = await readCredit(ask, transactionId);
  const since = backCalledAt.getTime();
  const entries = credit ? await accountEntries(ask, credit.accountId, Math.floor(since / 1000) * 1000) : [];
  const debits = entries.filter(({ kind }) => kind === "debit");
  const claimed = await claimedMoves(
    pool,
    shop.id,
    debits.map(({ id }) => id),
  );
  const [found, ...others] = movesThatMatch(debits, { amount: backAmount, currency, since, claimed });
  if (found && others.length === 0) {
    await noteTakenBack(pool, keyOf(context, rebate), { ...found, at: new Date(found.at) });
  } else if (others.length > 0 || now().getTime() - since >= SETTLES_AFTER_MS) {
    await owed(context, rebate, "unclear");
  }
};

/** The day of a credit's end has come: what had not been spent by then comes back to the shop. */
export const noteExpiry = async (context: PipelineContext, rebate: Rebate): Promise<void> => {
  const { pool, ask } = context;
  const { transactionId, expiresAt } = rebate;
  if (transactionId === null || expiresAt === null || !mayGive(context, "store-credit")) return;
  const credit = await readCredit(ask, transactionId);
  if (!credit) return;
  const entries = await accountEntries(ask, credit.accountId, expiresAt.getTime() - 1000);
  const ended = entries.find(({ kind, id }) => kind === "expiration" && id === transactionId);
  // One that has been spent wholly does not expire.
  if (ended || credit.remaining === 0n) await noteExpired(pool, keyOf(context, rebate), ended?.amount ?? 0n);
};
