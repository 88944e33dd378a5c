import { beforeAll, describe, expect, test } from "vitest";
import { nameOf, type OnlineRetail, plainOnlineRetail, readOnlineRetail } from "./online-retail-world.ts";
import {
  customerRows,
  decimal,
  giniOf,
  ledgerRows,
  type PlainCustomer,
  plainCustomers,
  topOf,
  totalOf,
} from "./plain-expectations.ts";
import { hasData, readReference } from "./public-data.ts";
import { column, type Exports, ledgerDifferences, runWorld, tierSummary } from "./run-world.ts";

const FOLDER = "online-retail";
const PERIOD = "2010-12_to_2011-03";

type Reference = Record<
  typeof PERIOD,
  {
    raw_rows: number;
    raw_invoices: number;
    clean_rows: number;
    clean_invoices: number;
    clean_customers: number;
    clean_revenue: number;
    top20pct: { customers_in_top: number; value: number; share: number };
    gini: number;
  }
>;

describe.runIf(hasData(FOLDER))("Online Retail", () => {
  let retail: OnlineRetail;
  let reference: Reference[typeof PERIOD];
  let exports: Exports;
  let expected: PlainCustomer[];
  /** Net sales of customers.csv in pence, in the order of the file. */
  let sales: number[];

  beforeAll(async () => {
    retail = readOnlineRetail();
    reference = (readReference(FOLDER) as Reference)[PERIOD];
    exports = await runWorld(FOLDER, retail.world());
    expected = plainCustomers(plainOnlineRetail(retail.lines), exports.now);
    sales = column(exports, "net_sales");
  });

  test("the rows that count are those of the reference", () => {
    expect(retail.rawRows).toBe(reference.raw_rows);
    expect(retail.rawInvoices).toBe(reference.raw_invoices);
    expect(retail.lines.length).toBe(reference.clean_rows);
    expect(new Set(retail.lines.map(({ invoice }) => invoice)).size).toBe(reference.clean_invoices);
    expect(new Set(retail.lines.map(({ customerId }) => customerId)).size).toBe(reference.clean_customers);
  });

  test("every customer has the orders, net sales, rank, tier and flags of the plain loops, to the penny", () => {
    expect(exports.customers).toEqual(customerRows(expected, { currency: "GBP", nameOf }));
  });

  test("the ledger has the gross sale and the unknown cost of every row and nothing else", () => {
    const rows = ledgerRows(plainOnlineRetail(retail.lines), { currency: "GBP", now: exports.now });
    expect(ledgerDifferences(exports.ledger, rows)).toEqual({ missing: [], unexpected: [] });
    expect(exports.ledger.length).toBe(2 * reference.clean_rows);
  });

  test("customers, net sales and the best fifth of customers are those of the reference, to the penny", () => {
    const top = topOf(sales, 20);
    const total = totalOf(sales);
    console.log(
      `${sales.length} customers, net sales ${decimal(total)}; top 20 %: ${top.customers} customers, ` +
        `${decimal(top.value)}, ${((100 * top.value) / total).toFixed(4)} %; Gini ${giniOf(sales).toFixed(6)}`,
    );
    console.log(tierSummary(exports));
    expect(sales.length).toBe(2134);
    expect(decimal(total)).toBe("2184797.04");
    expect(top).toEqual({ customers: 427, value: 151_589_708 });
    expect(sales.length).toBe(reference.clean_customers);
    expect(Number(decimal(total))).toBe(reference.clean_revenue);
    expect(top.customers).toBe(reference.top20pct.customers_in_top);
    expect(Number(decimal(top.value))).toBe(reference.top20pct.value);
    expect(top.value / total).toBeCloseTo(reference.top20pct.share, 6);
    expect(giniOf(sales)).toBeCloseTo(reference.gini, 6);
  });

  test("with no known costs, profit is net sales and the coverage of costs is nil", () => {
    expect(column(exports, "cm4")).toEqual(sales);
    expect(new Set(exports.customers.map(({ cost_coverage }) => cost_coverage))).toEqual(new Set(["0.0000"]));
    expect(exports.customers.every(({ flags = "" }) => flags.split(";").includes("cost-unknown"))).toBe(true);
  });
});
