/**
 * A cart with its plan and buyer as the tests speak of them: amounts as the merchant and the buyer see them, bigint where they
 * are counted. `input.ts` writes it as the Function gets it, `reference/` prices it.
 */

export interface Step {
  readonly from: bigint;
  readonly kind: "percent" | "off" | "price";
  /** Basis points, or minor units of the shop's currency. */
  readonly value: bigint;
}

export interface QuantityPart {
  readonly kind: "quantity";
  readonly by: "variant" | "product" | "group" | "cart";
  readonly of: "units" | "amount";
  readonly groups: readonly number[] | null;
  readonly steps: readonly Step[];
}

export interface CumulativePart {
  readonly kind: "cumulative";
  readonly id: number;
  readonly groups: readonly number[] | null;
  readonly steps: readonly Step[];
}

export interface TierPart {
  readonly kind: "tier";
  readonly groups: readonly number[] | null;
  readonly percents: Readonly<Partial<Record<"A" | "B" | "C" | "key", bigint>>>;
  readonly companies: readonly (readonly [number, bigint])[];
}

export interface PayNowPart {
  readonly kind: "payNow";
  readonly percent: bigint;
}

export type Part = QuantityPart | CumulativePart | TierPart | PayNowPart;

export type Inclusion = "gift" | "subscription" | "pos" | "sale" | "catalog";

export interface Plan {
  readonly meet: "best" | "add";
  readonly cap: bigint | null;
  readonly needsFloor: boolean;
  readonly from: string | null;
  readonly to: string | null;
  readonly skip: readonly number[];
  readonly also: readonly Inclusion[];
  readonly parts: readonly Part[];
}

export interface Standing {
  readonly tier: "A" | "B" | "C" | null;
  readonly key: boolean;
  readonly prune: boolean;
  readonly company: number | null;
  readonly breaks: boolean;
  readonly pay: boolean;
  readonly sums: readonly { readonly part: number; readonly reached: bigint; readonly through: string }[];
}

export interface Buyer {
  /** `typed`: an e-mail address at checkout, which gives a customer who is not signed in. */
  readonly is: "guest" | "typed" | "customer" | "company";
  readonly standing: Standing | null;
  readonly asksToPayNow: boolean;
}

export interface Line {
  readonly id: string;
  readonly variant: number;
  readonly product: number;
  readonly groups: readonly number[];
  readonly quantity: number;
  /** Decimal strings in the buyer's currency. */
  readonly price: string;
  readonly compareAt: string | null;
  /** Minor units of the shop's currency. */
  readonly floor: bigint | null;
  readonly kind: "plain" | "gift" | "subscription" | "custom";
}

export interface Cart {
  readonly shopCurrency: string;
  readonly currency: string;
  /** Decimal string: so much of the buyer's currency is one of the shop's. */
  readonly rate: string;
  readonly today: string;
  readonly language: string;
  readonly isPointOfSale: boolean;
  readonly plan: Plan;
  readonly buyer: Buyer;
  readonly lines: readonly Line[];
}
