import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { demoWorld } from "./demo-world.ts";
import { type GeneratorOptions, generateWorld } from "./generator.ts";
import { toMinor } from "./money.ts";
import { figuresOf } from "./order-figures.ts";
import { type World, type WorldOrder, parseWorld } from "./world.ts";

const NOW = new Date("2026-06-01T12:00:00Z");

function* lines(options: GeneratorOptions): Generator<string> {
  for (const object of generateWorld({ now: NOW, ...options })) yield JSON.stringify(object);
}

const worldOf = (options: GeneratorOptions): World => parseWorld(lines(options), { now: NOW });

describe("every generated world", () => {
  const options = fc.record({
    seed: fc.integer(),
    customers: fc.integer({ min: 1, max: 40 }),
    orders: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
    currency: fc.constantFrom("USD", "JPY", "KWD", "EUR"),
    taxesIncluded: fc.boolean(),
    companies: fc.boolean(),
    mix: fc.constantFrom("plain" as const, "usual" as const, "everything" as const),
  });

  test("keeps the rules of the format, with as many customers and orders as asked for", () => {
    fc.assert(
      fc.property(options, ({ orders, ...rest }) => {
        const world = worldOf(orders === undefined ? rest : { ...rest, orders });
        expect(world.customers.size).toBe(rest.customers);
        if (orders !== undefined) expect(world.orders).toHaveLength(orders);
        if (!rest.companies) expect(world.companies.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test("has as many lines an order as asked for, on average", () => {
    const linesOf = ({ orders }: World) => orders.reduce((sum, order) => sum + order.lines.length, 0) / orders.length;
    const sized = (linesPerOrder: number) => linesOf(worldOf({ seed: 3, customers: 300, orders: 3000, linesPerOrder }));
    expect(sized(1)).toBeLessThan(1.05);
    expect(Math.abs(sized(3) - 3)).toBeLessThan(0.15);
    expect(Math.abs(sized(8) - 8)).toBeLessThan(0.5);
  });

  test("is paid to the last unit: what is still open is unpaid, never the rest of a division", () => {
    fc.assert(
      fc.property(options, ({ orders, ...rest }) => {
        const world = worldOf(orders === undefined ? rest : { ...rest, orders });
        for (const order of world.orders) {
          const { totals, refunds, removals } = figuresOf(world, order);
          expect(totals.outstanding >= 0n).toBe(true);
          if (totals.received !== totals.total) continue;
          const removed = removals.reduce((sum, { net, tax }) => sum + net + tax, 0n);
          expect(refunds.reduce((sum, { total }) => sum + total, removed)).toBe(totals.refunded);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("has its orders in order of time and numbered without a gap", () => {
    const { orders } = worldOf({ seed: 3, customers: 100, orders: 300 });
    orders.forEach((order, index) => {
      expect(order.name).toBe(`#${1001 + index}`);
      expect(order.processedAt >= (orders[index - 1]?.processedAt ?? "")).toBe(true);
    });
  });
});

test("the same seed makes the same world, another seed another", () => {
  const text = (seed: number) => [...lines({ seed, customers: 30, orders: 60 })].join("\n");
  expect(text(1)).toBe(text(1));
  expect(text(1)).not.toBe(text(2));
});

/** Wide on purpose: the seed decides much. */
const between = (low: number, high: number) => (value: number) => value > low && value < high;

describe("the demo's world has the shape of a real shop", () => {
  const world = worldOf(demoWorld);
  const counted = world.orders.filter(({ test: isTest }) => !isTest);
  const share = (some: number, all: number) => some / all;
  const money = (order: WorldOrder) => {
    const { lines: sold, refunds } = figuresOf(world, order);
    const goods = sold.filter(({ line }) => !line.giftCard);
    return {
      net: goods.reduce((sum, { net }) => sum + Number(net), 0),
      returned: refunds.flatMap((refund) => refund.lines).reduce((sum, { amount }) => sum + Number(amount), 0),
      cost: goods.reduce((sum, { line }) => {
        const unit = line.variantId === null ? null : (world.variants.get(line.variantId)?.variant.unitCost ?? null);
        return sum + (unit === null ? 0 : Number(toMinor(unit, "USD")) * line.quantity);
      }, 0),
    };
  };
  const buyers = new Map<string, { orders: number; net: number; profit: number }>();
  for (const order of counted) {
    const place = order.companyLocationId === null ? undefined : world.locations.get(order.companyLocationId);
    const guest = order.email?.trim().toLowerCase();
    const key = place
      ? `company:${place.company.id}`
      : order.customerId === null
        ? guest
        : `customer:${order.customerId}`;
    if (key === undefined) continue;
    const { net, returned, cost } = money(order);
    const before = buyers.get(key) ?? { orders: 0, net: 0, profit: 0 };
    buyers.set(key, {
      orders: before.orders + 1,
      net: before.net + net - returned,
      // Before returns: goods sold below their cost.
      profit: before.profit + net - cost,
    });
  }
  const quantities = counted.flatMap((order) => order.lines.map(({ quantity }) => quantity));

  test("a fifth of the customers bring about three quarters of the sales", () => {
    const ranked = [...buyers.values()].map(({ net }) => net).sort((a, b) => b - a);
    const total = ranked.reduce((sum, net) => sum + net, 0);
    const top = ranked.slice(0, Math.ceil(ranked.length / 5)).reduce((sum, net) => sum + net, 0);
    expect(share(top, total)).toSatisfy(between(0.68, 0.84));
  });

  test("most buy once, few buy often, and some cost more than they bring", () => {
    const all = [...buyers.values()];
    expect(share(all.filter(({ orders }) => orders === 1).length, all.length)).toSatisfy(between(0.5, 0.75));
    expect(share(all.filter(({ orders }) => orders >= 10).length, all.length)).toSatisfy(between(0.01, 0.12));
    expect(share(all.filter(({ profit }) => profit < 0).length, all.length)).toSatisfy(between(0.015, 0.1));
  });

  test("some seven percent of the value comes back, with and without restock", () => {
    const figures = counted.filter(({ cancelledAt }) => cancelledAt === null).map(money);
    const returned = figures.reduce((sum, one) => sum + one.returned, 0);
    expect(
      share(
        returned,
        figures.reduce((sum, { net }) => sum + net, 0),
      ),
    ).toSatisfy(between(0.04, 0.1));
    const kinds = new Set(
      counted.flatMap(({ refunds }) => refunds.flatMap((refund) => refund.lines.map((one) => one.restockType))),
    );
    expect(kinds).toEqual(new Set(["RETURN", "NO_RESTOCK", "CANCEL"]));
  });

  test("every band of quantities is there, single units most", () => {
    const bands = [1, 2, 6, 12, 24, 48].map(
      (low, index, all) => quantities.filter((one) => one >= low && one < (all[index + 1] ?? 1e9)).length,
    );
    expect(bands.every((count) => count > 5)).toBe(true);
    expect(share(bands[0] ?? 0, quantities.length)).toBeGreaterThan(0.5);
  });

  test("everything that makes a shop hard to reckon occurs", () => {
    const occurs = (what: (order: WorldOrder) => boolean) => world.orders.filter(what).length;
    expect(occurs(({ test: isTest }) => isTest)).toBeGreaterThan(5);
    expect(
      occurs(
        ({ cancelledAt, transactions }) => cancelledAt !== null && transactions.some(({ kind }) => kind === "SALE"),
      ),
    ).toBeGreaterThan(5);
    expect(
      occurs(
        ({ cancelledAt, transactions }) => cancelledAt !== null && transactions.some(({ kind }) => kind === "VOID"),
      ),
    ).toBeGreaterThan(5);
    expect(
      occurs(({ customerId, email }) => customerId === null && email !== null && email !== email.trim().toLowerCase()),
    ).toBeGreaterThan(5);
    expect(occurs(({ customerId, email }) => customerId === null && email === null)).toBeGreaterThan(5);
    expect(occurs(({ presentmentCurrency }) => presentmentCurrency === "JPY")).toBeGreaterThan(5);
    expect(occurs(({ tip }) => Number(tip) > 0)).toBeGreaterThan(5);
    expect(occurs((order) => order.lines.some(({ giftCard }) => giftCard))).toBeGreaterThan(5);
    expect(occurs((order) => order.lines.some(({ deleted }) => deleted))).toBeGreaterThan(5);
    expect(occurs((order) => order.transactions.some(({ gateway }) => gateway === "gift_card"))).toBeGreaterThan(5);
    expect(occurs((order) => order.transactions.some(({ gateway }) => gateway === "paypal"))).toBeGreaterThan(5);
    expect(occurs((order) => order.refunds.some(({ adjustment }) => adjustment.startsWith("-")))).toBeGreaterThan(5);
    const unknown = [...world.variants.values()].filter(
      ({ variant, product }) => variant.unitCost === null && !product.giftCard,
    );
    expect(share(unknown.length, world.variants.size)).toSatisfy(between(0.01, 0.12));
  });

  test("what seldom happens happens as seldom as in a real shop", () => {
    const shareOf = (what: (order: WorldOrder) => boolean) =>
      share(world.orders.filter(what).length, world.orders.length);
    const returns = (order: WorldOrder) => order.refunds.filter(({ returnedAt }) => returnedAt !== undefined);
    const isExchange = (order: WorldOrder) =>
      returns(order).some(({ createdAt }) => order.edits.some(({ at }) => at === createdAt));
    expect(shareOf((order) => order.edits.length > 0 && !isExchange(order))).toSatisfy(between(0.014, 0.026));
    expect(shareOf(isExchange)).toSatisfy(between(0.006, 0.014));
    expect(shareOf((order) => returns(order).length > 0)).toSatisfy(between(0.015, 0.06));
    expect(shareOf((order) => returns(order).some(({ fees }) => fees !== undefined))).toSatisfy(between(0.002, 0.012));
    expect(shareOf(({ disputes }) => disputes.length > 0)).toSatisfy(between(0.001, 0.006));
    expect(shareOf(({ lines: sold }) => sold.some(({ duties }) => duties !== undefined))).toSatisfy(
      between(0.03, 0.09),
    );
    expect(shareOf(({ shippingLines }) => shippingLines !== undefined)).toSatisfy(between(0.005, 0.016));
    expect(shareOf(({ additionalFees }) => additionalFees !== undefined)).toSatisfy(between(0.002, 0.009));
    expect(shareOf(({ taxesIncluded }) => taxesIncluded !== undefined)).toSatisfy(between(0, 0.006));
  });

  test("companies pay on terms: some early, some late, some not yet", () => {
    const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
    const invoices = counted.filter(({ terms, cancelledAt }) => terms !== null && cancelledAt === null);
    const beyond = invoices.flatMap(({ terms, transactions }) => {
      const paid = transactions.filter(({ kind }) => kind === "SALE").at(-1);
      return terms && paid ? [days(terms.issuedAt, paid.processedAt) - (terms.dueInDays ?? 0)] : [];
    });
    expect(beyond.filter((late) => late > 5).length).toBeGreaterThan(10);
    expect(beyond.filter((late) => late < -5).length).toBeGreaterThan(10);
    expect(invoices.filter(({ transactions }) => transactions.length === 0).length).toBeGreaterThan(5);
  });
});
