import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import {
  back,
  bought,
  CAP,
  CARD,
  FOURTH,
  item,
  moved,
  noon,
  refunded,
  usd,
  type ByHand,
  type HandShop,
} from "./by-hand.ts";

/** Euros; prices include 19 % tax. */
const TAX_INSIDE: readonly ByHand[] = [
  {
    // Worth 28.97 and 19.99, in all 48.96. Of 5.00 they get 2.9585 and 2.0415: 2.95 and 2.04, and the cent left goes to the
    // first. 26.01 with 4.15 tax: of 3.96 off 3.96 x 4.15 / 26.01 = 0.632 was tax, so 3.33; net 21.86.
    // 17.95 with 2.87 tax: of 2.04 off 0.326 was tax, so 1.71; net 15.08.
    name: "discounts that do not divide, with tax in them",
    order: bought(1, {
      lines: [
        item(11, 3, "9.99", { discount: "1.00", tax: "4.15" }),
        item(12, 1, "19.99", { variantId: CAP, tax: "2.87" }),
      ],
      orderDiscount: "5.00",
    }),
    ledger: [
      "11 gross_sale 2026-10-01 2519",
      "11 discount 2026-10-01 -333",
      "11 cogs 2026-10-01 -1260",
      "12 gross_sale 2026-10-01 1679",
      "12 discount 2026-10-01 -171",
      "12 cogs 2026-10-01 0 unknown",
    ],
  },
  {
    // 1.00 x 0.25 / 2.00 is 12.5 cents of tax: rounded half up 13, which leaves 87 of the discount; net 1.75.
    name: "half a cent of tax in a discount is rounded up",
    order: bought(2, { lines: [item(21, 1, "3.00", { discount: "1.00", tax: "0.25" })] }),
    ledger: ["21 gross_sale 2026-10-01 262", "21 discount 2026-10-01 -87", "21 cogs 2026-10-01 -420"],
  },
  {
    // A mug 11.90 with 1.90, shipping 5.95 with 0.95, goodwill 1.19 with 0.19.
    name: "what comes back is net of the tax in it: goods, shipping and goodwill",
    order: bought(3, {
      lines: [item(31, 2, "11.90", { tax: "3.80" })],
      shipping: { price: "5.95", discount: "0", tax: "0.95" },
      transactions: [moved("SALE", "29.75"), moved("REFUND", "19.04", { processedAt: FOURTH })],
      refunds: [
        refunded(31, FOURTH, {
          lines: [back(31, 1, "11.90", { tax: "1.90" })],
          shipping: "5.95",
          shippingTax: "0.95",
          adjustment: "1.19",
          adjustmentTax: "0.19",
        }),
      ],
    }),
    ledger: [
      "31 gross_sale 2026-10-01 2000",
      "31 cogs 2026-10-01 -840",
      "- shipping_revenue 2026-10-01 500",
      "31 return 2026-10-04 -1000",
      "31 cogs_restocked 2026-10-04 420",
      "- shipping_revenue 2026-10-04 -500",
      "- refund_adjustment 2026-10-04 -100",
    ],
  },
  {
    // Net 30.00 - 4.79 = 25.21; the first of three units 8.403, rounded down; the next two 25.21 - 8.40 = 16.81.
    name: "units taken off are worth their share of the net sale",
    order: bought(4, {
      lines: [item(41, 3, "10.00", { tax: "4.79" })],
      edits: [
        { at: noon(2), add: [], remove: [{ lineId: 41, quantity: 1 }] },
        { at: noon(3), add: [], remove: [{ lineId: 41, quantity: 2 }] },
      ],
    }),
    ledger: [
      "41 gross_sale 2026-10-01 2521",
      "41 cogs 2026-10-01 -1260",
      "41 return 2026-10-02 -840",
      "41 cogs_restocked 2026-10-02 420",
      "41 return 2026-10-03 -1681",
      "41 cogs_restocked 2026-10-03 840",
    ],
  },
  {
    // 2.38 with 0.38; kept of the return 1.19 with 0.19: 11.90 - 1.19 = 10.71 given back.
    name: "a fee charged and a fee kept, with tax in them",
    order: bought(5, {
      lines: [item(51, 2, "11.90", { tax: "3.80" })],
      additionalFees: [{ name: "Handling", price: "2.38", tax: "0.38" }],
      transactions: [moved("SALE", "26.18"), moved("REFUND", "10.71", { processedAt: noon(10) })],
      refunds: [
        refunded(51, noon(10), {
          returnedAt: noon(8),
          lines: [back(51, 1, "11.90", { tax: "1.90", restockType: "NO_RESTOCK" })],
          fees: [{ kind: "RESTOCKING", amount: "1.19", tax: "0.19" }],
        }),
      ],
    }),
    ledger: [
      "51 gross_sale 2026-10-01 2000",
      "51 cogs 2026-10-01 -840",
      "- other_revenue 2026-10-01 200",
      "- other_revenue 2026-10-08 100",
      "51 return 2026-10-10 -1000",
    ],
  },
  {
    // All of 34.90 is open, of which 1.90 tax, a gift card of 20.00 and a tip of 3.00 were never revenue.
    name: "given up: only what would have been revenue is lost",
    order: bought(6, {
      lines: [
        item(61, 1, "11.90", { tax: "1.90" }),
        item(62, 1, "20.00", { variantId: CARD, title: "Gift card", giftCard: true }),
      ],
      tip: "3.00",
      transactions: [moved("AUTHORIZATION", "34.90"), moved("VOID", "34.90", { processedAt: noon(20) })],
    }),
    ledger: ["61 gross_sale 2026-10-01 1000", "61 cogs 2026-10-01 -420", "- write_off 2026-10-20 -1000"],
  },
  {
    name: "prices without tax in a shop whose prices include it",
    order: bought(7, { taxesIncluded: false, lines: [item(71, 3, "10.00", { discount: "1.00", tax: "5.51" })] }),
    ledger: ["71 gross_sale 2026-10-01 3000", "71 discount 2026-10-01 -100", "71 cogs 2026-10-01 -1260"],
  },
].map((one): ByHand => ({ ...one, order: { ...one.order, presentmentCurrency: "EUR" } }));

