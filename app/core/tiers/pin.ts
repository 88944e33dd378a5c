import type { ShopDay } from "../time/shop-day.ts";
import type { Tier } from "./tier.ts";

/** A tier given to a customer by hand. */
export interface TierPin {
  readonly tier: Tier;
  readonly reason: string;
  /** The last day on which it holds; null: until it is taken away. */
  readonly until: ShopDay | null;
}

/** Whether a pin holds on a day. It does on its last one. */
export const pinHolds = ({ until }: Pick<TierPin, "until">, today: ShopDay): boolean =>
  until === null || today <= until;
