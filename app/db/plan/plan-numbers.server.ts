import type pg from "pg";
import { countedKey, type PlanNumbers } from "#app/core/plan/compile-plan.ts";
import { collectionsOf, countsEveryCollection, type Plan } from "#app/core/plan/plan.ts";
import { inTransaction } from "#app/db/pool.server.ts";

type Kind = "group" | "counted" | "company";

/** Gives each key that has none the next number; a number stays with its key. */
const allocate = async (
  client: pg.PoolClient,
  shopId: number,
  kind: Kind,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  await client.query(
    `INSERT INTO plan_number (shop_id, kind, key, number)
     SELECT $1, $2, key, coalesce((SELECT max(number) FROM plan_number WHERE shop_id = $1 AND kind = $2), 0) + place
     FROM unnest($3::text[]) WITH ORDINALITY AS wanted (key, place)
     WHERE NOT EXISTS (SELECT 1 FROM plan_number known WHERE known.shop_id = $1 AND known.kind = $2 AND known.key = wanted.key)`,
    [shopId, kind, keys],
  );
  const { rows } = await client.query<{ key: string; number: number }>(
    "SELECT key, number FROM plan_number WHERE shop_id = $1 AND kind = $2 AND key = ANY ($3) ORDER BY number",
    [shopId, kind, keys],
  );
  return new Map(rows.map(({ key, number }) => [key, number]));
};

/** The shop's collections by handle: those that are named, or all. */
const handles = async (client: pg.PoolClient, shopId: number, only: readonly string[] | null): Promise<string[]> => {
  const { rows } = await client.query<{ handle: string }>(
    "SELECT handle FROM collection WHERE shop_id = $1 AND ($2::text[] IS NULL OR handle = ANY ($2)) ORDER BY handle",
    [shopId, only],
  );
  return rows.map(({ handle }) => handle);
};

/** The numbers of all that a plan names, given out where there are none yet. */
export const planNumbers = (pool: pg.Pool, shopId: number, plan: Plan): Promise<PlanNumbers> =>
  inTransaction(pool, async (client) => {
    await client.query("SELECT 1 FROM shop WHERE id = $1 FOR NO KEY UPDATE", [shopId]);
    const named = await handles(client, shopId, countsEveryCollection(plan) ? null : collectionsOf(plan));
    const counted = plan.parts.flatMap((part) => (part.kind === "cumulative" ? [countedKey(part)] : []));
    const companies = plan.parts.flatMap((part) => (part.kind === "tier-price" ? [...part.companies.keys()] : []));
    const ofCompanies = await allocate(client, shopId, "company", [...new Set(companies.map(String))]);
    return {
      groups: await allocate(client, shopId, "group", named),
      counted: await allocate(client, shopId, "counted", [...new Set(counted)]),
      companies: new Map([...ofCompanies].map(([id, number]) => [BigInt(id), number])),
    };
  });

/** Collections that a plan names and the shop does not have. */
export const unknownCollections = async (pool: pg.Pool, shopId: number, plan: Plan): Promise<string[]> => {
  const named = collectionsOf(plan);
  const { rows } = await pool.query<{ handle: string }>(
    "SELECT handle FROM collection WHERE shop_id = $1 AND handle = ANY ($2)",
    [shopId, named],
  );
  const known = new Set(rows.map(({ handle }) => handle));
  return named.filter((handle) => !known.has(handle));
};

/** Forgets all numbers: nothing at Shopify bears them any more. */
export const forgetNumbers = async (pool: pg.Pool, shopId: number): Promise<void> => {
  await pool.query("DELETE FROM plan_number WHERE shop_id = $1", [shopId]);
};