export const TAX_INSIDE_SHOP: HandShop = {
  shop: { ...usd, domain: "by-hand-eur.myshopify.com", currency: "EUR", taxesIncluded: true },
  orders: TAX_INSIDE,
};

/** The mug of a shop whose currency has other decimals. */
export const mugAt = (price: string, unitCost: string): WorldObject[] => [
  {
    type: "product",
    id: 1,
    title: "Mug",
    giftCard: false,
    createdAt: "2025-01-01T00:00:00Z",
    variants: [{ id: 11, sku: null, title: "Blue", price, unitCost }],
  },
  {
    type: "customer",
    id: 1,
    firstName: "Ann",
    lastName: "Ash",
    email: null,
    countryCode: "JP",
    createdAt: "2025-02-01T00:00:00Z",
  },
];

export const YEN_SHOP: HandShop = {
  shop: { ...usd, domain: "by-hand-jpy.myshopify.com", currency: "JPY", timezone: "Asia/Tokyo" },
  orders: [
    {
      // Worth 2899 and 300 of 3199: of 50 they get 45.3 and 4.7, so 45 and 4, and the yen left goes to the first. In Tokyo it
      // is already evening. A unit taken off the second line, 296 for three: 98. Of 2853 two come back as 1426 + 114 tax.
      name: "yen have no decimals: shares, units and refunds in whole yen",
      order: bought(1, {
        presentmentCurrency: "JPY",
        lines: [item(11, 2, "1500", { discount: "101", tax: "228" }), item(12, 3, "100")],
        orderDiscount: "50",
        shipping: { price: "500", discount: "0", tax: "40" },
        transactions: [moved("SALE", "3919", { fee: "127" }), moved("REFUND", "1540", { processedAt: FOURTH })],
        edits: [{ at: noon(2), add: [], remove: [{ lineId: 12, quantity: 1 }] }],
        refunds: [refunded(11, FOURTH, { lines: [back(11, 1, "1426", { tax: "114" })] })],
      }),
      ledger: [
        "11 gross_sale 2026-10-01 3000",
        "11 discount 2026-10-01 -147",
        "11 cogs 2026-10-01 -1280",
        "12 gross_sale 2026-10-01 300",
        "12 discount 2026-10-01 -4",
        "12 cogs 2026-10-01 -1920",
        "- shipping_revenue 2026-10-01 500",
        "- payment_fee 2026-10-01 -127",
        "12 return 2026-10-02 -98",
        "12 cogs_restocked 2026-10-02 640",
        "11 return 2026-10-05 -1426",
        "11 cogs_restocked 2026-10-05 640",
      ],
    },
  ],
};

export const DINAR_SHOP: HandShop = {
  shop: { ...usd, domain: "by-hand-kwd.myshopify.com", currency: "KWD", timezone: "Asia/Kuwait", taxesIncluded: true },
  orders: [
    {
      // 3 x 1.005 - 0.010 = 3.005 with 0.143 tax: of 0.010 off 0.000476 was tax, rounded to none. Net 2.862; a unit taken off
      // is worth 0.954. The fee 1.00 dollar / 3.25 = 0.30769 dinar.
      name: "dinars have three decimals: a thousandth is not lost",
      order: bought(1, {
        presentmentCurrency: "KWD",
        lines: [item(11, 3, "1.005", { discount: "0.010", tax: "0.143" })],
        transactions: [moved("SALE", "3.005", { fee: "1.00", settlement: { currency: "USD", rate: "3.25" } })],
        edits: [{ at: noon(2), add: [], remove: [{ lineId: 11, quantity: 1 }] }],
      }),
      ledger: [
        "11 gross_sale 2026-10-01 2872",
        "11 discount 2026-10-01 -10",
        "11 cogs 2026-10-01 -999",
        "- payment_fee 2026-10-01 -308",
        "11 return 2026-10-02 -954",
        "11 cogs_restocked 2026-10-02 333",
      ],
    },
  ],
};
