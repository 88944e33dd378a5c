/**
 * What the exports have to say, worked out with plain loops over the lines sold: nothing of the app is used here. Amounts
 * are whole cents (or pence) in ordinary numbers, which hold them exactly far beyond these data sets.
 */
export interface PlainLine {
  readonly orderId: number;
  readonly lineId: number;
  readonly customerId: number;
  /** When the order was placed, as the exports print it: 2018-11-08T12:00:00.000Z. */
  readonly at: string;
  /** Before the discount. */
  readonly gross: number;
  readonly discount: number;
  /** Of all units; null where nobody gave it. */
  readonly cost: number | null;
}

export interface PlainCustomer {
  readonly id: number;
  orders: number;
  netSales: number;
  cm4: number;
  /** Net sales of lines with a known cost. */
  covered: number;
  hasUnknownCost: boolean;
  firstOrderAt: string;
  rank: number;
  tier: "A" | "B" | "C";
  flags: string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Every customer, best first, with tier and flags as of `now`. */
export const plainCustomers = (lines: readonly PlainLine[], now: string): PlainCustomer[] => {
  const ranked = addUp(lines).sort(
    (a, b) =>
      b.cm4 - a.cm4 ||
      b.netSales - a.netSales ||
      Date.parse(a.firstOrderAt) - Date.parse(b.firstOrderAt) ||
      a.id - b.id,
  );
  let positive = 0;
  for (const { cm4 } of ranked) if (cm4 > 0) positive += cm4;

  let before = 0;
  const counts = { A: 0, B: 0, C: 0 };
  ranked.forEach((customer, index) => {
    customer.rank = index + 1;
    if (customer.cm4 > 0 && before * 100 < positive * 80) customer.tier = "A";
    else if (customer.cm4 > 0 && before * 100 < positive * 95) customer.tier = "B";
    before += customer.cm4;
    counts[customer.tier] += 1;
  });
  const lastKey = Math.ceil(counts.A / 5);
  const lastGrow = counts.A + Math.ceil(counts.B / 5);
  for (const customer of ranked) {
    const { tier, rank, orders, cm4, hasUnknownCost } = customer;
    const days = (Date.parse(now) - Date.parse(customer.firstOrderAt)) / DAY_MS;
    if (tier === "A" && rank <= lastKey) customer.flags.push("key");
    if (tier === "B" && rank <= lastGrow) customer.flags.push("grow");
    if (cm4 < 0 && orders >= 2 && days >= 90 && !hasUnknownCost) customer.flags.push("prune");
    if (cm4 < 0) customer.flags.push("loss");
    if (days < 30) customer.flags.push("new");
    if (hasUnknownCost) customer.flags.push("cost-unknown");
  }
  return ranked;
};

const addUp = (lines: readonly PlainLine[]): PlainCustomer[] => {
  const customers = new Map<number, PlainCustomer>();
  const seen = new Set<number>();
  for (const line of lines) {
    let customer = customers.get(line.customerId);
    if (!customer) {
      customer = {
        ...{ id: line.customerId, orders: 0, netSales: 0, cm4: 0, covered: 0, hasUnknownCost: false },
        ...{ firstOrderAt: line.at, rank: 0, tier: "C", flags: [] },
      };
      customers.set(line.customerId, customer);
    }
    const sold = line.gross - line.discount;
    customer.netSales += sold;
    customer.cm4 += sold - (line.cost ?? 0);
    if (line.cost === null) customer.hasUnknownCost = true;
    else customer.covered += sold;
    if (Date.parse(line.at) < Date.parse(customer.firstOrderAt)) customer.firstOrderAt = line.at;
    if (!seen.has(line.orderId)) customer.orders += 1;
    seen.add(line.orderId);
  }
  return [...customers.values()];
};

/** An amount as the exports print it: -123 is "-1.23". */
export const decimal = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** "-1.23" is -123. */
export const cents = (text: string): number => {
  const match = /^(-?)(\d+)\.(\d\d)$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not an amount with two decimals`);
  const amount = Number(`${match[2]}${match[3]}`);
  return match[1] && amount !== 0 ? -amount : amount;
};

/** The rows of customers.csv; names are given, since no figure depends on them. */
export const customerRows = (
  customers: readonly PlainCustomer[],
  shop: { readonly currency: string; readonly nameOf: (id: number) => string },
): Record<string, string>[] =>
  customers.map(({ id, orders, netSales, cm4, covered, tier, flags, rank }) => ({
    key: `customer:${id}`,
    name: shop.nameOf(id),
    orders: String(orders),
    net_sales: decimal(netSales),
    cm1: decimal(cm4),
    cm2: decimal(cm4),
    cm3: decimal(cm4),
    cm4: decimal(cm4),
    tier,
    flags: flags.join(";"),
    score: "",
    rank: String(rank),
    cost_coverage: (covered / netSales).toFixed(4),
    currency: shop.currency,
  }));

/**
 * The rows of ledger.csv as text, in no order. Costs are those of the first sync, which hold for the days before it by a rule;
 * orders are placed at an hour at which UTC and the shop have the same day.
 */
export const ledgerRows = (lines: readonly PlainLine[], shop: { currency: string; now: string }): string[] => {
  const rows: string[] = [];
  const today = shop.now.slice(0, 10);
  for (const { orderId, lineId, at, gross, discount, cost } of lines) {
    const row = (kind: string, amount: number, provenance: string): string =>
      [orderId, lineId, kind, `order:${orderId}`, at, amount, shop.currency, provenance, true].join(",");
    const costed = at.slice(0, 10) === today ? "actual" : "rule";
    rows.push(row("gross_sale", gross, "actual"));
    if (discount > 0) rows.push(row("discount", -discount, "actual"));
    rows.push(row("cogs", cost === null ? 0 : -cost, cost === null ? "unknown" : costed));
  }
  return rows;
};

/** What the first ceil(percent of all) have together, of values that fall. */
export const topOf = (falling: readonly number[], percent: number): { customers: number; value: number } => {
  const customers = Math.ceil((falling.length * percent) / 100);
  let value = 0;
  for (const one of falling.slice(0, customers)) value += one;
  return { customers, value };
};

/** The whale curve of values that fall: what the customers so far have together, at each of them. */
export const whaleOf = (falling: readonly number[]): { curve: number[]; peak: number; peakAt: number } => {
  const curve: number[] = [];
  let sum = 0;
  let peak = 0;
  let peakAt = 0;
  for (const value of falling) {
    sum += value;
    curve.push(sum);
    if (sum > peak) {
      peak = sum;
      peakAt = curve.length;
    }
  }
  return { curve, peak, peakAt };
};

export const totalOf = (values: readonly number[]): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

/** Gini coefficient of values that fall: 0 when all are equal, towards 1 when one has everything. */
export const giniOf = (falling: readonly number[]): number => {
  const count = falling.length;
  let weighted = 0;
  falling.forEach((value, index) => {
    weighted += (count - 1 - 2 * index) * value;
  });
  return weighted / (count * totalOf(falling));
};
