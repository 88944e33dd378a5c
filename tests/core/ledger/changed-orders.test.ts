import fc from "fast-check";
import { expect, test } from "vitest";
import { totalsByLineType } from "#app/core/ledger/kept-aside.ts";
import { unitsWorth } from "#app/core/ledger/line-sale.ts";
import type { ChangeEvent } from "#app/core/orders/order.ts";
import { balanceSteps } from "#app/core/receivables/balance.ts";
import { formatDay } from "#app/core/time/shop-day.ts";
import { anyChangedOrder } from "#tests/factories/any-changed-order.ts";
import { costs, ledgerOf, rows, total } from "#tests/factories/ledger.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, at, changes } from "#tests/factories/order.ts";

const edit = (iso: string, id = 7n): ChangeEvent => ({ type: "edit", id, at: at(iso) });
const context = costs({ 11: 420n });

/** "kind line amount day" of what happened after the sale. */
const later = (order: Parameters<typeof ledgerOf>[0]): string[] =>
  ledgerOf(order, context)
    .filter(({ event }) => event.type !== "order")
    .map(({ kind, lineId, amount, day }) => `${kind} ${lineId ?? "-"} ${amount} ${formatDay(day)}`);

test("units that an edit takes off are worth their share, rounded down in running totals, and their cost comes back", () => {
  // 29.98 for three: 9.99, 9.99 + 10.00.
  const order = anOrder({
    lines: [anOrderLine({ quantity: 3, discount: 2n })],
    changes: changes({
      removals: [
        { event: edit("2025-03-12T12:00:00Z"), lineId: 1n, quantity: 1 },
        { event: edit("2025-03-13T12:00:00Z", 8n), lineId: 1n, quantity: 2 },
      ],
    }),
  });
  expect(later(order)).toEqual([
    "return 1 -999 2025-03-12",
    "cogs_restocked 1 420 2025-03-12",
    "return 1 -1999 2025-03-13",
    "cogs_restocked 1 840 2025-03-13",
  ]);
});

test("a unit taken off after one was refunded is the second of its line", () => {
  // 10.01 for two: the first is worth 5.00, the second 5.01.
  const order = anOrder({
    lines: [anOrderLine({ quantity: 2, unitPrice: 501n, discount: 1n })],
    changes: changes({
      refunds: [aRefund({ at: at("2025-03-11T12:00:00Z"), lines: [aRefundLine({ amount: 500n })] })],
      removals: [{ event: edit("2025-03-12T12:00:00Z"), lineId: 1n, quantity: 1 }],
    }),
  });
  expect(total(ledgerOf(order, context), "return")).toBe(-1001n);
});

test("units that came back without a refund are a return, and not yet back on the shelf", () => {
  const event: ChangeEvent = { type: "return", id: 9n, at: at("2025-03-12T12:00:00Z") };
  const order = anOrder({ changes: changes({ removals: [{ event, lineId: 1n, quantity: 1 }] }) });
  expect(later(order)).toEqual(["return 1 -1000 2025-03-12"]);
});

test("a line that an edit adds is sold on the edit's day, at the cost of that day", () => {
  const order = anOrder({
    lines: [anOrderLine(), anOrderLine({ id: 2n, quantity: 2 })],
    changes: changes({ added: new Map([[2n, edit("2025-04-01T12:00:00Z")]]) }),
  });
  const april = context.dayOf(at("2025-04-01T00:00:00Z"));
  const entries = ledgerOf(order, {
    ...context,
    unitCostOn: (_variant, day) => ({ amount: day < april ? 400n : 900n, provenance: "rule" }),
  });
  expect(rows(entries)).toEqual(["gross_sale 1 1000", "cogs 1 -400", "gross_sale 2 2000", "cogs 2 -1800"]);
  expect(entries.filter(({ lineId }) => lineId === 2n).map(({ day }) => formatDay(day))).toEqual([
    "2025-04-01",
    "2025-04-01",
  ]);
});

test("fees charged with the order and fees kept of a return are other revenue, without their tax, each on its day", () => {
  const event: ChangeEvent = { type: "return", id: 9n, at: at("2025-03-12T12:00:00Z") };
  const order = anOrder({
    taxesIncluded: true,
    additionalFees: [
      { id: 1n, amount: 238n, tax: 38n },
      { id: 2n, amount: 119n, tax: 19n },
    ],
    changes: changes({ returnFees: [{ event, amount: 119n, tax: 19n }] }),
  });
  const fees = ledgerOf(order, context).filter(({ kind }) => kind === "other_revenue");
  expect(fees.map(({ amount, event: { type } }) => `${type} ${amount}`)).toEqual(["order 300", "return 100"]);
});

test("shipping is the sum of all shipping lines, and tips, duties and an adjustment's tax are nobody's profit", () => {
  const order = anOrder({
    lines: [anOrderLine({ duties: 300n })],
    shipping: [
      { discountedPrice: 400n, tax: 33n },
      { discountedPrice: 200n, tax: 16n },
    ],
    tip: 250n,
    changes: changes({ refunds: [aRefund({ adjustment: -100n, adjustmentTax: -8n, duties: 150n })] }),
  });
  expect(rows(ledgerOf(order, context))).toEqual([
    "gross_sale 1 1000",
    "cogs 1 -420",
    "shipping_revenue - 600",
    "refund_adjustment - -100",
  ]);
  // Shipping with its tax; a tip; 3.00 - 1.50 of duties; an adjustment with its tax.
  const totals = totalsByLineType(order, ledgerOf(order, context));
  expect(Object.fromEntries([...totals].filter(([, amount]) => amount !== 0n))).toEqual({
    PRODUCT: 1000n,
    SHIPPING: 649n,
    TIP: 250n,
    DUTY: 150n,
    ADJUSTMENT: -108n,
  });
});

test("however a line's units go, one after the other they are worth the line", () => {
  const parts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), parts, (worth, quantities) => {
      const of = quantities.reduce((a, b) => a + b, 0);
      let from = 0;
      let sum = 0n;
      for (const quantity of quantities) {
        const part = unitsWorth(worth, { of, from, quantity });
        // Never more than one minor unit off the exact share.
        const off = part * BigInt(of) - worth * BigInt(quantity);
        expect(off < BigInt(of) && off > -BigInt(of)).toBe(true);
        sum += part;
        from += quantity;
      }
      expect(sum).toBe(worth);
    }),
  );
});

test("the ledger with what is kept aside comes to what is asked for, payments apart", () => {
  fc.assert(
    fc.property(anyChangedOrder, (order) => {
      let ledger = 0n;
      for (const amount of totalsByLineType(order, ledgerOf(order, context)).values()) ledger += amount;
      let asked = 0n;
      for (const step of balanceSteps({ ...order, transactions: [] })) asked += step.amount;
      expect(ledger).toBe(asked);
    }),
    { numRuns: 500 },
  );
});
