import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Random, seededRandom } from "#tests/local-shopify/world/random.ts";
import type { ShopClock } from "../clock.ts";
import { StateFile } from "../state.ts";
import { type Delivery, type DeliveryAttempt, deliverySchema, sendDelivery } from "./delivery.ts";
import { DeliveryQueue } from "./delivery-queue.ts";
import { LazyWriter } from "./lazy-writer.ts";
import type { Subscription } from "./subscriptions.ts";
import { WebhookSwitches } from "./switches.ts";

/** The waits before the eight retries; four hours in all. */
const RETRY_AFTER_S = [10, 50, 240, 600, 1500, 2400, 4200, 5400];
const REORDER_WAIT_MS = 200;
const LOG_LENGTH = 1000;
const CONCURRENCY = 50;

export interface WebhooksOptions {
  readonly shop: string;
  readonly apiSecret: string;
  readonly stateDir: string;
  readonly clock: ShopClock;
  /** How many times faster than Shopify to retry. */
  readonly speed: number;
  readonly subscriptions: () => readonly Subscription[];
  /** How many attempts are made at once. Default: 50. */
  readonly concurrency?: number;
  /** Decides which webhooks the switches' shares fall on. Default: 1. */
  readonly seed?: number | string;
}

/** Sends webhooks to the app, tries again when it does not take them, and keeps what is still to be sent over a restart. */
export class Webhooks {
  readonly switches = new WebhookSwitches(() => this.schedule());
  /** The latest attempts, oldest first. */
  readonly attempts: DeliveryAttempt[] = [];
  /** Deliveries that were given up after the last retry. */
  readonly givenUp: Delivery[] = [];
  private readonly options: WebhooksOptions;
  private readonly concurrency: number;
  private readonly random: Random;
  private readonly state: LazyWriter;
  private readonly queue: DeliveryQueue;
  private readonly inFlight = new Set<Promise<void>>();
  private heldBack: Delivery | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;

  constructor(options: WebhooksOptions) {
    this.options = options;
    this.concurrency = options.concurrency ?? CONCURRENCY;
    this.random = seededRandom(options.seed ?? 1, "webhooks");
    const file = new StateFile(options.stateDir, "webhooks", z.array(deliverySchema));
    this.queue = new DeliveryQueue(file.read([]));
    this.state = new LazyWriter(() => file.write(this.queue.all()));
  }

  /** Takes up what a stop left unsent. */
  resume(): void {
    this.schedule();
  }

  /** Whether the app has a subscription to a topic. */
  isWanted(topic: string): boolean {
    return this.options.subscriptions().some((one) => one.topic === topic);
  }

  /** Queues a webhook for every subscription to its topic. */
  send(topic: string, payload: Record<string, unknown>, later: { afterMs?: number } = {}): void {
    const { clock, subscriptions } = this.options;
    const { delayMs } = this.switches;
    const eventId = randomUUID();
    for (const subscription of subscriptions().filter((one) => one.topic === topic)) {
      // Drawn whatever the shares are, so that each webhook keeps its draws when one share changes.
      const isDropped = this.random.chance(this.switches.dropShare) || this.switches.drop;
      const isDoubled = this.random.chance(this.switches.duplicateShare) || this.switches.duplicate;
      if (isDropped) continue;
      const delivery: Delivery = {
        webhookId: randomUUID(),
        eventId,
        topic,
        url: subscription.url,
        name: subscription.name,
        apiVersion: subscription.apiVersion,
        body: JSON.stringify(only(payload, subscription.includeFields)),
        triggeredAt: clock.now().toISOString(),
        attempts: 0,
        dueAt: Date.now() + delayMs + (later.afterMs ?? 0) / this.options.speed,
      };
      this.enqueue(delivery);
      if (isDoubled) this.enqueue({ ...delivery });
    }
    this.state.changed();
    this.schedule();
  }

  /** Takes back what is queued for a topic, such as shop/redact when the shop installs again. */
  withdraw(topic: string): void {
    this.queue.withdraw((delivery) => delivery.topic === topic);
    this.state.changed();
  }

  /** Puts all that wait for their first attempt into random order; those that are late stay as late, in other places. */
  shuffle(seed: number | string): void {
    this.queue.shuffle(seededRandom(seed, "shuffle"));
    this.state.changed();
    this.schedule();
  }

  get pending(): readonly Readonly<Delivery>[] {
    return this.queue.all();
  }

  /** Resolves when nothing is left that is due within so many milliseconds. */
  async settled(withinMs = 10_000): Promise<void> {
    const until = Date.now() + withinMs;
    const isBusy = () => this.queue.taken > 0 || (this.queue.nextDueAt() ?? Infinity) <= until;
    while (isBusy() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    if (this.timer) clearTimeout(this.timer);
    await Promise.all(this.inFlight);
    this.state.close();
  }

  private enqueue(delivery: Delivery): void {
    if (this.switches.reorder) this.swap(delivery);
    this.queue.put(delivery);
  }

  /** The earlier of two waits until the later one has had time to arrive. */
  private swap(delivery: Delivery): void {
    const first = this.heldBack;
    if (first && first.attempts === 0 && this.queue.isWaiting(first)) {
      first.dueAt = delivery.dueAt + REORDER_WAIT_MS;
      this.queue.put(first);
      this.heldBack = null;
      return;
    }
    this.heldBack = delivery;
    delivery.dueAt += REORDER_WAIT_MS;
  }

  private schedule(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.maySend) return;
    const dueAt = this.queue.nextDueAt();
    if (dueAt === null) return;
    // setTimeout takes 24 days at most, which is longer than any wait here but not than a clock that jumped.
    const wait = Math.min(Math.max(0, dueAt - Date.now()), 86_400_000);
    this.timer = setTimeout(() => this.sendDue(), wait);
    this.timer.unref();
  }

  private get maySend(): boolean {
    return !this.isClosed && !this.switches.hold && this.inFlight.size < this.concurrency;
  }

  private sendDue(): void {
    while (this.maySend) {
      const delivery = this.queue.take(Date.now());
      if (!delivery) break;
      const work = this.attempt(delivery).finally(() => {
        this.inFlight.delete(work);
        this.state.changed();
        this.sendDue();
      });
      this.inFlight.add(work);
    }
    this.schedule();
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const { ok, status } = await sendDelivery(delivery, this.options);
    delivery.attempts += 1;
    const { topic, webhookId, eventId, attempts } = delivery;
    this.attempts.push({ topic, webhookId, eventId, attempt: attempts, status });
    if (this.attempts.length > LOG_LENGTH) this.attempts.shift();
    const wait = RETRY_AFTER_S[attempts - 1];
    if (!ok && wait !== undefined) {
      delivery.dueAt = Date.now() + (wait * 1000) / this.options.speed;
      this.queue.put(delivery);
      return;
    }
    if (!ok) this.givenUp.push(delivery);
    this.queue.done(delivery);
  }
}

function only(payload: Record<string, unknown>, fields: readonly string[] | null): Record<string, unknown> {
  if (!fields) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([key]) => fields.includes(key)));
}
