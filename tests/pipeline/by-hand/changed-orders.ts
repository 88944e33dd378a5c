import { back, bought, CAP, FOURTH, item, KETTLE, moved, noon, POSTER, refunded, type ByHand } from "./by-hand.ts";

// Dollars, tax on top of the prices.

export const CHANGED_ORDERS: readonly ByHand[] = [
  {
    // 3 x 16.67 - 0.02; three kettles cost 22.05.
    name: "an edit that adds a line, which is sold on the edit's day",
    order: bought(11, {
      lines: [item(111, 1, "10.00")],
      edits: [
        { at: noon(3), add: [item(112, 3, "16.67", { variantId: KETTLE, discount: "0.02", tax: "4.12" })], remove: [] },
      ],
    }),
    ledger: [
      "111 gross_sale 2026-10-01 1000",
      "111 cogs 2026-10-01 -420",
      "112 gross_sale 2026-10-03 5001",
      "112 discount 2026-10-03 -2",
      "112 cogs 2026-10-03 -2205",
    ],
  },
  {
    // Of 29.98 the first of three units is worth 29.98 / 3 = 9.993, rounded down.
    name: "an edit that takes off a unit of a line that does not divide",
    order: bought(12, {
      lines: [item(121, 3, "10.00", { discount: "0.02", tax: "2.47" })],
      edits: [{ at: noon(2), add: [], remove: [{ lineId: 121, quantity: 1 }] }],
    }),
    ledger: [
      "121 gross_sale 2026-10-01 3000",
      "121 discount 2026-10-01 -2",
      "121 cogs 2026-10-01 -1260",
      "121 return 2026-10-02 -999",
      "121 cogs_restocked 2026-10-02 420",
    ],
  },
  {
    // 69.99 for seven: two are 6999 x 2 / 7 = 1999.7, five 6999 x 5 / 7 = 4999.3; so 1999, then 4999 - 1999.
    name: "an edit that adds and takes off, and another that takes off more",
    order: bought(13, {
      lines: [item(131, 7, "10.00", { discount: "0.01" })],
      edits: [
        {
          at: noon(2),
          add: [item(132, 1, "1.00", { variantId: POSTER })],
          remove: [{ lineId: 131, quantity: 2 }],
        },
        { at: noon(3), add: [], remove: [{ lineId: 131, quantity: 3 }] },
      ],
    }),
    ledger: [
      "131 gross_sale 2026-10-01 7000",
      "131 discount 2026-10-01 -1",
      "131 cogs 2026-10-01 -2940",
      "131 return 2026-10-02 -1999",
      "131 cogs_restocked 2026-10-02 840",
      "132 gross_sale 2026-10-02 100",
      "132 cogs 2026-10-02 0",
      "131 return 2026-10-03 -3000",
      "131 cogs_restocked 2026-10-03 1260",
    ],
  },
  {
    // Three units of 29.99 are worth 9.99, 10.00 and 10.00: the one that came back was the second.
    name: "a unit taken off, one refunded, and the last taken off",
    order: bought(14, {
      lines: [item(141, 3, "10.00", { discount: "0.01", tax: "2.00" })],
      transactions: [moved("SALE", "31.99"), moved("REFUND", "10.67", { processedAt: FOURTH })],
      edits: [
        { at: noon(2), add: [], remove: [{ lineId: 141, quantity: 1 }] },
        { at: noon(7), add: [], remove: [{ lineId: 141, quantity: 1 }] },
      ],
      refunds: [refunded(141, FOURTH, { lines: [back(141, 1, "10.00", { tax: "0.67" })] })],
    }),
    ledger: [
      "141 gross_sale 2026-10-01 3000",
      "141 discount 2026-10-01 -1",
      "141 cogs 2026-10-01 -1260",
      "141 return 2026-10-02 -999",
      "141 cogs_restocked 2026-10-02 420",
      "141 return 2026-10-04 -1000",
      "141 cogs_restocked 2026-10-04 420",
      "141 return 2026-10-07 -1000",
      "141 cogs_restocked 2026-10-07 420",
    ],
  },
  {
    // Of 29.99 the first unit, 9.99, went back on the eighth, though its money came on the tenth; the one taken off between
    // is the second, 10.00. 9.99 + 0.66 given back.
    name: "a unit taken off between a return and its refund",
    order: bought(20, {
      lines: [item(201, 3, "10.00", { discount: "0.01", tax: "2.00" })],
      transactions: [moved("SALE", "31.99"), moved("REFUND", "10.65", { processedAt: noon(10) })],
      edits: [{ at: noon(9), add: [], remove: [{ lineId: 201, quantity: 1 }] }],
      refunds: [refunded(201, noon(10), { returnedAt: noon(8), lines: [back(201, 1, "9.99", { tax: "0.66" })] })],
    }),
    ledger: [
      "201 gross_sale 2026-10-01 3000",
      "201 discount 2026-10-01 -1",
      "201 cogs 2026-10-01 -1260",
      "201 return 2026-10-09 -1000",
      "201 cogs_restocked 2026-10-09 420",
      "201 return 2026-10-10 -999",
      "201 cogs_restocked 2026-10-10 420",
    ],
  },
  {
    // The mug went back on the eighth; on the tenth a cap was sent for it, and the other 10.00 were paid.
    name: "an exchange: the mug is a return, the cap a sale of its own day",
    order: bought(15, {
      lines: [item(151, 2, "10.00")],
      transactions: [moved("SALE", "20.00"), moved("SALE", "10.00", { processedAt: noon(10) })],
      refunds: [refunded(151, noon(10), { returnedAt: noon(8), lines: [back(151, 1, "10.00")] })],
      edits: [{ at: noon(10), add: [item(152, 1, "20.00", { variantId: CAP })], remove: [] }],
    }),
    ledger: [
      "151 gross_sale 2026-10-01 2000",
      "151 cogs 2026-10-01 -840",
      "151 return 2026-10-10 -1000",
      "151 cogs_restocked 2026-10-10 420",
      "152 gross_sale 2026-10-10 2000",
      "152 cogs 2026-10-10 0 unknown",
    ],
  },
  {
    // 10.82 for the mug less 1.00 + 0.08 and 0.50 + 0.04: 9.20 given back. The return was opened late on the seventh.
    name: "a return with a restocking fee and return shipping, kept when it was opened",
    order: bought(16, {
      lines: [item(161, 2, "10.00", { tax: "1.64" })],
      transactions: [moved("SALE", "21.64"), moved("REFUND", "9.20", { processedAt: noon(10) })],
      refunds: [
        refunded(161, noon(10), {
          returnedAt: "2026-10-08T03:00:00Z",
          lines: [back(161, 1, "10.00", { tax: "0.82" })],
          fees: [
            { kind: "RESTOCKING", amount: "1.00", tax: "0.08" },
            { kind: "RETURN_SHIPPING", amount: "0.50", tax: "0.04" },
          ],
        }),
      ],
    }),
    ledger: [
      "161 gross_sale 2026-10-01 2000",
      "161 cogs 2026-10-01 -840",
      "- other_revenue 2026-10-07 150",
      "161 return 2026-10-10 -1000",
      "161 cogs_restocked 2026-10-10 420",
    ],
  },
  {
    name: "cancelled after it was paid: all of it comes back but the provider's fee",
    order: bought(17, {
      lines: [item(171, 3, "10.00")],
      cancelledAt: noon(2),
      transactions: [moved("SALE", "30.00", { fee: "1.17" }), moved("REFUND", "30.00", { processedAt: noon(2) })],
      refunds: [refunded(171, noon(2), { lines: [back(171, 3, "30.00", { restockType: "CANCEL" })] })],
    }),
    ledger: [
      "171 gross_sale 2026-10-01 3000",
      "171 cogs 2026-10-01 -1260",
      "- payment_fee 2026-10-01 -117",
      "171 return 2026-10-02 -3000",
      "171 cogs_restocked 2026-10-02 1260",
    ],
  },
  {
    // Nothing is owed on a cancelled order: there is nothing to give up.
    name: "cancelled before it was paid, with the money held set free",
    order: bought(18, {
      lines: [item(181, 3, "10.00")],
      cancelledAt: noon(2),
      transactions: [moved("AUTHORIZATION", "30.00"), moved("VOID", "30.00", { processedAt: noon(2) })],
    }),
    ledger: ["181 gross_sale 2026-10-01 3000", "181 cogs 2026-10-01 -1260"],
    counts: false,
  },
  {
    name: "an order that tries the shop out",
    order: bought(19, { lines: [item(191, 3, "10.00")], test: true, transactions: [moved("SALE", "30.00")] }),
    ledger: ["191 gross_sale 2026-10-01 3000", "191 cogs 2026-10-01 -1260"],
    counts: false,
  },
];
