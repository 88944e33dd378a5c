import type pg from "pg";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import { earlyPayment, percentFor, type EarlyPayment } from "#app/core/receivables/early-payment.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { formatDay, shopDays, type ShopDay } from "#app/core/time/shop-day.ts";
import { parseOrderFacts } from "#app/db/ingest/order-facts.ts";
import { fromSnapshot } from "#app/db/pool.server.ts";
import { periodAt } from "#app/db/plan/plan-periods.server.ts";
import { earlyPeriods, type EarlyPeriod } from "#app/db/rebates/early-terms.server.ts";

/** Which open invoices: all, those past their due day, those whose discount lapses soon. */
export type OpenView = "open" | "overdue" | "lapsing";

/** Who owes, as pages name customers. */
interface Owing {
  readonly customerId: bigint;
  readonly key: string;
  readonly kind: CustomerKind;
  readonly customerName: string | null;
  readonly email: string | null;
}

/** An open invoice, with what can still be earned on it. */
export interface OpenInvoice extends Owing {
  readonly orderId: bigint;
  readonly name: string;
  readonly issuedDay: ShopDay;
  readonly dueDay: ShopDay | null;
  readonly amount: bigint;
  readonly open: bigint;
  /** Null where no plan gives anything for it. */
  readonly early: Extract<EarlyPayment, { kind: "waiting" }> | null;
}

interface Row extends Omit<OpenInvoice, "early"> {
  readonly facts: unknown;
  readonly tier: Tier | null;
  readonly isKey: boolean;
}

export interface TermsAt {
  readonly timeZone: string;
  readonly now: Date;
}

/** How many days ahead a discount counts as lapsing soon. */
const LAPSES_WITHIN_DAYS = 7;
const PER_PAGE = 25;

const COLUMNS = `invoice.order_id AS "orderId", "order".name, issued_day AS "issuedDay", due_day AS "dueDay",
  invoice.amount, open, customer.id AS "customerId", customer.key, customer.kind, customer.name AS "customerName",
  customer.email, facts, tier, coalesce('key' = ANY (flags), false) AS "isKey"`;

const FROM = `FROM invoice
  JOIN "order" ON "order".shop_id = invoice.shop_id AND "order".id = invoice.order_id
  JOIN customer ON customer.shop_id = invoice.shop_id AND customer.id = invoice.customer_id
  LEFT JOIN standing ON standing.shop_id = invoice.shop_id AND standing.customer_id = invoice.customer_id
  LEFT JOIN LATERAL (
    SELECT days FROM unnest($3::timestamptz[], $4::timestamptz[], $5::int[]) AS period (since, until, days)
    WHERE since <= processed_at AND (until IS NULL OR processed_at < until) ORDER BY since DESC LIMIT 1
  ) early ON true
  WHERE invoice.shop_id = $1 AND open > 0 AND $2::date IS NOT NULL`;

const VIEWS: Readonly<Record<OpenView, { readonly where: string; readonly order: string }>> = {
  open: { where: "true", order: "due_day NULLS LAST, invoice.order_id" },
  overdue: { where: "due_day < $2", order: "due_day, invoice.order_id" },
  lapsing: {
    where: `issued_day + days BETWEEN $2 AND $2::date + ${LAPSES_WITHIN_DAYS}`,
    order: "issued_day + days, invoice.order_id",
  },
};

const parameters = (shopId: number, today: ShopDay, periods: readonly EarlyPeriod[]): unknown[] => [
  shopId,
  formatDay(today),
  periods.map(({ from }) => from),
  periods.map(({ until }) => until),
  periods.map(({ part }) => part.discountDays),
];

const toInvoice = (
  { facts, tier, isKey, ...row }: Row,
  periods: readonly EarlyPeriod[],
  { timeZone, now }: TermsAt,
): OpenInvoice => {
  const order = facts === null ? null : parseOrderFacts(facts);
  const period = order && periodAt(periods, new Date(order.processedAt));
  if (!order || !period) return { ...row, early: null };
  const { part } = period;
  const dayOf = shopDays(timeZone);
  const terms = { basisPoints: percentFor(part, { tier, isKey }), discountDays: part.discountDays };
  const early = earlyPayment({ order, terms, dayOf, today: dayOf(now.getTime()), ownRefund: null });
  return { ...row, early: early.kind === "waiting" ? early : null };
};

const todayOf = ({ timeZone, now }: TermsAt): ShopDay => shopDays(timeZone)(now.getTime());

