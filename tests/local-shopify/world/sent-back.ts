import { priced } from "./catalog.ts";
import type { Random } from "./random.ts";
import { owedFor, type SoldLine, type SoldOrder, taxOn, type Till } from "./sold-order.ts";

// What is taken off an order again: units removed by edits, cancelled, sent back; and goodwill. Amounts are whole minor
// units, instants seconds since the epoch.

const HOUR = 3600;

export interface ReturnedLine {
  line: SoldLine;
  quantity: number;
  restockType: "RETURN" | "NO_RESTOCK" | "CANCEL";
  amount: number;
  tax: number;
}

export interface Return {
  at: number;
  /** Opened before the money was given back. */
  returnedAt: number | null;
  lines: ReturnedLine[];
  shipping: number;
  shippingTax: number;
  adjustment: number;
  adjustmentTax: number;
  duties: number;
  fees: { kind: "RESTOCKING" | "RETURN_SHIPPING"; amount: number; tax: number }[];
  total: number;
}

/** The units of an order's lines: those that go are worth their part of the line, counted from the first. */
export class Units {
  private readonly gone = new Map<SoldLine, number>();
  private readonly taxesIncluded: boolean;

  constructor(order: Pick<SoldOrder, "taxesIncluded">) {
    this.taxesIncluded = order.taxesIncluded;
  }

  left(line: SoldLine): number {
    return line.quantity - (this.gone.get(line) ?? 0);
  }

  take(line: SoldLine, quantity: number): { amount: number; tax: number; duties: number } {
    const from = this.gone.get(line) ?? 0;
    this.gone.set(line, from + quantity);
    const upTo = (total: number, count: number) => Math.floor((total * count) / line.quantity);
    const worth = (total: number) => upTo(total, from + quantity) - upTo(total, from);
    const tax = worth(line.tax);
    const amount = this.taxesIncluded ? worth(line.asked - line.tax) + tax : worth(line.asked);
    return { amount, tax, duties: worth(line.duties) };
  }
}

const RETURN_CHANCE: Readonly<Record<string, number>> = {
  Textiles: 0.17,
  Furniture: 0.16,
  Decor: 0.12,
  Coffee: 0.04,
  Pantry: 0.03,
  Service: 0,
};

/** What comes back of an order, once, or now and then twice. */
export function sentBack(random: Random, order: SoldOrder, units: Units, till: Till): Return[] {
  const at = order.at + random.int(4 * 24, 38 * 24) * HOUR;
  const first = at > till.now ? null : oneReturn(random, order, units, { at, till });
  if (!first) return [];
  const later = at + random.int(4 * 24, 20 * 24) * HOUR;
  if (first.lines.length === 0 || later > till.now || !random.chance(till.mix.secondReturn)) return [first];
  const second = oneReturn(random, order, units, { at: later, till });
  return second
    ? [first, { ...second, shipping: 0, shippingTax: 0, total: second.total - shippingOf(order, second) }]
    : [first];
}

/** Everything that is left of a cancelled order, tip and additional fees too; the shop may keep a deposit. */
export function cancelledGoods(order: SoldOrder, units: Units, how: { at: number; keep: number }): Return {
  let duties = 0;
  const lines = order.lines.flatMap((line) => {
    const quantity = units.left(line);
    if (quantity === 0) return [];
    const worth = units.take(line, quantity);
    duties += worth.duties;
    return [{ line, quantity, restockType: "CANCEL" as const, amount: worth.amount, tax: worth.tax }];
  });
  const { price, discount, tax } = order.shipping;
  const fees = order.additionalFees.reduce((sum, fee) => sum + fee.price, 0);
  const adjustmentTax = order.additionalFees.reduce((sum, fee) => sum + fee.tax, 0);
  const back = refund(order, {
    ...NOTHING,
    at: how.at,
    lines,
    duties,
    shipping: price - discount,
    shippingTax: tax,
    adjustment: order.tip + fees,
    adjustmentTax,
  });
  const keep = Math.min(how.keep, back.total);
  return { ...back, adjustment: back.adjustment - keep, total: back.total - keep };
}

