import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rulesFromJson } from "#app/core/costs/rule-json.ts";
import type { Order } from "#app/core/orders/order.ts";
import { saveCostRules } from "#app/db/costs/cost-rules.server.ts";
import { partialOrders } from "#app/db/ingest/partial-orders.server.ts";
import { writeVariants } from "#app/db/ingest/write-catalog.server.ts";
import { writeDisputes } from "#app/db/ingest/write-disputes.server.ts";
import type { Shop } from "#app/db/shops.server.ts";
import { postOrders } from "#app/pipeline/post-orders.ts";
import { recomputeOrders } from "#app/pipeline/recompute.ts";
import { anyLives } from "#tests/factories/order-lives.ts";
import { anOrder, anOrderLine, aTransaction, changes } from "#tests/factories/order.ts";
import { databaseShop } from "#tests/setup/database-shop.ts";
import { shopRows, type ShopRows } from "#tests/setup/shop-rows.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await testDatabase();
  ({ pool } = database);
});
afterAll(() => database.drop());

const NOW = new Date("2025-06-01T12:00:00Z");

const RULES = rulesFromJson(
  [
    { kind: "shipping_cost", perOrder: "2.50", perUnit: "0.35", when: { country: ["GB"] } },
    { kind: "return_handling", perUnit: "0.75" },
    { kind: "payment_fee", percent: "2.9" },
    { kind: "credit_cost", annualPercent: "9" },
    { kind: "fallback_margin", percent: "40" },
  ],
  "USD",
);

/** A shop with a mug that costs 4.20, a cap of which nobody knows, and rules of all kinds. */
const openShop = async (): Promise<Shop> => {
  const shop = await databaseShop(pool);
  const variant = {
    productId: 1n,
    productTitle: "Goods",
    title: "Blue",
    sku: null,
    weightGrams: null,
    price: 1000n,
    compareAtPrice: null,
    giftCard: false,
  };
  const variants = [
    { ...variant, id: 11n, unitCost: 420n },
    { ...variant, id: 12n, unitCost: null },
  ];
  await writeVariants(pool, shop.id, variants, 0);
  if (!RULES.ok) throw new Error("The rules are wrong");
  await saveCostRules(pool, shop.id, { rules: RULES.value, currency: "USD", after: null, now: NOW });
  return shop;
};

/** Something that reaches the app: some orders as they were at some time, or the disputes as they are now. */
type Delivery = (shop: Shop) => Promise<void>;

const ordersDelivered =
  (orders: readonly Order[]): Delivery =>
  async (shop) =>
    void (await postOrders(pool, shop.id, orders, { now: NOW, readAt: NOW }));

const disputesDelivered =
  (lives: readonly (readonly Order[])[], status: string): Delivery =>
  async (shop) => {
    const disputes = lives.flatMap((states) =>
      (states.at(-1)?.disputes ?? []).map(({ id }) => ({
        id,
        orderId: states[0]?.id ?? 0n,
        status,
        amount: 1500n,
        fee: 1500n,
        initiatedAt: new Date("2025-04-01T12:00:00Z"),
        finalizedAt: status === "LOST" ? new Date("2025-05-01T12:00:00Z") : null,
      })),
    );
    await recomputeOrders(pool, shop.id, await writeDisputes(pool, shop.id, disputes), NOW);
  };

/** All rows, but those of customers whom only a state names that is no longer so: they have no order. */
const rowsOf = async (shop: Shop): Promise<ShopRows> => {
  const rows = await shopRows(pool, shop.id);
  const hasOrders = (customer: string): boolean => !/"first_order_at": null/.test(customer);
  return { ...rows, customer: rows.customer.filter(hasOrders) };
};

/** Which order in which of its states, whether as a bulk query tells of it, and when, by the size of a number. */
const anyNoise = fc.array(
  fc.record({ life: fc.nat(2), state: fc.nat(6), isPartial: fc.boolean(), when: fc.nat(999) }),
  { maxLength: 10 },
);

interface Course {
  readonly lives: readonly (readonly Order[])[];
  readonly noise: readonly { life: number; state: number; isPartial: boolean; when: number }[];
  readonly lasts: readonly number[];
  readonly disputes: readonly number[];
  readonly batch: number;
}

/** All deliveries of a course, in the order in which they come, orders in batches. */
const deliveriesOf = ({ lives, noise, lasts, disputes, batch }: Course): Delivery[] => {
  const orders = [
    ...noise.flatMap(({ life, state, isPartial, when }) => {
      const states = lives[life] ?? [];
      const order = states[state % states.length];
      return order ? [{ when, order: isPartial ? { ...order, changes: null } : order }] : [];
    }),
    ...lives.flatMap((states, index) => states.slice(-1).map((order) => ({ when: lasts[index] ?? 0, order }))),
  ].sort((a, b) => a.when - b.when);
  const batches: { when: number; deliver: Delivery }[] = [];
  for (let start = 0; start < orders.length; start += batch) {
    const some = orders.slice(start, start + batch);
    batches.push({ when: some[0]?.when ?? 0, deliver: ordersDelivered(some.map(({ order }) => order)) });
  }
  const [opened = 0, decided = 0] = disputes.toSorted((a, b) => a - b);
  batches.push({ when: opened, deliver: disputesDelivered(lives, "UNDER_REVIEW") });
  batches.push({ when: decided + 0.5, deliver: disputesDelivered(lives, "LOST") });
  return batches.sort((a, b) => a.when - b.when).map(({ deliver }) => deliver);
};

const when = fc.nat(999);
const anyCourse: fc.Arbitrary<Course> = fc.record({
  lives: anyLives,
  noise: anyNoise,
  lasts: fc.tuple(when, when, when),
  disputes: fc.tuple(when, when),
  batch: fc.integer({ min: 1, max: 4 }),
});

const plain = (id: bigint): Order =>
  anOrder({ id, lines: [anOrderLine({ id, variantId: 11n })], changes: changes({}) });
const paid = { updatedAt: plain(2n).updatedAt + 3_600_000, transactions: [aTransaction({ id: 201n, amount: 500n })] };

/** An order is known, then a bulk query says that there is more, and then comes once more what was known before. */
const LATE_AFTER_PARTIAL: Course = {
  lives: [[plain(1n)], [plain(2n), { ...plain(2n), ...paid }], [plain(3n)]],
  noise: [
    { life: 0, state: 0, isPartial: false, when: 0 },
    { life: 1, state: 0, isPartial: false, when: 0 },
    { life: 1, state: 1, isPartial: true, when: 2 },
    { life: 1, state: 0, isPartial: false, when: 3 },
  ],
  lasts: [0, 1, 0],
  disputes: [0, 0],
  batch: 2,
};

test("states of orders in any order, some twice, some as a bulk query has them, lead to the ledger of the last ones", async () => {
  await fc.assert(
    fc.asyncProperty(anyCourse, async (course) => {
      const last = course.lives.flatMap((states) => states.slice(-1));
      const once = await openShop();
      await disputesDelivered(course.lives, "LOST")(once);
      await ordersDelivered(last)(once);

      const shop = await openShop();
      for (const deliver of deliveriesOf(course)) await deliver(shop);
      // What is known to be known in part only is read again.
      const partial = new Set(await partialOrders(pool, shop.id));
      if (partial.size > 0) await ordersDelivered(last.filter(({ id }) => partial.has(id)))(shop);

      expect(await rowsOf(shop)).toEqual(await rowsOf(once));
    }),
    { numRuns: 40, examples: [[LATE_AFTER_PARTIAL]] },
  );
}, 240_000);
