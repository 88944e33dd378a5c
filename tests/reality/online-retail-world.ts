import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { cents, decimal, type PlainLine } from "./plain-expectations.ts";
import { readRows } from "./public-data.ts";

const MONTHS = ["2010-12", "2011-01", "2011-02", "2011-03"];
const COLUMNS = [
  "InvoiceNo",
  "StockCode",
  "Description",
  "Quantity",
  "InvoiceDate",
  "UnitPrice",
  "CustomerID",
  "Country",
] as const;

/** From then on clocks in the United Kingdom were an hour ahead of UTC. */
const SUMMER_TIME = "2011-03-27 01:00:00";

/**
 * A row that counts: no cancellation (an invoice that begins with C), a customer who is known, quantity and price above
 * zero. Every price of such a row is whole pence, so nothing is rounded.
 */
export interface OnlineRetailLine {
  /** From 1, in the order of the files. */
  readonly id: number;
  /** The invoice's and the customer's own numbers: 536365, and 17850 for "17850.0". */
  readonly invoice: number;
  readonly customerId: number;
  readonly title: string;
  readonly quantity: number;
  readonly unitPrice: number;
  /** Of the invoice's first row: the rows of a few invoices are a minute apart. */
  readonly at: string;
}

export interface OnlineRetail {
  readonly rawRows: number;
  readonly rawInvoices: number;
  readonly lines: readonly OnlineRetailLine[];
  world(): Generator<WorldObject>;
}

/** "2.1" is 210 pence; more than two decimals are refused. */
const pence = (price: string): number => {
  const [pounds = "", fraction = ""] = price.split(".");
  return cents(`${pounds}.${fraction.padEnd(2, "0")}`);
};

/** "2010-12-01 08:26:00" by the clocks of London, as an instant. */
const instantOf = (local: string): string =>
  new Date(`${local.replace(" ", "T")}${local >= SUMMER_TIME ? "+01:00" : "Z"}`).toISOString();

export const readOnlineRetail = (): OnlineRetail => {
  const rows = MONTHS.flatMap((month) =>
    readRows<(typeof COLUMNS)[number]>("online-retail", `online_retail_${month}.csv.gz`),
  );
  const placedAt = new Map<number, string>();
  const lines: OnlineRetailLine[] = [];
  for (const row of rows) {
    if (row.InvoiceNo.startsWith("C") || row.CustomerID === "") continue;
    if (Number(row.Quantity) <= 0 || Number(row.UnitPrice) <= 0) continue;
    const invoice = Number(row.InvoiceNo);
    const at = placedAt.get(invoice) ?? instantOf(row.InvoiceDate);
    placedAt.set(invoice, at);
    lines.push({
      ...{ id: lines.length + 1, invoice, customerId: Number(row.CustomerID), at },
      title: row.Description.trim() || row.StockCode,
      ...{ quantity: Number(row.Quantity), unitPrice: pence(row.UnitPrice) },
    });
  }
  const rawInvoices = new Set(rows.map(({ InvoiceNo }) => InvoiceNo)).size;
  return { rawRows: rows.length, rawInvoices, lines, world: () => worldOf(lines) };
};

/** The same lines for the plain computation: no discounts, and costs that nobody gave. */
export const plainOnlineRetail = (lines: readonly OnlineRetailLine[]): PlainLine[] =>
  lines.map(({ id, invoice, customerId, quantity, unitPrice, at }) => ({
    ...{ orderId: invoice, lineId: id, customerId, at },
    ...{ gross: unitPrice * quantity, discount: 0, cost: null },
  }));

export const nameOf = (customerId: number): string => `Customer ${customerId}`;

const worldOf = function* (lines: readonly OnlineRetailLine[]): Generator<WorldObject> {
  yield {
    ...{ type: "shop", domain: "online-retail.myshopify.com", name: "Online Retail", currency: "GBP" },
    ...{ timezone: "Europe/London", plan: "ADVANCED", taxesIncluded: false },
  };
  const firstSeen = new Map<number, string>();
  const invoices = new Map<number, OnlineRetailLine[]>();
  for (const line of lines) {
    if (!firstSeen.has(line.customerId)) firstSeen.set(line.customerId, line.at);
    const sold = invoices.get(line.invoice);
    if (sold) sold.push(line);
    else invoices.set(line.invoice, [line]);
  }
  for (const [id, createdAt] of firstSeen) {
    yield {
      ...{ type: "customer", id, firstName: "Customer", lastName: String(id), email: `customer-${id}@example.com` },
      ...{ countryCode: null, createdAt },
    };
  }
  for (const [invoice, sold] of invoices) yield orderOf(invoice, sold);
};

const orderOf = (id: number, sold: readonly OnlineRetailLine[]): WorldObject => {
  const [first] = sold;
  if (!first) throw new Error(`Invoice ${id} has no lines`);
  const paid = sold.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0);
  return {
    ...{ type: "order", id, name: `#${id}`, customerId: first.customerId, companyLocationId: null, email: null },
    ...{ processedAt: first.at, presentmentCurrency: "GBP", presentmentRate: "1", test: false, cancelledAt: null },
    lines: sold.map(({ id: lineId, title, quantity, unitPrice }) => ({
      ...{ id: lineId, variantId: null, title, quantity, unitPrice: decimal(unitPrice) },
      ...{ discount: "0.00", tax: "0.00", giftCard: false },
    })),
    orderDiscount: "0.00",
    shipping: { price: "0.00", discount: "0.00", tax: "0.00" },
    ...{ tip: "0.00", terms: null },
    transactions: [{ kind: "SALE", gateway: "manual", amount: decimal(paid), processedAt: first.at, fee: null }],
  };
};
