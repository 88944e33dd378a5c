import type { ChangeEvent, Order, OrderLine } from "../orders/order.ts";
import { netSaleOf, unitsWorth } from "./line-sale.ts";

/** Units of a line that an edit took off, or that came back without a refund that names them, and what they were sold for. */
export interface RemovedUnits {
  readonly event: ChangeEvent;
  readonly line: OrderLine;
  readonly quantity: number;
  readonly net: bigint;
  readonly tax: bigint;
}

interface Step {
  readonly at: number;
  readonly lineId: bigint;
  readonly quantity: number;
  readonly event: ChangeEvent | null;
}

/** Removals and refunds in the order in which their units left; both draw on the same units of a line. */
const steps = ({ removals, refunds }: NonNullable<Order["changes"]>): Step[] => {
  const removed = removals.map(({ event, lineId, quantity }): Step => ({ at: event.at, lineId, quantity, event }));
  const refunded = refunds.flatMap(({ at, lines }) =>
    lines.map(({ lineId, quantity, leftAt = at }): Step => ({ at: leftAt, lineId, quantity, event: null })),
  );
  return [...removed, ...refunded].sort((a, b) => a.at - b.at);
};

/** What each removal took off, worth its units' share of the line, counted from the line's first unit. */
export const removedUnits = (order: Order): RemovedUnits[] => {
  if (order.changes === null || order.changes.removals.length === 0) return [];
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  const gone = new Map<bigint, number>();
  return steps(order.changes).flatMap(({ lineId, quantity, event }): RemovedUnits[] => {
    const line = lines.get(lineId);
    if (!line) return [];
    const from = gone.get(lineId) ?? 0;
    gone.set(lineId, from + quantity);
    if (event === null) return [];
    const units = { of: line.quantity, from, quantity };
    const net = unitsWorth(netSaleOf(line, order.taxesIncluded), units);
    return [{ event, line, quantity, net, tax: unitsWorth(line.tax, units) }];
  });
};
