import type pg from "pg";
import { z } from "zod";
import type { Since, TierChange } from "#app/core/backtest/in-force.ts";
import type { CompiledStanding } from "#app/core/plan/compiled-plan.ts";
import type { Instant } from "#app/core/time/shop-day.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import type { ValueOwner } from "#app/db/plan/published-values.server.ts";
import { parseStanding } from "#app/db/plan/standing-schema.ts";

/** What was published for some owners, by owner; each owner's values rising by instant. */
export interface PublishedPast {
  readonly floors: ReadonlyMap<bigint, readonly Since<bigint | null>[]>;
  readonly groups: ReadonlyMap<bigint, readonly Since<readonly number[] | null>[]>;
  readonly customers: ReadonlyMap<bigint, readonly Since<CompiledStanding | null>[]>;
  readonly locations: ReadonlyMap<bigint, readonly Since<CompiledStanding | null>[]>;
}

export const NOTHING_PUBLISHED: PublishedPast = {
  floors: new Map(),
  groups: new Map(),
  customers: new Map(),
  locations: new Map(),
};

const groupList = z.array(z.int());
const groupsOf = (value: string): readonly number[] => groupList.parse(JSON.parse(value));

/** Reads equal texts once: most buyers of a tier are entitled to the same. */
const once = <Value>(read: (text: string) => Value): ((text: string | null) => Value | null) => {
  const known = new Map<string, Value>();
  return (text) => {
    if (text === null) return null;
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text);
    known.set(text, value);
    return value;
  };
};

interface LogRow {
  readonly owner: ValueOwner;
  readonly id: bigint;
  readonly at: Date;
  readonly value: string | null;
}

const histories = <Value>(
  rows: readonly LogRow[],
  owner: ValueOwner,
  read: (text: string) => Value,
): Map<bigint, Since<Value | null>[]> => {
  const readOnce = once(read);
  const byOwner = new Map<bigint, Since<Value | null>[]>();
  for (const row of rows) {
    if (row.owner !== owner) continue;
    const held = { at: row.at.getTime(), value: readOnce(row.value) };
    const known = byOwner.get(row.id);
    if (known) known.push(held);
    else byOwner.set(row.id, [held]);
  }
  return byOwner;
};

/** All that was ever published for some owners. */
export const publishedPast = async (
  pool: pg.Pool,
  shopId: number,
  owners: Readonly<Record<ValueOwner, readonly bigint[]>>,
): Promise<PublishedPast> => {
  const named = (["variant", "product", "customer", "location"] as const).flatMap((owner) =>
    owners[owner].map((id) => [owner, id] as const),
  );
  const { rows } = await pool.query<LogRow>(
    `SELECT log.owner, owner_id AS id, at, value
     FROM unnest($2::text[], $3::bigint[]) AS named (owner, id)
     JOIN published_value_log log ON shop_id = $1 AND log.owner = named.owner AND owner_id = named.id
     ORDER BY at`,
    [shopId, named.map(([owner]) => owner), named.map(([, id]) => id)],
  );
  return {
    floors: histories(rows, "variant", BigInt),
    groups: histories(rows, "product", groupsOf),
    customers: histories(rows, "customer", parseStanding),
    locations: histories(rows, "location", parseStanding),
  };
};

/** Whoever bought, as the plan and the result need to know it. */
export interface PastBuyer {
  readonly kind: "company" | "customer" | "guest" | "anonymous";
  /** Of a company, Shopify's number. */
  readonly companyId: bigint | null;
  readonly tier: Tier | null;
  readonly flags: readonly string[];
  readonly firstOrderAt: Instant | null;
  readonly isErased: boolean;
  /** Changes of tier, rising by instant. */
  readonly moves: readonly TierChange[];
}

interface BuyerRow extends Omit<PastBuyer, "moves" | "firstOrderAt"> {
  readonly id: bigint;
  readonly firstOrderAt: Date | null;
}

/** Buyers by the numbers of their rows. */
export const pastBuyers = async (
  pool: pg.Pool,
  shopId: number,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, PastBuyer>> => {
  const { rows } = await pool.query<BuyerRow>(
    `SELECT customer.id, kind, CASE WHEN kind = 'company' THEN shopify_id END AS "companyId", tier,
       coalesce(flags, '{}') AS flags, first_order_at AS "firstOrderAt", redacted_at IS NOT NULL AS "isErased"
     FROM customer LEFT JOIN standing ON standing.shop_id = customer.shop_id AND standing.customer_id = customer.id
     WHERE customer.shop_id = $1 AND customer.id = ANY ($2)`,
    [shopId, ids],
  );
  const { rows: moved } = await pool.query<{ id: bigint; from: Tier; at: Date }>(
    `SELECT customer_id AS id, "from", as_of AS at FROM tier_move
     JOIN tier_run ON tier_run.shop_id = $1 AND tier_run.id = run_id
     WHERE tier_move.shop_id = $1 AND customer_id = ANY ($2) ORDER BY as_of`,
    [shopId, ids],
  );
  const moves = new Map<bigint, TierChange[]>();
  for (const { id, from, at } of moved) moves.set(id, [...(moves.get(id) ?? []), { from, at: at.getTime() }]);
  return new Map(
    rows.map(({ id, firstOrderAt, ...row }) => [
      id,
      { ...row, firstOrderAt: firstOrderAt?.getTime() ?? null, moves: moves.get(id) ?? [] },
    ]),
  );
};

/** Variants by their numbers: the product that each is of, and the price that it is compared with today. */
export const pastVariants = async (
  pool: pg.Pool,
  shopId: number,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, { readonly productId: bigint; readonly compareAtPrice: bigint | null }>> => {
  const { rows } = await pool.query<{ id: bigint; productId: bigint; compareAtPrice: bigint | null }>(
    `SELECT id, product_id AS "productId", compare_at_price AS "compareAtPrice" FROM product_variant
     WHERE shop_id = $1 AND id = ANY ($2)`,
    [shopId, ids],
  );
  return new Map(rows.map(({ id, ...row }) => [id, row]));
};
