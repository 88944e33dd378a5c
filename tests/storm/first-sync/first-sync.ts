import { setTimeout as sleep } from "node:timers/promises";
import { latestWork } from "#app/db/sync-progress.server.ts";
import { presentSync } from "#app/presenters/sync.ts";
import type { Side } from "../side.ts";

const SOON_MS = 100;
/** A merchant presses the button again no sooner than that. */
const PRESSES_EVERY_MS = 2000;
const FINISHED_WITHIN_MS = 900_000;

/** The sync stood still, and the merchant had it tried again. */
export interface Stop {
  /** The code of the failure, or `given-up`: nothing failed, and there was no job any more that would go on. */
  readonly code: string;
  /** Whether Home said what had happened and what to do. */
  readonly isSaid: boolean;
}

export interface FirstSync {
  readonly stops: readonly Stop[];
  readonly seconds: number;
}

const ANY_JOB = `SELECT EXISTS (SELECT 1 FROM graphile_worker.jobs
  WHERE task_identifier = 'sync_shop' AND (attempts < max_attempts OR locked_at IS NOT NULL)) AS any`;

/** "finished", the code why it stands still, or null: it is under way. */
const standsStillFor = async (side: Side): Promise<string | null> => {
  const sync = await latestWork(side.pool, await side.shopId(), "sync");
  if (sync?.status === "finished") return "finished";
  if (sync?.status === "failed") return sync.errorCode;
  const { rows } = await side.pool.query<{ any: boolean }>(ANY_JOB);
  return rows[0]?.any === false ? "given-up" : null;
};

/** Reads Home and presses "Try again". @returns what the page said */
const tryAgain = async (side: Side, code: string): Promise<Stop> => {
  const page = await side.ask("/app.data");
  const { failure } = presentSync({ status: "failed", errorCode: code, stages: [] });
  const isSaid = failure !== null && page.includes(failure.title) && page.includes(failure.advice);
  await side.ask("/app.data?index", { method: "POST", body: new URLSearchParams() });
  return { code, isSaid };
};

/**
 * Waits until the first sync has finished, and does what the page asks for whenever it stands still.
 *
 * @param onStop told of each time, before the merchant tries again
 * @throws Error when it stops for a fault of the app's own, or does not finish within a quarter of an hour
 */
export const seeFirstSync = async (side: Side, onStop: (code: string) => void): Promise<FirstSync> => {
  const started = Date.now();
  const stops: Stop[] = [];
  for (let pressedAt = 0; Date.now() - started < FINISHED_WITHIN_MS; await sleep(SOON_MS)) {
    // The database may be away.
    const why = await standsStillFor(side).catch(() => null);
    if (why === "finished") return { stops, seconds: (Date.now() - started) / 1000 };
    if (why === null || Date.now() - pressedAt < PRESSES_EVERY_MS) continue;
    if (why === "bug") throw new Error("The sync stopped because of a fault in the app: its log has it");
    onStop(why);
    const stop = await tryAgain(side, why).catch(() => null);
    if (stop) stops.push(stop);
    pressedAt = Date.now();
  }
  throw new Error(`The first sync did not finish; it stopped: ${stops.map(({ code }) => code).join(", ")}`);
};
