import type { World, WorldLine, WorldOrder } from "#tests/local-shopify/world/world.ts";

/**
 * Every customer's profit worked out from the world file as plainly as the definitions tell it: order by order, line by
 * line, with none of the app's code and none of the local Shopify's.
 */

const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, USD: 2, EUR: 2, KWD: 3 };

export interface ReferenceCustomer {
  readonly key: string;
  orders: number;
  netSales: bigint;
  cm1: bigint;
  cm2: bigint;
  goods: bigint;
  goodsWithKnownCost: bigint;
  hasUnknownCost: boolean;
  /** The most that one day of refunds on one order took away. */
  largestRefund: bigint;
}

export interface Reference {
  /** Customers with something in the window, by key; `anonymous:` among them. */
  readonly customers: ReadonlyMap<string, ReferenceCustomer>;
  /** When each one placed a counted order first, whether or not within the window. */
  readonly firstOrders: ReadonlyMap<string, number>;
}

const minorIn = (currency: string) => (decimal: string) => {
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const digits = whole + fraction.padEnd(DECIMALS[currency] ?? 2, "0").slice(0, DECIMALS[currency] ?? 2);
  return decimal.startsWith("-") ? -BigInt(digits) : BigInt(digits);
};

/** The order's discount in shares by what the lines are worth; single units left over go to the first lines. */
const shareOut = (discount: bigint, worth: readonly bigint[]): bigint[] => {
  const whole = worth.reduce((a, b) => a + b, 0n);
  if (whole === 0n) return worth.map(() => 0n);
  const shares = worth.map((one) => (one * discount) / whole);
  for (let index = 0; shares.reduce((a, b) => a + b, 0n) < discount; index += 1) {
    const share = shares[index % worth.length];
    if (share !== undefined && worth[index % worth.length] !== 0n) shares[index % worth.length] = share + 1n;
  }
  return shares;
};

const keyOf = (world: World, { companyLocationId, customerId, email }: WorldOrder): string => {
  const company = companyLocationId === null ? undefined : world.locations.get(companyLocationId)?.company.id;
  if (company !== undefined) return `company:${company}`;
  if (customerId !== null) return `customer:${customerId}`;
  const address = (email ?? "").trim().normalize("NFC").toLowerCase();
  return address === "" ? "anonymous:" : `guest:${address}`;
};

const counts = ({ test, cancelledAt, transactions }: WorldOrder): boolean =>
  !test &&
  (cancelledAt === null ||
    transactions.some(({ kind, status }) => (kind === "SALE" || kind === "CAPTURE") && status === "SUCCESS"));

interface Movement {
  readonly day: string;
  readonly margin: "netSales" | "cm1" | "cm2";
  readonly amount: bigint;
  readonly goods: "known" | "unknown" | "none";
  readonly isRefund: boolean;
  readonly isUnknownCost: boolean;
}

