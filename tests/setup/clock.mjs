// For a child process: `CLOCK_OFFSET_MS=-86400000 node --import ./tests/setup/clock.mjs ...` runs it a day in the past.
// The app knows nothing of it: it asks for the time as ever.
const offset = Number(process.env.CLOCK_OFFSET_MS ?? 0);
const RealDate = Date;

if (offset !== 0) {
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      if (args.length === 0) super(RealDate.now() + offset);
      else super(...args);
    }

    static now() {
      return RealDate.now() + offset;
    }
  };
}