/** Open invoices by due day, overdue ones first; those that lapse soon by the day on which they do. @param page from 1 */
export const openInvoices = async (
  pool: pg.Pool,
  shopId: number,
  view: OpenView,
  { page, ...at }: TermsAt & { readonly page: number },
): Promise<{ perPage: number; total: number; invoices: readonly OpenInvoice[] }> => {
  const periods = await earlyPeriods(pool, shopId);
  const given = parameters(shopId, todayOf(at), periods);
  const { where, order } = VIEWS[view];
  const [counted, listed] = await Promise.all([
    pool.query<{ total: number }>(`SELECT count(*)::int AS total ${FROM} AND ${where}`, given),
    pool.query<Row>(`SELECT ${COLUMNS} ${FROM} AND ${where} ORDER BY ${order} LIMIT $6 OFFSET $7`, [
      ...given,
      PER_PAGE,
      (page - 1) * PER_PAGE,
    ]),
  ]);
  return {
    perPage: PER_PAGE,
    total: counted.rows[0]?.total ?? 0,
    invoices: listed.rows.map((row) => toInvoice(row, periods, at)),
  };
};

const BATCH = 1000;

/** All open invoices by order, a batch at a time, as they were when the export began. */
export async function* exportOpenInvoices(
  pool: pg.Pool,
  shopId: number,
  at: TermsAt,
): AsyncGenerator<readonly OpenInvoice[]> {
  const periods = await earlyPeriods(pool, shopId);
  const given = parameters(shopId, todayOf(at), periods);
  yield* fromSnapshot(pool, async function* (client) {
    for (let after = -1n; ;) {
      const { rows }: { rows: Row[] } = await client.query<Row>(
        `SELECT ${COLUMNS} ${FROM} AND invoice.order_id > $6 ORDER BY invoice.order_id LIMIT $7`,
        [...given, after, BATCH],
      );
      if (rows.length > 0) yield rows.map((row) => toInvoice(row, periods, at));
      if (rows.length < BATCH) return;
      after = rows.at(-1)?.orderId ?? after;
    }
  });
}

/** What is open in all, and how much of it is overdue. */
export interface OpenTotals {
  readonly invoices: number;
  readonly open: bigint;
  readonly overdue: bigint;
  readonly overdueInvoices: number;
}

export const openTotals = async (pool: pg.Pool, shopId: number, today: ShopDay): Promise<OpenTotals> => {
  const { rows } = await pool.query<OpenTotals>(
    `SELECT count(*)::int AS invoices, coalesce(sum(open), 0)::bigint AS open,
       coalesce(sum(open) FILTER (WHERE due_day < $2), 0)::bigint AS overdue,
       (count(*) FILTER (WHERE due_day < $2))::int AS "overdueInvoices"
     FROM invoice WHERE shop_id = $1 AND open > 0`,
    [shopId, formatDay(today)],
  );
  return rows[0] ?? { invoices: 0, open: 0n, overdue: 0n, overdueInvoices: 0 };
};

/** A customer who pays later than agreed. */
export interface LatePayer extends Owing {
  readonly invoices: number;
  readonly invoiced: bigint;
  /** Days beyond terms, weighted by amount, in tenths of a day; open invoices count to today. */
  readonly daysBeyondTerms: number;
  readonly overdue: bigint;
}

const LATE = `FROM invoice JOIN customer ON customer.shop_id = invoice.shop_id AND customer.id = invoice.customer_id
  WHERE invoice.shop_id = $1 AND due_day IS NOT NULL AND amount > 0 AND issued_day > $2::date - 365
  GROUP BY customer.id, customer.key, customer.kind, customer.name, customer.email
  HAVING sum(amount * greatest(0, coalesce(paid_day, $2) - due_day)) > 0`;

/** Who paid late over the last year, latest first. @param page from 1 */
export const latePayers = async (
  pool: pg.Pool,
  shopId: number,
  today: ShopDay,
  page: number,
): Promise<{ perPage: number; total: number; payers: readonly LatePayer[] }> => {
  const given = [shopId, formatDay(today)];
  const [counted, listed] = await Promise.all([
    pool.query<{ total: number }>(`SELECT count(*)::int AS total FROM (SELECT 1 ${LATE}) late`, given),
    pool.query<LatePayer>(
      `SELECT customer.id AS "customerId", customer.key, customer.kind, customer.name AS "customerName", customer.email,
         count(*)::int AS invoices, sum(amount)::bigint AS invoiced,
         round(10 * sum(amount * greatest(0, coalesce(paid_day, $2) - due_day)) / sum(amount))::int AS "daysBeyondTerms",
         coalesce(sum(open) FILTER (WHERE due_day < $2), 0)::bigint AS overdue
       ${LATE} ORDER BY "daysBeyondTerms" DESC, overdue DESC, customer.id LIMIT $3 OFFSET $4`,
      [...given, PER_PAGE, (page - 1) * PER_PAGE],
    ),
  ]);
  return { perPage: PER_PAGE, total: counted.rows[0]?.total ?? 0, payers: listed.rows };
};