/** Every movement of profit of one order, each on its day. */
const movementsOf = (world: World, order: WorldOrder, dayOf: (iso: string) => string): Movement[] => {
  const minor = minorIn(world.shop.currency);
  const inclusive = order.taxesIncluded ?? world.shop.taxesIncluded;
  const movements: Movement[] = [];
  const plain = { goods: "none", isRefund: false, isUnknownCost: false } as const;
  const costOf = (line: WorldLine): bigint | null => {
    const cost = line.variantId === null ? null : (world.variants.get(line.variantId)?.variant.unitCost ?? null);
    return cost === null ? null : minor(cost);
  };
  const sold = dayOf(order.processedAt);
  const paid = (line: WorldLine): bigint => minor(line.unitPrice) * BigInt(line.quantity) - minor(line.discount);
  const shares = shareOut(
    minor(order.orderDiscount),
    order.lines.map((line) => (line.giftCard ? 0n : paid(line))),
  );
  order.lines.forEach((line, index) => {
    if (line.giftCard) return;
    const net = paid(line) - (shares[index] ?? 0n) - (inclusive ? minor(line.tax) : 0n);
    const cost = costOf(line);
    const goods = cost === null ? "unknown" : "known";
    movements.push({ ...plain, day: sold, margin: "netSales", amount: net, goods });
    const amount = -(cost ?? 0n) * BigInt(line.quantity);
    movements.push({ ...plain, day: sold, margin: "cm1", amount, isUnknownCost: cost === null });
  });
  const { price, discount, tax } = order.shipping;
  const shipping = minor(price) - minor(discount) - (inclusive ? minor(tax) : 0n);
  movements.push({ ...plain, day: sold, margin: "cm2", amount: shipping });
  for (const { fee, processedAt } of order.transactions) {
    if (fee !== null) movements.push({ ...plain, day: dayOf(processedAt), margin: "cm2", amount: -minor(fee) });
  }
  for (const refund of order.refunds) {
    const back = { ...plain, day: dayOf(refund.createdAt), isRefund: true };
    for (const { lineId, quantity, restockType, amount, tax: lineTax } of refund.lines) {
      const line = order.lines.find(({ id }) => id === lineId);
      if (!line || line.giftCard) continue;
      const cost = costOf(line);
      const net = minor(amount) - (inclusive ? minor(lineTax) : 0n);
      movements.push({ ...back, margin: "netSales", amount: -net, goods: cost === null ? "unknown" : "known" });
      if (restockType === "NO_RESTOCK") continue;
      movements.push({ ...back, margin: "cm1", amount: (cost ?? 0n) * BigInt(quantity) });
    }
    const shippingBack = minor(refund.shipping) - (inclusive ? minor(refund.shippingTax) : 0n);
    movements.push({ ...back, margin: "cm2", amount: -shippingBack });
    movements.push({ ...back, margin: "netSales", amount: -minor(refund.adjustment) });
  }
  return movements;
};

/** @param from the first day that counts, such as "2025-11-01" */
export const plainReference = (world: World, from: string): Reference => {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: world.shop.timezone, dateStyle: "short" });
  const dayOf = (iso: string): string => format.format(new Date(iso));
  const customers = new Map<string, ReferenceCustomer>();
  const firstOrders = new Map<string, number>();
  for (const order of world.orders.filter(counts)) {
    const key = keyOf(world, order);
    const at = Date.parse(order.processedAt);
    firstOrders.set(key, Math.min(at, firstOrders.get(key) ?? at));
    const movements = movementsOf(world, order, dayOf);
    // An order has its own day even when nothing in it moves profit.
    const days = new Set([dayOf(order.processedAt), ...movements.filter(isSeen).map(({ day }) => day)]);
    for (const day of days)
      if (day >= from)
        add(
          customers,
          key,
          movements.filter((one) => one.day === day),
          day === dayOf(order.processedAt),
        );
  }
  return { customers, firstOrders };
};

/** Movements of nothing leave no trace, but for goods that were given away or cost what nobody knows. */
const isSeen = ({ amount, goods, isUnknownCost }: Movement): boolean =>
  amount !== 0n || goods !== "none" || isUnknownCost;

const add = (
  customers: Map<string, ReferenceCustomer>,
  key: string,
  movements: readonly Movement[],
  isOrderDay: boolean,
): void => {
  const nothing = { netSales: 0n, cm1: 0n, cm2: 0n, goods: 0n, goodsWithKnownCost: 0n, largestRefund: 0n };
  const customer = customers.get(key) ?? { key, orders: 0, hasUnknownCost: false, ...nothing };
  customers.set(key, customer);
  if (isOrderDay) customer.orders += 1;
  let refunds = 0n;
  for (const { margin, amount, goods, isRefund, isUnknownCost } of movements) {
    if (margin === "netSales") customer.netSales += amount;
    if (margin !== "cm2") customer.cm1 += amount;
    customer.cm2 += amount;
    if (goods !== "none") customer.goods += amount;
    if (goods === "known") customer.goodsWithKnownCost += amount;
    if (isRefund) refunds += amount;
    if (isUnknownCost) customer.hasUnknownCost = true;
  }
  if (refunds < customer.largestRefund) customer.largestRefund = refunds;
};
