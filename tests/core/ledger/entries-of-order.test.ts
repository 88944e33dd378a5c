import { expect, test } from "vitest";
import { COST_RULE_VERSION } from "#app/core/costs/unit-cost.ts";
import { formatDay } from "#app/core/time/shop-day.ts";
import { costs, ledgerOf, rows } from "#tests/factories/ledger.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, at, aTransaction, changes } from "#tests/factories/order.ts";

test("an order of one line is a sale and its cost", () => {
  // 2 x 10.00; cost 2 x 4.20.
  const order = anOrder({ lines: [anOrderLine({ quantity: 2 })] });
  expect(rows(ledgerOf(order, costs({ 11: 420n })))).toEqual(["gross_sale 1 2000", "cogs 1 -840"]);
});

test("tax on top is outside the ledger, and discounts stand as Shopify allocated them", () => {
  // Line 1: 3 x 10.00 = 30.00, own discount 3.00 and 1.35 of the order's: 4.35. Tax 2.05 on top. Cost 3 x 4.20 = 12.60.
  // Line 2: 1 x 20.00, 1.00 of the order's discount, tax 1.52. Cost 8.00.
  // Shipping 5.00 paid, tax 0.40 on top.
  const order = anOrder({
    lines: [
      anOrderLine({ quantity: 3, discount: 435n, tax: 205n }),
      anOrderLine({ id: 2n, variantId: 12n, unitPrice: 2000n, discount: 100n, tax: 152n }),
    ],
    shipping: [{ discountedPrice: 500n, tax: 40n }],
  });
  expect(rows(ledgerOf(order, costs({ 11: 420n, 12: 800n })))).toEqual([
    "gross_sale 1 3000",
    "discount 1 -435",
    "cogs 1 -1260",
    "gross_sale 2 2000",
    "discount 2 -100",
    "cogs 2 -800",
    "shipping_revenue - 500",
  ]);
});

test("tax inside the prices is taken out of sale, discount, shipping and refund", () => {
  // Line: 3 x 12.00 = 36.00, 6.00 off, 30.00 paid with 5.00 tax: net 25.00; discount 5.00 net, gross 30.00.
  // Shipping 6.00 with 1.00 tax: 5.00. Refund of one unit: 10.00 with 1.67 tax: 8.33. Its shipping 3.00 with 0.50 tax: 2.50.
  const order = anOrder({
    taxesIncluded: true,
    lines: [anOrderLine({ quantity: 3, unitPrice: 1200n, discount: 600n, tax: 500n })],
    shipping: [{ discountedPrice: 600n, tax: 100n }],
    changes: changes({
      refunds: [aRefund({ lines: [aRefundLine({ amount: 1000n, tax: 167n })], shipping: { amount: 300n, tax: 50n } })],
    }),
  });
  expect(rows(ledgerOf(order, costs({ 11: 400n })))).toEqual([
    "gross_sale 1 3000",
    "discount 1 -500",
    "cogs 1 -1200",
    "shipping_revenue - 500",
    "return 1 -833",
    "cogs_restocked 1 400",
    "shipping_revenue - -250",
  ]);
});

test("where tax comes on top, the tax given back with a refund is outside the ledger too", () => {
  const refund = aRefund({ lines: [aRefundLine({ amount: 900n, tax: 72n })], shipping: { amount: 500n, tax: 40n } });
  const order = anOrder({
    lines: [anOrderLine({ discount: 100n, tax: 72n })],
    changes: changes({ refunds: [refund] }),
  });
  expect(rows(ledgerOf(order, costs({ 11: 420n })))).toEqual([
    "gross_sale 1 1000",
    "discount 1 -100",
    "cogs 1 -420",
    "return 1 -900",
    "cogs_restocked 1 420",
    "shipping_revenue - -500",
  ]);
});

test("what was sent and is not put back keeps its cost", () => {
  const refund = aRefund({ lines: [aRefundLine({ quantity: 2, amount: 2000n, restockType: "NO_RESTOCK" })] });
  const order = anOrder({ lines: [anOrderLine({ quantity: 3 })], changes: changes({ refunds: [refund] }) });
  expect(rows(ledgerOf(order, costs({ 11: 420n })))).toEqual(["gross_sale 1 3000", "cogs 1 -1260", "return 1 -2000"]);
});

