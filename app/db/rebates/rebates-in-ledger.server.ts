import type pg from "pg";
import type { CreditRebate } from "#app/core/ledger/context.ts";

interface Row {
  readonly orderId: bigint;
  readonly transactionId: bigint | null;
  readonly givenAt: Date;
  readonly amount: bigint;
  readonly expired: bigint | null;
  readonly expiresAt: Date | null;
  readonly backIds: readonly string[];
  readonly backAmounts: readonly string[];
  readonly backTimes: readonly Date[];
}

/** Store credit that was given for paying some orders early, with what came back of it, by order. */
export const readRebates = async (
  pool: pg.Pool,
  shopId: number,
  orderIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, CreditRebate>> => {
  const { rows } = await pool.query<Row>(
    `SELECT rebate.order_id AS "orderId", rebate.transaction_id AS "transactionId", given_at AS "givenAt", rebate.amount,
       expired, expires_at AS "expiresAt", back.ids AS "backIds", back.amounts AS "backAmounts", back.times AS "backTimes"
     FROM early_payment_rebate rebate LEFT JOIN LATERAL (
       SELECT coalesce(array_agg(transaction_id::text ORDER BY transaction_id), '{}') AS ids,
         coalesce(array_agg(amount::text ORDER BY transaction_id), '{}') AS amounts,
         coalesce(array_agg(taken_at ORDER BY transaction_id), '{}') AS times
       FROM rebate_taken_back taken WHERE taken.shop_id = $1 AND taken.order_id = rebate.order_id
     ) back ON true
     WHERE rebate.shop_id = $1 AND rebate.order_id = ANY ($2) AND status = 'given' AND paid_as = 'store-credit'
       AND given_at IS NOT NULL`,
    [shopId, orderIds],
  );
  return new Map(rows.map((row) => [row.orderId, toRebate(row)]));
};

const toRebate = (row: Row): CreditRebate => ({
  given: { id: row.transactionId, at: row.givenAt.getTime(), amount: row.amount },
  takenBack: row.backIds.map((id, index) => ({
    id: BigInt(id),
    amount: BigInt(row.backAmounts[index] ?? 0),
    at: row.backTimes[index]?.getTime() ?? row.givenAt.getTime(),
  })),
  expired:
    row.expired !== null && row.expired > 0n && row.expiresAt
      ? { at: row.expiresAt.getTime(), amount: row.expired }
      : null,
});
