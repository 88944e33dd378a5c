import type { WorldShop } from "#tests/local-shopify/world/world.ts";

/** Points a second by plan; the bucket holds twenty seconds' worth. */
export const RESTORE_RATES = { BASIC: 100, ADVANCED: 200, PLUS: 1000 } as const satisfies Record<
  WorldShop["plan"],
  number
>;
const BUCKET_SECONDS = 20;

export interface ThrottleStatus {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
}

/** The leaky bucket of one app in one shop. It refills by a clock of its own, which may run faster than the real one. */
export class ThrottleBucket {
  private rate: number;
  private readonly clock: () => number;
  private available: number;
  private filledAt: number;
  private skippedMs = 0;

  /** @param clock milliseconds, always forward */
  constructor(rate: number, clock: () => number) {
    this.rate = rate;
    this.clock = clock;
    this.available = this.capacity;
    this.filledAt = clock();
  }

  /** The shop is on another plan. */
  changeRate(rate: number): void {
    this.refill();
    this.rate = rate;
    this.available = Math.min(this.available, this.capacity);
  }

  /** Takes the points of a request, or none at all when there are too few. */
  take(points: number): boolean {
    this.refill();
    if (points > this.available) return false;
    this.available -= points;
    return true;
  }

  giveBack(points: number): void {
    this.available = Math.min(this.capacity, this.available + points);
  }

  /** Moves the bucket's clock, for tests that would otherwise wait. */
  skip(seconds: number): void {
    this.skippedMs += seconds * 1000;
  }

  /** Leaves at most this many points. */
  drainTo(points: number): void {
    this.refill();
    this.available = Math.min(this.available, points);
  }

  status(): ThrottleStatus {
    this.refill();
    return {
      maximumAvailable: this.capacity,
      currentlyAvailable: Math.floor(this.available),
      restoreRate: this.rate,
    };
  }

  private get capacity(): number {
    return this.rate * BUCKET_SECONDS;
  }

  private refill(): void {
    const now = this.clock() + this.skippedMs;
    const elapsed = Math.max(0, now - this.filledAt);
    this.available = Math.min(this.capacity, this.available + (elapsed / 1000) * this.rate);
    this.filledAt = now;
  }
}
