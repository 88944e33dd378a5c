import { fillBasket } from "./baskets.ts";
import { type Buyer, type BuyerCounts, buyerAt, companyOf, countBuyers, customerOf } from "./buyers.ts";
import { buildCatalog, priced, roughRate } from "./catalog.ts";
import { changeCosts } from "./cost-changes.ts";
import { instantOf } from "./instants.ts";
import { type MixName, MIXES } from "./mix.ts";
import { type Random, seededRandom } from "./random.ts";
import { ringUp, type Till } from "./sold-order.ts";
import { settle } from "./settlement.ts";
import { type Visits, planVisits } from "./visits.ts";
import type { WorldObject } from "./world.ts";
import { writeOrder } from "./write-order.ts";

const DAY = 24 * 3600;

export interface GeneratorOptions {
  seed: string | number;
  /** Customer records; guests come on top, contacts of companies are among them. */
  customers: number;
  /** Exactly so many orders; left out, as many as that many buyers place. */
  orders?: number;
  /** How many lines an order has on average, at least 1; left out, as many as the buyers take, some 1.2. */
  linesPerOrder?: number;
  now?: Date;
  /** How long the shop has been selling. */
  days?: number;
  currency?: string;
  timezone?: string;
  taxesIncluded?: boolean;
  plan?: "BASIC" | "ADVANCED" | "PLUS";
  companies?: boolean;
  domain?: string;
  name?: string;
  /** How much that is special happens: as in real shops, next to nothing, or everything in some percent of the orders. */
  mix?: MixName;
}

/** Everything about a run that the parts share. */
interface Run {
  seed: string | number;
  counts: BuyerCounts;
  till: Till;
  linesPerOrder: number | null;
  visits: Visits;
  start: number;
  seconds: number;
}

/**
 * Makes a world with the shape of a real shop, object by object in the order of a world file. The same options give the
 * same world; `now` defaults to the present, so give one where the world must be the same tomorrow.
 *
 * @example for (const object of generateWorld({ seed: 1, customers: 50, now })) lines.push(JSON.stringify(object));
 */
export function* generateWorld(options: GeneratorOptions): Generator<WorldObject> {
  const currency = options.currency ?? "USD";
  const taxesIncluded = options.taxesIncluded ?? false;
  const now = Math.floor((options.now ?? new Date()).getTime() / 1000);
  const seconds = (options.days ?? 730) * DAY;
  const start = now - seconds;
  const createdAt = instantOf(start - 40 * DAY);
  const counts = countBuyers(options.customers, options.companies ?? true);
  const mix = MIXES[options.mix ?? "usual"];
  const catalog = buildCatalog(seededRandom(options.seed, "catalog"), { currency, createdAt });
  changeCosts(catalog, options.seed, { start, seconds, share: mix.costChanges, currency });
  const buyers = counts.customers + counts.guests;
  const visits = planVisits({
    seed: options.seed,
    buyers,
    companies: counts.companies,
    seconds,
    orders: options.orders,
  });
  const fees = { fixedFee: priced(30, currency), disputeFee: priced(1500, currency) };
  const till = { currency, taxesIncluded, now, ...fees, mix, catalog };
  const linesPerOrder = options.linesPerOrder ?? null;
  const run: Run = { seed: options.seed, counts, till, linesPerOrder, visits, start, seconds };

  yield {
    type: "shop",
    domain: options.domain ?? "acme.myshopify.com",
    name: options.name ?? "Acme",
    currency,
    timezone: options.timezone ?? "America/New_York",
    plan: options.plan ?? "ADVANCED",
    taxesIncluded,
  };
  yield* catalog.products;
  yield* people(run);
  yield* orders(run);
}

function* people(run: Run): Generator<WorldObject> {
  const firstVisit = new Float64Array(run.counts.customers).fill(-1);
  for (let visit = run.visits.at.length - 1; visit >= 0; visit -= 1) {
    const buyer = run.visits.buyer[visit] ?? 0;
    if (buyer < firstVisit.length) firstVisit[buyer] = run.visits.at[visit] ?? 0;
  }
  for (let index = 0; index < run.counts.customers; index += 1) {
    const random = seededRandom(run.seed, "record", index);
    const first = firstVisit[index] ?? -1;
    const since = first < 0 ? random.next() * run.seconds : Math.max(0, first - random.next() * 3 * DAY);
    const buyer = { ...buyerAt(index, run.seed, run.counts), customerId: index + 1 };
    yield customerOf(buyer, random, instantOf(run.start + since));
  }
  for (let index = 0; index < run.counts.companies; index += 1) {
    const buyer = { ...buyerAt(index, run.seed, run.counts), customerId: index + 1 };
    yield companyOf(buyer, seededRandom(run.seed, "company", index));
  }
}

function* orders(run: Run): Generator<WorldObject> {
  const { till } = run;
  const next = { lineId: 1, refundId: 1 };
  const nextLineId = () => next.lineId++;
  const ordersBefore = new Uint32Array(run.counts.customers + run.counts.guests);
  for (let visit = 0; visit < run.visits.at.length; visit += 1) {
    const random = seededRandom(run.seed, "order", visit);
    const index = run.visits.buyer[visit] ?? 0;
    const known = buyerAt(index, run.seed, run.counts);
    const isPos = known.kind !== "company" && known.countryCode === "US" && random.chance(till.mix.pos);
    // At the counter, many give no name.
    const buyer: Buyer | null = isPos && random.chance(0.3) ? null : known;
    const seconds = Math.floor(run.visits.at[visit] ?? 0);
    const { linesPerOrder } = run;
    const shop = { ...till, age: seconds / run.seconds, linesPerOrder, ordersBefore: ordersBefore[index] ?? 0 };
    const basket = fillBasket(random, known, shop);
    ordersBefore[index] = (ordersBefore[index] ?? 0) + 1;
    const sale = {
      at: run.start + seconds,
      buyer,
      basket,
      isPos,
      isTest: random.chance(till.mix.testOrder),
      exchange: presentment(random, buyer, run, seconds),
      nextLineId,
    };
    const order = ringUp(random, sale, till);
    const settlement = settle(random, order, till, nextLineId);
    const firstRefundId = next.refundId;
    next.refundId += settlement.returns.length;
    yield writeOrder(random, { order, settlement, number: visit + 1, firstRefundId }, till);
  }
}

const CURRENCIES = ["EUR", "GBP", "JPY", "KWD", "USD"];

/** The buyer's currency and the rate of that week, which drifts by a few percent over the year. */
function presentment(random: Random, buyer: Buyer | null, run: Run, seconds: number) {
  const from = run.till.currency;
  const to = random.chance(run.till.mix.foreignCurrency)
    ? random.pick(CURRENCIES)
    : (buyer?.presentmentCurrency ?? from);
  if (to === from) return { currency: from, rate: "1" };
  const drift = 1 + 0.04 * Math.sin(Math.floor(seconds / (7 * DAY)) / 8);
  return { currency: to, rate: (roughRate(from, to) * drift).toFixed(6) };
}
