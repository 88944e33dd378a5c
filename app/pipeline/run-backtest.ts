import { discountFunction } from "#app/checkout/discount-function.server.ts";
import { outsideOf } from "#app/core/backtest/outside.ts";
import type { LineDifference } from "#app/core/backtest/difference.ts";
import type { LineOutcome } from "#app/core/backtest/line-replay.ts";
import {
  moneyOfLine,
  NO_MONEY,
  plusMoney,
  withOrder,
  withOutside,
  type BacktestCounts,
} from "#app/core/backtest/totals.ts";
import { finishBacktest, nextBacktest, type Backtest, type BacktestCursor } from "#app/db/backtest/backtests.server.ts";
import { ordersToReplay, type PastOrder } from "#app/db/backtest/read-orders.server.ts";
import {
  saveBatch,
  type BacktestBatch,
  type BelowLine,
  type CustomerShare,
} from "#app/db/backtest/save-batch.server.ts";
import { report, type StageContext } from "./bulk-stage.ts";
import { backtestInputs, type BacktestInputs } from "./backtest-inputs.ts";
import { backtestPlans, type BacktestPlans } from "./backtest-plans.ts";
import type { Parked } from "./context.ts";
import { replayOrder, type ReplayedOrder } from "./replay-order.ts";

const BATCH = 1000;
/** Pages and webhooks are answered by the same process: after so long they have their turn. */
const SLICE_MS = 10;
/** The shop's other long works have theirs after so long. */
const TURN_MS = 20_000;
/** So many lines are kept of each list; all of them are counted. */
const MOST_LISTED = 10_000;

/** What a batch has found so far. */
class BatchFindings {
  counts: BacktestCounts;
  readonly customers = new Map<bigint, CustomerShare>();
  readonly differences: LineDifference[] = [];
  readonly below: BelowLine[] = [];
  readonly #buyers: BacktestInputs["buyers"];

  constructor(counts: BacktestCounts, { buyers }: BacktestInputs) {
    this.counts = counts;
    this.#buyers = buyers;
  }

  saved(): Pick<BacktestBatch, "counts" | "customers" | "differences" | "below"> {
    const { counts, differences, below } = this;
    return { counts, differences, below, customers: [...this.customers.values()] };
  }

  add({ order, customerId, netSales, cm4 }: PastOrder, { isUnderPlan, differences, lines }: ReplayedOrder): void {
    this.counts = withOrder(this.counts, lines, { isUnderPlan, differing: differences.length });
    if (this.counts.linesThatDiffer <= MOST_LISTED) this.differences.push(...differences);
    const before = this.customers.get(customerId);
    const money = lines.map(moneyOfLine).reduce(plusMoney, { ...NO_MONEY, netSales, cm4 });
    this.customers.set(customerId, {
      customerId,
      tier: this.#buyers.get(customerId)?.tier ?? null,
      orders: (before?.orders ?? 0) + 1,
      money: before ? plusMoney(before.money, money) : money,
    });
    const { past, candidate } = this.counts.below;
    if (past.costLines + past.floorLines + candidate.costLines + candidate.floorLines > MOST_LISTED) return;
    this.below.push(...lines.flatMap((line) => belowLine(order.id, line)));
  }
}

const belowLine = (
  orderId: bigint,
  { lineId, given, below: { past, candidate } }: LineOutcome & { readonly lineId: bigint },
): BelowLine[] => {
  const below = [
    ...(past.floor ? ["past-floor"] : []),
    ...(past.cost ? ["past-cost"] : []),
    ...(candidate.floor ? ["candidate-floor"] : []),
    ...(candidate.cost ? ["candidate-cost"] : []),
  ];
  return below.length === 0 ? [] : [{ orderId, lineId, given: given.past, candidate: given.candidate, below }];
};

/** Replays a batch, a slice at a time. */
const replayBatch = async (inputs: BacktestInputs, before: BacktestCounts): Promise<BatchFindings> => {
  const findings = new BatchFindings(before, inputs);
  const discount = discountFunction();
  let sliceEnds = performance.now() + SLICE_MS;
  for (const past of inputs.orders) {
    const outside = outsideOf(past.order);
    if (outside === null) findings.add(past, replayOrder(discount, past, inputs));
    else findings.counts = withOutside(findings.counts, outside);
    if (performance.now() < sliceEnds) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    sliceEnds = performance.now() + SLICE_MS;
  }
  return findings;
};

interface Batch {
  readonly inputs: BacktestInputs;
  /** The last of its orders. */
  readonly last: BacktestCursor;
}

async function* batches(context: StageContext, plans: BacktestPlans, test: Backtest): AsyncGenerator<Batch> {
  const { pool, shop, now } = context;
  for await (const batch of ordersToReplay(pool, shop.id, test, BATCH)) {
    yield { last: batch.last, inputs: await backtestInputs({ pool, shop, now: now() }, plans, batch.orders) };
  }
}

/** Asks for the next one while this one is worked on. */
async function* oneAhead<Item>(source: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = source.next();
  for (;;) {
    const { value, done } = await next;
    if (done) return;
    next = source.next();
    // Whoever stops early does not want to know what became of it.
    next.catch(() => undefined);
    yield value;
  }
}

/** Goes on with one back-test until it is done, was cancelled, or has had its turn. */
const workOnBacktest = async (
  context: StageContext,
  test: Backtest,
  turnEnds: number,
): Promise<"done" | "cancelled" | Parked> => {
  const { pool, shop, now } = context;
  const plans = await backtestPlans(pool, shop, test.version);
  const from = performance.now();
  let { done, counts } = test;
  let spent = 0;
  // What a batch has found is saved while the next one is replayed.
  let saving: Promise<boolean> = Promise.resolve(true);
  for await (const { inputs, last } of oneAhead(batches(context, plans, test))) {
    const found = await replayBatch(inputs, counts);
    if (!(await saving)) return "cancelled";
    const seconds = (performance.now() - from) / 1000;
    saving = saveBatch(pool, shop.id, test.id, {
      after: last,
      doneBefore: done,
      done: done + inputs.orders.length,
      seconds: seconds - spent,
      ...found.saved(),
    });
    // A failure is thrown by whoever waits for it next.
    saving.catch(() => undefined);
    await report(context, { status: "loading", total: test.total, done: done + inputs.orders.length });
    [done, counts, spent] = [done + inputs.orders.length, found.counts, seconds];
    if (context.isStopping() || performance.now() >= turnEnds) return (await saving) ? { afterMs: 0 } : "cancelled";
  }
  if (!(await saving)) return "cancelled";
  await finishBacktest(pool, shop.id, test.id, now());
  return "done";
};

/**
 * Works on the shop's back-tests, the one that was asked for first first. What is done is saved batch by batch: a work that was
 * interrupted goes on where it was.
 */
export const runBacktests = async (context: StageContext): Promise<Parked | undefined> => {
  const turnEnds = performance.now() + TURN_MS;
  for (;;) {
    const next = await nextBacktest(context.pool, context.shop.id);
    if (!next) return undefined;
    const end = await workOnBacktest(context, next, turnEnds);
    if (typeof end === "object") return end;
  }
};
