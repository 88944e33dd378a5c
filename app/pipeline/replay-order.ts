import type { Cart, CartBuyer, CartLine } from "#app/checkout/function-input.ts";
import type { LoadedFunction } from "#app/checkout/load-function.ts";
import { priceCart } from "#app/checkout/price-cart.ts";
import { differenceReason, type LineDifference } from "#app/core/backtest/difference.ts";
import { heldAt, tierAt } from "#app/core/backtest/in-force.ts";
import { outcomeOf, returnedUnits, type LineOutcome } from "#app/core/backtest/line-replay.ts";
import { lineCost } from "#app/core/costs/unit-cost.ts";
import type { Order, OrderLine } from "#app/core/orders/order.ts";
import type { CompiledPlan, CompiledStanding } from "#app/core/plan/compiled-plan.ts";
import { floorPrice } from "#app/core/plan/floor.ts";
import { standingAtLocation, standingOf } from "#app/core/plan/standing.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import type { PastOrder } from "#app/db/backtest/read-orders.server.ts";
import type { PastBuyer } from "#app/db/backtest/read-past.server.ts";
import type { Measure } from "#app/db/plan/plan-buyers.server.ts";
import type { BacktestInputs } from "./backtest-inputs.ts";
import type { PlanThen } from "./backtest-plans.ts";

/** What the replay of an order has found. */
export interface ReplayedOrder {
  readonly isUnderPlan: boolean;
  readonly differences: readonly LineDifference[];
  /** Its lines but for gift cards, which the ledger does not count. */
  readonly lines: readonly (LineOutcome & { readonly lineId: bigint })[];
}

const GUEST: CartBuyer = { kind: "guest", standing: null };

/** What products held when the cart was priced. */
interface Values {
  readonly floor: (line: OrderLine) => bigint | null;
  readonly groups: (productId: bigint) => readonly number[] | null;
}

/** The cart of an order, in the shop's currency; lines that are no variant of the catalog are left out. */
const cartOf = (order: Order, buyer: CartBuyer, values: Values, inputs: BacktestInputs): Cart => ({
  currency: order.currency,
  rate: "1",
  day: formatDay(inputs.ledger.dayOf(order.processedAt)),
  language: "EN",
  asksToPayNow: order.origin.asksToPayNow,
  buyer,
  lines: order.lines.flatMap((line): CartLine[] => {
    const { variantId, quantity, unitPrice, giftCard } = line;
    if (variantId === null) return [];
    const variant = inputs.variants.get(variantId);
    // A variant that is gone counts as a product of its own.
    const productId = variant?.productId ?? variantId;
    return [
      {
        variantId,
        productId,
        quantity,
        unitPrice,
        compareAtPrice: variant?.compareAtPrice ?? null,
        giftCard,
        isSubscription: false,
        floor: values.floor(line),
        groups: values.groups(productId),
      },
    ];
  }),
});

/** What a plan gives each line of an order, by the line's number. */
const priceOrder = (
  discount: LoadedFunction,
  order: Order,
  cart: Cart,
  plan: CompiledPlan,
): ReadonlyMap<bigint, bigint> => {
  if (plan.parts.length === 0) return new Map();
  const priced = priceCart(discount, cart, plan);
  const inCart = order.lines.filter(({ variantId }) => variantId !== null);
  return new Map(inCart.map(({ id }, index) => [id, priced[index]?.amount ?? 0n]));
};

/** As whom the order was priced: who has a customer on it counts as signed in. */
const buyerThen = (order: Order, { published }: BacktestInputs): CartBuyer & { readonly isUnknown: boolean } => {
  const { companyId, companyLocationId, customerId, processedAt } = order;
  const isCompany = companyLocationId !== null || companyId !== null;
  if (!isCompany && customerId === null) return { ...GUEST, isUnknown: false };
  const values = isCompany
    ? published.locations.get(companyLocationId ?? -1n)
    : published.customers.get(customerId ?? -1n);
  const standing = heldAt(values ?? [], processedAt);
  return {
    kind: isCompany ? "company" : "customer",
    standing: standing ?? null,
    isUnknown: standing === undefined,
  };
};

interface Baseline {
  readonly given: ReadonlyMap<bigint, bigint>;
  readonly differences: readonly LineDifference[];
}

const asksForStanding = ({ parts }: CompiledPlan): boolean =>
  parts.some(({ kind }) => kind === "tier" || kind === "cumulative");

/** A variant's floor as it was published then; undefined where none was ever published. */
const floorThen = ({ published }: BacktestInputs, { variantId }: OrderLine, at: number): bigint | null | undefined =>
  heldAt(published.floors.get(variantId ?? -1n) ?? [], at);

const valuesThen = (inputs: BacktestInputs, at: number): Values => ({
  floor: (line) => floorThen(inputs, line, at) ?? null,
  groups: (productId) => heldAt(inputs.published.groups.get(productId) ?? [], at) ?? null,
});

/** What a plan gives each line of an order, by the line's number, with what was published when the order was placed. */
export const givenThen = (
  discount: LoadedFunction,
  order: Order,
  plan: CompiledPlan,
  inputs: BacktestInputs,
): ReadonlyMap<bigint, bigint> => {
  const values = valuesThen(inputs, order.processedAt);
  return priceOrder(discount, order, cartOf(order, buyerThen(order, inputs), values, inputs), plan);
};

