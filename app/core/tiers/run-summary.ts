import type { Contribution } from "../profit/contribution.ts";
import type { WhaleCurve } from "../profit/whale-curve.ts";
import type { Ranking } from "./assign-tiers.ts";
import type { DayRange } from "./policy.ts";
import type { Borders, Tier } from "./tier.ts";

/** A number of customers and what they are worth together, in minor units. */
interface Group {
  readonly customers: number;
  readonly value: bigint;
}

/** What a tier run found of the shop as a whole. */
export interface TierRunSummary {
  /** The first and the last day that count. */
  readonly days: DayRange;
  readonly tiers: Readonly<Record<Tier, Group & { readonly netSales: bigint }>>;
  /** What the last customer of A and of B measures by the policy alone, in the units of the ranking. */
  readonly borders: Borders<bigint | null>;
  readonly ranking: Ranking;
  /** Sum of the positive values: what the shares of profit are shares of. */
  readonly positiveTotal: bigint;
  /** The best fifth by profit. */
  readonly topFifth: Group;
  /** The whole shop, anonymous sales included. */
  readonly totals: Contribution & {
    readonly orders: number;
    readonly goods: bigint;
    readonly goodsWithKnownCost: bigint;
  };
  readonly whale: WhaleCurve;
}
