import { breakEvenLift } from "#app/core/backtest/break-even.ts";
import type { Outside } from "#app/core/backtest/outside.ts";
import type { BacktestMoney, BelowCounts } from "#app/core/backtest/totals.ts";
import { ASSUMPTIONS, totalOf, type BacktestFacts, type TierFigures } from "./backtest-json.ts";
import { count, dateTime, money, percentOf, plural } from "./format.ts";

/** A cell of a table: words or a figure, and where it leads. */
export interface CellView {
  readonly text: string;
  readonly url?: string;
  /** Of an order, which opens in Shopify's admin. */
  readonly orderId?: string;
}

export interface TableView {
  /** Of the columns; those after the first `words` hold figures. */
  readonly headings: readonly string[];
  readonly words: number;
  readonly rows: readonly { readonly id: string; readonly cells: readonly CellView[] }[];
}

interface ShopFacts {
  readonly currency: string;
  readonly timeZone: string;
}

type Facts = BacktestFacts & { readonly requestedAt: Date };

export interface BacktestView {
  readonly id: number;
  /** With when it was started: a version can be tried more than once. */
  readonly title: string;
  readonly status: "waiting" | "running" | "finished" | "cancelled";
  readonly label: string;
  readonly isOpen: boolean;
  /** 0 to 100. */
  readonly percent: number;
  readonly progress: string;
}

const LABELS: Readonly<Record<string, string>> = {
  waiting: "Waiting",
  running: "In progress",
  finished: "Done",
  cancelled: "Cancelled",
};

const isStatus = (status: string): status is BacktestView["status"] => status in LABELS;

/** About how long the rest takes, at the pace so far. */
const leftOf = ({ total, done, seconds }: Facts): string => {
  if (total === null || done === 0) return "";
  const left = Math.max(1, Math.round((seconds / done) * (total - done)));
  return left < 90 ? `, about ${left} s left` : `, about ${Math.round(left / 60)} min left`;
};

/** A back-test in the list. */
export const presentBacktest = (test: Facts, { timeZone }: ShopFacts): BacktestView => {
  const { id, version, windowDays, status, total, done } = test;
  const orders = windowDays === null ? "all orders" : `orders of the last ${plural(windowDays, "day")}`;
  const of = total === null ? "" : ` of ${count(total)}`;
  return {
    id,
    title: `Version ${version} on ${orders}, started ${dateTime(test.requestedAt, timeZone)}`,
    status: isStatus(status) ? status : "waiting",
    label: LABELS[status] ?? status,
    isOpen: status === "waiting" || status === "running",
    percent: total ? Math.round((done / total) * 100) : 0,
    progress: `${count(done)}${of} orders${status === "running" ? leftOf(test) : ""}`,
  };
};

const OUTSIDE_WORDS: Readonly<Record<Outside, readonly [string, string]>> = {
  test: ["test order", "test orders"],
  cancelled: ["cancelled order", "cancelled orders"],
  "not-read": ["order whose changes have not been read yet", "orders whose changes have not been read yet"],
  edited: ["edited order", "edited orders"],
  draft: ["draft order", "draft orders"],
  "point-of-sale": ["order at a point of sale", "orders at a point of sale"],
  "custom-lines": ["order of custom lines only", "orders of custom lines only"],
};

const outsideWords = (outside: BacktestFacts["counts"]["outside"]): string[] =>
  Object.entries(OUTSIDE_WORDS).flatMap(([why, [one, many]]) => {
    const number = Object.entries(outside).find(([name]) => name === why)?.[1] ?? 0;
    return number > 0 ? [plural(number, one, many)] : [];
  });

/** "20.9" of 2,084 basis points: one decimal, rounded up, so that selling so much more is enough. */
const liftToTenths = (basisPoints: number): string => (Math.ceil(basisPoints / 10) / 10).toFixed(1);

/** What would have to be sold more, in words. */
export const breakEvenWords = (sums: Pick<BacktestMoney, "extra" | "margin">): string => {
  const lift = breakEvenLift(sums);
  if (lift === null) return "No: what is sold leaves no margin";
  return lift === 0 ? "Nothing" : `+${liftToTenths(lift)} % units`;
};

const belowWords = ({ floorOrders, floorLines, costOrders, costLines }: BelowCounts): readonly [string, string] => [
  `${plural(floorLines, "line")} in ${plural(floorOrders, "order")}`,
  `${plural(costLines, "line")} in ${plural(costOrders, "order")}`,
];

interface Found {
  readonly test: Facts;
  readonly tiers: readonly TierFigures[];
}

/** The plans' versions; of two tests of one version also when each was started. */
const versionsOf = (found: readonly Found[], timeZone: string): string[] => {
  const isOnce = new Set(found.map(({ test }) => test.version)).size === found.length;
  return found.map(({ test: { version, requestedAt } }) =>
    isOnce ? `Version ${version}` : `Version ${version}, started ${dateTime(requestedAt, timeZone)}`,
  );
};