/** Replays an order under the plan that was in force, with what was published then. */
const replayThen = (
  discount: LoadedFunction,
  { order, customerId }: PastOrder,
  { compiled, since }: PlanThen,
  inputs: BacktestInputs,
): Baseline => {
  const { variants, buyers } = inputs;
  const at = order.processedAt;
  const buyer = buyerThen(order, inputs);
  const given = givenThen(discount, order, compiled, inputs);
  const differing = order.lines.filter(({ id, discount: allocated }) => allocated !== (given.get(id) ?? 0n));
  if (differing.length === 0) return { given, differences: [] };
  const asGuest =
    buyer.kind === "guest"
      ? null
      : priceOrder(discount, order, cartOf(order, GUEST, valuesThen(inputs, at), inputs), compiled);
  const differences = differing.map((line): LineDifference => {
    const replayed = given.get(line.id) ?? 0n;
    const isWithoutFloor = compiled.floor === true && floorThen(inputs, line, at) === undefined;
    const reason = differenceReason({
      line,
      replayed,
      usedCodes: order.origin.usedCodes,
      isErased: buyers.get(customerId)?.isErased ?? false,
      isOtherCurrency: order.presentment.currency !== order.currency,
      sincePublishedMs: at - since,
      asGuest: asGuest?.get(line.id) ?? null,
      isWithoutValues: isWithoutFloor || (buyer.isUnknown && asksForStanding(compiled)),
      hasCompareAt: (variants.get(line.variantId ?? -1n)?.compareAtPrice ?? 0n) > line.unitPrice,
    });
    return { orderId: order.id, lineId: line.id, given: line.discount, replayed, reason };
  });
  return { given, differences };
};

/** What a buyer was entitled to by the candidate on the day of an order: by its tier of then, and what it had bought before. */
const standingThen = (
  { order, customerId }: PastOrder,
  known: PastBuyer,
  inputs: BacktestInputs,
): CompiledStanding | null => {
  const { plans, bought, standings, ledger } = inputs;
  const { plan, numbers } = plans.candidate;
  const day = ledger.dayOf(order.processedAt);
  const tier = tierAt(known, order.processedAt);
  const key = `${customerId} ${day} ${tier}`;
  const before = standings.get(key);
  if (before !== undefined) return before;
  const days = bought.get(customerId);
  const buyer = {
    tier,
    isKey: known.flags.includes("key"),
    isPruned: known.flags.includes("prune"),
    companyId: known.companyId,
    bought: (measure: Measure) => (days?.[measure] ?? []).filter((one) => one.day < day),
  };
  const standing = standingOf(plan, numbers, buyer, day);
  standings.set(key, standing);
  return standing;
};

/** As whom the candidate prices an order: who has a customer on it counts as signed in. */
const buyerOfCandidate = (past: PastOrder, inputs: BacktestInputs): CartBuyer => {
  const { plans, buyers, locations } = inputs;
  const { companyLocationId } = past.order;
  const known = buyers.get(past.customerId);
  if (known?.kind !== "customer" && known?.kind !== "company") return GUEST;
  const place = companyLocationId === null ? undefined : locations.get(companyLocationId);
  const isPruned = known.flags.includes("prune");
  const standing = standingThen(past, known, inputs);
  return {
    kind: known.kind,
    standing: place ? standingAtLocation(plans.candidate.plan, standing, { isPruned }, place) : standing,
  };
};

const floorOf = (line: OrderLine, { plans, shop, ledger }: BacktestInputs, day: ShopDay): bigint | null => {
  if (line.giftCard || line.variantId === null) return null;
  const unitCost = ledger.unitCostOn(line.variantId, day)?.amount ?? null;
  return floorPrice(unitCost, plans.candidate.plan, shop.taxesIncluded);
};

/** What some units of a line cost by the ledger's rules; null where they leave it unknown. */
const costOf = (order: Order, line: OrderLine, { ledger }: BacktestInputs): ((units: number) => bigint) | null => {
  const cost = lineCost(order, line, ledger);
  return cost.of(line.quantity).provenance === "unknown" ? null : (units) => cost.of(units).amount;
};

/** Replays one order: under the plan that was in force when it was placed, if one was, and under the candidate. */
export const replayOrder = (discount: LoadedFunction, past: PastOrder, inputs: BacktestInputs): ReplayedOrder => {
  const { order } = past;
  const { plans, groups, ledger } = inputs;
  const then = plans.at(order.processedAt);
  const baseline = then && replayThen(discount, past, then, inputs);
  const day = ledger.dayOf(order.processedAt);
  const values: Values = {
    floor: (line) => floorOf(line, inputs, day),
    groups: (productId) => groups.get(productId) ?? null,
  };
  const cart = cartOf(order, buyerOfCandidate(past, inputs), values, inputs);
  const candidate = priceOrder(discount, order, cart, plans.candidate.compiled);
  const returned = returnedUnits(order);
  return {
    isUnderPlan: then !== null,
    differences: baseline?.differences ?? [],
    lines: order.lines
      .filter(({ giftCard }) => !giftCard)
      .map((line) => ({
        lineId: line.id,
        ...outcomeOf(
          {
            line,
            baseline: baseline && (baseline.given.get(line.id) ?? 0n),
            candidate: candidate.get(line.id) ?? 0n,
            costOf: costOf(order, line, inputs),
            floor: values.floor(line),
            returned: returned.get(line.id) ?? 0,
          },
          order,
        ),
      })),
  };
};
