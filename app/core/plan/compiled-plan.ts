/**
 * The discount plan and what belongs to it as the checkout Function reads them: JSON metafields in the app-reserved namespace
 * `$app`. `docs/plan-metafields.md` says them in full, decision 017 why they are so.
 *
 * | owner                        | key        | type                  | value             |
 * | ---------------------------- | ---------- | --------------------- | ----------------- |
 * | discount                     | `plan`     | json                  | {@link CompiledPlan} |
 * | product                      | `groups`   | list.number_integer   | group numbers     |
 * | variant                      | `floor`    | number_integer        | minor units of the shop's currency |
 * | customer, company location   | `standing` | json                  | {@link CompiledStanding} |
 */

/** The version that the Function knows. A plan or standing of another one gives no discount. */
export const PLAN_VERSION = 1;

/** The most bytes of a metafield that Shopify hands to a Function, and so of a plan. */
export const LARGEST_PLAN_BYTES = 10_000;

/** The most parts, and the most steps of all parts together: more could cost a cart of 200 lines too many instructions. */
export const MOST_PARTS = 40;
export const MOST_STEPS = 200;

/** Groups of products are numbered 1 to 255. A number is never given to another group while products still carry it. */
export const LARGEST_GROUP = 255;

/** 100 is 1 %. From 0 to 10,000. */
type BasisPoints = number;

/** A day at the shop as YYYYMMDD: 20261231 is the last day of 2026. */
type Day = number;

/**
 * From how much on, and what is given: a percentage; with `"off"` an amount off each unit, with `"price"` a price for each
 * unit, both in minor units of the shop's currency.
 *
 * @example [11, 200] // from 11 on 2 %
 * @example [11, 150, "off"] // from 11 on 1.50 off each
 * @example [11, 999, "price"] // from 11 on 9.99 each
 */
export type CompiledStep = readonly [number, BasisPoints] | readonly [number, number, "off" | "price"];

/** Steps rise: each begins above the one before. There is at least one. */
type Steps = readonly CompiledStep[];

/** Only products in one of these groups; left out: every product. */
interface Covered {
  readonly groups?: readonly number[];
}

/**
 * A quantity break on what this cart holds. `by` says what is counted together: lines of one variant, of one product, or all
 * that the part covers (`group` and `cart` are the same, but that `group` has to name groups).
 */
export interface CompiledQuantity extends Covered {
  readonly kind: "quantity";
  readonly by: "variant" | "product" | "group" | "cart";
  /** Steps begin at so many units, or at an amount in minor units of the shop's currency. */
  readonly of: "units" | "amount";
  readonly steps: Steps;
}

/** A break on what the buyer has bought over a period. How far the buyer got stands in the standing, under `id`. */
export interface CompiledCumulative extends Covered {
  readonly kind: "cumulative";
  /** 1 or more. Never given to a part that counts something else while standings still carry it. */
  readonly id: number;
  readonly steps: Steps;
}

/** A percentage by tier. The most particular one holds: the company's, else the key account's, else the tier's. */
export interface CompiledTier extends Covered {
  readonly kind: "tier";
  readonly percents: {
    readonly A?: BasisPoints;
    readonly B?: BasisPoints;
    readonly C?: BasisPoints;
    readonly key?: BasisPoints;
  };
  /** [company, percentage]: companies by the number in their locations' standing. */
  readonly companies?: readonly (readonly [number, BasisPoints])[];
}

/** A percentage for a buyer who asks to pay now, added after the other parts have met. Of several the largest holds. */
export interface CompiledPayNow {
  readonly kind: "payNow";
  readonly percent: BasisPoints;
}

export type CompiledPart = CompiledQuantity | CompiledCumulative | CompiledTier | CompiledPayNow;

/**
 * A whole plan. Left out means: no cap, no floor, no schedule, nothing skipped.
 *
 * @example
 * {
 *   "v": 1, "exp": 2, "meet": "best", "cap": 4000, "floor": true,
 *   "from": 20261101, "to": 20261231,
 *   "skip": [9], "also": { "sale": true },
 *   "parts": [
 *     { "kind": "quantity", "by": "variant", "of": "units", "steps": [[11, 200], [50, 500]] },
 *     { "kind": "cumulative", "id": 1, "steps": [[100000, 100], [500000, 300]] },
 *     { "kind": "tier", "percents": { "A": 500, "key": 800 }, "companies": [[7, 1200]] }
 *   ]
 * }
 */
export interface CompiledPlan {
  readonly v: typeof PLAN_VERSION;
  /** Decimals of the shop's currency, 0 to 3: in what the plan's amounts and the floors are counted. */
  readonly exp: number;
  /** The largest discount wins, or all are summed. */
  readonly meet: "best" | "add";
  /** The most that all parts may give together. */
  readonly cap?: BasisPoints;
  /** A margin limit is set: a line without a floor gets nothing. Without it floors are not looked at. */
  readonly floor?: boolean;
  /** The first and the last day on which it holds. */
  readonly from?: Day;
  readonly to?: Day;
  /** Groups that get nothing and count for nothing. */
  readonly skip?: readonly number[];
  /**
   * What is left out unless it is taken in here: gift cards, subscription lines, carts at a point of sale, lines with a
   * compare-at price above their price, and quantity breaks where the buyer's catalog has its own.
   */
  readonly also?: {
    readonly gift?: boolean;
    readonly subscription?: boolean;
    readonly pos?: boolean;
    readonly sale?: boolean;
    readonly catalog?: boolean;
  };
  readonly parts: readonly CompiledPart[];
}

/**
 * What a customer or a company location is entitled to. Left out means: no tier, not a key account, no company number, and so
 * on.
 *
 * @example
 * // The measure of part 1 is at least 500000 until the end of November, and then at least 100000 until the end of January.
 * { "v": 1, "tier": "A", "key": true, "company": 7, "pay": true, "sums": [[1, 500000, 20261130], [1, 100000, 20270131]] }
 */
export interface CompiledStanding {
  readonly v: typeof PLAN_VERSION;
  readonly tier?: "A" | "B" | "C";
  /** A key account. */
  readonly key?: boolean;
  /** To be pruned: tier prices are withdrawn. */
  readonly prune?: boolean;
  /** The number of a company that has prices of its own, from 1. */
  readonly company?: number;
  /** The location's catalog has quantity breaks of its own. */
  readonly breaks?: boolean;
  /** The location has payment terms, no deposit, and no checkout to draft: it may have pay-now. */
  readonly pay?: boolean;
  /** [part, at least so much, through this day]: in units, minor units of the shop's currency, or orders. */
  readonly sums?: readonly (readonly [number, number, Day])[];
}

/** The cart attribute by which a buyer asks to pay now, and what it has to be. */
export const PAY_NOW_ATTRIBUTE = { key: "pareto_pay_now", value: "yes" } as const;
