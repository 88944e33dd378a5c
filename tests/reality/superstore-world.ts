import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { decimal, type PlainLine } from "./plain-expectations.ts";
import { readRows } from "./public-data.ts";

const COLUMNS = [
  "Order ID",
  "Order Date",
  "Customer ID",
  "Customer Name",
  "Product ID",
  "Product Name",
  "Category",
  "Sub-Category",
  "Sales",
  "Quantity",
  "Discount",
  "Profit",
] as const;

/**
 * A line of the file in whole cents. The file has up to four decimals, a shop has two:
 *
 * - `net` is Sales rounded half up to the cent: at most half a cent away.
 * - `unitPrice` is the price before the file's Discount, Sales / (1 - Discount) / Quantity, which is whole cents on every
 *   line of the file (and would be rounded up); the line's discount is what lies between it and `net`, so that unit price
 *   x quantity - discount = `net` exactly.
 * - `unitCost` is (Sales - Profit) / Quantity rounded half up to the cent: the line's cost is at most half a cent a unit away.
 */
export interface SuperstoreLine {
  /** Number of the row in the file, from 1; also the id of its line and of its variant. */
  readonly id: number;
  readonly orderId: number;
  readonly customerId: number;
  readonly productId: string;
  readonly at: string;
  readonly quantity: number;
  readonly net: number;
  readonly unitPrice: number;
  readonly unitCost: number;
  /** What the file says, in hundredths of a cent: exact. */
  readonly exactSales: number;
  readonly exactProfit: number;
}

export interface Superstore {
  readonly lines: readonly SuperstoreLine[];
  /** By the id that the file gives them, such as CG-12520. */
  readonly customerIds: ReadonlyMap<string, number>;
  readonly names: ReadonlyMap<number, string>;
  world(): Generator<WorldObject>;
}

/** "41.9136" is 419136 hundredths of a cent. */
const hundredthsOfCents = (text: string): number => {
  const match = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not an amount with at most four decimals`);
  const amount = Number(`${match[2]}${(match[3] ?? "").padEnd(4, "0")}`);
  return match[1] ? -amount : amount;
};

/** To the nearest whole number, halves up. */
const divided = (amount: number, by: number): number => Math.floor((amount * 2 + by) / (by * 2));

/** "11/8/2018": noon in UTC, which is the same day in the shop's time zone. */
const noonOf = (date: string): string => {
  const [month = "", day = "", year = ""] = date.split("/");
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T12:00:00.000Z`;
};

/** Numbers for the file's own ids, from 1, in the order in which they first appear. */
const numbering = (first: number): { ids: Map<string, number>; of: (key: string) => number } => {
  const ids = new Map<string, number>();
  const of = (key: string): number => {
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, first + ids.size);
    return first + ids.size - 1;
  };
  return { ids, of };
};

export const readSuperstore = (): Superstore => {
  const rows = readRows<(typeof COLUMNS)[number]>("superstore", "superstore.csv.gz");
  const orders = numbering(1001);
  const customers = numbering(1);
  const names = new Map<number, string>();
  const products = new Map<string, { title: string; productType: string }>();
  const lines = rows.map((row, index): SuperstoreLine => {
    const quantity = Number(row.Quantity);
    const exactSales = hundredthsOfCents(row.Sales);
    const exactProfit = hundredthsOfCents(row.Profit);
    const percentPaid = 100 - Math.round(Number(row.Discount) * 100);
    const customerId = customers.of(row["Customer ID"]);
    names.set(customerId, row["Customer Name"]);
    const productId = row["Product ID"];
    products.set(productId, { title: row["Product Name"], productType: row["Sub-Category"] });
    return {
      ...{ id: index + 1, orderId: orders.of(row["Order ID"]), customerId, productId, quantity },
      at: noonOf(row["Order Date"]),
      net: divided(exactSales, 100),
      unitPrice: Math.ceil((exactSales * 100) / (percentPaid * quantity * 100)),
      unitCost: divided(exactSales - exactProfit, 100 * quantity),
      ...{ exactSales, exactProfit },
    };
  });
  return { lines, customerIds: customers.ids, names, world: () => worldOf(lines, names, products) };
};

/** The same lines for the plain computation. */
export const plainSuperstore = (lines: readonly SuperstoreLine[]): PlainLine[] =>
  lines.map(({ id, orderId, customerId, at, quantity, net, unitPrice, unitCost }) => ({
    ...{ orderId, lineId: id, customerId, at },
    gross: unitPrice * quantity,
    discount: unitPrice * quantity - net,
    cost: unitCost * quantity,
  }));

const groupBy = <Key>(lines: readonly SuperstoreLine[], keyOf: (line: SuperstoreLine) => Key) => {
  const groups = new Map<Key, SuperstoreLine[]>();
  for (const line of lines) {
    const group = groups.get(keyOf(line));
    if (group) group.push(line);
    else groups.set(keyOf(line), [line]);
  }
  return groups;
};

const worldOf = function* (
  lines: readonly SuperstoreLine[],
  names: ReadonlyMap<number, string>,
  products: ReadonlyMap<string, { title: string; productType: string }>,
): Generator<WorldObject> {
  const opened = lines.reduce((first, { at }) => (at < first ? at : first), "9999");
  yield {
    ...{ type: "shop", domain: "superstore.myshopify.com", name: "Superstore", currency: "USD" },
    ...{ timezone: "America/New_York", plan: "ADVANCED", taxesIncluded: false },
  };
  let productId = 0;
  for (const [key, sold] of groupBy(lines, (line) => line.productId)) {
    productId += 1;
    const { title = key, productType = "" } = products.get(key) ?? {};
    const variants = sold.map(({ id, unitPrice, unitCost }) => ({
      ...{ id, sku: `${key}-${id}`, title: `Row ${id}`, price: decimal(unitPrice), unitCost: decimal(unitCost) },
    }));
    yield { type: "product", id: productId, title, productType, giftCard: false, createdAt: opened, variants };
  }
  for (const [id, name] of names) {
    const [firstName = name, ...rest] = name.split(" ");
    yield {
      ...{ type: "customer", id, firstName, lastName: rest.join(" ") || null, email: `customer-${id}@example.com` },
      ...{ countryCode: "US", createdAt: opened },
    };
  }
  for (const [id, sold] of groupBy(lines, (line) => line.orderId)) yield orderOf(id, sold);
};

const orderOf = (id: number, sold: readonly SuperstoreLine[]): WorldObject => {
  const [first] = sold;
  if (!first) throw new Error(`Order ${id} has no lines`);
  const paid = sold.reduce((sum, { net }) => sum + net, 0);
  return {
    ...{ type: "order", id, name: `#${id}`, customerId: first.customerId, companyLocationId: null, email: null },
    ...{ processedAt: first.at, presentmentCurrency: "USD", presentmentRate: "1", test: false, cancelledAt: null },
    lines: sold.map((line) => ({
      ...{ id: line.id, variantId: line.id, title: `Row ${line.id}`, quantity: line.quantity },
      ...{ unitPrice: decimal(line.unitPrice), discount: decimal(line.unitPrice * line.quantity - line.net) },
      ...{ tax: "0.00", giftCard: false },
    })),
    orderDiscount: "0.00",
    shipping: { price: "0.00", discount: "0.00", tax: "0.00" },
    ...{ tip: "0.00", terms: null },
    transactions: [{ kind: "SALE", gateway: "manual", amount: decimal(paid), processedAt: first.at, fee: null }],
  };
};
