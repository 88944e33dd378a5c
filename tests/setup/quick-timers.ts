/**
 * Imported for its effect: in this process, waits are over fifty times as soon. Polling, waiting for the rate limit and
 * trying again after an outage then take milliseconds, on the code as it is.
 */
export const TIMES_FASTER = 50;

const realSetTimeout = globalThis.setTimeout;

const quick = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout =>
  realSetTimeout(callback, ms / TIMES_FASTER, ...args);

globalThis.setTimeout = Object.assign(quick, realSetTimeout);
