import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ShopClock } from "../clock.ts";
import { StateFile } from "../state.ts";
import { type Delivery, type DeliveryAttempt, deliverySchema, sendDelivery } from "./delivery.ts";
import type { Subscription } from "./subscriptions.ts";

/** The waits before the eight retries; four hours in all. */
const RETRY_AFTER_S = [10, 50, 240, 600, 1500, 2400, 4200, 5400];
const REORDER_WAIT_MS = 200;
const LOG_LENGTH = 1000;

/** What may go wrong between Shopify and the app; each holds until it is switched off. */
export interface WebhookSwitches {
  /** Send everything twice, with the same event id. */
  duplicate: boolean;
  /** Hold one back until the next, and send them the wrong way round. */
  reorder: boolean;
  /** Wait so long before the first attempt. */
  delayMs: number;
  /** Send nothing. */
  drop: boolean;
}

export interface WebhooksOptions {
  readonly shop: string;
  readonly apiSecret: string;
  readonly stateDir: string;
  readonly clock: ShopClock;
  /** How many times faster than Shopify to retry. */
  readonly speed: number;
  readonly subscriptions: () => readonly Subscription[];
}

/** Sends webhooks to the app, tries again when it does not take them, and keeps what is still to be sent over a restart. */
export class Webhooks {
  readonly switches: WebhookSwitches = { duplicate: false, reorder: false, delayMs: 0, drop: false };
  /** The latest attempts, oldest first. */
  readonly attempts: DeliveryAttempt[] = [];
  /** Deliveries that were given up after the last retry. */
  readonly givenUp: Delivery[] = [];
  private readonly options: WebhooksOptions;
  private readonly file: StateFile<Delivery[]>;
  private queue: Delivery[];
  private readonly inFlight = new Map<Delivery, Promise<void>>();
  private heldBack: Delivery | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;

  constructor(options: WebhooksOptions) {
    this.options = options;
    this.file = new StateFile(options.stateDir, "webhooks", z.array(deliverySchema));
    this.queue = this.file.read([]);
  }

  /** Takes up what a stop left unsent. */
  resume(): void {
    this.schedule();
  }

  /** Queues a webhook for every subscription to its topic. */
  send(topic: string, payload: Record<string, unknown>, later: { afterMs?: number } = {}): void {
    const { clock, subscriptions } = this.options;
    const eventId = randomUUID();
    for (const subscription of subscriptions().filter((one) => one.topic === topic)) {
      if (this.switches.drop) continue;
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
        dueAt: Date.now() + this.switches.delayMs + (later.afterMs ?? 0) / this.options.speed,
      };
      this.enqueue(delivery);
      if (this.switches.duplicate) this.enqueue({ ...delivery });
    }
    this.save();
    this.schedule();
  }

  /** Takes back what is queued for a topic, such as shop/redact when the shop installs again. */
  withdraw(topic: string): void {
    this.queue = this.queue.filter((delivery) => delivery.topic !== topic || this.inFlight.has(delivery));
    this.save();
  }

  get pending(): readonly Readonly<Delivery>[] {
    return this.queue;
  }

  /** Resolves when nothing is left that is due within so many milliseconds. */
  async settled(withinMs = 10_000): Promise<void> {
    const until = Date.now() + withinMs;
    while (this.queue.some((delivery) => delivery.dueAt <= until) && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    if (this.timer) clearTimeout(this.timer);
    await Promise.all(this.inFlight.values());
  }

  private enqueue(delivery: Delivery): void {
    if (this.switches.reorder) this.swap(delivery);
    this.queue.push(delivery);
  }

  /** The earlier of two waits until the later one has had time to arrive. */
  private swap(delivery: Delivery): void {
    if (this.heldBack && this.heldBack.attempts === 0 && this.queue.includes(this.heldBack)) {
      this.heldBack.dueAt = delivery.dueAt + REORDER_WAIT_MS;
      this.heldBack = null;
      return;
    }
    this.heldBack = delivery;
    delivery.dueAt += REORDER_WAIT_MS;
  }

  private schedule(): void {
    if (this.isClosed) return;
    if (this.timer) clearTimeout(this.timer);
    const waiting = this.queue.filter((delivery) => !this.inFlight.has(delivery)).map(({ dueAt }) => dueAt);
    if (waiting.length === 0) return;
    // setTimeout takes 24 days at most, which is longer than any wait here but not than a clock that jumped.
    const wait = Math.min(Math.max(0, Math.min(...waiting) - Date.now()), 86_400_000);
    this.timer = setTimeout(() => this.sendDue(), wait);
    this.timer.unref();
  }

  private sendDue(): void {
    const now = Date.now();
    const due = this.queue.filter((delivery) => delivery.dueAt <= now && !this.inFlight.has(delivery));
    for (const delivery of due) {
      const work = this.attempt(delivery).finally(() => {
        this.inFlight.delete(delivery);
        this.save();
        this.schedule();
      });
      this.inFlight.set(delivery, work);
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
      return;
    }
    if (!ok) this.givenUp.push(delivery);
    this.queue = this.queue.filter((one) => one !== delivery);
  }

  private save(): void {
    this.file.write(this.queue);
  }
}

function only(payload: Record<string, unknown>, fields: readonly string[] | null): Record<string, unknown> {
  if (!fields) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([key]) => fields.includes(key)));
}
