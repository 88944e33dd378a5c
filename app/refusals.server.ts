interface Counted {
  count: number;
  readonly until: number;
}

const MINUTE_MS = 60_000;
/** Addresses whose minute is over are forgotten when there are so many. */
const MOST_KNOWN = 10_000;

/**
 * How often callers were refused within a minute, by their address, in this process. Whoever is taken costs nothing here:
 * most callers are.
 */
export class Refusals {
  private readonly byAddress = new Map<string, Counted>();
  private readonly limit: number;

  /** @param limit so often within a minute is somebody refused before nothing of theirs is read any more */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** How many addresses are remembered. */
  get known(): number {
    return this.byAddress.size;
  }

  /** Seconds until an address is listened to again; 0: it is now. @param now milliseconds of any clock that only rises */
  waitOf(address: () => string, now: number): number {
    if (this.byAddress.size === 0) return 0;
    const known = this.byAddress.get(address());
    if (!known || known.until <= now || known.count < this.limit) return 0;
    return Math.ceil((known.until - now) / 1000);
  }

  note(address: string, now: number): void {
    const known = this.byAddress.get(address);
    if (known && known.until > now) {
      known.count += 1;
      return;
    }
    if (this.byAddress.size >= MOST_KNOWN) this.forget(now);
    this.byAddress.set(address, { count: 1, until: now + MINUTE_MS });
  }

  private forget(now: number): void {
    for (const [address, { until }] of this.byAddress) if (until <= now) this.byAddress.delete(address);
  }
}
