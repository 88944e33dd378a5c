import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chargeOf } from "#app/core/costs/charges.ts";
import { CHARGE_KINDS, rulesOn, type ChargeRule, type CostRule } from "#app/core/costs/cost-rules.ts";
import type { LedgerContext } from "#app/core/ledger/context.ts";
import type { Order, OrderLine } from "#app/core/orders/order.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import { parseDay } from "#app/core/time/shop-day.ts";
import { anyChangedOrder } from "#tests/factories/any-changed-order.ts";
import { aCharge } from "#tests/factories/cost-rules.ts";
import { costs, ledgerOf } from "#tests/factories/ledger.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, at, aTransaction, changes } from "#tests/factories/order.ts";

const context = (rules: readonly CostRule[], tier: Tier | null = null): LedgerContext => ({
  ...costs({ 11: 420n }),
  rules: { version: 3, rules },
  weightOf: (variantId) => (variantId === 11n ? 300 : null),
  tierOf: () => tier,
});

/** "kind amount" of what the rules charge an order. */
const charged = (order: Order, rules: readonly CostRule[], tier: Tier | null = null): string[] =>
  ledgerOf(order, context(rules, tier))
    .filter(({ ruleVersion }) => ruleVersion === 3)
    .map(({ kind, amount }) => `${kind} ${amount}`);

test("a charge is so much an order, a line, a unit, a kilogram and a percentage, each part rounded half up", () => {
  // 2.50 + 2 x 0.50 + 3 x 0.10 + 1.5 kg x 1.01 (1.515, so 1.52) + 1.5 % of 60.33 (0.905, so 0.90).
  const rule = aCharge({ perOrder: 250n, perLine: 50n, perUnit: 10n, perKg: 101n, percent: 150 });
  expect(chargeOf(rule, { lines: 2, units: 3, grams: 1500, percentOf: 6033n })).toBe(250n + 100n + 30n + 152n + 90n);
  expect(chargeOf(aCharge({ percent: 50 }), { lines: 1, units: 1, grams: 0, percentOf: 100n })).toBe(1n);
});

test("a rule holds from its first day on, and takes the place of the one of the same condition before it", () => {
  const day = parseDay("2025-03-10");
  const old = aCharge({ perOrder: 100n });
  const renewed = aCharge({ perOrder: 200n, from: day });
  const rules = { version: 1, rules: [old, renewed] };
  expect(rulesOn(rules, "shipping_cost", day - 1)).toEqual([old]);
  expect(rulesOn(rules, "shipping_cost", day)).toEqual([renewed]);
});

describe("a charge applies", () => {
  const when = (part: Partial<ChargeRule["when"]>) => [
    aCharge({ perOrder: 100n, when: { gateway: null, countries: [], tiers: [], ...part } }),
  ];

  test("where the order is sent", () => {
    expect(charged(anOrder({ country: "GB" }), when({ countries: ["US", "GB"] }))).toEqual(["shipping_cost -100"]);
    expect(charged(anOrder({ country: "FR" }), when({ countries: ["US", "GB"] }))).toEqual([]);
    expect(charged(anOrder({ country: null }), when({ countries: ["GB"] }))).toEqual([]);
  });

  test("to customers of a tier", () => {
    expect(charged(anOrder(), when({ tiers: ["C"] }), "C")).toEqual(["shipping_cost -100"]);
    expect(charged(anOrder(), when({ tiers: ["C"] }), "A")).toEqual([]);
    expect(charged(anOrder(), when({ tiers: ["C"] }))).toEqual([]);
  });

  test("by the gateway of any payment that succeeded", () => {
    const order = anOrder({
      transactions: [aTransaction({ gateway: "manual" }), aTransaction({ gateway: "other", status: "FAILURE" })],
    });
    expect(charged(order, when({ gateway: "manual" }))).toEqual(["shipping_cost -100"]);
    expect(charged(order, when({ gateway: "other" }))).toEqual([]);
  });
});

test("what was cancelled, and gift cards, are neither sent nor handled", () => {
  const rules = [aCharge({ perOrder: 100n }), aCharge({ kind: "handling_cost", perOrder: 50n })];
  expect(charged(anOrder({ cancelledAt: at("2025-03-11T12:00:00Z") }), rules)).toEqual([]);
  expect(charged(anOrder({ lines: [anOrderLine({ giftCard: true })] }), rules)).toEqual([]);
});

