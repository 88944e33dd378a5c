import type { Random } from "./random.ts";
import type { SoldLine, SoldOrder, Till } from "./sold-order.ts";

// What happens to an order after it was placed: paid, cancelled, sent back. Amounts are whole minor units, instants
// seconds since the epoch. Nothing later than the till's now is written down.

const HOUR = 3600;
const DAY = 24 * HOUR;

export interface Payment {
  kind: "SALE" | "AUTHORIZATION" | "CAPTURE" | "REFUND" | "VOID";
  gateway: string;
  amount: number;
  at: number;
  fee: number | null;
  status: "SUCCESS" | "FAILURE";
}

export interface Return {
  at: number;
  lines: {
    line: SoldLine;
    quantity: number;
    restockType: "RETURN" | "NO_RESTOCK" | "CANCEL";
    amount: number;
    tax: number;
  }[];
  shipping: number;
  shippingTax: number;
  adjustment: number;
  total: number;
}

export interface Settlement {
  payments: Payment[];
  returns: Return[];
  cancelledAt: number | null;
}

/** Plays an order's life from the moment after it was placed until now. */
export function settle(random: Random, order: SoldOrder, till: Till): Settlement {
  if (order.isTest) return { payments: [sale("bogus", order.total, order.at, 0)], returns: [], cancelledAt: null };
  if (order.total === 0) return { payments: [], returns: [], cancelledAt: null };
  if (random.chance(0.012)) return cancelled(random, order, till);
  const returns = sentBack(random, order, till);
  const payments = order.buyer?.terms != null ? onTerms(random, order, returns, till) : atOnce(random, order, till);
  return {
    payments: [...payments, ...paidBack(payments, returns)].sort((a, b) => a.at - b.at),
    returns,
    cancelledAt: null,
  };
}

function cancelled(random: Random, order: SoldOrder, till: Till): Settlement {
  const at = order.at + random.int(1, 30) * HOUR;
  if (at > till.now) return { payments: atOnce(random, order, till), returns: [], cancelledAt: null };
  if (random.chance(0.4)) {
    const held = { gateway: "shopify_payments", amount: order.total, fee: null, status: "SUCCESS" as const };
    const payments: Payment[] = [
      { ...held, kind: "AUTHORIZATION", at: order.at },
      { ...held, kind: "VOID", at },
    ];
    return { payments, returns: [], cancelledAt: at };
  }
  const payments = [sale("shopify_payments", order.total, order.at, cardFee(order.total, till))];
  const all = order.lines.map((line) => ({
    line,
    quantity: line.quantity,
    restockType: "CANCEL" as const,
    amount: line.asked,
    tax: line.tax,
  }));
  const { price, discount, tax } = order.shipping;
  const back = refund(till, { at, lines: all, shipping: price - discount, shippingTax: tax, adjustment: order.tip });
  return { payments: [...payments, ...paidBack(payments, [back])], returns: [back], cancelledAt: at };
}

function atOnce(random: Random, order: SoldOrder, till: Till): Payment[] {
  const payments: Payment[] = [];
  let due = order.total;
  if (random.chance(0.02)) {
    const amount = Math.min(due, Math.ceil(due * random.pick([0.25, 0.5, 1])));
    payments.push(sale("gift_card", amount, order.at));
    due -= amount;
  }
  if (due === 0) return payments;
  const gateway = order.isPos && random.chance(0.4) ? "cash" : random.pick(GATEWAYS);
  if (gateway === "manual") {
    // Bank deposit: the order waits for the money.
    const at = order.at + random.int(8, 120) * HOUR;
    return at > till.now ? payments : [...payments, sale(gateway, due, at)];
  }
  const fee = gateway === "shopify_payments" ? cardFee(due, till) : null;
  if (gateway === "shopify_payments" && random.chance(0.02)) {
    payments.push({ ...sale(gateway, due, order.at), status: "FAILURE" });
  }
  if (gateway !== "shopify_payments" || random.chance(0.7)) {
    payments.push(sale(gateway, due, order.at, fee));
    return payments;
  }
  payments.push({ ...sale(gateway, due, order.at), kind: "AUTHORIZATION" });
  const captured = order.at + random.int(2, 70) * HOUR;
  if (captured <= till.now) payments.push({ ...sale(gateway, due, captured, fee), kind: "CAPTURE" });
  return payments;
}

const GATEWAYS = [
  ...Array.from({ length: 80 }, () => "shopify_payments"),
  ...Array.from({ length: 16 }, () => "paypal"),
  ...Array.from({ length: 4 }, () => "manual"),
];

