import type pg from "pg";
import type { HeldBecause, OwedBecause, PaidAs } from "#app/core/receivables/rebate.ts";
import { moveLedger } from "#app/db/ledger-version.server.ts";
import { inTransaction } from "#app/db/pool.server.ts";
import { ADD_REBATES_JOB } from "#app/platform/jobs.server.ts";

/**
 * The steps of a rebate. Each holds only from the status that it begins at, so that of two who take it at the same time one
 * does: whether it did is what is returned.
 */

/** Which rebate of which shop. */
export interface RebateKey {
  readonly shopId: number;
  readonly orderId: bigint;
}

export interface RebateOwner {
  readonly ownerKind: "location" | "customer" | null;
  readonly ownerId: bigint | null;
}

export interface RebateIntent extends RebateKey, RebateOwner {
  /** Null: it is to be given. */
  readonly held: HeldBecause | null;
  readonly planVersion: number;
  readonly basisPoints: number;
  readonly discountDays: number;
  readonly eligible: bigint;
  readonly amount: bigint;
  readonly currency: string;
  readonly paidAs: PaidAs;
  readonly creditDays: number | null;
  readonly now: Date;
}

/** Has a shop's rebates worked on, once for all that ask. */
export const queueRebates = async (on: pg.Pool | pg.PoolClient, shopId: number, afterMs = 0): Promise<void> => {
  await on.query(ADD_REBATES_JOB, [shopId, afterMs]);
};