/** One column of the summary for the past, and one for each plan. */
const summaryOf = (found: readonly Found[], { currency, timeZone }: ShopFacts): TableView => {
  const [first] = found;
  const sums = found.map(({ tiers }) => totalOf(tiers));
  const past = sums[0];
  const amount = (value: bigint): string => money(value, currency);
  const row = (label: string, before: string, values: readonly string[]) => ({
    id: label,
    cells: [label, before, ...values].map((text) => ({ text })),
  });
  const rate = (given: bigint, { netSales, givenPast }: BacktestMoney): string =>
    percentOf(given, netSales + givenPast) ?? "–";
  const below = first ? belowWords(first.test.counts.below.past) : ["", ""];
  const belowEach = found.map(({ test }) => belowWords(test.counts.below.candidate));
  return {
    headings: ["", "As it was", ...versionsOf(found, timeZone)],
    words: 1,
    rows: past
      ? [
          row(
            "All discounts, net of tax",
            amount(past.givenPast),
            sums.map(({ givenCandidate }) => amount(givenCandidate)),
          ),
          row(
            "Of sales before discounts",
            rate(past.givenPast, past),
            sums.map((one) => rate(one.givenCandidate, one)),
          ),
          row(
            "Given by the plan",
            amount(past.planPast),
            sums.map(({ planCandidate }) => amount(planCandidate)),
          ),
          row(
            "Net sales",
            amount(past.netSales),
            sums.map(({ netSales, change }) => amount(netSales + change)),
          ),
          row(
            "Profit (CM4)",
            amount(past.cm4),
            sums.map(({ cm4, change }) => amount(cm4 + change)),
          ),
          row("To earn it back", "", sums.map(breakEvenWords)),
          row(
            "Below the plan's margin",
            below[0],
            belowEach.map(([floor]) => floor),
          ),
          row(
            "Below cost",
            below[1],
            belowEach.map(([, cost]) => cost),
          ),
        ]
      : [],
  };
};

/** Headings of what customers were given and left, as it was and with the plan. */
export const BEFORE_AND_AFTER = ["Discounts before", "Discounts after", "Profit before", "Profit after"] as const;

const tiersOf = ({ tiers }: Found, currency: string): TableView => ({
  headings: ["Tier", "Customers", ...BEFORE_AND_AFTER, "To earn it back"],
  words: 1,
  rows: tiers.map((one) => ({
    id: one.tier ?? "none",
    cells: [
      one.tier ?? "Without a tier",
      count(one.customers),
      money(one.givenPast, currency),
      money(one.givenCandidate, currency),
      money(one.cm4, currency),
      money(one.cm4 + one.change, currency),
      breakEvenWords(one),
    ].map((text) => ({ text })),
  })),
});

const baselineOf = ({ counts }: Facts): { readonly isExact: boolean; readonly text: string } => {
  const { underPlan, ordersThatDiffer, linesThatDiffer } = counts;
  if (underPlan === 0) {
    return {
      isExact: true,
      text: "No plan of Pareto's was in force at any of these orders: their discounts are taken as they were.",
    };
  }
  const replayed = `${plural(underPlan, "order")} placed while a plan was in force`;
  return ordersThatDiffer === 0
    ? { isExact: true, text: `${replayed}: the plan gives back every line's discount to the cent.` }
    : {
        isExact: false,
        text: `${replayed}: ${plural(linesThatDiffer, "line")} in ${plural(ordersThatDiffer, "order")} got another discount than the plan gives. They are listed with what is known of the reason.`,
      };
};

const warningsOf = ({ counts }: Facts, other: Facts | undefined): string[] => [
  ...(other && other.counts.orders !== counts.orders
    ? [
        `Version ${other.version} beside it was tried on ${plural(other.counts.orders, "order")}, and this one on ${count(counts.orders)}: what they come to is not of the same orders.`,
      ]
    : []),
  ...(counts.withOthers > 0
    ? [
        `${plural(counts.withOthers, "order")} had discounts that are not the plan's. They are kept beside it; where Shopify would not combine both, the plan costs less than is said here.`,
      ]
    : []),
  ...(counts.linesWithoutCost > 0
    ? [
        `The cost of ${plural(counts.linesWithoutCost, "line")} is unknown: they count for nothing in what is to be earned back, and get nothing while the plan sets a margin.`,
      ]
    : []),
];

export interface FindingsView {
  readonly test: BacktestView;
  readonly summary: TableView;
  readonly tiers: TableView;
  readonly baseline: { readonly isExact: boolean; readonly text: string };
  readonly replayed: string;
  readonly outside: readonly string[];
  readonly warnings: readonly string[];
  readonly assumptions: readonly string[];
}

/** What a back-test has found, beside another one's where one is given. */
export const presentFindings = (found: Found, other: Found | null, shop: ShopFacts): FindingsView => ({
  test: presentBacktest(found.test, shop),
  summary: summaryOf(other ? [found, other] : [found], shop),
  tiers: tiersOf(found, shop.currency),
  baseline: baselineOf(found.test),
  replayed: `${plural(found.test.counts.orders, "order")} with ${plural(found.test.counts.lines, "line")} replayed`,
  outside: outsideWords(found.test.counts.outside),
  warnings: warningsOf(found.test, other?.test),
  assumptions: ASSUMPTIONS,
});
