import type pg from "pg";
import type { Order } from "#app/core/orders/order.ts";
import { shopDays, formatDay } from "#app/core/time/shop-day.ts";
import { copyRows, copyText, type CopyRow } from "#app/db/copy.server.ts";
import { COLUMNS, PrintedOrders } from "#app/db/ingest/order-rows.ts";
import { planNumbers } from "#app/db/plan/plan-numbers.server.ts";
import { savePlan } from "#app/db/plan/plan-versions.server.ts";
import { ledgerContext } from "#app/pipeline/ledger-context.ts";
import { postOrder } from "#app/pipeline/post-orders.ts";
import { anOrder, anOrderLine } from "#tests/factories/order.ts";
import type { Buyer, Line, Plan } from "#tests/functions/carts/model.ts";
import { priceCart } from "#tests/functions/reference/price-cart.ts";
import { appPlan, COLLECTION, countedNumber, WRITTEN } from "./past-plans.ts";

/**
 * A shop with orders of a year, written straight into the database: their discounts are priced by the tests' reference, from
 * what was published at their time.
 */

export const NOW = new Date("2026-10-31T12:00:00Z");
const ZONE = "America/New_York";
const DAY = 86_400_000;
/** The first plan holds from here, the second from there on; orders before are under none. */
const YEAR_AGO = NOW.getTime() - 365 * DAY;
const FIRST = NOW.getTime() - 300 * DAY;
const SECOND = NOW.getTime() - 120 * DAY;
const PERIODS = [FIRST, SECOND];
const VARIANTS = 600;
const ORDERS_PER_CUSTOMER = 5;
const BATCH = 5000;

/** Random numbers from 0 to below 1 that are the same each time (mulberry32). */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

interface Variant {
  readonly id: number;
  readonly product: number;
  readonly cents: number;
  readonly cost: number;
  readonly isBulk: boolean;
}

const variantAt = (index: number): Variant => {
  const cents = 1000 + ((index * 7919) % 9000);
  const product = 8_000_000_000_000 + Math.floor(index / 2);
  const cost = Math.floor((cents * (3000 + ((index * 37) % 4500))) / 10_000);
  return { id: 44_000_000_000_000 + index, product, cents, cost, isBulk: Math.floor(index / 2) % 3 === 0 };
};

/** Price of a unit that leaves a quarter of it over the cost, rounded up. */
const floorOf = ({ cost }: Variant): bigint => BigInt(Math.ceil((cost * 4) / 3));

interface Customer {
  readonly row: bigint;
  readonly isGuest: boolean;
  readonly tier: "A" | "B" | "C";
  readonly firstOrderAt: number;
}

const customerAt = (index: number): Customer => ({
  row: BigInt(index + 1),
  isGuest: index % 7 === 3,
  tier: index % 10 === 0 ? "A" : index % 10 < 4 ? "B" : "C",
  firstOrderAt: YEAR_AGO + ((index * 7_654_321) % (30 * DAY)),
});

/** What customers are entitled to from the day on which each plan was published. */
const standingAt = (customer: Customer, period: number): Buyer["standing"] => {
  const isPriced = customer.tier !== "C";
  const none = { key: false, prune: false, company: null, breaks: false, pay: false };
  const reached = period === 0 && Number(customer.row) % 4 === 0;
  return {
    ...none,
    tier: isPriced ? customer.tier : null,
    sums: reached ? [{ part: 1, reached: 50_000n, through: "9999-12-31" }] : [],
  };
};

const standingText = (customer: Customer, period: number): string | null => {
  const standing = standingAt(customer, period);
  if (customer.isGuest || !standing || (standing.tier === null && standing.sums.length === 0)) return null;
  return JSON.stringify({
    v: 1,
    ...(standing.tier ? { tier: standing.tier } : {}),
    ...(standing.sums.length > 0 ? { sums: [[1, 50_000, 99_991_231]] } : {}),
  });
};

function* variantRows(): Generator<CopyRow> {
  for (let index = 0; index < VARIANTS; index++) {
    const { id, product, cents } = variantAt(index);
    yield [1, id, product, `Product ${product}`, "", cents];
  }
}

function* costRows(): Generator<CopyRow> {
  for (let index = 0; index < VARIANTS; index++)
    yield [1, variantAt(index).id, "0001-01-01", variantAt(index).cost, "rule"];
}

