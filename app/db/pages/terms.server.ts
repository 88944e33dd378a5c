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

const ORDER = `JOIN "order" ON "order".shop_id = invoice.shop_id AND "order".id = invoice.order_id`;

/** The days within which each invoice's plan of then gives something. */
const EARLY = `LEFT JOIN LATERAL (
    SELECT days FROM unnest($3::timestamptz[], $4::timestamptz[], $5::int[]) AS period (since, until, days)
    WHERE since <= processed_at AND (until IS NULL OR processed_at < until) ORDER BY since DESC LIMIT 1
  ) early ON true`;

const WHO = `${ORDER}
  JOIN customer ON customer.shop_id = invoice.shop_id AND customer.id = invoice.customer_id
  LEFT JOIN standing ON standing.shop_id = invoice.shop_id AND standing.customer_id = invoice.customer_id`;

/** Which invoices a view has, and by what they are sorted. */
const VIEWS: Readonly<Record<OpenView, { readonly from: string; readonly where: string; readonly sort: string }>> = {
  open: { from: "", where: "true", sort: "due_day" },
  overdue: { from: "", where: "due_day < $2", sort: "due_day" },
  lapsing: {
    from: `${ORDER} ${EARLY}`,
    where: `issued_day + days BETWEEN $2 AND $2::date + ${LAPSES_WITHIN_DAYS}`,
    sort: "issued_day + days",
  },
};

/** Orders and whose they are, which are long rows, are read for the page alone. */
const listing = (view: OpenView): string => {
  const { from, where, sort } = VIEWS[view];
  return `WITH matching AS (
      SELECT invoice.order_id, ${sort} AS sort FROM invoice ${from}
      WHERE invoice.shop_id = $1 AND open > 0 AND ${where} AND ${TYPED}
    ), counted AS (
      SELECT count(*)::int AS total FROM matching
    ), page AS (
      SELECT * FROM matching ORDER BY sort NULLS LAST, order_id LIMIT $6 OFFSET $7
    ), line AS (
      SELECT ${COLUMNS}, sort FROM page JOIN invoice ON invoice.shop_id = $1 AND invoice.order_id = page.order_id ${WHO}
    )
    SELECT total, line.* FROM counted LEFT JOIN line ON true ORDER BY sort NULLS LAST, "orderId"`;
};

/** Not every view asks for all that it is given; PostgreSQL wants to know the types of all. */
const TYPED =
  "$2::date IS NOT NULL AND $3::timestamptz[] IS NOT NULL AND $4::timestamptz[] IS NOT NULL AND $5::int[] IS NOT NULL";

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
  const { rows } = await pool.query<{ total: number } & (Row | { orderId: null })>(listing(view), [
    ...given,
    PER_PAGE,
    (page - 1) * PER_PAGE,
  ]);
  // A page without any has a row too, with the total alone.
  const invoices = rows.filter((row) => row.orderId !== null).map((row) => toInvoice(row, periods, at));
  return { perPage: PER_PAGE, total: rows[0]?.total ?? 0, invoices };
};

const BATCH = 1000;

/** All open invoices by order, a batch at a time, as they were when the export began. */
export async function* exportOpenInvoices(
  pool: pg.Pool,
  shopId: number,
  at: TermsAt,
): AsyncGenerator<readonly OpenInvoice[]> {
  const periods = await earlyPeriods(pool, shopId);
  yield* fromSnapshot(pool, async function* (client) {
    for (let after = -1n; ;) {
      const { rows }: { rows: Row[] } = await client.query<Row>(
        `SELECT ${COLUMNS} FROM invoice ${WHO}
         WHERE invoice.shop_id = $1 AND open > 0 AND invoice.order_id > $2 ORDER BY invoice.order_id LIMIT $3`,
        [shopId, after, BATCH],
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

/** By customer first: names and addresses are read for the page alone. */
const LATE = `WITH payer AS MATERIALIZED (
    SELECT customer_id, count(*)::int AS invoices, sum(amount)::bigint AS invoiced,
      round(10 * sum(amount * greatest(0, coalesce(paid_day, $2) - due_day)) / sum(amount))::int AS "daysBeyondTerms",
      coalesce(sum(open) FILTER (WHERE due_day < $2), 0)::bigint AS overdue
    FROM invoice
    WHERE shop_id = $1 AND due_day IS NOT NULL AND amount > 0 AND issued_day > $2::date - 365 GROUP BY customer_id
    HAVING sum(amount * greatest(0, coalesce(paid_day, $2) - due_day)) > 0
  ), counted AS (
    SELECT count(*)::int AS total FROM payer
  ), page AS (
    SELECT * FROM payer ORDER BY "daysBeyondTerms" DESC, overdue DESC, customer_id LIMIT $3 OFFSET $4
  )
  SELECT total, page.*, page.customer_id AS "customerId", customer.key, customer.kind, customer.name AS "customerName",
    customer.email
  FROM counted LEFT JOIN page ON true LEFT JOIN customer ON customer.shop_id = $1 AND customer.id = page.customer_id
  ORDER BY "daysBeyondTerms" DESC, overdue DESC, page.customer_id`;

/** Who paid late over the last year, latest first. @param page from 1 */
export const latePayers = async (
  pool: pg.Pool,
  shopId: number,
  today: ShopDay,
  page: number,
): Promise<{ perPage: number; total: number; payers: readonly LatePayer[] }> => {
  const { rows } = await pool.query<{ total: number } & (LatePayer | { customerId: null })>(LATE, [
    shopId,
    formatDay(today),
    PER_PAGE,
    (page - 1) * PER_PAGE,
  ]);
  // A page without anybody has a row too, with the total alone.
  const payers = rows.filter((row) => row.customerId !== null);
  return { perPage: PER_PAGE, total: rows[0]?.total ?? 0, payers };
};
