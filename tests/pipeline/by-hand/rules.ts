import {
  back,
  bought,
  CAP,
  CARD,
  item,
  KETTLE,
  moved,
  noon,
  refunded,
  usd,
  type HandShop,
  type OrderInput,
} from "./by-hand.ts";

const manual = (amount: string) => moved("SALE", amount, { gateway: "manual" });
const to = (countryCode: string): Pick<OrderInput, "shipTo"> => ({ shipTo: { countryCode } });

/** Charges of every kind, some under conditions, two with a new rate from 5 October; a margin of 40 % where no cost is known. */
export const RULES_SHOP: HandShop = {
  shop: { ...usd, domain: "by-hand-rules.myshopify.com" },
  rules: [
    { kind: "shipping_cost", perOrder: "2.50", perKg: "1.00", when: { country: ["GB"] } },
    { kind: "shipping_cost", perOrder: "4.00", when: { country: ["US", "CA"] }, from: "2026-10-05" },
    { kind: "handling_cost", perLine: "0.50", perUnit: "0.10" },
    { kind: "handling_cost", perLine: "0.60", perUnit: "0.10", from: "2026-10-05" },
    { kind: "return_handling", perOrder: "1.00", perUnit: "0.25", percent: "1" },
    { kind: "payment_fee", perOrder: "0.30", percent: "2.9", when: { gateway: "manual" } },
    { kind: "cost_to_serve", perOrder: "0.75", percent: "0.5" },
    { kind: "cost_to_serve", perOrder: "5.00", when: { tier: ["C"] } },
    { kind: "fallback_margin", percent: "40" },
  ],
  orders: [
    {
      // 900 g and 2,000 g: 2.50 + 2.90. Two lines, four units: 1.00 + 0.40. 45.67 x 0.5 % = 0.228; x 2.9 % = 1.324.
      name: "by weight and country, by line and unit, by gateway",
      order: bought(1, {
        ...to("GB"),
        lines: [item(11, 3, "10.00", { discount: "1.00" }), item(12, 1, "16.67", { variantId: KETTLE })],
        transactions: [manual("45.67")],
      }),
      ledger: [
        "11 gross_sale 2026-10-01 3000",
        "11 discount 2026-10-01 -100",
        "11 cogs 2026-10-01 -1260",
        "12 gross_sale 2026-10-01 1667",
        "12 cogs 2026-10-01 -735",
        "- shipping_cost 2026-10-01 -540",
        "- handling_cost 2026-10-01 -140",
        "- payment_fee 2026-10-01 -162",
        "- cost_to_serve 2026-10-01 -98",
      ],
    },
    {
      // The new rates: 4.00; 0.60 + 0.20. 0.75 + 0.10. The provider's own fee, not the rule's. Back: 1.00 + 0.25 + 0.10.
      name: "by the rates from the fifth on, with a return",
      order: bought(2, {
        ...to("CA"),
        processedAt: noon(6),
        lines: [item(21, 2, "10.00")],
        transactions: [
          moved("SALE", "20.00", { fee: "0.88", processedAt: noon(6) }),
          moved("REFUND", "10.00", { processedAt: noon(8) }),
        ],
        refunds: [refunded(21, noon(8), { lines: [back(21, 1, "10.00")] })],
      }),
      ledger: [
        "21 gross_sale 2026-10-06 2000",
        "21 cogs 2026-10-06 -840",
        "- shipping_cost 2026-10-06 -400",
        "- handling_cost 2026-10-06 -80",
        "- payment_fee 2026-10-06 -88",
        "- cost_to_serve 2026-10-06 -85",
        "21 return 2026-10-08 -1000",
        "21 cogs_restocked 2026-10-08 420",
        "- return_handling 2026-10-08 -135",
      ],
    },
    {
      name: "a second before the fifth begins in New York, by the rates of before",
      order: bought(3, { ...to("US"), processedAt: "2026-10-05T03:59:59Z", lines: [item(31, 1, "10.00")] }),
      ledger: [
        "31 gross_sale 2026-10-04 1000",
        "31 cogs 2026-10-04 -420",
        "- handling_cost 2026-10-04 -60",
        "- cost_to_serve 2026-10-04 -80",
      ],
    },
    {
      name: "and when it begins, by the new ones",
      order: bought(4, { ...to("US"), processedAt: "2026-10-05T04:00:00Z", lines: [item(41, 1, "10.00")] }),
      ledger: [
        "41 gross_sale 2026-10-05 1000",
        "41 cogs 2026-10-05 -420",
        "- shipping_cost 2026-10-05 -400",
        "- handling_cost 2026-10-05 -70",
        "- cost_to_serve 2026-10-05 -80",
      ],
    },
    {
      // One of two mugs is left to be handled and served: 0.50 + 0.10, and 0.75 + 0.05. No rule for cash, none for nowhere.
      name: "units taken off by an edit are not charged for",
      order: bought(5, {
        lines: [item(51, 2, "10.00")],
        transactions: [moved("SALE", "10.00", { gateway: "cash" })],
        edits: [{ at: noon(1), add: [], remove: [{ lineId: 51, quantity: 1 }] }],
      }),
      ledger: [
        "51 gross_sale 2026-10-01 2000",
        "51 cogs 2026-10-01 -840",
        "51 return 2026-10-01 -1000",
        "51 cogs_restocked 2026-10-01 420",
        "- handling_cost 2026-10-01 -60",
        "- cost_to_serve 2026-10-01 -80",
      ],
    },
    {
      // Nothing was sent, so nothing came back; the payment was taken, and the customer was served: 0.30 + 0.87; 0.75 + 0.15.
      name: "cancelled after it was paid: no shipping, no handling, no return",
      order: bought(6, {
        ...to("GB"),
        lines: [item(61, 3, "10.00")],
        cancelledAt: noon(2),
        transactions: [manual("30.00"), moved("REFUND", "30.00", { gateway: "manual", processedAt: noon(2) })],
        refunds: [refunded(61, noon(2), { lines: [back(61, 3, "30.00", { restockType: "CANCEL" })] })],
      }),
      ledger: [
        "61 gross_sale 2026-10-01 3000",
        "61 cogs 2026-10-01 -1260",
        "- payment_fee 2026-10-01 -117",
        "- cost_to_serve 2026-10-01 -90",
        "61 return 2026-10-02 -3000",
        "61 cogs_restocked 2026-10-02 1260",
      ],
    },
    {
      // 60 % of 20.01 are 12.006: 12.01; of one cap 4.002, of two 8.004. Each return: 1.00 + 0.25 + 0.0667. 0.75 + 0.10.
      name: "an assumed cost comes back unit by unit",
      order: bought(7, {
        ...to("GB"),
        lines: [item(71, 3, "6.67", { variantId: CAP })],
        transactions: [
          moved("SALE", "20.01", { fee: "0.00" }),
          moved("REFUND", "6.67", { processedAt: noon(4) }),
          moved("REFUND", "6.67", { processedAt: noon(5) }),
          moved("REFUND", "6.67", { processedAt: noon(6) }),
        ],
        refunds: [
          refunded(71, noon(4), { lines: [back(71, 1, "6.67")] }),
          refunded(72, noon(5), { lines: [back(71, 1, "6.67", { restockType: "NO_RESTOCK" })] }),
          refunded(73, noon(6), { lines: [back(71, 1, "6.67")] }),
        ],
      }),
      ledger: [
        "71 gross_sale 2026-10-01 2001",
        "71 cogs 2026-10-01 -1201",
        "- shipping_cost 2026-10-01 -250",
        "- handling_cost 2026-10-01 -80",
        "- payment_fee 2026-10-01 0",
        "- cost_to_serve 2026-10-01 -85",
        "71 return 2026-10-04 -667",
        "71 cogs_restocked 2026-10-04 400",
        "- return_handling 2026-10-04 -132",
        "71 return 2026-10-05 -667",
        "- return_handling 2026-10-05 -132",
        "71 return 2026-10-06 -667",
        "71 cogs_restocked 2026-10-06 400",
        "- return_handling 2026-10-06 -132",
      ],
    },
    {
      // Gift cards are sent by e-mail: served and paid for, 0.30 + 1.45.
      name: "a gift card alone",
      order: bought(8, {
        ...to("GB"),
        lines: [item(81, 1, "50.00", { variantId: CARD, title: "Gift card", giftCard: true })],
        transactions: [manual("50.00")],
      }),
      ledger: ["- payment_fee 2026-10-01 -175", "- cost_to_serve 2026-10-01 -75"],
    },
    {
      // The guest loses money, so is in C: 5.00 more. Half a cent, 0.5 % of 1.00, is rounded up: 0.75 + 0.01 + 5.00.
      name: "a customer of tier C, who paid with a gift card",
      order: bought(9, {
        customerId: null,
        email: "guest@example.com",
        lines: [item(91, 1, "1.00")],
        transactions: [moved("SALE", "1.00", { gateway: "gift_card" })],
      }),
      ledger: [
        "91 gross_sale 2026-10-01 100",
        "91 cogs 2026-10-01 -420",
        "- handling_cost 2026-10-01 -60",
        "- cost_to_serve 2026-10-01 -576",
      ],
    },
  ],
};
