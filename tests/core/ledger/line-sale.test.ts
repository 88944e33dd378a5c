import fc from "fast-check";
import { expect, test } from "vitest";
import { lineSale } from "#app/core/ledger/line-sale.ts";
import { anOrderLine } from "#tests/factories/order.ts";

test("where tax comes on top, a line's gross is price times quantity and its discount is what was taken off", () => {
  // 3 x 10.00 = 30.00, 3.00 off; 8 % tax of 27.00 = 2.16 on top, which is no part of either.
  const line = anOrderLine({ quantity: 3, unitPrice: 1000n, discount: 300n, tax: 216n });
  expect(lineSale(line, false)).toEqual({ gross: 3000n, discount: -300n });
});

test("where prices include tax, tax is taken out of the gross and of the discount", () => {
  // 3 x 12.00 = 36.00, 6.00 off: 30.00 paid, 5.00 of it tax (20 %), so 25.00 net.
  // The 6.00 off would have carried 6.00 x 5.00 / 30.00 = 1.00 of tax: 5.00 net. Gross = 25.00 + 5.00.
  const line = anOrderLine({ quantity: 3, unitPrice: 1200n, discount: 600n, tax: 500n });
  expect(lineSale(line, true)).toEqual({ gross: 3000n, discount: -500n });
});

test("the tax in a discount is rounded half up", () => {
  // 1 x 10.00, 1.00 off: 9.00 paid, 1.35 tax in it. Tax in the discount: 1.00 x 1.35 / 9.00 = 0.15 exactly.
  const exact = anOrderLine({ unitPrice: 1000n, discount: 100n, tax: 135n });
  expect(lineSale(exact, true).discount).toBe(-85n);
  // 1 x 0.30, 0.10 off: 0.20 paid, 0.03 tax in it. 0.10 x 0.03 / 0.20 = 0.015, up to 0.02: 0.08 net.
  const half = anOrderLine({ unitPrice: 30n, discount: 10n, tax: 3n });
  expect(lineSale(half, true)).toEqual({ gross: 25n, discount: -8n });
});

test("of a line that was given away the whole discount is net, in both kinds of shop", () => {
  const line = anOrderLine({ quantity: 2, unitPrice: 500n, discount: 1000n, tax: 0n });
  expect(lineSale(line, true)).toEqual({ gross: 1000n, discount: -1000n });
  expect(lineSale(line, false)).toEqual({ gross: 1000n, discount: -1000n });
});

test("yen have no fraction: 3 x 333 with 10 % inside, 99 off", () => {
  // 999 - 99 = 900 paid, tax in it 900 x 10 / 110 = 81.8 -> 82, net 818. Tax in the discount 99 x 82 / 900 = 9.02 -> 9: 90.
  const line = anOrderLine({ quantity: 3, unitPrice: 333n, discount: 99n, tax: 82n });
  expect(lineSale(line, true)).toEqual({ gross: 908n, discount: -90n });
});

const aLine = fc
  .record({
    quantity: fc.integer({ min: 1, max: 500 }),
    unitPrice: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    off: fc.integer({ min: 0, max: 1000 }),
    taxRate: fc.integer({ min: 0, max: 300 }),
  })
  .map(({ quantity, unitPrice, off, taxRate }) => {
    const full = BigInt(quantity) * unitPrice;
    const discount = (full * BigInt(off)) / 1000n;
    const paid = full - discount;
    // The tax contained in what is paid, at taxRate / 1000 of the net price.
    return anOrderLine({ quantity, unitPrice, discount, tax: (paid * BigInt(taxRate)) / BigInt(1000 + taxRate) });
  });

test("gross and discount together are what was paid without its tax, to the minor unit", () => {
  fc.assert(
    fc.property(aLine, (line) => {
      const paid = line.unitPrice * BigInt(line.quantity) - line.discount;
      const inclusive = lineSale(line, true);
      expect(inclusive.gross + inclusive.discount).toBe(paid - line.tax);
      const exclusive = lineSale(line, false);
      expect(exclusive.gross + exclusive.discount).toBe(paid);
    }),
  );
});

test("a discount never raises a sale, and taken net it is never more than it was", () => {
  fc.assert(
    fc.property(aLine, (line) => {
      for (const included of [true, false]) {
        const { discount } = lineSale(line, included);
        expect(discount <= 0n && -discount <= line.discount).toBe(true);
      }
    }),
  );
});

test("the net discount is the discount without tax, to half a minor unit", () => {
  fc.assert(
    fc.property(aLine, (line) => {
      const paid = line.unitPrice * BigInt(line.quantity) - line.discount;
      fc.pre(paid > 0n);
      const net = -lineSale(line, true).discount;
      // |net - D (paid - tax) / paid| <= 1/2, both sides times 2 paid.
      const difference = 2n * (net * paid - line.discount * (paid - line.tax));
      expect(difference <= paid && -difference <= paid).toBe(true);
    }),
  );
});
