import { back, bought, FOURTH, item, KETTLE, moved, noon, refunded, usd, type HandShop } from "./by-hand.ts";

/**
 * A mug costs 4.20 at Shopify on 31 October; a file says 3.80 from 1 September and 4.00 from 3 October. A kettle's cost was
 * raised to 8.10 in August, which is all that Shopify shows.
 */
export const COSTS_SHOP: HandShop = {
  shop: { ...usd, domain: "by-hand-costs.myshopify.com" },
  importedCosts: [
    [11n, "2026-09-01", 380n],
    [11n, "2026-10-03", 400n],
  ],
  orders: [
    {
      // The line of the first keeps its 3.80, also when a unit is taken off or comes back later; what the edit adds on the
      // third costs 4.00 each.
      name: "what is sold costs what it cost on its own day, and what comes back gives back as much",
      order: bought(1, {
        lines: [item(11, 5, "10.00")],
        transactions: [moved("SALE", "50.00"), moved("REFUND", "20.00", { processedAt: FOURTH })],
        edits: [{ at: noon(3), add: [item(12, 2, "10.00")], remove: [{ lineId: 11, quantity: 1 }] }],
        refunds: [refunded(11, FOURTH, { lines: [back(11, 1, "10.00"), back(12, 1, "10.00")] })],
      }),
      ledger: [
        "11 gross_sale 2026-10-01 5000",
        "11 cogs 2026-10-01 -1900",
        "11 return 2026-10-03 -1000",
        "11 cogs_restocked 2026-10-03 380",
        "12 gross_sale 2026-10-03 2000",
        "12 cogs 2026-10-03 -800",
        "11 return 2026-10-04 -1000",
        "11 cogs_restocked 2026-10-04 380",
        "12 return 2026-10-04 -1000",
        "12 cogs_restocked 2026-10-04 400",
      ],
    },
    {
      name: "before the file's first day a mug costs what Shopify says now",
      order: bought(2, { processedAt: "2026-09-01T03:59:59Z", lines: [item(21, 1, "10.00")] }),
      ledger: ["21 gross_sale 2026-08-31 1000", "21 cogs 2026-08-31 -420"],
    },
    {
      name: "a cost that was raised since holds for older orders too: Shopify shows no other",
      order: bought(3, { processedAt: "2026-07-01T12:00:00Z", lines: [item(31, 2, "16.67", { variantId: KETTLE })] }),
      ledger: ["31 gross_sale 2026-07-01 3334", "31 cogs 2026-07-01 -1620"],
    },
  ],
};
