import type pg from "pg";
import type { OwedBecause, PaidAs, RebateStatus } from "#app/core/receivables/rebate.ts";

/** A discount for early payment as it is kept. Amounts in minor units of `currency`. */
export interface Rebate {
  readonly orderId: bigint;
  readonly status: RebateStatus;
  readonly reason: string | null;
  readonly basisPoints: number;
  readonly discountDays: number;
  readonly amount: bigint;
  readonly currency: string;
  readonly paidAs: PaidAs;
  readonly creditDays: number | null;
  readonly ownerKind: "location" | "customer" | null;
  readonly ownerId: bigint | null;
  /** By which Shopify knows a repeated refund. */
  readonly callKey: string;
  readonly calledAt: Date | null;
  readonly transactionId: bigint | null;
  readonly refundId: bigint | null;
  readonly expiresAt: Date | null;
  readonly expired: bigint | null;
  /** How much later refunds take back, and how much was. */
  readonly dueBack: bigint;
  readonly takenBack: bigint;
  readonly backAmount: bigint | null;
  readonly backCalledAt: Date | null;
  readonly backReason: OwedBecause | null;
}

const COLUMNS = `order_id AS "orderId", status, reason, basis_points AS "basisPoints", discount_days AS "discountDays", amount,
  currency, paid_as AS "paidAs", credit_days AS "creditDays", owner_kind AS "ownerKind", owner_id AS "ownerId",
  call_key AS "callKey", called_at AS "calledAt", transaction_id AS "transactionId", refund_id AS "refundId",
  expires_at AS "expiresAt", expired, due_back AS "dueBack", taken_back AS "takenBack", back_amount AS "backAmount",
  back_called_at AS "backCalledAt", back_reason AS "backReason"`;

/** What was decided of some orders, by order. */
export const rebatesOf = async (
  on: pg.Pool | pg.PoolClient,
  shopId: number,
  orderIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, Rebate>> => {
  const { rows } = await on.query<Rebate>(
    `SELECT ${COLUMNS} FROM early_payment_rebate WHERE shop_id = $1 AND order_id = ANY ($2)`,
    [shopId, orderIds],
  );
  return new Map(rows.map((row) => [row.orderId, row]));
};

/** What there is to do about rebates, each with the condition of its rows; $2 is the time. */
const TO_DO = {
  settle: "status = 'calling' AND $2::timestamptz IS NOT NULL",
  give: "status = 'intended' AND $2::timestamptz IS NOT NULL",
  "settle-back": "status = 'given' AND back_called_at IS NOT NULL AND $2::timestamptz IS NOT NULL",
  "take-back": `status = 'given' AND due_back > taken_back AND back_called_at IS NULL AND back_reason IS NULL
    AND $2::timestamptz IS NOT NULL`,
  expire: "status = 'given' AND transaction_id IS NOT NULL AND expired IS NULL AND expires_at <= $2",
} as const;

export type RebateTask = keyof typeof TO_DO;

/** In the order in which they are done. */
export const REBATE_TASKS: readonly RebateTask[] = ["settle", "give", "settle-back", "take-back", "expire"];

const AT_ONCE = 500;

/** Rebates that wait for something to be done, in the order in which they were decided. */
export const rebatesToDo = async (pool: pg.Pool, shopId: number, task: RebateTask, now: Date): Promise<Rebate[]> => {
  const { rows } = await pool.query<Rebate>(
    `SELECT ${COLUMNS} FROM early_payment_rebate WHERE shop_id = $1 AND ${TO_DO[task]}
     ORDER BY decided_at, order_id LIMIT $3`,
    [shopId, now, AT_ONCE],
  );
  return rows;
};

/** Whether any of these things is to be done about a shop's rebates. */
export const hasRebatesToDo = async (
  pool: pg.Pool,
  shopId: number,
  tasks: readonly RebateTask[],
  now: Date,
): Promise<boolean> => {
  const { rows } = await pool.query<{ has: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM early_payment_rebate
       WHERE shop_id = $1 AND ((${tasks.map((task) => TO_DO[task]).join(") OR (")}))) AS has`,
    [shopId, now],
  );
  return rows[0]?.has ?? false;
};

/** Shopify's numbers of store credit transactions that are known to be of some rebate of the shop. */
export const claimedMoves = async (
  pool: pg.Pool,
  shopId: number,
  ids: readonly bigint[],
): Promise<ReadonlySet<bigint>> => {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT transaction_id AS id FROM early_payment_rebate WHERE shop_id = $1 AND transaction_id = ANY ($2)
     UNION SELECT transaction_id FROM rebate_taken_back WHERE shop_id = $1 AND transaction_id = ANY ($2)`,
    [shopId, ids],
  );
  return new Set(rows.map(({ id }) => id));
};

/** Given or taken back since the order's ledger was worked out: it does not show yet. */
export const unbookedRebates = async (pool: pg.Pool, shopId: number): Promise<bigint[]> => {
  const { rows } = await pool.query<{ id: bigint }>(
    "SELECT order_id AS id FROM early_payment_rebate WHERE shop_id = $1 AND NOT booked ORDER BY order_id",
    [shopId],
  );
  return rows.map(({ id }) => id);
};

export const markBooked = async (pool: pg.Pool, shopId: number, orderIds: readonly bigint[]): Promise<void> => {
  await pool.query("UPDATE early_payment_rebate SET booked = true WHERE shop_id = $1 AND order_id = ANY ($2)", [
    shopId,
    orderIds,
  ]);
};
