import { beforeAll, describe, expect, test } from "vitest";
import {
  customerRows,
  giniOf,
  ledgerRows,
  type PlainCustomer,
  plainCustomers,
  topOf,
  totalOf,
  whaleOf,
} from "./plain-expectations.ts";
import { hasData, readReference } from "./public-data.ts";
import { column, type Exports, ledgerDifferences, runWorld, tierSummary } from "./run-world.ts";
import { plainSuperstore, readSuperstore, type Superstore } from "./superstore-world.ts";

interface Top {
  customers_in_top: number;
  value: number;
  share: number;
}

interface Reference {
  lines: number;
  orders: number;
  customers: number;
  quantity: number;
  sales: string;
  profit: string;
  whale: {
    loss_making_customers: number;
    loss_making_total: number;
    peak_cumulative_profit: number;
    peak_share_of_total: number;
    peak_at_customer: number;
    top20pct: Top;
    top10pct: Top;
  };
  top20pct_sales: Top;
  top10pct_sales: Top;
  gini_sales: number;
  by_customer: Record<string, [orders: number, sales: number, profit: number]>;
}

const FOLDER = "superstore";

describe.runIf(hasData(FOLDER))("Superstore", () => {
  let store: Superstore;
  let reference: Reference;
  let exports: Exports;
  let expected: PlainCustomer[];
  /** Columns of customers.csv in cents, best customer first; sales from the largest down. */
  let profits: number[];
  let sales: number[];

  beforeAll(async () => {
    store = readSuperstore();
    reference = readReference(FOLDER) as Reference;
    exports = await runWorld(FOLDER, store.world());
    expected = plainCustomers(plainSuperstore(store.lines), exports.now);
    profits = column(exports, "cm4");
    sales = column(exports, "net_sales").sort((a, b) => b - a);
  });

  test("the file has the lines, orders, customers and units of the reference", () => {
    expect(store.lines.length).toBe(reference.lines);
    expect(new Set(store.lines.map(({ orderId }) => orderId)).size).toBe(reference.orders);
    expect(store.customerIds.size).toBe(reference.customers);
    expect(totalOf(store.lines.map(({ quantity }) => quantity))).toBe(reference.quantity);
  });

  test("every customer has the orders, net sales, CM4, rank, tier and flags of the plain loops, to the cent", () => {
    const nameOf = (id: number): string => store.names.get(id) ?? "";
    expect(exports.customers).toEqual(customerRows(expected, { currency: "USD", nameOf }));
    expect(exports.customers.length).toBe(793);
  });

  test("the ledger has the gross sale, discount and cost of every line and nothing else", () => {
    const rows = ledgerRows(plainSuperstore(store.lines), { currency: "USD", now: exports.now });
    expect(ledgerDifferences(exports.ledger, rows)).toEqual({ missing: [], unexpected: [] });
    expect(exports.ledger.length).toBe(rows.length);
  });

  test("net sales, CM4 and loss-makers are those of the plain loops", () => {
    const losses = expected.filter(({ cm4 }) => cm4 < 0).map(({ cm4 }) => cm4);
    expect(totalOf(sales)).toBe(totalOf(store.lines.map(({ net }) => net)));
    expect(totalOf(profits)).toBe(totalOf(store.lines.map(({ net, unitCost, quantity }) => net - unitCost * quantity)));
    expect(exports.customers.filter(({ flags = "" }) => flags.split(";").includes("loss")).length).toBe(losses.length);
    expect(totalOf(profits.filter((value) => value < 0))).toBe(totalOf(losses));
  });

  test("the whale curve is that of the plain loops at every customer, and so are its peak and the best fifth", () => {
    const plain = whaleOf(expected.map(({ cm4 }) => cm4));
    const whale = whaleOf(profits);
    expect(whale).toEqual(plain);
    expect(whale.curve.at(-1)).toBe(totalOf(profits));
    expect(whale.peakAt).toBe(expected.filter(({ cm4 }) => cm4 > 0).length);
    expect(topOf(profits, 20)).toEqual(
      topOf(
        expected.map(({ cm4 }) => cm4),
        20,
      ),
    );
    expect(topOf(sales, 20)).toEqual(
      topOf(
        expected.map(({ netSales }) => netSales).sort((a, b) => b - a),
        20,
      ),
    );
  });

  test("what differs from the file's own amounts is exactly the rounding to cents, customer by customer", () => {
    const given = new Map<string, { sales: number; profit: number; rounding: number; costRounding: number }>();
    for (const line of store.lines) {
      const key = `customer:${line.customerId}`;
      const sum = given.get(key) ?? { sales: 0, profit: 0, rounding: 0, costRounding: 0 };
      given.set(key, sum);
      sum.sales += line.exactSales;
      sum.profit += line.exactProfit;
      sum.rounding += line.net * 100 - line.exactSales;
      sum.costRounding += line.unitCost * line.quantity * 100 - (line.exactSales - line.exactProfit);
    }
    const netSales = column(exports, "net_sales");
    exports.customers.forEach(({ key = "" }, index) => {
      const { sales: exactSales, profit, rounding, costRounding } = given.get(key) ?? expect.fail(`no ${key}`);
      expect((netSales[index] ?? 0) * 100).toBe(exactSales + rounding);
      expect((profits[index] ?? 0) * 100).toBe(profit + rounding - costRounding);
    });
  });

  test("every customer is as close to the reference as rounding its lines allows", () => {
    const bounds = boundsOf(store);
    const byKey = new Map(exports.customers.map((customer, index) => [customer.key, { customer, index }]));
    const netSales = column(exports, "net_sales");
    for (const [name, [orders, exactSales, profit]] of Object.entries(reference.by_customer)) {
      const id = store.customerIds.get(name) ?? expect.fail(`no ${name}`);
      const { customer, index } = byKey.get(`customer:${id}`) ?? expect.fail(`no customer:${id}`);
      const bound = bounds.get(id) ?? { sales: 0, profit: 0 };
      expect(customer.orders).toBe(String(orders));
      expect(Math.abs((netSales[index] ?? 0) - exactSales * 100)).toBeLessThanOrEqual(bound.sales + 1e-6);
      expect(Math.abs((profits[index] ?? 0) - profit * 100)).toBeLessThanOrEqual(bound.profit + 1e-6);
    }
  });

  test("the shop's figures are within the rounding of the reference", () => {
    const { whale, top20pct_sales: topSales } = reference;
    const { peak, peakAt } = whaleOf(profits);
    const losses = profits.filter((value) => value < 0);
    const [total, totalSales] = [totalOf(profits), totalOf(sales)];
    const top = topOf(profits, 20);
    const bounds = shopBounds(store);
    const unsure = unsureLosses(store, reference);
    const differences: Difference[] = [
      { figure: "net sales", reference: Number(reference.sales), found: totalSales / 100, within: bounds.sales },
      { figure: "profit", reference: Number(reference.profit), found: total / 100, within: bounds.profit },
      { figure: "loss-makers", reference: whale.loss_making_customers, found: losses.length, within: unsure },
      { figure: "their loss", reference: whale.loss_making_total, found: totalOf(losses) / 100, within: bounds.profit },
      { figure: "peak", reference: whale.peak_cumulative_profit, found: peak / 100, within: bounds.profit },
      { figure: "peak of total", reference: whale.peak_share_of_total, found: peak / total, within: 0.001 },
      { figure: "peak at customer", reference: whale.peak_at_customer, found: peakAt, within: unsure },
      { figure: "top 20 % profit", reference: whale.top20pct.value, found: top.value / 100, within: bounds.profit },
      { figure: "top 20 % of profit", reference: whale.top20pct.share, found: top.value / total, within: 0.001 },
      {
        ...{ figure: "top 10 % of profit", reference: whale.top10pct.share, within: 0.001 },
        found: topOf(profits, 10).value / total,
      },
      {
        ...{ figure: "top 20 % of sales", reference: topSales.share, within: 0.001 },
        found: topOf(sales, 20).value / totalSales,
      },
      {
        ...{ figure: "top 10 % of sales", reference: reference.top10pct_sales.share, within: 0.001 },
        found: topOf(sales, 10).value / totalSales,
      },
      { figure: "Gini of sales", reference: reference.gini_sales, found: giniOf(sales), within: 0.0001 },
    ];
    console.log(differences.map(describeDifference).join("\n"));
    console.log(tierSummary(exports));
    expect(top.customers).toBe(whale.top20pct.customers_in_top);
    const tooFar = differences.filter(({ reference: given, found, within }) => Math.abs(found - given) > within);
    expect(tooFar).toEqual([]);
  });
});

