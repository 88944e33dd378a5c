import { back, bought, CARD, FOURTH, item, MUG, moved, noon, POSTER, refunded, type ByHand } from "./by-hand.ts";

// Dollars, tax on top of the prices.

export const MONEY_BESIDE: readonly ByHand[] = [
  {
    // 20.00 + 1.60 + 3.00 duties + 2.50 tip + 1.85 + 0.15 fees + 6.00 + 0.49 shipping = 35.59 paid. Back: 10.80 for a mug,
    // 1.50 duties, 4.50 + 0.36 shipping, of both lines: 17.16. Tip and duties are no revenue, and nothing is lost by giving
    // duties back.
    name: "a tip, duties, two fees and two shipping lines, and a refund of some of it",
    order: bought(21, {
      lines: [item(211, 2, "10.00", { tax: "1.60", duties: "3.00" })],
      tip: "2.50",
      additionalFees: [
        { name: "Handling", price: "1.50", tax: "0.12" },
        { name: "Eco fee", price: "0.35", tax: "0.03" },
      ],
      shipping: { price: "7.00", discount: "1.00", tax: "0.49" },
      shippingLines: [
        { title: "By road", price: "5.00", discount: "1.00", tax: "0.33" },
        { title: "By sea", price: "2.00", discount: "0.00", tax: "0.16" },
      ],
      transactions: [moved("SALE", "35.59"), moved("REFUND", "17.16", { processedAt: FOURTH })],
      refunds: [
        refunded(211, FOURTH, {
          lines: [back(211, 1, "10.00", { tax: "0.80" })],
          duties: "1.50",
          shipping: "4.50",
          shippingTax: "0.36",
        }),
      ],
    }),
    ledger: [
      "211 gross_sale 2026-10-01 2000",
      "211 cogs 2026-10-01 -840",
      "- shipping_revenue 2026-10-01 600",
      "- other_revenue 2026-10-01 185",
      "211 return 2026-10-04 -1000",
      "211 cogs_restocked 2026-10-04 420",
      "- shipping_revenue 2026-10-04 -450",
    ],
  },
  {
    name: "a gift card sold and given back is owed and then not: no sale, no return",
    order: bought(22, {
      lines: [item(221, 1, "50.00", { variantId: CARD, title: "Gift card", giftCard: true }), item(222, 1, "10.00")],
      transactions: [moved("SALE", "60.00"), moved("REFUND", "50.00", { processedAt: FOURTH })],
      refunds: [refunded(221, FOURTH, { lines: [back(221, 1, "50.00", { restockType: "NO_RESTOCK" })] })],
    }),
    ledger: ["222 gross_sale 2026-10-01 1000", "222 cogs 2026-10-01 -420"],
  },
  {
    name: "a gift card spent is a payment like any other",
    order: bought(23, {
      lines: [item(231, 2, "10.00")],
      transactions: [moved("SALE", "15.00", { gateway: "gift_card" }), moved("SALE", "5.00", { fee: "0.45" })],
    }),
    ledger: ["231 gross_sale 2026-10-01 2000", "231 cogs 2026-10-01 -840", "- payment_fee 2026-10-01 -45"],
  },
  {
    name: "a dispute lost with its fee",
    order: bought(24, {
      lines: [item(241, 3, "10.00")],
      transactions: [moved("SALE", "30.00", { fee: "1.17" })],
      disputes: [{ at: noon(12), amount: "30.00", fee: "15.00", status: "LOST" }],
    }),
    ledger: [
      "241 gross_sale 2026-10-01 3000",
      "241 cogs 2026-10-01 -1260",
      "- payment_fee 2026-10-01 -117",
      "- chargeback 2026-10-12 -4500",
    ],
  },
  {
    name: "disputes won, open, prevented, and accepted without a fee: only the last one costs",
    order: bought(25, {
      lines: [item(251, 3, "10.00")],
      transactions: [moved("SALE", "30.00")],
      disputes: [
        { at: noon(12), amount: "10.00", fee: "15.00", status: "WON" },
        { at: noon(13), amount: "10.00", fee: "15.00", status: "UNDER_REVIEW" },
        { at: noon(14), amount: "5.00", fee: null, status: "PREVENTED" },
        { at: noon(15), amount: "10.00", fee: null, status: "ACCEPTED" },
      ],
    }),
    ledger: ["251 gross_sale 2026-10-01 3000", "251 cogs 2026-10-01 -1260", "- chargeback 2026-10-15 -1000"],
  },
  {
    // 32.47 asked for with 2.47 tax, 10.00 paid: of the 22.47 that are open, 22.47 x 2.47 / 32.47 = 1.709 is tax.
    name: "what was still open when the payment was voided, without its share of the tax",
    order: bought(26, {
      lines: [item(261, 3, "10.00", { tax: "2.47" })],
      transactions: [
        moved("SALE", "10.00", { gateway: "manual" }),
        moved("AUTHORIZATION", "22.47"),
        moved("VOID", "22.47", { processedAt: noon(20) }),
      ],
    }),
    ledger: ["261 gross_sale 2026-10-01 3000", "261 cogs 2026-10-01 -1260", "- write_off 2026-10-20 -2076"],
  },
  {
    // 30.00 are 27.60 euros, and 0.83 euros 0.83 x 30.00 / 27.60 = 0.902. The euro moved before the refund.
    name: "paid and settled in euros: the fee converted, and what the exchange rate cost",
    order: bought(27, {
      presentmentCurrency: "EUR",
      presentmentRate: "0.92",
      lines: [item(271, 3, "10.00")],
      transactions: [
        moved("SALE", "30.00", { fee: "0.83", settlement: { currency: "EUR", rate: "1" } }),
        moved("REFUND", "10.00", { processedAt: FOURTH, exchangeAdjustment: "-0.13" }),
      ],
      refunds: [refunded(271, FOURTH, { lines: [back(271, 1, "10.00")] })],
    }),
    ledger: [
      "271 gross_sale 2026-10-01 3000",
      "271 cogs 2026-10-01 -1260",
      "- payment_fee 2026-10-01 -90",
      "271 return 2026-10-04 -1000",
      "271 cogs_restocked 2026-10-04 420",
      "- fx_adjustment 2026-10-04 -13",
    ],
  },
  {
    // 30.00 x 151.237 = 4537.11, so 4537 yen. 0.95 pounds / 0.0052 = 182.69 yen; x 30.00 / 4537 = 1.208 dollars.
    name: "paid in yen, settled in pounds: the fee goes back by both rates",
    order: bought(28, {
      presentmentCurrency: "JPY",
      presentmentRate: "151.237",
      lines: [item(281, 3, "10.00")],
      transactions: [moved("SALE", "30.00", { fee: "0.95", settlement: { currency: "GBP", rate: "0.0052" } })],
    }),
    ledger: ["281 gross_sale 2026-10-01 3000", "281 cogs 2026-10-01 -1260", "- payment_fee 2026-10-01 -121"],
  },
  {
    // 9.98 taken as 10.00; of 4.99 given back as 5.00 a cent is lost.
    name: "cash rounded up when it came in and when it went out",
    order: bought(29, {
      source: "pos",
      lines: [item(291, 2, "4.99", { variantId: POSTER })],
      transactions: [
        moved("SALE", "9.98", { gateway: "cash", rounding: "0.02" }),
        moved("REFUND", "4.99", { gateway: "cash", rounding: "0.01", processedAt: FOURTH }),
      ],
      refunds: [refunded(291, FOURTH, { lines: [back(291, 1, "4.99")] })],
    }),
    ledger: [
      "291 gross_sale 2026-10-01 998",
      "291 cogs 2026-10-01 0",
      "- fx_adjustment 2026-10-01 2",
      "291 return 2026-10-04 -499",
      "291 cogs_restocked 2026-10-04 0",
      "- fx_adjustment 2026-10-04 -1",
    ],
  },
  {
    name: "a payment that failed took nothing, and one that is pending has not come",
    order: bought(30, {
      lines: [item(301, 1, "10.00", { variantId: MUG })],
      transactions: [
        moved("SALE", "10.00", { status: "FAILURE" }),
        moved("SALE", "10.00", { status: "PENDING" }),
        moved("SALE", "10.00", { fee: "0.59" }),
      ],
    }),
    ledger: ["301 gross_sale 2026-10-01 1000", "301 cogs 2026-10-01 -420", "- payment_fee 2026-10-01 -59"],
  },
];
