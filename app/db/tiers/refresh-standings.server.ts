import type pg from "pg";
import type { ProvisionalStanding } from "#app/core/tiers/provisional.ts";
import {
  cooperationOf,
  receivablesOf,
  scoreOf,
  type ExactScore,
  type Fraction,
  type MidRank,
} from "#app/core/tiers/score.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import type { CustomerInWindow } from "./read-tier-inputs.server.ts";
import { FIGURE_COLUMNS, figuresOf } from "./standing-columns.ts";

/** Minus a fraction of two columns, beside one of two parameters: below it, and level with it. */
const beside = (
  over: string,
  under: string,
  [a, b]: readonly [string, string],
): readonly [below: string, equal: string] => [
  `(${over})::numeric * ${b}::numeric > ${a}::numeric * (${under})`,
  `(${over})::numeric * ${b}::numeric = ${a}::numeric * (${under})`,
];

const within = (part: string): string => `least(greatest(${part}, 0), sold)`;
const BAD = `CASE WHEN sold <= 0 THEN 0 ELSE ${within("returned")} + ${within("cancelled")} + ${within("disputed")} END`;
const [COOPERATES_LESS, COOPERATES_ALIKE] = beside(BAD, "CASE WHEN sold <= 0 THEN 1 ELSE sold END", ["$4", "$5"]);
const [PAYS_LATER, PAYS_ALIKE] = beside("late_amount_days", "invoiced", ["$6", "$7"]);

/** How many of the others are below a customer by each factor, how many are level with it, and how many there are. */
const PLACES = `
  SELECT count(*)::int AS others, count(*) FILTER (WHERE invoiced > 0)::int AS paying,
    count(*) FILTER (WHERE cm4 < $3)::int AS poorer, count(*) FILTER (WHERE cm4 = $3)::int AS "asRich",
    count(*) FILTER (WHERE ${COOPERATES_LESS})::int AS worse, count(*) FILTER (WHERE ${COOPERATES_ALIKE})::int AS "asGood",
    count(*) FILTER (WHERE invoiced > 0 AND ${PAYS_LATER})::int AS later,
    count(*) FILTER (WHERE invoiced > 0 AND ${PAYS_ALIKE})::int AS "asSoon"
  FROM standing WHERE shop_id = $1 AND customer_id <> $2`;

const NO_INVOICE: Fraction = { over: 0n, under: 1n };

/** A customer's score with its figures of now, among the others as they stand. */
export const scoreAmongOthers = async (
  client: pg.PoolClient,
  shopId: number,
  customer: CustomerInWindow,
  { score }: TierPolicy,
): Promise<ExactScore> => {
  const cooperation = cooperationOf(customer.cooperation);
  const receivables = receivablesOf(customer.receivables);
  const paid = receivables ?? NO_INVOICE;
  const { rows } = await client.query<
    Record<"others" | "paying" | "poorer" | "asRich" | "worse" | "asGood" | "later" | "asSoon", number>
  >(PLACES, [
    shopId,
    customer.customerId,
    customer.value,
    -cooperation.over,
    cooperation.under,
    -paid.over,
    paid.under,
  ]);
  const [row] = rows;
  if (!row) throw new Error("An aggregate without a row");
  const place = (below: number, equal: number, others: number): MidRank => ({
    twice: 2 * below + equal + 1,
    among: others + 1,
  });
  const paying = receivables === null ? row.paying : row.paying + 1;
  return scoreOf(
    {
      profit: place(row.poorer, row.asRich, row.others),
      receivables: receivables === null ? null : place(row.later, row.asSoon, row.paying),
      cooperation: place(row.worse, row.asGood, row.others),
    },
    score.weights,
    [row.others + 1, Math.max(1, paying)],
  );
};

const OWN = ["shop_id", "customer_id", "run_id", "tier", "raw_tier", "provisional_tier", "counted_to"] as const;
const PARAMETERS = [...OWN, ...FIGURE_COLUMNS].map((_, index) => `$${index + 1}`).join(", ");
const REPLACED = ["tier", "provisional_tier", "counted_to", ...FIGURE_COLUMNS];

/** A new customer stands behind all others until the next run; one who is known keeps its rank, and what the run had. */
const UPSERT = `
  INSERT INTO standing AS known (${[...OWN, ...FIGURE_COLUMNS].join(", ")}, rank, cumulative_before)
  SELECT ${PARAMETERS}, coalesce(max(rank), 0) + 1, 0 FROM standing WHERE shop_id = $1
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET
    ${REPLACED.map((column) => `${column} = EXCLUDED.${column}`).join(", ")},
    in_run = coalesce(known.in_run,
      jsonb_build_object('cm4', known.cm4::text, 'score', known.score, 'factors', to_jsonb(known.factors),
        'pinned', known.pinned))`;

/** Writes a customer's new figures and its provisional tier. */
export const saveProvisional = async (
  client: pg.PoolClient,
  at: { readonly shopId: number; readonly runId: number; readonly today: ShopDay },
  customer: CustomerInWindow,
  standing: ProvisionalStanding,
): Promise<void> => {
  const { stood } = customer;
  const tier = stood?.tier ?? standing.tier;
  const provisional = stood !== null && standing.tier === stood.tier ? null : standing.tier;
  await client.query(UPSERT, [
    at.shopId,
    customer.customerId,
    at.runId,
    tier,
    stood?.rawTier ?? standing.tier,
    provisional,
    formatDay(at.today),
    ...figuresOf({ customer, ...standing }),
  ]);
};

/** Takes customers out who have nothing in the window any more. */
export const dropStandings = async (
  client: pg.PoolClient,
  shopId: number,
  customerIds: readonly bigint[],
): Promise<void> => {
  await client.query("DELETE FROM standing WHERE shop_id = $1 AND customer_id = ANY ($2)", [shopId, customerIds]);
};

/** Waits for a tier run or a refresh of the shop that is at work, and keeps others waiting until the transaction ends. */
export const lockStandings = async (client: pg.PoolClient, shopId: number): Promise<void> => {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('standings:' || $1::int, 0))", [shopId]);
};
