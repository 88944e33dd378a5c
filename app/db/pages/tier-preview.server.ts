import type pg from "pg";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import { assignTiers, type Ranking } from "#app/core/tiers/assign-tiers.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import { movesBetween, type MoveCount } from "#app/core/tiers/preview.ts";
import type { Borders, Tier } from "#app/core/tiers/tier.ts";
import { shopDays } from "#app/core/time/shop-day.ts";
import { readRunInputs } from "#app/db/tiers/run-inputs.server.ts";

/** A customer whom a policy would move. */
export interface PreviewedMove {
  readonly id: bigint;
  readonly key: string;
  readonly kind: CustomerKind;
  readonly name: string | null;
  readonly email: string | null;
  readonly from: Tier;
  readonly to: Tier;
  readonly value: bigint;
}

/** What a run by a policy would find now. Nothing of it is stored. */
export interface TierPreview {
  readonly tiers: Readonly<Record<Tier, number>>;
  readonly borders: Borders<bigint | null>;
  readonly ranking: Ranking;
  readonly counts: readonly MoveCount[];
  readonly moved: number;
  /** The first of those who would move, the most valuable first. */
  readonly movers: readonly PreviewedMove[];
}

const MOST_MOVERS = 50;

/** Who would change tier if the shop's policy were this one, by the figures of now. */
export const previewTiers = async (
  pool: pg.Pool,
  shop: { readonly id: number; readonly timeZone: string },
  policy: TierPolicy,
  now: Date,
): Promise<TierPreview> => {
  const today = shopDays(shop.timeZone)(now.getTime());
  const { customers } = await readRunInputs(pool, shop.id, { policy, today, costsChanged: false });
  const result = assignTiers(customers, policy, now.getTime());
  const { counts, movers } = movesBetween(result.standings, ({ stood }) => stood?.shownTier ?? null);
  const first = movers.slice(0, MOST_MOVERS);
  const { rows } = await pool.query<Omit<PreviewedMove, "from" | "to" | "value">>(
    "SELECT id, key, kind, name, email FROM customer WHERE shop_id = $1 AND id = ANY ($2)",
    [shop.id, first.map(({ standing }) => standing.customer.customerId)],
  );
  const named = new Map(rows.map((row) => [row.id, row]));
  return {
    tiers: result.counts,
    borders: result.borders,
    ranking: result.ranking,
    counts,
    moved: movers.length,
    movers: first.flatMap(({ standing: { customer, tier }, from }): PreviewedMove[] => {
      const who = named.get(customer.customerId);
      return who ? [{ ...who, from, to: tier, value: customer.value }] : [];
    }),
  };
};
