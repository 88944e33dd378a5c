import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { addOrder, validateOrder, type World, type WorldOrder } from "#tests/local-shopify/world/world.ts";
import type { ShopStore } from "./admin-api/shop-store.ts";
import type { ShopClock } from "./clock.ts";

/** Where orders come in and change while the shop is open. What happened is kept, and done again after a restart. */
export class OrderDesk {
  private readonly store: ShopStore;
  private readonly clock: ShopClock;
  private readonly logPath: string;

  constructor(options: { store: ShopStore; clock: ShopClock; stateDir: string }) {
    this.store = options.store;
    this.clock = options.clock;
    mkdirSync(options.stateDir, { recursive: true });
    this.logPath = join(options.stateDir, "orders.jsonl");
    this.replay();
  }

  /**
   * Adds an order as a line of the world file would.
   *
   * @throws WorldError when it breaks a rule of the format
   */
  place(order: unknown): WorldOrder {
    const placed = this.add(order);
    this.log(placed);
    return placed;
  }

  /**
   * Puts an order in the place of the one with its id.
   *
   * @throws WorldError when it breaks a rule; the order is then as it was
   * @throws Error when there is no such order
   */
  update(order: unknown): WorldOrder {
    const updated = this.replace(order);
    this.log(updated);
    return updated;
  }

  private add(order: unknown): WorldOrder {
    const { world } = this.store;
    const valid = validateOrder(world, order, this.clock.now());
    addOrder(world, valid);
    this.store.changed();
    return valid;
  }

  private replace(order: unknown): WorldOrder {
    const { world } = this.store;
    const id = typeof order === "object" && order !== null && "id" in order ? Number(order.id) : Number.NaN;
    const before = world.ordersById.get(id);
    if (!before) throw new Error(`there is no order ${id} to update`);
    const at = world.orders.indexOf(before);
    forget(world, before);
    try {
      const after = this.add(order);
      // The order keeps its place: addOrder put it last.
      world.orders.pop();
      world.orders.splice(at, 0, after);
      return after;
    } catch (error) {
      addOrder(world, before);
      world.orders.pop();
      world.orders.splice(at, 0, before);
      throw error;
    }
  }

  private log(order: WorldOrder): void {
    appendFileSync(this.logPath, `${JSON.stringify(order)}\n`);
  }

  private replay(): void {
    if (!existsSync(this.logPath)) return;
    for (const line of readFileSync(this.logPath, "utf8").split("\n")) {
      if (line === "") continue;
      const order: unknown = JSON.parse(line);
      const id = typeof order === "object" && order !== null && "id" in order ? Number(order.id) : Number.NaN;
      if (this.store.world.ordersById.has(id)) this.replace(order);
      else this.add(order);
    }
  }
}

function forget(world: World, order: WorldOrder): void {
  world.orders.splice(world.orders.indexOf(order), 1);
  world.ordersById.delete(order.id);
  const lines = [...order.lines, ...order.edits.flatMap((edit) => edit.add)];
  for (const line of lines) world.taken.lines.delete(line.id);
  for (const refund of order.refunds) world.taken.refunds.delete(refund.id);
}
