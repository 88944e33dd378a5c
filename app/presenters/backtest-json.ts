import { textCell } from "#app/core/csv/text-cell.ts";
import { breakEvenLift } from "#app/core/backtest/break-even.ts";
import { NO_MONEY, plusMoney, type BacktestCounts, type BacktestMoney } from "#app/core/backtest/totals.ts";
import { formatAmount } from "#app/core/money/money.ts";

/** A back-test for programs: JSON with amounts in minor units, and CSV. */

/** What figures of a back-test hold for, in words. */
export const ASSUMPTIONS = [
  "Behaviour is held fixed: the same customers buy the same units on the same days, whatever they cost.",
  "Costs are held fixed as the ledger has them, also fees and rules that are a percentage of what is paid.",
  "Tiers are those of the time as far as tier runs tell; before the first run they are that run's, and on a customer's first order there is none. Key accounts and customers to be pruned are those of today.",
  "What a customer had bought is counted up to the day before an order. Collections and compare-at prices are those of today; unit costs are those of the order's day.",
  "An order with a customer on it counts as one of a buyer who was signed in; guests get no prices by tier or by what they bought before.",
  "Discounts that are not the plan's stay as they were, also where Shopify would not combine both.",
  "Days on which the plan is to hold are not looked at, nor what is paid back for early payment after the order.",
] as const;

export interface TierFigures extends BacktestMoney {
  readonly tier: string | null;
  readonly customers: number;
  readonly orders: number;
}

export interface CustomerFigures extends BacktestMoney {
  readonly key: string | null;
  readonly tier: string | null;
  readonly orders: number;
}

export interface DifferenceFigures {
  readonly orderId: bigint;
  readonly lineId: bigint;
  readonly given: bigint;
  readonly replayed: bigint;
  readonly reason: string;
}

export interface BelowFigures {
  readonly orderId: bigint;
  readonly lineId: bigint;
  readonly given: bigint;
  readonly candidate: bigint;
  readonly below: readonly string[];
}

export interface BacktestFacts {
  readonly id: number;
  readonly version: number;
  readonly windowDays: number | null;
  readonly untilAt: Date;
  readonly status: string;
  readonly total: number | null;
  readonly done: number;
  readonly seconds: number;
  readonly counts: BacktestCounts;
}

/** The money of all customers. */
export const totalOf = (tiers: readonly BacktestMoney[]): BacktestMoney =>
  tiers.reduce<BacktestMoney>((sum, one) => plusMoney(sum, one), NO_MONEY);

/** "4.2" of 420 basis points. */
const liftPercent = (basisPoints: number | null): string | null =>
  basisPoints === null ? null : formatAmount(BigInt(basisPoints), "USD").replace(/\.?0+$/, "");

const minor = Number;

const moneyJson = (money: BacktestMoney): Readonly<Record<string, unknown>> => ({
  discountPastMinor: minor(money.givenPast),
  discountCandidateMinor: minor(money.givenCandidate),
  planDiscountPastMinor: minor(money.planPast),
  planDiscountCandidateMinor: minor(money.planCandidate),
  netSalesPastMinor: minor(money.netSales),
  netSalesCandidateMinor: minor(money.netSales + money.change),
  cm4PastMinor: minor(money.cm4),
  cm4CandidateMinor: minor(money.cm4 + money.change),
  breakEven: {
    extraDiscountMinor: minor(money.extra),
    marginMinor: minor(money.margin),
    liftPercent: liftPercent(breakEvenLift(money)),
  },
});

const atLine = ({ orderId, lineId }: { readonly orderId: bigint; readonly lineId: bigint }) => ({
  order: Number(orderId),
  line: Number(lineId),
});

/** A back-test as JSON. */
export const backtestJson = (
  found: {
    readonly test: BacktestFacts;
    readonly tiers: readonly TierFigures[];
    readonly customers: readonly CustomerFigures[];
    readonly differences: readonly DifferenceFigures[];
    readonly below: readonly BelowFigures[];
  },
  currency: string,
): unknown => {
  const { test, tiers } = found;
  const { counts } = test;
  return {
    backtest: test.id,
    status: test.status,
    version: test.version,
    window: test.windowDays === null ? "all" : { days: test.windowDays },
    until: test.untilAt.toISOString(),
    currency,
    assumptions: ASSUMPTIONS,
    orders: counts.orders,
    lines: counts.lines,
    outside: counts.outside,
    ordersWithOtherDiscounts: counts.withOthers,
    linesWithoutCost: counts.linesWithoutCost,
    baseline: {
      ordersUnderPlan: counts.underPlan,
      ordersThatDiffer: counts.ordersThatDiffer,
      linesThatDiffer: counts.linesThatDiffer,
      differences: found.differences.map((one) => ({
        ...atLine(one),
        givenMinor: minor(one.given),
        replayedMinor: minor(one.replayed),
        reason: one.reason,
      })),
    },
    total: moneyJson(totalOf(tiers)),
    below: {
      past: counts.below.past,
      candidate: counts.below.candidate,
      lines: found.below.map((one) => ({
        ...atLine(one),
        discountPastMinor: minor(one.given),
        discountCandidateMinor: minor(one.candidate),
        below: one.below,
      })),
    },
    tiers: tiers.map(({ tier, customers, orders, ...money }) => ({ tier, customers, orders, ...moneyJson(money) })),
    customers: found.customers.map(({ key, tier, orders, ...money }) => ({ key, tier, orders, ...moneyJson(money) })),
  };
};

export const BACKTEST_CUSTOMER_COLUMNS = [
  "key",
  "name",
  "tier",
  "orders",
  "net_sales_past",
  "net_sales_candidate",
  "cm4_past",
  "cm4_candidate",
  "discount_past",
  "discount_candidate",
  "plan_discount_past",
  "plan_discount_candidate",
  "break_even_lift_percent",
  "currency",
] as const;

/** A customer as a row of backtest-customers.csv. */
export const backtestCustomerRow = (
  one: CustomerFigures & { readonly name: string | null },
  currency: string,
): string[] => {
  const amount = (value: bigint): string => formatAmount(value, currency);
  return [
    textCell(one.key ?? ""),
    textCell(one.name ?? ""),
    one.tier ?? "",
    String(one.orders),
    amount(one.netSales),
    amount(one.netSales + one.change),
    amount(one.cm4),
    amount(one.cm4 + one.change),
    amount(one.givenPast),
    amount(one.givenCandidate),
    amount(one.planPast),
    amount(one.planCandidate),
    liftPercent(breakEvenLift(one)) ?? "",
    currency,
  ];
};

export const BACKTEST_DIFFERENCE_COLUMNS = ["order", "line", "given", "replayed", "reason", "currency"] as const;

/** A line that differs as a row of backtest-differences.csv. */
export const backtestDifferenceRow = (one: DifferenceFigures, currency: string): string[] => [
  one.orderId.toString(),
  one.lineId.toString(),
  formatAmount(one.given, currency),
  formatAmount(one.replayed, currency),
  one.reason,
  currency,
];
