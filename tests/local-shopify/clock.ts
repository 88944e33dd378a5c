/** The local Shopify's idea of now: a given clock, moved by an offset that tests and faults may set. */
export class ShopClock {
  /** Milliseconds that the shop's clock is ahead of the given one. */
  offsetMs = 0;
  private readonly base: () => Date;

  constructor(base: () => Date) {
    this.base = base;
  }

  now(): Date {
    return new Date(this.base().getTime() + this.offsetMs);
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }
}