interface Difference {
  readonly figure: string;
  readonly reference: number;
  readonly found: number;
  readonly within: number;
}

const describeDifference = ({ figure, reference, found, within }: Difference): string =>
  `${figure.padEnd(20)} reference ${reference}, Pareto ${Number(found.toFixed(6))}, difference ${(found - reference).toFixed(6)} (at most ${Number(within.toFixed(4))})`;

/** By customer, in cents: half a cent for each line, and for profit another half for each unit. */
const boundsOf = ({ lines }: Superstore): Map<number, { sales: number; profit: number }> => {
  const bounds = new Map<number, { sales: number; profit: number }>();
  for (const { customerId, quantity } of lines) {
    const bound = bounds.get(customerId) ?? { sales: 0, profit: 0 };
    bounds.set(customerId, { sales: bound.sales + 0.5, profit: bound.profit + 0.5 + quantity / 2 });
  }
  return bounds;
};

/**
 * How far sums over the shop may be off, in dollars: half a cent for each line, and for profit another half for each unit.
 * Nothing smaller can be promised: prices such as 19.98 and margins in whole percents round the same way again and again.
 */
const shopBounds = (store: Superstore): { sales: number; profit: number } => {
  const bounds = [...boundsOf(store).values()];
  return {
    sales: totalOf(bounds.map(({ sales }) => sales)) / 100,
    profit: totalOf(bounds.map(({ profit }) => profit)) / 100,
  };
};

/** How many customers are so close to zero that rounding may turn a profit into a loss or the other way. */
const unsureLosses = (store: Superstore, reference: Reference): number => {
  const bounds = boundsOf(store);
  return Object.entries(reference.by_customer).filter(([name, [, , profit]]) => {
    const { profit: bound } = bounds.get(store.customerIds.get(name) ?? 0) ?? { profit: 0 };
    return Math.abs(profit * 100) <= bound;
  }).length;
};
