import { bought, CAP, FOURTH, item, KETTLE, moved, POSTER, back, refunded, SIXTH, type ByHand } from "./by-hand.ts";

// Dollars, tax on top of the prices.

export const GOODS_SOLD: readonly ByHand[] = [
  {
    // Worth 29.00, 20.00 and 1.00, in all 50.00. Of 7.77 they get 777 x 2900 / 5000 = 450.66, 310.8 and 15.54, rounded down
    // 450, 310 and 15; the two cents that are left go to the first two lines.
    name: "an own discount and one of the order's that does not divide",
    order: bought(1, {
      lines: [
        item(11, 3, "10.00", { discount: "1.00", tax: "2.01" }),
        item(12, 1, "20.00", { variantId: CAP, tax: "1.39" }),
        item(13, 2, "0.50", { variantId: POSTER, tax: "0.06" }),
      ],
      orderDiscount: "7.77",
    }),
    ledger: [
      "11 gross_sale 2026-10-01 3000",
      "11 discount 2026-10-01 -551",
      "11 cogs 2026-10-01 -1260",
      "12 gross_sale 2026-10-01 2000",
      "12 discount 2026-10-01 -311",
      "12 cogs 2026-10-01 0 unknown",
      "13 gross_sale 2026-10-01 100",
      "13 discount 2026-10-01 -15",
      "13 cogs 2026-10-01 0",
    ],
  },
  {
    // The first line is worth nothing any more: the order's discount is all the second's.
    name: "all of it given away, and costing what it cost",
    order: bought(2, {
      lines: [item(21, 1, "10.00", { discount: "10.00" }), item(22, 1, "10.00")],
      orderDiscount: "10.00",
    }),
    ledger: [
      "21 gross_sale 2026-10-01 1000",
      "21 discount 2026-10-01 -1000",
      "21 cogs 2026-10-01 -420",
      "22 gross_sale 2026-10-01 1000",
      "22 discount 2026-10-01 -1000",
      "22 cogs 2026-10-01 -420",
    ],
  },
  {
    // 29.00 + 2.39 + 5.00 + 0.41 = 36.80 paid. Back: 9.66 + 0.79 = 10.45, and 9.67 + 0.80 + 2.00 + 0.16 = 12.63.
    name: "one unit back on the shelf, another broken with a part of the shipping",
    order: bought(3, {
      lines: [item(31, 3, "10.00", { discount: "1.00", tax: "2.39" })],
      shipping: { price: "5.00", discount: "0.00", tax: "0.41" },
      transactions: [
        moved("SALE", "36.80"),
        moved("REFUND", "10.45", { processedAt: FOURTH }),
        moved("REFUND", "12.63", { processedAt: SIXTH }),
      ],
      refunds: [
        refunded(31, FOURTH, { lines: [back(31, 1, "9.66", { tax: "0.79" })] }),
        refunded(32, SIXTH, {
          lines: [back(31, 1, "9.67", { tax: "0.80", restockType: "NO_RESTOCK" })],
          shipping: "2.00",
          shippingTax: "0.16",
        }),
      ],
    }),
    ledger: [
      "31 gross_sale 2026-10-01 3000",
      "31 discount 2026-10-01 -100",
      "31 cogs 2026-10-01 -1260",
      "- shipping_revenue 2026-10-01 500",
      "31 return 2026-10-04 -966",
      "31 cogs_restocked 2026-10-04 420",
      "31 return 2026-10-06 -967",
      "- shipping_revenue 2026-10-06 -200",
    ],
  },
  {
    name: "a refund of one line in three ways: cancelled, restocked as of old, and not restocked",
    order: bought(4, {
      lines: [item(41, 4, "10.00")],
      transactions: [moved("SALE", "40.00"), moved("REFUND", "30.00", { processedAt: FOURTH })],
      refunds: [
        refunded(41, FOURTH, {
          lines: [
            back(41, 1, "10.00", { restockType: "CANCEL" }),
            back(41, 1, "10.00", { restockType: "LEGACY_RESTOCK" }),
            back(41, 1, "10.00", { restockType: "NO_RESTOCK" }),
          ],
        }),
      ],
    }),
    ledger: [
      "41 gross_sale 2026-10-01 4000",
      "41 cogs 2026-10-01 -1680",
      "41 return 2026-10-04 -3000",
      "41 cogs_restocked 2026-10-04 840",
    ],
  },
  {
    // First 1.00 + 0.08 of goodwill; then 10.00 + 0.82 for a mug less 1.50 + 0.12 kept: 9.20.
    name: "money given beyond the goods, then a fee kept, each with its tax",
    order: bought(5, {
      lines: [item(51, 2, "10.00", { tax: "1.65" })],
      transactions: [
        moved("SALE", "21.65"),
        moved("REFUND", "1.08", { processedAt: FOURTH }),
        moved("REFUND", "9.20", { processedAt: SIXTH }),
      ],
      refunds: [
        refunded(51, FOURTH, { adjustment: "1.00", adjustmentTax: "0.08" }),
        refunded(52, SIXTH, {
          lines: [back(51, 1, "10.00", { tax: "0.82" })],
          adjustment: "-1.50",
          adjustmentTax: "-0.12",
        }),
      ],
    }),
    ledger: [
      "51 gross_sale 2026-10-01 2000",
      "51 cogs 2026-10-01 -840",
      "- refund_adjustment 2026-10-04 -100",
      "51 return 2026-10-06 -1000",
      "51 cogs_restocked 2026-10-06 420",
      "- refund_adjustment 2026-10-06 150",
    ],
  },
  {
    // Nothing is known of what a deleted product, an engraving and a cap cost; a poster cost nothing at all.
    name: "a deleted product, a line of the shop's own, a cap and a poster",
    order: bought(6, {
      lines: [
        item(61, 1, "8.00", { variantId: null, title: "Old mug", deleted: true }),
        item(62, 1, "5.00", { variantId: null, title: "Engraving" }),
        item(63, 1, "20.00", { variantId: CAP }),
        item(64, 2, "1.00", { variantId: POSTER }),
        item(65, 1, "16.67", { variantId: KETTLE }),
      ],
    }),
    ledger: [
      "61 gross_sale 2026-10-01 800",
      "61 cogs 2026-10-01 0 unknown",
      "62 gross_sale 2026-10-01 500",
      "62 cogs 2026-10-01 0 unknown",
      "63 gross_sale 2026-10-01 2000",
      "63 cogs 2026-10-01 0 unknown",
      "64 gross_sale 2026-10-01 200",
      "64 cogs 2026-10-01 0",
      "65 gross_sale 2026-10-01 1667",
      "65 cogs 2026-10-01 -735",
    ],
  },
  {
    // This order's prices include tax, other than the shop's. Paid for the mugs 29.00 with 4.64 in it; of the 1.00 off,
    // 1.00 x 4.64 / 29.00 = 0.16 was tax: 0.84. Net 24.36, gross 24.36 + 0.84.
    name: "prices that include tax in a shop whose prices do not",
    order: bought(7, {
      taxesIncluded: true,
      lines: [item(71, 3, "10.00", { discount: "1.00", tax: "4.64" })],
      shipping: { price: "5.00", discount: "0.00", tax: "0.80" },
    }),
    ledger: [
      "71 gross_sale 2026-10-01 2520",
      "71 discount 2026-10-01 -84",
      "71 cogs 2026-10-01 -1260",
      "- shipping_revenue 2026-10-01 420",
    ],
  },
];
