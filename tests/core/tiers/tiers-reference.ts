import type { TierInput } from "#app/core/tiers/assign-tiers.ts";

/** Tiers and flags worked out as plainly as the definitions tell them, slowly and with none of the app's code. */

/** What the plain policy reads: by share of profit, without pins and without a run before. */
export type Customer = Omit<TierInput, "pinnedTo" | "previous" | "receivables" | "cooperation">;

export interface Row {
  readonly customer: Customer;
  tier: "A" | "B" | "C";
  readonly flags: string[];
}

const KINDS = ["company", "customer", "guest", "anonymous"];
const DAY = 24 * 60 * 60 * 1000;

/** Takes the best customer out of the list, again and again. @param worth says who is worth more, by default by value */
export const fromBestToWorst = <C extends Customer>(
  customers: readonly C[],
  worth = (a: C, b: C): number => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0),
): C[] => {
  const left = [...customers];
  const sorted: C[] = [];
  while (left.length > 0) {
    let candidates = left;
    const keepMost = (figure: (c: C) => bigint): void => {
      const most = candidates.map(figure).reduce((a, b) => (a > b ? a : b));
      candidates = candidates.filter((c) => figure(c) === most);
    };
    const most = candidates.reduce((a, b) => (worth(a, b) >= 0 ? a : b));
    candidates = candidates.filter((c) => worth(c, most) === 0);
    keepMost((c) => c.netSales);
    keepMost((c) => BigInt(-c.firstOrderAt));
    keepMost((c) => BigInt(-KINDS.indexOf(c.kind)));
    keepMost((c) => -(c.shopifyId ?? 0n));
    const emails = candidates.map((c) => c.email ?? "").sort();
    const best = candidates.find((c) => (c.email ?? "") === emails[0]);
    if (!best) throw new Error("nobody left");
    left.splice(left.indexOf(best), 1);
    sorted.push(best);
  }
  return sorted;
};

/** ceil(percent of count), found by trying. */
export const aFifthOrSo = (count: number, percent = 20): number => {
  let part = 0;
  while (part * 100 < count * percent) part += 1;
  return part;
};

/** From the top, customer by customer, until the share is reached; who crosses it is still in. */
const fillTiers = (rows: readonly Row[]): void => {
  let positive = 0n;
  for (const { customer } of rows) if (customer.value > 0n) positive += customer.value;
  let reached = 0n;
  let filling: "A" | "B" | "C" = "A";
  for (const row of rows) {
    if (row.customer.value <= 0n) break;
    row.tier = filling;
    reached += row.customer.value;
    if (reached * 100n >= 95n * positive) filling = "C";
    else if (reached * 100n >= 80n * positive) filling = "B";
  }
};

const shouldBePruned = ({ value, orders, largestRefund, hasUnknownCost }: Customer, ageInDays: number): boolean => {
  const makesLoss = value < 0n;
  const isSeasoned = orders >= 2 && ageInDays >= 90;
  const lossIsOneRefund = value - largestRefund >= 0n;
  return makesLoss && isSeasoned && !lossIsOneRefund && !hasUnknownCost;
};

export const referenceTiers = (customers: readonly Customer[], now: number): Row[] => {
  const rows: Row[] = fromBestToWorst(customers).map((customer) => ({ customer, tier: "C", flags: [] }));
  fillTiers(rows);
  const inA = rows.filter(({ tier }) => tier === "A");
  const inB = rows.filter(({ tier }) => tier === "B");
  for (const row of inA.slice(0, aFifthOrSo(inA.length))) row.flags.push("key");
  for (const row of inB.slice(0, aFifthOrSo(inB.length))) row.flags.push("grow");
  for (const { customer, flags } of rows) {
    const ageInDays = (now - customer.firstOrderAt) / DAY;
    if (shouldBePruned(customer, ageInDays)) flags.push("prune");
    if (customer.value < 0n) flags.push("loss");
    if (ageInDays < 30) flags.push("new");
    if (customer.hasUnknownCost) flags.push("cost-unknown");
  }
  return rows;
};