/** Writes down that a rebate is to be given, together with the job that gives it. An order that has a row keeps it. */
export const intendRebate = (pool: pg.Pool, intent: RebateIntent): Promise<void> =>
  inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO early_payment_rebate (shop_id, order_id, status, reason, plan_version, basis_points, discount_days, eligible,
         amount, currency, paid_as, credit_days, owner_kind, owner_id, call_key, decided_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, gen_random_uuid()::text, $15)
       ON CONFLICT (shop_id, order_id) DO NOTHING`,
      [
        intent.shopId,
        intent.orderId,
        intent.held === null ? "intended" : "held",
        intent.held,
        intent.planVersion,
        intent.basisPoints,
        intent.discountDays,
        intent.eligible,
        intent.amount,
        intent.currency,
        intent.paidAs,
        intent.creditDays,
        intent.ownerKind,
        intent.ownerId,
        intent.now,
      ],
    );
    if (rowCount === 1 && intent.held === null) await queueRebates(client, intent.shopId);
  });

const changed = async (
  on: pg.Pool | pg.PoolClient,
  { shopId, orderId }: RebateKey,
  { set, where }: { readonly set: string; readonly where: string },
  values: readonly unknown[] = [],
): Promise<boolean> => {
  const { rowCount } = await on.query(
    `UPDATE early_payment_rebate SET ${set} WHERE shop_id = $1 AND order_id = $2 AND ${where}`,
    [shopId, orderId, ...values],
  );
  return rowCount === 1;
};

/** A held or refused one is to be given after all. One that was refused is another call: by its key Shopify would refuse it again. */
export const intendAgain = (pool: pg.Pool, key: RebateKey, from: readonly string[]): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const isIntended = await changed(
      client,
      key,
      {
        set: `status = 'intended', reason = NULL, message = NULL,
          call_key = CASE WHEN status = 'refused' THEN gen_random_uuid()::text ELSE call_key END`,
        where: "status::text = ANY ($3)",
      },
      [from],
    );
    if (isIntended) await queueRebates(client, key.shopId);
    return isIntended;
  });

/** Takes a rebate out that was not given and is not earned any more. */
export const dropRebate = async (pool: pg.Pool, { shopId, orderId }: RebateKey): Promise<void> => {
  await pool.query(
    `DELETE FROM early_payment_rebate WHERE shop_id = $1 AND order_id = $2 AND called_at IS NULL
       AND status IN ('intended', 'held')`,
    [shopId, orderId],
  );
};

/** From here on Shopify may have been asked: nobody asks again before it is known what became of it. */
export const beginCall = (
  pool: pg.Pool,
  key: RebateKey,
  { amount, eligible, ownerKind, ownerId, now }: RebateOwner & { amount: bigint; eligible: bigint; now: Date },
): Promise<boolean> =>
  changed(
    pool,
    key,
    {
      set: `status = 'calling', amount = $3, eligible = $4, owner_kind = $5, owner_id = $6, called_at = $7`,
      where: "status = 'intended'",
    },
    [amount, eligible, ownerKind, ownerId, now],
  );

/** Shopify said that it did not do what it was asked: it may be asked again. */
export const takeCallBack = (pool: pg.Pool, key: RebateKey): Promise<boolean> =>
  changed(pool, key, { set: "status = 'intended', called_at = NULL", where: "status = 'calling'" });

export const holdRebate = (pool: pg.Pool, key: RebateKey, why: HeldBecause): Promise<boolean> =>
  changed(pool, key, { set: "status = 'held', reason = $3", where: "status IN ('intended', 'calling', 'held')" }, [
    why,
  ]);

export const refuseRebate = (pool: pg.Pool, key: RebateKey, message: string): Promise<boolean> =>
  changed(pool, key, { set: "status = 'refused', reason = NULL, message = $3", where: "status = 'calling'" }, [
    message,
  ]);

export interface Given {
  readonly at: Date;
  readonly transactionId: bigint | null;
  readonly refundId: bigint | null;
  readonly expiresAt: Date | null;
}

/** It was given. Ledgers follow from that: this order's is worked out again. */
export const markGiven = (pool: pg.Pool, key: RebateKey, { at, transactionId, refundId, expiresAt }: Given) =>
  inTransaction(pool, async (client) => {
    await moveLedger(client, key.shopId);
    return changed(
      client,
      key,
      {
        set: `status = 'given', reason = NULL, message = NULL, given_at = $3, transaction_id = $4, refund_id = $5, expires_at = $6,
         booked = false`,
        where: "status IN ('calling', 'intended', 'held')",
      },
      [at, transactionId, refundId, expiresAt],
    );
  });

/** The merchant says that one whose outcome is unclear was given as store credit. */
export const confirmGiven = (pool: pg.Pool, key: RebateKey, now: Date): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    await moveLedger(client, key.shopId);
    const isGiven = await changed(
      client,
      key,
      {
        set: `status = 'given', reason = NULL, given_at = coalesce(called_at, $3), booked = false`,
        where: "status = 'held' AND paid_as = 'store-credit'",
      },
      [now],
    );
    if (isGiven) await queueRebates(client, key.shopId);
    return isGiven;
  });

export const dismissRebate = (pool: pg.Pool, key: RebateKey): Promise<boolean> =>
  changed(pool, key, { set: "status = 'dismissed'", where: "status IN ('held', 'refused')" });

/** How much of it later refunds take back; less than before where a dispute was won. */
export const setDueBack = (pool: pg.Pool, key: RebateKey, dueBack: bigint): Promise<void> =>
  inTransaction(pool, async (client) => {
    const isOther = await changed(
      client,
      key,
      {
        set: `due_back = $3, back_reason = CASE WHEN back_reason = 'unclear' THEN back_reason END`,
        where: "status = 'given' AND due_back <> $3",
      },
      [dueBack],
    );
    if (isOther) await queueRebates(client, key.shopId);
  });

export const beginTakingBack = (pool: pg.Pool, key: RebateKey, amount: bigint, now: Date): Promise<boolean> =>
  changed(
    pool,
    key,
    { set: "back_amount = $3, back_called_at = $4", where: "status = 'given' AND back_called_at IS NULL" },
    [amount, now],
  );

/** Why nothing, or nothing more, is taken back; null: it may be tried again. */
export const endTakingBack = (pool: pg.Pool, key: RebateKey, why: OwedBecause | null): Promise<boolean> =>
  changed(
    pool,
    key,
    { set: "back_amount = NULL, back_called_at = NULL, back_reason = $3", where: "status = 'given'" },
    [why],
  );

export const noteTakenBack = (
  pool: pg.Pool,
  key: RebateKey,
  move: { readonly id: bigint; readonly amount: bigint; readonly at: Date },
): Promise<void> =>
  inTransaction(pool, async (client) => {
    await moveLedger(client, key.shopId);
    const { rowCount } = await client.query(
      `INSERT INTO rebate_taken_back (shop_id, order_id, transaction_id, amount, taken_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING`,
      [key.shopId, key.orderId, move.id, move.amount, move.at],
    );
    if (rowCount === 0) return;
    await changed(
      client,
      key,
      {
        set: `taken_back = taken_back + $3, back_amount = NULL, back_called_at = NULL, booked = false`,
        where: "status = 'given'",
      },
      [move.amount],
    );
  });

/** What of it expired without having been spent. */
export const noteExpired = (pool: pg.Pool, key: RebateKey, expired: bigint): Promise<void> =>
  inTransaction(pool, async (client) => {
    await moveLedger(client, key.shopId);
    await changed(client, key, { set: "expired = $3, booked = false", where: "status = 'given'" }, [expired]);
  });