function onTerms(random: Random, order: SoldOrder, returns: Return[], till: Till): Payment[] {
  const { buyer } = order;
  const due = order.at + (buyer?.terms ?? 0) * DAY;
  const paid = Math.max(order.at + HOUR, due + (buyer?.paysLate ?? 0) * DAY + Math.round(random.normal() * 2 * DAY));
  // What came back before the invoice was paid is not paid; what comes back later is paid back.
  const credited = returns.filter(({ at }) => at < paid).reduce((sum, { total }) => sum + total, 0);
  const open = order.total - credited;
  const first = random.chance(0.1) ? Math.floor(open * 0.4) : 0;
  const parts = [
    { amount: first, at: paid - Math.floor((paid - order.at) / 3) },
    { amount: open - first, at: paid },
  ];
  return parts
    .filter(({ amount, at }) => amount > 0 && at <= till.now)
    .map(({ amount, at }) => sale("manual", amount, at));
}

function sentBack(random: Random, order: SoldOrder, till: Till): Return[] {
  const at = order.at + random.int(4 * 24, 38 * 24) * HOUR;
  if (at > till.now) return [];
  const habit = (order.buyer?.returns ?? 1) * (order.buyer?.kind === "company" ? 0.9 : 1);
  const lines = order.lines.flatMap((line) => {
    const chance = line.offer.giftCard ? 0 : 0.83 * habit * (RETURN_CHANCE[line.offer.productType] ?? 0.085);
    return random.chance(chance) ? [returned(random, line)] : [];
  });
  if (lines.length === 0) return random.chance(0.006) ? goodwill(random, order, at, till) : [];
  const { price, discount, tax } = order.shipping;
  const withShipping = random.chance(0.12);
  const sum = lines.reduce((total, { amount }) => total + amount, 0);
  const adjustment = random.chance(0.06) ? -Math.floor(sum * 0.1) : 0;
  const shipping = withShipping ? price - discount : 0;
  return [refund(till, { at, lines, shipping, shippingTax: withShipping ? tax : 0, adjustment })];
}

const RETURN_CHANCE: Readonly<Record<string, number>> = {
  Textiles: 0.17,
  Furniture: 0.16,
  Decor: 0.12,
  Coffee: 0.04,
  Pantry: 0.03,
  Service: 0,
};

function goodwill(random: Random, order: SoldOrder, at: number, till: Till): Return[] {
  const adjustment = Math.floor((order.total * random.int(5, 15)) / 100);
  return adjustment > 0 ? [refund(till, { at, lines: [], shipping: 0, shippingTax: 0, adjustment })] : [];
}

function returned(random: Random, line: SoldLine): Return["lines"][number] {
  const quantity = random.chance(0.65) ? line.quantity : random.int(1, line.quantity);
  const worth = (total: number) => Math.floor((total * quantity) / line.quantity);
  const restockType = random.chance(0.7) ? ("RETURN" as const) : ("NO_RESTOCK" as const);
  return { line, quantity, restockType, amount: worth(line.asked), tax: worth(line.tax) };
}

function refund(till: Till, parts: Omit<Return, "total">): Return {
  const tax = parts.lines.reduce((sum, line) => sum + line.tax, 0) + parts.shippingTax;
  const written = parts.lines.reduce((sum, line) => sum + line.amount, 0) + parts.shipping + parts.adjustment;
  return { ...parts, total: till.taxesIncluded ? written : written + tax };
}

/** Refunds go back where the money came from; a refund of what was never paid moves no money. */
function paidBack(payments: readonly Payment[], returns: readonly Return[]): Payment[] {
  const back: Payment[] = [];
  for (const { at, total } of returns) {
    let left = total;
    for (const payment of payments) {
      if (left === 0) break;
      const isMoney = payment.status === "SUCCESS" && (payment.kind === "SALE" || payment.kind === "CAPTURE");
      if (!isMoney || payment.at > at) continue;
      const amount = Math.min(left, payment.amount);
      left -= amount;
      back.push({ kind: "REFUND", gateway: payment.gateway, amount, at, fee: null, status: "SUCCESS" });
    }
  }
  return back;
}

function sale(gateway: string, amount: number, at: number, fee: number | null = null): Payment {
  return { kind: "SALE", gateway, amount, at, fee, status: "SUCCESS" };
}

function cardFee(amount: number, till: Till): number {
  return Math.round(amount * 0.026 + till.fixedFee);
}
