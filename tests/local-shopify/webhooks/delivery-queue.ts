import type { Random } from "#tests/local-shopify/world/random.ts";
import type { Delivery } from "./delivery.ts";

/** A place in the heap. One that is no longer its delivery's place is passed over when it comes up. */
interface Slot {
  readonly delivery: Delivery;
  readonly dueAt: number;
  /** What came earlier goes earlier, when both are due at one time. */
  readonly turn: number;
}

/** Webhooks that are not done with, by when they are due. All but `shuffle` and `withdraw` cost a logarithm of how many. */
export class DeliveryQueue {
  /** Where each delivery waits; null while it is on its way. In the order of coming. */
  private places = new Map<Delivery, Slot | null>();
  private heap: Slot[] = [];
  private turns = 0;
  private onTheirWay = 0;

  constructor(deliveries: Iterable<Delivery>) {
    for (const delivery of deliveries) this.put(delivery);
  }

  get size(): number {
    return this.places.size;
  }

  /** How many were taken and are neither put back nor done with. */
  get taken(): number {
    return this.onTheirWay;
  }

  all(): Delivery[] {
    return [...this.places.keys()];
  }

  isWaiting(delivery: Delivery): boolean {
    return Boolean(this.places.get(delivery));
  }

  /** Lets a delivery wait until it is due: a new one, one that was taken, or one that waits for another time. */
  put(delivery: Delivery): void {
    if (this.places.get(delivery) === null) this.onTheirWay -= 1;
    const slot = { delivery, dueAt: delivery.dueAt, turn: this.turns };
    this.turns += 1;
    this.places.set(delivery, slot);
    this.rise(slot);
  }

  /** When the next one is due, or null when none waits. */
  nextDueAt(): number | null {
    return this.first()?.dueAt ?? null;
  }

  /** Takes out the next one that is due, or null. */
  take(now: number): Delivery | null {
    const slot = this.first();
    if (!slot || slot.dueAt > now) return null;
    this.drop();
    this.places.set(slot.delivery, null);
    this.onTheirWay += 1;
    return slot.delivery;
  }

  /** A delivery that was taken has arrived, or is given up. */
  done(delivery: Delivery): void {
    if (this.places.get(delivery) === null) this.onTheirWay -= 1;
    this.places.delete(delivery);
  }

  /** Takes back what waits and is of no more use. */
  withdraw(isUseless: (delivery: Delivery) => boolean): void {
    for (const [delivery, slot] of this.places) if (slot && isUseless(delivery)) this.places.delete(delivery);
  }

  /** Lets those that wait for their first attempt change places at random. */
  shuffle(random: Random): void {
    const waiting = this.all().filter((delivery) => delivery.attempts === 0 && this.isWaiting(delivery));
    const times = waiting.map(({ dueAt }) => dueAt).sort((a, b) => a - b);
    for (let last = waiting.length - 1; last > 0; last -= 1) {
      const other = random.int(0, last);
      const [a, b] = [waiting[last], waiting[other]];
      if (a && b) [waiting[last], waiting[other]] = [b, a];
    }
    waiting.forEach((delivery, index) => {
      delivery.dueAt = times[index] ?? delivery.dueAt;
      // Out and in again, so that they also stand in the new order.
      this.places.delete(delivery);
      this.put(delivery);
    });
  }

  private first(): Slot | undefined {
    for (;;) {
      const slot = this.heap[0];
      if (!slot || this.places.get(slot.delivery) === slot) return slot;
      this.drop();
    }
  }

  private rise(slot: Slot): void {
    let at = this.heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.heap[parent];
      if (!above || isBefore(above, slot)) break;
      this.heap[at] = above;
      at = parent;
    }
    this.heap[at] = slot;
  }

  /** Takes the first slot off the heap. */
  private drop(): void {
    const slot = this.heap.pop();
    if (!slot || this.heap.length === 0) return;
    let at = 0;
    for (;;) {
      const [left, right] = [this.heap[2 * at + 1], this.heap[2 * at + 2]];
      const below = left && right && isBefore(right, left) ? right : left;
      if (!below || isBefore(slot, below)) break;
      this.heap[at] = below;
      at = below === left ? 2 * at + 1 : 2 * at + 2;
    }
    this.heap[at] = slot;
  }
}

function isBefore(a: Slot, b: Slot): boolean {
  return a.dueAt === b.dueAt ? a.turn < b.turn : a.dueAt < b.dueAt;
}
