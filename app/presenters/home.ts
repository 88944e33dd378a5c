import type { Tier } from "#app/core/tiers/tier.ts";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import { count, dateTime, day, money, percentOf, plural, shortMoney } from "./format.ts";

export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly detail: string;
}

export interface TierView {
  readonly tier: Tier;
  readonly customers: string;
  readonly profit: string;
  readonly detail: string;
}

export interface WhaleView {
  /** Places along the curve, both from 0 to 1; y below 0 is a loss. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly peak: { readonly x: number; readonly y: number; readonly label: string };
  readonly end: string;
  readonly summary: string;
}

export interface HomeView {
  readonly asOf: string;
  readonly window: string;
  readonly tiles: readonly Tile[];
  readonly tiers: readonly TierView[];
  readonly whale: WhaleView | null;
  readonly isEmpty: boolean;
}

interface Shop {
  readonly currency: string;
  readonly timeZone: string;
}

const profitDetail = (totals: TierRunSummary["totals"], ofCustomers: bigint, currency: string): string => {
  const anonymous = totals.cm4 - ofCustomers;
  const margin = `${percentOf(totals.cm4, totals.netSales) ?? "–"} of net sales`;
  return anonymous === 0n ? margin : `${margin}, ${money(anonymous, currency)} from anonymous orders`;
};

const coverageDetail = (totals: TierRunSummary["totals"], currency: string): string => {
  const missing = totals.goods - totals.goodsWithKnownCost;
  if (totals.goods <= 0n) return "No goods were sold";
  return missing <= 0n ? "Every sale has a known unit cost" : `${money(missing, currency)} of sales has no unit cost`;
};

const tiles = ({ totals, tiers, whale }: TierRunSummary, currency: string): Tile[] => {
  const customers = tiers.A.customers + tiers.B.customers + tiers.C.customers;
  const coverage = percentOf(totals.goodsWithKnownCost, totals.goods);
  return [
    {
      label: "Profit contribution",
      value: money(totals.cm4, currency),
      detail: profitDetail(totals, whale.total, currency),
    },
    { label: "Net sales", value: money(totals.netSales, currency), detail: plural(totals.orders, "order") },
    {
      label: "Customers",
      value: count(customers),
      detail: `${count(whale.losses.customers)} of them lost ${money(-whale.losses.total, currency)}`,
    },
    {
      label: "Cost coverage",
      value: coverage ?? "–",
      detail: coverageDetail(totals, currency),
    },
  ];
};

const tierViews = ({ tiers, positiveTotal, whale }: TierRunSummary, currency: string): TierView[] => {
  const all = tiers.A.customers + tiers.B.customers + tiers.C.customers;
  const losses = whale.losses.customers;
  return (["A", "B", "C"] as const).map((tier) => {
    const { customers, value } = tiers[tier];
    const share = percentOf(value, positiveTotal);
    const ofCustomers = percentOf(BigInt(customers), BigInt(all));
    return {
      tier,
      customers: plural(customers, "customer"),
      profit: money(value, currency),
      detail:
        share === null
          ? "No profit to share"
          : `${ofCustomers ?? "–"} of customers, ${share} of the profit made${tier === "C" && losses > 0 ? ", losses taken off" : ""}`,
    };
  });
};

/** Shares of a whole for drawing; the only place where amounts become floats, and never come back. */
const ratio = (part: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number((part * 1_000_000n) / whole) / 1_000_000;

const whaleView = ({ whale, topFifth }: TierRunSummary, currency: string): WhaleView | null => {
  if (whale.customers === 0 || whale.peak.value <= 0n) return null;
  const place = (point: { customers: number; value: bigint }) => ({
    x: point.customers / whale.customers,
    y: ratio(point.value, whale.peak.value),
  });
  const share = percentOf(topFifth.value, whale.total);
  const made =
    share === null ? "" : `The best fifth, ${plural(topFifth.customers, "customer")}, makes ${share} of the profit. `;
  const lost =
    whale.destroyed === 0n
      ? "No customer loses money."
      : `After the first ${count(whale.peak.customers)}, the rest takes ${money(-whale.destroyed, currency)} away again.`;
  return {
    points: whale.points.map(place),
    peak: {
      ...place(whale.peak),
      label: `Peak: ${shortMoney(whale.peak.value, currency)} after ${plural(whale.peak.customers, "customer")}`,
    },
    end: `All ${count(whale.customers)}: ${shortMoney(whale.total, currency)}`,
    summary: made + lost,
  };
};

export const windowText = ({ from, to }: TierRunSummary["days"]): string =>
  from === 0 ? `All time until ${day(to)}` : `${day(from)} to ${day(to)}`;

/** Home for people: the profit, who makes it, and how it is spread. */
export const presentHome = (run: { asOf: Date; summary: TierRunSummary }, shop: Shop): HomeView => {
  const { summary } = run;
  return {
    asOf: dateTime(run.asOf, shop.timeZone),
    window: windowText(summary.days),
    tiles: tiles(summary, shop.currency),
    tiers: tierViews(summary, shop.currency),
    whale: whaleView(summary, shop.currency),
    isEmpty: summary.totals.orders === 0,
  };
};