function* memberRows(): Generator<CopyRow> {
  for (let index = 0; index < VARIANTS; index += 2) if (variantAt(index).isBulk) yield [1, 1, variantAt(index).product];
}

function* customerRows(count: number): Generator<CopyRow> {
  for (let index = 0; index < count; index++) {
    const { row, isGuest, firstOrderAt } = customerAt(index);
    const first = new Date(firstOrderAt).toISOString();
    yield isGuest
      ? [1, row, `guest:${row}@example.com`, "guest", null, first]
      : [1, row, `customer:${row}`, "customer", row, first];
  }
}

function* standingRows(count: number): Generator<CopyRow> {
  for (let index = 0; index < count; index++) {
    const { row, tier } = customerAt(index);
    yield [1, row, 1, index + 1, tier, "{}", 0, 1, 0, 0, 0, 0, 0, 0, 0, "2026-10-30"];
  }
}

const STANDING = `shop_id, customer_id, run_id, rank, tier, flags, cumulative_before, orders, net_sales, cm1, cm2, cm3, cm4,
  goods, goods_with_known_cost, last_order_day`;

function* logRows(customers: number): Generator<CopyRow> {
  for (const [period, from] of PERIODS.entries()) {
    const at = new Date(from).toISOString();
    for (let index = 0; index < VARIANTS; index++) {
      const variant = variantAt(index);
      yield [1, "variant", variant.id, at, floorOf(variant).toString()];
      if (index % 2 === 0 && period === 1) yield [1, "product", variant.product, at, variant.isBulk ? "[1]" : null];
    }
    for (let index = 0; index < customers; index++)
      yield [1, "customer", index + 1, at, standingText(customerAt(index), period)];
  }
}

export interface Seeded {
  /** What the plans of then gave on all orders, by the reference. */
  readonly given: bigint;
  /** What the candidate gives. */
  readonly candidate: bigint;
  readonly lines: number;
}

const catalogAndCustomers = async (client: pg.PoolClient, customers: number): Promise<void> => {
  await client.query(
    `INSERT INTO shop (domain, name, currency, time_zone, taxes_included, plan_name, scopes, installed_at)
     VALUES ('bench.myshopify.com', 'Bench', 'USD', $1, false, 'Plus', '{}', $2)`,
    [ZONE, new Date(YEAR_AGO)],
  );
  await client.query("INSERT INTO collection (shop_id, id, handle, title) VALUES (1, 1, $1, 'Bulk')", [COLLECTION]);
  const columns = "shop_id, id, product_id, product_title, title, price";
  await copyRows(client, `product_variant (${columns})`, variantRows());
  await copyRows(client, "unit_cost (shop_id, variant_id, from_day, amount, provenance)", costRows());
  await copyRows(client, "collection_product (shop_id, collection_id, product_id)", memberRows());
  await copyRows(client, "customer (shop_id, id, key, kind, shopify_id, first_order_at)", customerRows(customers));
  await copyRows(client, `standing (${STANDING})`, standingRows(customers));
  await copyRows(client, "published_value_log (shop_id, owner, owner_id, at, value)", logRows(customers));
  await client.query(
    "INSERT INTO plan_period (shop_id, version, from_at, until_at) VALUES (1, 1, $1, $2), (1, 2, $2, NULL)",
    [new Date(FIRST), new Date(SECOND)],
  );
};

/** Saves the plans. @returns each as the reference reads it */
const savePlans = async (pool: pg.Pool): Promise<Plan[]> => {
  const plans: Plan[] = [];
  for (const written of WRITTEN) {
    const plan = appPlan(written);
    await savePlan(pool, 1, { plan, currency: "USD", after: null, savedBy: "1", now: NOW });
    const numbers = await planNumbers(pool, 1, plan);
    plans.push(written.reference(numbers, countedNumber(plan, numbers)));
  }
  return plans;
};

interface Drawn {
  readonly customer: Customer;
  readonly at: number;
  readonly lines: readonly { readonly variant: Variant; readonly quantity: number }[];
}

const draw = (index: number, customers: number, random: () => number): Drawn => {
  const customer = customerAt(index % customers);
  const isFirst = index < customers;
  const at = isFirst ? customer.firstOrderAt : customer.firstOrderAt + Math.floor(random() * 330 * DAY) + 1;
  const count = 1 + Math.floor(random() * 9);
  const start = Math.floor(random() * VARIANTS);
  const lines = Array.from({ length: count }, (_one, line) => ({
    variant: variantAt((start + line * 101) % VARIANTS),
    quantity: 1 + Math.floor(random() ** 3 * 40),
  }));
  return { customer, at: Math.min(at, NOW.getTime() - 1), lines };
};

