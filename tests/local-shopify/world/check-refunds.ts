import { toMinor } from "./money.ts";
import { figuresOf, type OrderFigures } from "./order-figures.ts";
import type { World, WorldOrder } from "./shape.ts";
import { RuleBroken } from "./world-error.ts";

/** What of a line has been removed or given back so far. */
interface Gone {
  quantity: number;
  amount: bigint;
  tax: bigint;
}

/**
 * Refuses removals and refunds of more units than were sold, of lines that are not there, and of more money than was
 * asked for a line, for shipping, or received in all.
 */
export function checkRefunds(world: World, order: WorldOrder): void {
  const paysBack = order.transactions.some(({ kind }) => kind === "REFUND");
  if (order.refunds.length + order.edits.length === 0 && !paysBack) return;
  checkRefundIds(world, order);
  checkLinesExist(order);
  const figures = figuresOf(world, order);
  const gone = new Map<number, Gone>();
  for (const { line, quantity, net, tax } of figures.removals) {
    const amount = figures.taxesIncluded ? net + tax : net;
    take(figures, gone, { lineId: line.id, quantity, amount, tax, path: "$.edits" });
  }
  figures.refunds.forEach((refund, index) => {
    refund.lines.forEach(({ line, quantity, amount, tax }, at) => {
      const path = `$.refunds[${index}].lines[${at}]`;
      if (figures.taxesIncluded && tax > amount) {
        throw new RuleBroken(`${path}.tax`, "the tax contained is larger than the amount");
      }
      take(figures, gone, { lineId: line.id, quantity, amount, tax, path });
    });
    checkFees(order, figures, index);
    if (refund.total < 0n)
      throw new RuleBroken(`$.refunds[${index}].adjustment`, "the refund takes more than it gives");
  });
  checkShippingRefunds(figures);
  checkDutyRefunds(world, order, figures);
  if (figures.totals.refunded > figures.totals.received) {
    throw new RuleBroken("$.transactions", "more was refunded than received");
  }
}

/** Fees are kept for a return, and its restocking fee for its first line. */
function checkFees(order: WorldOrder, figures: OrderFigures, index: number): void {
  const refund = order.refunds[index];
  const path = `$.refunds[${index}].fees`;
  if (!refund?.fees || refund.fees.length === 0) return;
  if (refund.returnedAt === undefined) throw new RuleBroken(path, "fees need returnedAt: they are kept for a return");
  const restocking = refund.fees.filter(({ kind }) => kind === "RESTOCKING").length;
  if (restocking > 1) throw new RuleBroken(path, "a refund has one RESTOCKING fee at most");
  if (restocking === 1 && refund.lines.length === 0) {
    throw new RuleBroken(path, "a RESTOCKING fee needs a line that came back");
  }
  figures.refunds[index]?.fees.forEach(({ amount, tax }, at) => {
    if (figures.taxesIncluded && tax > amount) {
      throw new RuleBroken(`${path}[${at}].tax`, "the tax contained is larger than the amount");
    }
  });
}

function checkDutyRefunds(world: World, order: WorldOrder, figures: OrderFigures): void {
  let left = figures.totals.duties;
  order.refunds.forEach(({ duties }, index) => {
    left -= toMinor(duties ?? "0", world.shop.currency);
    if (left < 0n) throw new RuleBroken(`$.refunds[${index}].duties`, "more than was charged in duties");
  });
}

function checkRefundIds(world: World, order: WorldOrder): void {
  const seen = new Set<number>();
  order.refunds.forEach(({ id }, index) => {
    if (world.taken.refunds.has(id) || seen.has(id)) {
      throw new RuleBroken(`$.refunds[${index}].id`, `refund ${id} is there already`);
    }
    seen.add(id);
  });
}

function checkLinesExist(order: WorldOrder): void {
  const known = new Set(order.lines.map((line) => line.id));
  const check = (lineId: number, path: string) => {
    if (!known.has(lineId)) throw new RuleBroken(path, `line ${lineId} is not on the order`);
  };
  order.edits.forEach((edit, index) => {
    for (const line of edit.add) known.add(line.id);
    edit.remove.forEach((part, at) => check(part.lineId, `$.edits[${index}].remove[${at}].lineId`));
  });
  order.refunds.forEach((refund, index) => {
    refund.lines.forEach((line, at) => check(line.lineId, `$.refunds[${index}].lines[${at}].lineId`));
  });
}

function take(
  figures: OrderFigures,
  gone: Map<number, Gone>,
  part: { lineId: number; quantity: number; amount: bigint; tax: bigint; path: string },
): void {
  const sold = figures.lines.find(({ line }) => line.id === part.lineId);
  if (!sold) return;
  const before = gone.get(part.lineId) ?? { quantity: 0, amount: 0n, tax: 0n };
  const after = {
    quantity: before.quantity + part.quantity,
    amount: before.amount + part.amount,
    tax: before.tax + part.tax,
  };
  if (after.quantity > sold.line.quantity) {
    throw new RuleBroken(`${part.path}.quantity`, `line ${part.lineId} has ${sold.line.quantity} units, not more`);
  }
  if (after.amount > sold.discountedTotal - sold.orderDiscount) {
    throw new RuleBroken(`${part.path}.amount`, `more than was asked for line ${part.lineId}`);
  }
  if (after.tax > sold.tax) throw new RuleBroken(`${part.path}.tax`, `more than the tax of line ${part.lineId}`);
  gone.set(part.lineId, after);
}

function checkShippingRefunds(figures: OrderFigures): void {
  let shipping = figures.shipping.reduce((sum, line) => sum + line.price - line.discount, 0n);
  let tax = figures.shipping.reduce((sum, line) => sum + line.tax, 0n);
  figures.refunds.forEach((refund, index) => {
    shipping -= refund.shipping;
    tax -= refund.shippingTax;
    if (shipping < 0n) throw new RuleBroken(`$.refunds[${index}].shipping`, "more than was asked for shipping");
    if (tax < 0n) throw new RuleBroken(`$.refunds[${index}].shippingTax`, "more than the tax on shipping");
  });
}