test("a refund may name a line twice, one part restocked and one not: they are one return", () => {
  // 1 restocked + 2 not: return 9.00 + 18.00, cost back for one unit.
  const lines = [
    aRefundLine({ quantity: 1, amount: 900n, restockType: "RETURN" }),
    aRefundLine({ quantity: 2, amount: 1800n, restockType: "NO_RESTOCK" }),
  ];
  const order = anOrder({
    lines: [anOrderLine({ quantity: 3, discount: 300n })],
    changes: changes({ refunds: [aRefund({ lines })] }),
  });
  expect(rows(ledgerOf(order, costs({ 11: 420n }))).slice(3)).toEqual(["return 1 -2700", "cogs_restocked 1 420"]);
});

test("an adjustment beyond lines and shipping stands with its own sign", () => {
  const given = anOrder({ changes: changes({ refunds: [aRefund({ adjustment: -250n })] }) });
  expect(rows(ledgerOf(given, costs({ 11: 420n }))).slice(2)).toEqual(["refund_adjustment - -250"]);
  const kept = anOrder({ changes: changes({ refunds: [aRefund({ adjustment: 150n })] }) });
  expect(rows(ledgerOf(kept, costs({ 11: 420n }))).slice(2)).toEqual(["refund_adjustment - 150"]);
});

test("gift cards leave no entry, sold or refunded: they are a liability", () => {
  const order = anOrder({
    lines: [anOrderLine({ id: 2n, giftCard: true, unitPrice: 5000n }), anOrderLine()],
    changes: changes({ refunds: [aRefund({ lines: [aRefundLine({ lineId: 2n, amount: 5000n })] })] }),
  });
  expect(rows(ledgerOf(order, costs({ 11: 420n })))).toEqual(["gross_sale 1 1000", "cogs 1 -420"]);
});

test("an order of gift cards alone has no entries but its fee", () => {
  const order = anOrder({
    lines: [anOrderLine({ giftCard: true })],
    transactions: [aTransaction({ fee: { known: 59n } })],
  });
  expect(rows(ledgerOf(order, costs({ 11: 420n })))).toEqual(["payment_fee - -59"]);
});

test("a cost that nobody gave is 0 and unknown; a cost of zero is 0 and known", () => {
  const lines = [
    anOrderLine({ id: 1n, variantId: 11n }),
    anOrderLine({ id: 2n, variantId: 12n }),
    anOrderLine({ id: 3n, variantId: null }),
  ];
  const entries = ledgerOf(anOrder({ lines }), costs({ 11: 0n }));
  expect(entries.filter(({ kind }) => kind === "cogs").map((e) => [e.lineId, e.amount, e.provenance])).toEqual([
    [1n, 0n, "actual"],
    [2n, 0n, "unknown"],
    [3n, 0n, "unknown"],
  ]);
});

test("what is put back of a line without a cost gives back 0, unknown", () => {
  const order = anOrder({ changes: changes({ refunds: [aRefund({ lines: [aRefundLine()] })] }) });
  const back = ledgerOf(order, costs({})).find(({ kind }) => kind === "cogs_restocked");
  expect(back).toMatchObject({ amount: 0n, provenance: "unknown" });
});

test("goods that come back are worth the cost of the day they were sold, not of the day they came back", () => {
  // Cost 4.00 until the end of March, 9.00 from April; sold on 10 March, back on 2 April.
  const order = anOrder({ changes: changes({ refunds: [aRefund({ lines: [aRefundLine()] })] }) });
  const { dayOf } = costs({});
  const april = dayOf(at("2025-04-01T00:00:00Z"));
  const entries = ledgerOf(order, {
    ...costs({}),
    unitCostOn: (_variant, day) => ({ amount: day < april ? 400n : 900n, provenance: "rule" }),
  });
  expect(entries.filter(({ kind }) => kind.startsWith("cogs")).map((e) => [e.kind, e.amount, e.provenance])).toEqual([
    ["cogs", -400n, "rule"],
    ["cogs_restocked", 400n, "rule"],
  ]);
});

test("a fee that Shopify gave is known, 0.00 too; where it gave none there is no entry; what cannot be converted is unknown", () => {
  const order = anOrder({
    transactions: [
      aTransaction({ id: 1n, fee: { known: 59n } }),
      aTransaction({ id: 2n, fee: { known: 0n } }),
      aTransaction({ id: 3n, fee: "none" }),
      aTransaction({ id: 4n, fee: "unknown" }),
    ],
  });
  const fees = ledgerOf(order, costs({ 11: 420n })).filter(({ kind }) => kind === "payment_fee");
  expect(fees.map((e) => [e.event.id, e.amount, e.provenance])).toEqual([
    [1n, -59n, "actual"],
    [2n, 0n, "actual"],
    [4n, 0n, "unknown"],
  ]);
});