test("what came back is handled by its refund: units, and a percentage of their worth without tax", () => {
  const rules = [aCharge({ kind: "return_handling", perOrder: 100n, perUnit: 25n, percent: 100 })];
  const lines = [
    aRefundLine({ quantity: 2, amount: 2380n, tax: 380n, restockType: "NO_RESTOCK" }),
    aRefundLine({ quantity: 1, amount: 1190n, tax: 190n, restockType: "CANCEL" }),
  ];
  const order = anOrder({
    taxesIncluded: true,
    lines: [anOrderLine({ quantity: 3, unitPrice: 1190n, tax: 570n })],
    changes: changes({ refunds: [aRefund({ lines })] }),
  });
  // 1.00 + 2 x 0.25 + 1 % of 20.00; the unit that was cancelled had never been sent.
  expect(charged(order, rules)).toEqual(["return_handling -170"]);
});

test("a payment for which Shopify names no fee is charged by its gateway's rule, gift cards and store credit are not", () => {
  const rules = [aCharge({ kind: "payment_fee", perOrder: 30n, percent: 290 })];
  const paid = (part: Parameters<typeof aTransaction>[0]): string[] =>
    charged(anOrder({ transactions: [aTransaction({ amount: 4567n, ...part })] }), rules);
  // 0.30 + 2.9 % of 45.67 (1.324).
  expect(paid({ gateway: "manual" })).toEqual(["payment_fee -162"]);
  expect(paid({ gateway: "manual", fee: { known: 0n } })).toEqual([]);
  expect(paid({ gateway: "gift_card" })).toEqual([]);
  expect(paid({ gateway: "shopify_store_credit" })).toEqual([]);
  expect(paid({ gateway: "manual", kind: "REFUND" })).toEqual([]);
  expect(paid({ gateway: "manual", status: "FAILURE" })).toEqual([]);
});

/** The units of a line that no edit took off, and what they were sold for. */
const leftOf = (order: Order, line: OrderLine): { units: number; net: bigint } => {
  const { removals = [], refunds = [] } = order.changes ?? {};
  const leaving = [
    ...removals.map((one) => ({ ...one, at: one.event.at, isOff: one.event.type === "edit" })),
    ...refunds.flatMap((refund) => refund.lines.map((one) => ({ ...one, at: refund.at, isOff: false }))),
  ]
    .filter(({ lineId }) => lineId === line.id)
    .sort((a, b) => a.at - b.at);
  const worth = line.unitPrice * BigInt(line.quantity) - line.discount - (order.taxesIncluded ? line.tax : 0n);
  const first = (count: number): bigint => (worth * BigInt(count)) / BigInt(line.quantity);
  let gone = 0;
  let units = line.quantity;
  let net = worth;
  for (const { quantity, isOff } of leaving) {
    if (isOff) net -= first(gone + quantity) - first(gone);
    if (isOff) units -= quantity;
    gone += quantity;
  }
  return { units, net };
};

const rounded = (exact: bigint, per: bigint): bigint =>
  exact < 0n ? -rounded(-exact, per) : (exact * 2n + per) / (per * 2n);

/** What a rule charges an order when it is sold, unit by unit. */
const plainSale = (order: Order, rule: ChargeRule): bigint => {
  const left = order.lines
    .filter(({ giftCard }) => !giftCard)
    .map((line) => ({ ...leftOf(order, line), grams: line.variantId === 11n ? 300 : 0 }))
    .filter(({ units }) => units > 0);
  if (rule.kind !== "cost_to_serve" && (left.length === 0 || order.cancelledAt !== null)) return 0n;
  let [grams, net, units] = [0n, 0n, 0n];
  for (const one of left) {
    units += BigInt(one.units);
    grams += BigInt(one.grams * one.units);
    net += one.net;
  }
  const each = rule.perOrder + rule.perLine * BigInt(left.length) + rule.perUnit * units;
  return each + rounded(rule.perKg * grams, 1000n) + rounded(net * BigInt(rule.percent), 10_000n);
};

const amount = fc.bigInt({ min: 0n, max: 500n });
const anyRule = fc
  .record({
    kind: fc.constantFrom(...CHARGE_KINDS.filter((kind) => kind !== "payment_fee" && kind !== "return_handling")),
    perOrder: amount,
    perLine: amount,
    perUnit: amount,
    perKg: amount,
    percent: fc.nat({ max: 2000 }),
  })
  .map((rule) => aCharge(rule));

test("whatever was taken off or came back, charges of a sale are those of the units that are left", () => {
  fc.assert(
    fc.property(anyChangedOrder, anyRule, (order, rule) => {
      const entries = ledgerOf(order, context([rule])).filter(({ kind }) => kind === rule.kind);
      expect(entries.reduce((sum, entry) => sum + entry.amount, 0n)).toBe(-plainSale(order, rule));
    }),
    { numRuns: 500 },
  );
});
