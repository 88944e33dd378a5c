import { setTimeout as sleep } from "node:timers/promises";
import type { WorldOrder } from "#tests/local-shopify/world/world.ts";
import { toDecimal, toMinor } from "#tests/local-shopify/world/money.ts";
import type { Side } from "#tests/storm/side.ts";

/** How long it takes from a changed order to its customer's new figures. */

const LOOK_EVERY_MS = 20;
const WAIT_FOR_REST_MS = 30_000;
const WINDOW_MS = 300 * 86_400_000;

export interface Freshness {
  readonly changes: number;
  /** Those whose customers were never refreshed while this was watched. */
  readonly lost: number;
  readonly milliseconds: readonly number[];
}

/** A row's transaction: another one as soon as the row is written anew. */
const versions = async ({ pool }: Side): Promise<Map<number, string>> => {
  const { rows } = await pool.query<{ id: bigint; version: string }>(
    `SELECT shopify_id AS id, standing.xmin::text AS version FROM standing
     JOIN customer ON customer.shop_id = standing.shop_id AND customer.id = customer_id
     WHERE shopify_id IS NOT NULL AND kind = 'customer'`,
  );
  return new Map(rows.map(({ id, version }) => [Number(id), version]));
};

/** One order for each customer, in the window of the tiers, whose first line may still be discounted by some cents. */
const changeable = ({ shopify }: Side): WorldOrder[] => {
  const byCustomer = new Map<number, WorldOrder>();
  const since = new Date(shopify.clock.now().getTime() - WINDOW_MS).toISOString();
  for (const order of shopify.world.orders) {
    if (order.processedAt < since) continue;
    const [line] = order.lines;
    if (order.customerId === null || order.test || order.cancelledAt !== null || order.refunds.length > 0) continue;
    if (order.companyLocationId !== null || order.edits.length > 0 || !line || line.giftCard) continue;
    if (toMinor(line.unitPrice, "USD") > toMinor(line.discount, "USD") + 500n) byCustomer.set(order.customerId, order);
  }
  return [...byCustomer.values()];
};

/** The same order with a cent more off its first line: its figures and its customer's are other ones. */
const discounted = (order: WorldOrder): WorldOrder => ({
  ...order,
  lines: order.lines.map((line, index) =>
    index === 0 ? { ...line, discount: toDecimal(toMinor(line.discount, "USD") + 1n, "USD") } : line,
  ),
});

/** Lets orders change at a rate, each told by one webhook, and watches the standings of whose they are. */
export const measureFreshness = async (side: Side, rate: number, seconds: number): Promise<Freshness> => {
  const { shopify } = side;
  const ids = changeable(side).map(({ id }) => id);
  const open = new Map<number, { since: number; version: string | undefined }>();
  const milliseconds: number[] = [];
  let known = await versions(side);
  let isOver = false;
  const look = async (): Promise<void> => {
    while (!isOver) {
      const seenAt = performance.now();
      const now = await versions(side);
      for (const [customerId, { since, version }] of open) {
        if (since > seenAt || now.get(customerId) === version) continue;
        milliseconds.push(performance.now() - since);
        open.delete(customerId);
      }
      known = now;
      await sleep(LOOK_EVERY_MS);
    }
  };
  const looking = look();
  const started = performance.now();
  const changes = Math.round(rate * seconds);
  for (let index = 0; index < changes; index += 1) {
    const dueAt = started + (index * 1000) / rate;
    if (dueAt > performance.now()) await sleep(dueAt - performance.now());
    const order = shopify.world.ordersById.get(ids[index % ids.length] ?? 0);
    if (!order || order.customerId === null || open.has(order.customerId)) continue;
    open.set(order.customerId, { since: performance.now(), version: known.get(order.customerId) });
    shopify.updateOrder(discounted(order));
  }
  const deadline = performance.now() + WAIT_FOR_REST_MS;
  while (open.size > 0 && performance.now() < deadline) await sleep(LOOK_EVERY_MS);
  isOver = true;
  await looking;
  return {
    changes: milliseconds.length + open.size,
    lost: open.size,
    milliseconds: milliseconds.sort((a, b) => a - b),
  };
};
