import fc from "fast-check";
import { expect, test } from "vitest";
import type { CostRule } from "#app/core/costs/cost-rules.ts";
import type { LedgerContext } from "#app/core/ledger/context.ts";
import { costs, ledgerOf, rows, total } from "#tests/factories/ledger.ts";
import { anOrder, anOrderLine, aRefund, aRefundLine, at, changes } from "#tests/factories/order.ts";

const FORTY: CostRule = { kind: "fallback_margin", percent: 4000, from: null };

const context: LedgerContext = { ...costs({ 12: 300n }), rules: { version: 2, rules: [FORTY] } };

test("an assumed margin leaves the rest of the net sale as cost: discounts and tax are not in it", () => {
  // 3 x 11.90 - 3.57 = 32.13 with 5.13 tax: net 27.00, of which 60 % are 16.20.
  const lines = [anOrderLine({ quantity: 3, unitPrice: 1190n, discount: 357n, tax: 513n })];
  const entries = ledgerOf(anOrder({ taxesIncluded: true, lines }), context);
  expect(entries.filter(({ kind }) => kind === "cogs")).toMatchObject([
    { amount: -1620n, provenance: "rule", ruleVersion: 2 },
  ]);
});

test("a cost that is known is not assumed", () => {
  expect(rows(ledgerOf(anOrder({ lines: [anOrderLine({ variantId: 12n })] }), context))).toEqual([
    "gross_sale 1 1000",
    "cogs 1 -300",
  ]);
});

test("the assumed cost comes back by the unit, and only of what is put back", () => {
  // 60 % of 20.01 are 12.006; of one unit 4.002, of two 8.004, of three 12.006.
  const back = (id: bigint, iso: string, restockType: "RETURN" | "NO_RESTOCK") =>
    aRefund({ id, at: at(iso), lines: [aRefundLine({ amount: 667n, restockType })] });
  const order = anOrder({
    lines: [anOrderLine({ quantity: 3, unitPrice: 667n })],
    changes: changes({
      refunds: [
        back(1n, "2025-03-11T12:00:00Z", "RETURN"),
        back(2n, "2025-03-12T12:00:00Z", "NO_RESTOCK"),
        back(3n, "2025-03-13T12:00:00Z", "RETURN"),
      ],
    }),
  });
  expect(rows(ledgerOf(order, context)).filter((row) => row.startsWith("cogs"))).toEqual([
    "cogs 1 -1201",
    "cogs_restocked 1 400",
    "cogs_restocked 1 400",
  ]);
});

test("whatever a line was sold for, when all its units are back so is its assumed cost", () => {
  const parts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      parts,
      fc.bigInt({ min: 0n, max: 99_999n }),
      fc.nat({ max: 10_000 }),
      (quantities, unitPrice, percent) => {
        const quantity = quantities.reduce((a, b) => a + b, 0);
        const refunds = quantities.map((units, index) =>
          aRefund({
            id: BigInt(index + 1),
            lines: [aRefundLine({ quantity: units, amount: unitPrice * BigInt(units) })],
          }),
        );
        const order = anOrder({ lines: [anOrderLine({ quantity, unitPrice })], changes: changes({ refunds }) });
        const rules = { version: 2, rules: [{ ...FORTY, percent }] };
        expect(total(ledgerOf(order, { ...context, rules }), "cogs", "cogs_restocked")).toBe(0n);
      },
    ),
  );
});
