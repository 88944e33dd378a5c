/** Who buys, as far as the plan has to know. */

export const enum Tier {
  None = 0,
  A = 1,
  B = 2,
  C = 3,
}

@unmanaged
export class Buyer {
  /** Today at the shop, as the number YYYYMMDD. */
  today: i32;
  isCompany: bool;
  /** Signed in, or buying for a company: only then do tier and cumulative parts apply. */
  isKnown: bool;
  tier: Tier;
  isKeyAccount: bool;
  /** Marked to be pruned: tier prices are withdrawn. */
  isPruned: bool;
  /** The number of a company with prices of its own, or 0. */
  company: i32;
  /** The company's catalog has quantity breaks of its own. */
  hasCatalogBreaks: bool;
  /** The company may have the pay-now percentage. */
  mayPayNow: bool;
  /** The cart asks for pay-now. */
  asksToPayNow: bool;
  sums: i32;
}

/** That the buyer's measure of a cumulative part is at least `reached`, through a day. */
@unmanaged
class Sum {
  part: i32;
  throughDay: i32;
  reached: u64;
}

// A standing has at most 10,000 bytes, and the shortest sum takes 16 of them.
export const MOST_SUMS: i32 = 640;
const SUMS = memory.data(MOST_SUMS * offsetof<Sum>());

export const buyer = changetype<Buyer>(memory.data(offsetof<Buyer>()));

export function sumAt(index: i32): Sum {
  return changetype<Sum>(SUMS + <usize>index * offsetof<Sum>());
}

/** The buyer's standing is not there or cannot be read: known, but entitled to nothing. */
export function forgetStanding(): void {
  buyer.tier = Tier.None;
  buyer.isKeyAccount = false;
  buyer.isPruned = false;
  buyer.company = 0;
  buyer.hasCatalogBreaks = false;
  buyer.mayPayNow = false;
  buyer.sums = 0;
}

/** What is certain of the buyer's measure of a cumulative part today; -1 if nothing is. */
export function reachedOf(part: i32): i64 {
  let reached: i64 = -1;
  for (let i = 0; i < buyer.sums; i++) {
    const sum = sumAt(i);
    if (sum.part == part && sum.throughDay >= buyer.today) reached = max(reached, <i64>sum.reached);
  }
  return reached;
}
