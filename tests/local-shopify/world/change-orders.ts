import type { World, WorldLine, WorldOrder } from "./shape.ts";
import { addOrder, indexOrder, validateOrder } from "./world.ts";

/** An object before and after a change; null before it came. */
export interface Changed<T> {
  readonly before: T | null;
  readonly after: T;
}

/**
 * Adds an order, or puts it in the place of the one with its id.
 *
 * @throws WorldError when it breaks a rule; the world is then as it was
 */
export function saveOrder(world: World, order: unknown, now: Date): Changed<WorldOrder> {
  const before = world.ordersById.get(idOf(order)) ?? null;
  if (!before) {
    const placed = validateOrder(world, order, now);
    addOrder(world, placed);
    return { before, after: placed };
  }
  const after = replacing(
    () => release(world, before),
    () => indexOrder(world, before),
    () => validateOrder(world, withTaxesOf(before, order), now),
  );
  world.orders[world.orders.indexOf(before)] = after;
  indexOrder(world, after);
  return { before, after };
}

/**
 * Takes an order out of a world; its ids are free again.
 *
 * @throws Error when there is no such order
 */
export function removeOrder(world: World, id: number): WorldOrder {
  const order = world.ordersById.get(id);
  if (!order) throw new Error(`there is no order ${id} to delete`);
  world.orders.splice(world.orders.indexOf(order), 1);
  release(world, order);
  return order;
}

/** Puts what `change` makes of an order in its place, wherever it makes another one of it. */
export function rewriteOrders(world: World, change: (order: WorldOrder) => WorldOrder): void {
  world.orders.forEach((order, index) => {
    const after = change(order);
    if (after === order) return;
    world.orders[index] = after;
    world.ordersById.set(after.id, after);
  });
}

/** All lines of an order: as it was placed, then as edits added them. */
export function allLines(order: WorldOrder): WorldLine[] {
  return [...order.lines, ...order.edits.flatMap((edit) => edit.add)];
}

/** Frees an object's ids, so that its successor can be checked; takes them again when the successor is refused. */
export function replacing<T>(free: () => void, takeBack: () => void, check: () => T): T {
  free();
  try {
    return check();
  } catch (error) {
    takeBack();
    throw error;
  }
}

/** The id in what should be an object of a world, or NaN. */
export function idOf(object: unknown): number {
  return typeof object === "object" && object !== null && "id" in object ? Number(object.id) : Number.NaN;
}

function release(world: World, order: WorldOrder): void {
  world.ordersById.delete(order.id);
  for (const line of allLines(order)) world.taken.lines.delete(line.id);
  for (const refund of order.refunds) world.taken.refunds.delete(refund.id);
}

/** Whether an order's prices hold the tax was decided when it was placed. */
function withTaxesOf({ taxesIncluded }: WorldOrder, order: unknown): unknown {
  if (taxesIncluded === undefined || typeof order !== "object") return order;
  return { taxesIncluded, ...order };
}
