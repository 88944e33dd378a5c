const WRITE_EVERY_MS = 250;
/** Of all time, at most this part goes into writing: a long queue takes long to write. */
const WRITING_SHARE = 0.1;

/** Writes state that changes all the time, every quarter of a second at most; what changed last is written at the close. */
export class LazyWriter {
  private readonly write: () => void;
  private timer: NodeJS.Timeout | null = null;
  private isStale = false;
  private isClosed = false;
  private waitMs = WRITE_EVERY_MS;

  constructor(write: () => void) {
    this.write = write;
  }

  changed(): void {
    this.isStale = true;
    // What still happens while others are closing is not lost.
    if (this.isClosed) this.flush();
    if (this.timer || this.isClosed) return;
    this.timer = setTimeout(() => this.flush(), this.waitMs);
    this.timer.unref();
  }

  close(): void {
    this.isClosed = true;
    this.flush();
  }

  private flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.isStale) return;
    this.isStale = false;
    const startedAt = performance.now();
    this.write();
    this.waitMs = Math.max(WRITE_EVERY_MS, (performance.now() - startedAt) / WRITING_SHARE);
  }
}
