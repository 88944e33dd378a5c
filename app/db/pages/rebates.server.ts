import type pg from "pg";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import type { PaidAs, RebateStatus } from "#app/core/receivables/rebate.ts";

/** A rebate as the page shows it. Amounts in minor units of the shop's currency. */
export interface RebateLine {
  readonly orderId: bigint;
  /** Null where the order is not there any more, as all that follows from it. */
  readonly name: string | null;
  readonly customerId: bigint | null;
  readonly key: string | null;
  readonly kind: CustomerKind | null;
  readonly customerName: string | null;
  readonly email: string | null;
  readonly status: RebateStatus;
  readonly reason: string | null;
  readonly message: string | null;
  readonly basisPoints: number;
  readonly amount: bigint;
  readonly paidAs: PaidAs;
  readonly decidedAt: Date;
  readonly givenAt: Date | null;
  readonly expiresAt: Date | null;
  readonly expired: bigint | null;
  readonly dueBack: bigint;
  readonly takenBack: bigint;
  readonly backReason: string | null;
}

const PER_PAGE = 25;

/** What was given and what is held: first what waits for a person, then what is owed, then by day, latest first. */
export const listRebates = async (
  pool: pg.Pool,
  shopId: number,
  page: number,
): Promise<{ perPage: number; total: number; rebates: readonly RebateLine[] }> => {
  const [counted, listed] = await Promise.all([
    pool.query<{ total: number }>("SELECT count(*)::int AS total FROM early_payment_rebate WHERE shop_id = $1", [
      shopId,
    ]),
    pool.query<RebateLine>(
      `SELECT rebate.order_id AS "orderId", "order".name, customer.id AS "customerId", customer.key, customer.kind,
         customer.name AS "customerName", customer.email, rebate.status, reason, message, basis_points AS "basisPoints",
         rebate.amount, paid_as AS "paidAs", decided_at AS "decidedAt", given_at AS "givenAt", expires_at AS "expiresAt",
         expired, due_back AS "dueBack", taken_back AS "takenBack", back_reason AS "backReason"
       FROM early_payment_rebate rebate
       LEFT JOIN "order" ON "order".shop_id = rebate.shop_id AND "order".id = rebate.order_id
       LEFT JOIN customer ON customer.shop_id = rebate.shop_id AND customer.id = "order".customer_id
       WHERE rebate.shop_id = $1
       ORDER BY rebate.status IN ('held', 'refused') DESC, back_reason IS NOT NULL DESC, decided_at DESC, rebate.order_id DESC
       LIMIT $2 OFFSET $3`,
      [shopId, PER_PAGE, (page - 1) * PER_PAGE],
    ),
  ]);
  return { perPage: PER_PAGE, total: counted.rows[0]?.total ?? 0, rebates: listed.rows };
};

/** What rebates came to: of the shop, or of a customer. */
export interface RebateTotals {
  readonly given: number;
  readonly amount: bigint;
  /** Taken back, expired, and still owed after later refunds. */
  readonly takenBack: bigint;
  readonly expired: bigint;
  readonly owed: bigint;
  /** Earned and about to be given, and what waits for a person. */
  readonly coming: bigint;
  readonly held: number;
}

const NONE: RebateTotals = { given: 0, amount: 0n, takenBack: 0n, expired: 0n, owed: 0n, coming: 0n, held: 0 };

const of = (status: string): string => `FILTER (WHERE status IN (${status}))`;

const TOTALS = `SELECT (count(*) ${of("'given'")})::int AS given, coalesce(sum(rebate.amount) ${of("'given'")}, 0)::bigint AS amount,
  coalesce(sum(taken_back), 0)::bigint AS "takenBack", coalesce(sum(expired), 0)::bigint AS expired,
  coalesce(sum(due_back - taken_back) ${of("'given'")}, 0)::bigint AS owed,
  coalesce(sum(rebate.amount) ${of("'intended', 'calling'")}, 0)::bigint AS coming,
  (count(*) ${of("'held', 'refused'")})::int AS held FROM early_payment_rebate rebate`;

export const rebateTotals = async (pool: pg.Pool, shopId: number): Promise<RebateTotals> => {
  const { rows } = await pool.query<RebateTotals>(`${TOTALS} WHERE rebate.shop_id = $1`, [shopId]);
  return rows[0] ?? NONE;
};

/** What a customer has earned by paying early. */
export const rebatesOfCustomer = async (pool: pg.Pool, shopId: number, customerId: bigint): Promise<RebateTotals> => {
  const { rows } = await pool.query<RebateTotals>(
    `${TOTALS} JOIN "order" ON "order".shop_id = rebate.shop_id AND "order".id = rebate.order_id
     WHERE rebate.shop_id = $1 AND "order".customer_id = $2`,
    [shopId, customerId],
  );
  return rows[0] ?? NONE;
};
