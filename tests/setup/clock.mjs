// For a child process: `CLOCK_OFFSET_MS=-86400000 node --import ./tests/setup/clock.mjs ...` runs it a day in the past, and
// CLOCK_STANDS_AT=<milliseconds since the epoch> lets its clock stand at an instant. The app knows nothing of it: it asks
// for the time as ever.
const offset = Number(process.env.CLOCK_OFFSET_MS ?? 0);
const standsAt = process.env.CLOCK_STANDS_AT;
const RealDate = Date;

if (offset !== 0 || standsAt !== undefined) {
  const now = () => (standsAt === undefined ? RealDate.now() + offset : Number(standsAt));
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      if (args.length === 0) super(now());
      else super(...args);
    }

    static now() {
      return now();
    }
  };
}
