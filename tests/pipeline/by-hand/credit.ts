import { bought, item, moved, noon, usd, type HandShop, type OrderInput } from "./by-hand.ts";

/** An invoice of a company's, issued with the order, of goods whose cost is not known. */
const invoice = (id: number, issuedAt: string, changes: Partial<OrderInput>): OrderInput =>
  bought(id, {
    companyLocationId: 51,
    processedAt: issuedAt,
    terms: { type: "NET", dueInDays: 30, issuedAt },
    ...changes,
  });

const work = (id: number, quantity: number, unitPrice: string, tax = "0"): OrderInput["lines"][number] =>
  item(id, quantity, unitPrice, { variantId: null, title: "Work", tax });

const paidBy = (amount: string, processedAt: string) => moved("SALE", amount, { gateway: "manual", processedAt });

/** 9 % a year for invoices issued before October, 12.5 % after that. It is 31 October. */
export const CREDIT_SHOP: HandShop = {
  shop: { ...usd, domain: "by-hand-credit.myshopify.com" },
  rules: [
    { kind: "credit_cost", annualPercent: "9" },
    { kind: "credit_cost", annualPercent: "12.5", from: "2026-10-01" },
  ],
  orders: [
    {
      // 1 August to 13 October are 73 days: 1,000.00 x 73 x 0.09 / 365.
      name: "paid late: 73 days at 9 %, also those in October",
      order: invoice(1, "2026-08-01T12:00:00Z", {
        lines: [work(11, 100, "10.00")],
        transactions: [paidBy("1000.00", noon(13))],
      }),
      ledger: ["11 gross_sale 2026-08-01 100000", "11 cogs 2026-08-01 0 unknown", "- credit_cost 2026-10-13 -1800"],
    },
    {
      // 365.00 for 10 days, then 265.00 for 20: 8,950.00 x 0.09 / 365 = 2.2068.
      name: "paid in two parts",
      order: invoice(2, "2026-09-01T12:00:00Z", {
        lines: [work(21, 1, "365.00")],
        transactions: [paidBy("100.00", "2026-09-11T12:00:00Z"), paidBy("265.00", noon(1))],
      }),
      ledger: ["21 gross_sale 2026-09-01 36500", "21 cogs 2026-09-01 0 unknown", "- credit_cost 2026-10-01 -221"],
    },
    {
      // With its tax 108.25, for 30 days until now: 108.25 x 30 x 0.125 / 365 = 1.1122.
      name: "open, tax included",
      order: invoice(3, "2026-10-01T10:00:00Z", { lines: [work(31, 1, "100.00", "8.25")] }),
      ledger: ["31 gross_sale 2026-10-01 10000", "31 cogs 2026-10-01 0 unknown", "- credit_cost 2026-10-31 -111"],
    },
    {
      name: "paid on its day: nobody waited",
      order: invoice(4, noon(2), { lines: [work(41, 1, "100.00")], transactions: [paidBy("100.00", noon(2))] }),
      ledger: ["41 gross_sale 2026-10-02 10000", "41 cogs 2026-10-02 0 unknown"],
    },
    {
      // 200.00 for 5 days, then 100.00 for 15: 2,500.00 x 0.125 / 365 = 0.856.
      name: "half of it taken off by an edit, and still open",
      order: invoice(5, noon(11), {
        lines: [work(51, 4, "50.00")],
        edits: [{ at: noon(16), add: [], remove: [{ lineId: 51, quantity: 2 }] }],
      }),
      ledger: [
        "51 gross_sale 2026-10-11 20000",
        "51 cogs 2026-10-11 0 unknown",
        "51 return 2026-10-16 -10000",
        "51 cogs_restocked 2026-10-16 0 unknown",
        "- credit_cost 2026-10-31 -86",
      ],
    },
    {
      // 100.00 for 10 days: 100.00 x 10 x 0.125 / 365 = 0.342. Then it was given up.
      name: "given up: nobody waits any longer",
      order: invoice(6, noon(10), {
        lines: [work(61, 1, "100.00")],
        transactions: [
          moved("AUTHORIZATION", "100.00", { processedAt: noon(10) }),
          moved("VOID", "100.00", { processedAt: noon(20) }),
        ],
      }),
      ledger: [
        "61 gross_sale 2026-10-10 10000",
        "61 cogs 2026-10-10 0 unknown",
        "- credit_cost 2026-10-20 -34",
        "- write_off 2026-10-20 -10000",
      ],
    },
  ],
};