test("free shipping leaves no entry", () => {
  const order = anOrder({ shipping: [{ discountedPrice: 0n, tax: 0n }] });
  expect(rows(ledgerOf(order, costs({ 11: 420n })))).toEqual(["gross_sale 1 1000", "cogs 1 -420"]);
});

test("an order in yen: no minor unit, tax inside", () => {
  // 3 x 333 = 999, 99 off: 900 with 82 tax, net 818; discount 90 net, gross 908. Cost 3 x 120. Shipping 550 with 50 tax.
  const order = anOrder({
    currency: "JPY",
    taxesIncluded: true,
    lines: [anOrderLine({ quantity: 3, unitPrice: 333n, discount: 99n, tax: 82n })],
    shipping: [{ discountedPrice: 550n, tax: 50n }],
  });
  expect(rows(ledgerOf(order, costs({ 11: 120n })))).toEqual([
    "gross_sale 1 908",
    "discount 1 -90",
    "cogs 1 -360",
    "shipping_revenue - 500",
  ]);
});

test("an order in Kuwaiti dinars: three decimals", () => {
  // 2 x 1.250 = 2.500, 0.125 off. Cost 2 x 0.505 = 1.010. Fee 0.071.
  const order = anOrder({
    currency: "KWD",
    lines: [anOrderLine({ quantity: 2, unitPrice: 1250n, discount: 125n })],
    transactions: [aTransaction({ fee: { known: 71n } })],
  });
  expect(rows(ledgerOf(order, costs({ 11: 505n })))).toEqual([
    "gross_sale 1 2500",
    "discount 1 -125",
    "cogs 1 -1010",
    "payment_fee - -71",
  ]);
});

test("each entry is dated by its own Shopify event, on the shop's day", () => {
  // In New York: 2025-03-11T02:00Z is still the 10th, 2025-04-02T03:30Z still the 1st.
  const order = anOrder({
    processedAt: at("2025-03-11T02:00:00Z"),
    changes: changes({
      refunds: [aRefund({ id: 5n, at: at("2025-04-02T03:30:00Z"), lines: [aRefundLine()], adjustment: -10n })],
    }),
    transactions: [aTransaction({ id: 8n, processedAt: at("2025-03-11T04:00:00Z"), fee: { known: 59n } })],
  });
  const entries = ledgerOf(order, costs({ 11: 420n }, "America/New_York"));
  expect(entries.map((e) => [e.kind, e.event.type, e.event.id, formatDay(e.day), e.occurredAt])).toEqual([
    ["gross_sale", "order", 1001n, "2025-03-10", at("2025-03-11T02:00:00Z")],
    ["cogs", "order", 1001n, "2025-03-10", at("2025-03-11T02:00:00Z")],
    ["return", "refund", 5n, "2025-04-01", at("2025-04-02T03:30:00Z")],
    ["cogs_restocked", "refund", 5n, "2025-04-01", at("2025-04-02T03:30:00Z")],
    ["refund_adjustment", "refund", 5n, "2025-04-01", at("2025-04-02T03:30:00Z")],
    ["payment_fee", "transaction", 8n, "2025-03-11", at("2025-03-11T04:00:00Z")],
  ]);
});

test("facts carry no rule; costs carry the version of the rule that worked them out", () => {
  const order = anOrder({
    changes: changes({ refunds: [aRefund({ lines: [aRefundLine()] })] }),
    transactions: [aTransaction({ fee: "unknown" })],
  });
  for (const entry of ledgerOf(order, costs({ 11: 420n }))) {
    expect(entry.ruleVersion).toBe(entry.kind.startsWith("cogs") ? COST_RULE_VERSION : null);
  }
});

test("an order whose refunds have not been read has the entries of its sale", () => {
  expect(rows(ledgerOf(anOrder({ changes: null }), costs({ 11: 420n })))).toEqual(["gross_sale 1 1000", "cogs 1 -420"]);
});

test("a test order has its entries too: they stay in reconciliation and out of profit", () => {
  expect(rows(ledgerOf(anOrder({ test: true }), costs({ 11: 420n })))).toEqual(["gross_sale 1 1000", "cogs 1 -420"]);
});
