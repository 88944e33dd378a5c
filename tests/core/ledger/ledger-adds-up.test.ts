import fc from "fast-check";
import { expect, test } from "vitest";
import type { Order } from "#app/core/orders/order.ts";
import { anyOrder } from "#tests/factories/any-order.ts";
import { costs, ledgerOf, total } from "#tests/factories/ledger.ts";
import { aRefund, changes } from "#tests/factories/order.ts";

const context = costs({ 11: 420n, 12: 0n, 13: 99n }, "America/New_York");

/** Money the buyer paid and got back, tax with it, and the tax alone: a till, which knows nothing of sales or discounts. */
const till = (order: Order): { money: bigint; tax: bigint } => {
  let money = 0n;
  let tax = 0n;
  const move = (amount: bigint, taxOfIt: bigint): void => {
    money += order.taxesIncluded ? amount : amount + taxOfIt;
    tax += taxOfIt;
  };
  const giftCards = new Set<bigint>();
  for (const line of order.lines) {
    if (line.giftCard) giftCards.add(line.id);
    else move(line.unitPrice * BigInt(line.quantity) - line.discount, line.tax);
  }
  for (const { discountedPrice, tax: within } of order.shipping) move(discountedPrice, within);
  for (const refund of order.changes?.refunds ?? []) {
    for (const line of refund.lines) if (!giftCards.has(line.lineId)) move(-line.amount, -line.tax);
    move(-refund.shipping.amount, -refund.shipping.tax);
    money += refund.adjustment;
  }
  return { money, tax };
};

test("sales, discounts, returns, adjustments and shipping add up to the money in the till without its tax", () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      const entries = ledgerOf(order, context);
      const { money, tax } = till(order);
      const revenue = total(entries, "gross_sale", "discount", "return", "refund_adjustment", "shipping_revenue");
      expect(revenue).toBe(money - tax);
    }),
    { numRuns: 500 },
  );
});

test("no two entries of an order have the same line, kind and event", () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      const keys = ledgerOf(order, context).map((e) => [e.lineId, e.kind, e.event.type, e.event.id].join());
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});

test("signs are those of the definitions: costs and what is given back lower profit, what comes in raises it", () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      for (const { kind, amount, event } of ledgerOf(order, context)) {
        if (kind === "gross_sale" || kind === "cogs_restocked") expect(amount).toBeGreaterThanOrEqual(0n);
        if (["discount", "return", "cogs", "payment_fee"].includes(kind)) expect(amount).toBeLessThanOrEqual(0n);
        if (kind === "shipping_revenue") expect(event.type === "order" ? amount > 0n : amount < 0n).toBe(true);
      }
    }),
  );
});

test("an order that is refunded whole and put back on the shelf leaves no sales and no margin", () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      const lines = order.lines.map((line) => ({
        lineId: line.id,
        quantity: line.quantity,
        restockType: "RETURN" as const,
        amount: line.unitPrice * BigInt(line.quantity) - line.discount,
        tax: line.tax,
      }));
      const entries = ledgerOf({ ...order, changes: changes({ refunds: [aRefund({ lines })] }) }, context);
      expect(total(entries, "gross_sale", "discount", "return")).toBe(0n);
      expect(total(entries, "cogs", "cogs_restocked")).toBe(0n);
    }),
  );
});

test("reading the refunds later adds entries and changes none that were there", () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      const before = ledgerOf({ ...order, changes: null }, context);
      const after = ledgerOf(order, context);
      expect(after.filter(({ event }) => event.type !== "refund")).toEqual(before);
    }),
  );
});

test("the order in which lines are listed does not change any entry", () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      const key = (e: ReturnType<typeof ledgerOf>[number]): string =>
        [e.kind, e.lineId, e.event.type, e.event.id, e.amount, e.day, e.provenance].join();
      const reversed = ledgerOf({ ...order, lines: order.lines.toReversed() }, context);
      expect(reversed.map(key).sort()).toEqual(ledgerOf(order, context).map(key).sort());
    }),
  );
});
