import type { Contribution } from "../profit/contribution.ts";
import type { WhaleCurve } from "../profit/whale-curve.ts";
import type { ShopDay } from "../time/shop-day.ts";
import type { Tier } from "./assign-tiers.ts";

/** A number of customers and what they are worth together, in minor units. */
interface Group {
  readonly customers: number;
  readonly value: bigint;
}

/** What a tier run found of the shop as a whole. */
export interface TierRunSummary {
  /** The first and the last day that count. */
  readonly days: { readonly from: ShopDay; readonly to: ShopDay };
  readonly tiers: Readonly<Record<Tier, Group & { readonly netSales: bigint }>>;
  /** Value of the last customer of A and of B. */
  readonly borders: { readonly a: bigint | null; readonly b: bigint | null };
  /** Sum of the positive values: what the shares of the tiers are shares of. */
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