/** One line of a return for something else. */
export function exchanged(random: Random, order: SoldOrder, units: Units, at: number): Return | null {
  const goods = order.lines.filter((line) => !line.offer.giftCard && line.asked > 0 && units.left(line) > 0);
  if (goods.length === 0) return null;
  const line = random.pick(goods);
  const quantity = random.int(1, Math.min(2, units.left(line)));
  const { amount, tax } = units.take(line, quantity);
  const lines = [{ line, quantity, restockType: "RETURN" as const, amount, tax }];
  return refund(order, { ...NOTHING, at, returnedAt: at - random.int(2, 70) * HOUR, lines });
}

const NOTHING: Omit<Return, "at" | "total"> = {
  returnedAt: null,
  lines: [],
  shipping: 0,
  shippingTax: 0,
  adjustment: 0,
  adjustmentTax: 0,
  duties: 0,
  fees: [],
};

function oneReturn(random: Random, order: SoldOrder, units: Units, how: { at: number; till: Till }): Return | null {
  const { at, till } = how;
  const { mix } = till;
  const habit = mix.returns * (order.buyer?.returns ?? 1) * (order.buyer?.kind === "company" ? 0.9 : 1);
  let duties = 0;
  const lines = order.lines.flatMap((line) => {
    const chance = line.offer.giftCard ? 0 : 0.83 * habit * (RETURN_CHANCE[line.offer.productType] ?? 0.085);
    const left = units.left(line);
    if (!random.chance(chance) || left === 0) return [];
    const quantity = random.chance(0.65) ? left : random.int(1, left);
    const worth = units.take(line, quantity);
    duties += worth.duties;
    const restockType = random.chance(0.7) ? ("RETURN" as const) : ("NO_RESTOCK" as const);
    return [{ line, quantity, restockType, amount: worth.amount, tax: worth.tax }];
  });
  if (lines.length === 0) {
    // No more can be given back than was paid: goodwill is for those who keep everything.
    const isWhole = order.lines.every((line) => units.left(line) === line.quantity);
    return isWhole && random.chance(0.006 * mix.returns) ? goodwill(random, order, at) : null;
  }
  const { price, discount, tax } = order.shipping;
  const withShipping = random.chance(0.12 * Math.min(2, mix.returns));
  const sum = lines.reduce((total, { amount }) => total + amount, 0);
  const opened = random.chance(mix.openedReturn);
  return refund(order, {
    ...NOTHING,
    at,
    returnedAt: opened ? at - random.int(1, 72) * HOUR : null,
    lines,
    shipping: withShipping ? price - discount : 0,
    shippingTax: withShipping ? tax : 0,
    adjustment: random.chance(0.06) ? -Math.floor(sum * 0.1) : 0,
    duties: duties > 0 && random.chance(mix.dutiesBack) ? duties : 0,
    fees: opened && random.chance(mix.returnFee) ? keptFees(random, order, { sum, till }) : [],
  });
}

/** At most a third of what came back, so that something is left to give back. */
function keptFees(random: Random, order: SoldOrder, { sum, till }: { sum: number; till: Till }): Return["fees"] {
  const restocking = Math.floor(sum * 0.1);
  const postage = Math.min(priced(500, till.currency), Math.floor(sum * 0.2));
  const which = random.int(0, 2);
  const fee = (kind: "RESTOCKING" | "RETURN_SHIPPING", amount: number) => ({ kind, amount, tax: taxOn(amount, order) });
  return [
    ...(which !== 1 && restocking > 0 ? [fee("RESTOCKING", restocking)] : []),
    ...(which !== 0 && postage > 0 ? [fee("RETURN_SHIPPING", postage)] : []),
  ];
}

function goodwill(random: Random, order: SoldOrder, at: number): Return | null {
  const adjustment = Math.floor((order.total * random.int(5, 15)) / 100);
  return adjustment > 0 ? refund(order, { ...NOTHING, at, adjustment }) : null;
}

function shippingOf(order: SoldOrder, { shipping, shippingTax }: Return): number {
  return owedFor(order, { amount: shipping, tax: shippingTax });
}

function refund(order: SoldOrder, parts: Omit<Return, "total">): Return {
  const { lines, fees, adjustment, adjustmentTax } = parts;
  const owed = (all: readonly { amount: number; tax: number }[]) =>
    all.reduce((sum, part) => sum + owedFor(order, part), 0);
  const rest = owedFor(order, { amount: parts.shipping + adjustment, tax: parts.shippingTax + adjustmentTax });
  return { ...parts, total: owed(lines) + rest + parts.duties - owed(fees) };
}
