import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "#tests/local-shopify/world/random.ts";
import type { Delivery } from "./delivery.ts";
import { DeliveryQueue } from "./delivery-queue.ts";

const delivery = (webhookId: string, dueAt: number, attempts = 0): Delivery => ({
  ...{ webhookId, dueAt, attempts, eventId: "e", topic: "orders/create", url: "http://127.0.0.1", name: null },
  ...{ apiVersion: "2026-10", body: "{}", triggeredAt: "2026-10-31T12:00:00.000Z" },
});

const takeAll = (queue: DeliveryQueue, now = Infinity) => {
  const taken: string[] = [];
  for (let next = queue.take(now); next; next = queue.take(now)) taken.push(next.webhookId);
  return taken;
};

test("deliveries are taken by when they are due, and at one time in the order of coming", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (times) => {
      const all = times.map((dueAt, index) => delivery(String(index), dueAt));
      const sorted = all.toSorted((a, b) => a.dueAt - b.dueAt).map(({ webhookId }) => webhookId);
      expect(takeAll(new DeliveryQueue(all))).toEqual(sorted);
    }),
  );
});

test("only what is due is taken, and what was taken is there until it is done", () => {
  const [first, second] = [delivery("first", 5), delivery("second", 9)];
  const queue = new DeliveryQueue([second, first]);
  expect(queue.nextDueAt()).toBe(5);
  expect(queue.take(4)).toBeNull();
  expect(takeAll(queue, 8)).toEqual(["first"]);
  expect([queue.taken, queue.isWaiting(first), queue.nextDueAt()]).toEqual([1, false, 9]);
  expect(queue.all()).toEqual([second, first]);
  first.dueAt = 20;
  queue.put(first);
  expect(queue.taken).toBe(0);
  queue.take(9);
  queue.done(second);
  expect([queue.all(), queue.taken, queue.nextDueAt()]).toEqual([[first], 0, 20]);
});

test("one that waits can be put off, and one that is of no use be taken back", () => {
  const all = [delivery("a", 1), delivery("b", 2), delivery("c", 3)];
  const queue = new DeliveryQueue(all);
  Object.assign(all[0] ?? {}, { dueAt: 2.5 });
  for (const one of all.slice(0, 1)) queue.put(one);
  queue.withdraw(({ webhookId }) => webhookId === "b");
  expect(takeAll(queue)).toEqual(["a", "c"]);
});

test("a shuffle changes the places of first attempts, and of nothing else", () => {
  const first = Array.from({ length: 50 }, (_, index) => delivery(String(index), index % 5));
  const retry = delivery("retry", 2.5, 1);
  const shuffled = (seed: string) => {
    const queue = new DeliveryQueue([...first, retry].map((one) => ({ ...one })));
    queue.shuffle(seededRandom(seed));
    return takeAll(queue);
  };
  const [one, again, other] = [shuffled("a"), shuffled("a"), shuffled("b")];
  expect(one).toEqual(again);
  expect(one).not.toEqual(other);
  expect(one.toSorted()).toEqual([...first, retry].map(({ webhookId }) => webhookId).toSorted());
  // Thirty of the fifty are due before it, as before.
  expect(one.indexOf("retry")).toBe(30);
});
