export type Tier = "A" | "B" | "C";

/** Marks beside the tier, in the order in which they are printed. */
export const FLAGS = ["key", "grow", "prune", "loss", "new", "pinned", "cost-unknown"] as const;
export type Flag = (typeof FLAGS)[number];

/** Why a loss-maker is not proposed for pruning. */
export type KeptReason = "few-orders" | "short-history" | "one-refund" | "unknown-costs" | "pinned";

/** What is said of each of the two borders: that between A and B, and that between B and C. */
export interface Borders<T> {
  readonly a: T;
  readonly b: T;
}

/** Whether a tier lies above each border. */
export const sidesOf = (tier: Tier): Borders<boolean> => ({ a: tier === "A", b: tier !== "C" });

/** The tier between the borders that a customer is above of. */
export const tierAbove = ({ a, b }: Borders<boolean>): Tier => (a ? "A" : b ? "B" : "C");