const shopDay = shopDays(ZONE);

/** What a plan gives on a drawn order, by the reference. */
const priced = ({ at, lines }: Drawn, plan: Plan, standing: Buyer["standing"] | "guest", groups: boolean): bigint[] => {
  const buyer: Buyer =
    standing === "guest"
      ? { is: "guest", standing: null, asksToPayNow: false }
      : { is: "customer", standing, asksToPayNow: false };
  return priceCart({
    ...{ shopCurrency: "USD", currency: "USD", rate: "1", today: formatDay(shopDay(at)), language: "EN" },
    ...{ isPointOfSale: false, plan, buyer },
    lines: lines.map(({ variant, quantity }, index): Line => ({
      ...{ id: `l${index}`, variant: variant.id, product: variant.product, quantity, compareAt: null, kind: "plain" },
      ...{ groups: groups && variant.isBulk ? [1] : [], price: (variant.cents / 100).toFixed(2) },
      floor: floorOf(variant),
    })),
  }).map(({ discount }) => discount);
};

const orderOf = (index: number, { customer, at, lines }: Drawn, discounts: readonly bigint[]): Order => {
  const made = lines.map(({ variant, quantity }, line) =>
    anOrderLine({
      ...{ id: BigInt(index * 100 + line + 1), variantId: BigInt(variant.id), title: `Product ${variant.product}` },
      ...{ sku: `SKU-${variant.id}`, quantity, unitPrice: BigInt(variant.cents), discount: discounts[line] ?? 0n },
    }),
  );
  const total = made.reduce((sum, one) => sum + one.unitPrice * BigInt(one.quantity) - one.discount, 0n);
  return anOrder({
    ...{ id: BigInt(index + 1), name: `#${index + 1001}`, processedAt: at, updatedAt: at, lines: made, total },
    ...{ currentTotal: total, presentment: { currency: "USD", total }, country: "US" },
    customerId: customer.isGuest ? null : customer.row,
    origin: { source: "web", asksToPayNow: false, usedCodes: false },
  });
};

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, one) => total + one, 0n);

/** Fills an empty, migrated database. */
export const seed = async (pool: pg.Pool, orders: number): Promise<Seeded> => {
  const customers = Math.max(1, Math.floor(orders / ORDERS_PER_CUSTOMER));
  const client = await pool.connect();
  try {
    await catalogAndCustomers(client, customers);
    const plans = await savePlans(pool);
    const random = randomFrom(orders);
    const totals = { given: 0n, candidate: 0n, lines: 0 };
    const made = (index: number): { readonly order: Order; readonly customerId: bigint } => {
      const drawn = draw(index, customers, random);
      const { customer, at, lines } = drawn;
      const period = at >= SECOND ? 1 : at >= FIRST ? 0 : -1;
      const then = plans[period];
      const standing = customer.isGuest ? "guest" : standingAt(customer, period);
      const discounts = then ? priced(drawn, then, standing, period === 1) : [];
      // Who had not ordered before had no tier.
      const tier = at > customer.firstOrderAt ? standingAt(customer, 1) : null;
      const candidate = plans[2] ? priced(drawn, plans[2], customer.isGuest ? "guest" : tier, true) : [];
      totals.given += sum(discounts);
      totals.candidate += sum(candidate);
      totals.lines += lines.length;
      return { order: orderOf(index, drawn, discounts), customerId: customer.row };
    };
    for (let from = 0; from < orders; from += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, orders - from) }, (_one, index) => made(from + index));
      const context = await ledgerContext(pool, { shopId: 1, version: 0, timeZone: ZONE }, batch, NOW);
      const printed = new PrintedOrders(1, context.dayOf, NOW);
      for (const { order, customerId } of batch) printed.add({ ...postOrder(order, context), customerId });
      await copyText(client, `"order" (${COLUMNS.order})`, printed.order);
      await copyText(client, `order_day (${COLUMNS.order_day})`, printed.order_day);
    }
    await client.query("ANALYZE");
    return totals;
  } finally {
    client.release();
  }
};
