import type pg from "pg";

export interface DisputeToWrite {
  readonly id: bigint;
  readonly orderId: bigint;
  readonly status: string;
  readonly amount: bigint | null;
  readonly fee: bigint | null;
  readonly initiatedAt: Date;
  readonly finalizedAt: Date | null;
}

/** Writes disputes. @returns the orders of those that are new or no longer what they were */
export const writeDisputes = async (
  pool: pg.Pool,
  shopId: number,
  disputes: readonly DisputeToWrite[],
): Promise<bigint[]> => {
  const { rows } = await pool.query<{ orderId: bigint }>(
    `INSERT INTO dispute (shop_id, id, order_id, status, amount, fee, initiated_at, finalized_at)
     SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::timestamptz[])
     ON CONFLICT (shop_id, id) DO UPDATE SET order_id = EXCLUDED.order_id, status = EXCLUDED.status,
       amount = EXCLUDED.amount, fee = EXCLUDED.fee, initiated_at = EXCLUDED.initiated_at,
       finalized_at = EXCLUDED.finalized_at
       WHERE (dispute.order_id, dispute.status, dispute.amount, dispute.fee, dispute.finalized_at) IS DISTINCT FROM
         (EXCLUDED.order_id, EXCLUDED.status, EXCLUDED.amount, EXCLUDED.fee, EXCLUDED.finalized_at)
     RETURNING order_id AS "orderId"`,
    [
      shopId,
      disputes.map(({ id }) => id),
      disputes.map(({ orderId }) => orderId),
      disputes.map(({ status }) => status),
      disputes.map(({ amount }) => amount),
      disputes.map(({ fee }) => fee),
      disputes.map(({ initiatedAt }) => initiatedAt),
      disputes.map(({ finalizedAt }) => finalizedAt),
    ],
  );
  return rows.map(({ orderId }) => orderId);
};
