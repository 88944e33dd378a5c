import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { seededRandom } from "#tests/local-shopify/world/random.ts";
import { startStormDatabase, type StormDatabase } from "../database.ts";
import { EXPORTS, exportsOf, LOOKED_AT, RULES, type Exports } from "../exports.ts";
import { openSide, type Side } from "../side.ts";
import { finalWorld } from "../story.ts";
import { FAULTS, type FaultName } from "./faults.ts";
import { seeFirstSync, type FirstSync } from "./first-sync.ts";
import { mountSmallDisk, type SmallDisk } from "./small-disk.ts";

export interface GroundOptions {
  readonly seed: string;
  readonly orders: number;
  readonly say: (text: string) => void;
}

/** First syncs of one shop under faults, each in a database and with processes of its own. */
export interface Ground {
  /** How long a first sync took that nothing disturbed. */
  readonly syncMs: number;
  /** Has a first sync done while these faults strike. @throws Error when it does not come to an end */
  round(faults: readonly FaultName[]): Promise<Round>;
  stop(): Promise<void>;
}

export interface Round extends FirstSync {
  readonly faults: readonly FaultName[];
  /** Why the round could not be: this system does not let it. */
  readonly skipped: string | null;
  /** Of the faults that wait for something to strike, how many did not meet it. */
  readonly unmet: number;
  /** Exports that differ from those of the undisturbed sync, with both of them. */
  readonly different: readonly { readonly file: string; readonly faulted: string; readonly undisturbed: string }[];
}

const DISK: FaultName = "disk of the database full";
/** What a disk has to hold: an empty database, and a shop's rows twice over. */
const megabytesFor = (orders: number): number => 96 + Math.ceil(orders / 25);

const unmetOf = ({ shopify: { faults } }: Side): number =>
  faults.pending +
  faults.bulk.failNext.length +
  faults.bulk.truncateNext +
  faults.bulk.loseChildNext +
  faults.downloads.dropNext +
  faults.downloads.expireNext;

const calm = ({ shopify: { faults } }: Side): void => {
  faults.bulk.failNext.length = 0;
  Object.assign(faults.bulk, { truncateNext: 0, loseChildNext: 0 });
  Object.assign(faults.downloads, { dropNext: 0, expireNext: 0 });
};

interface Place {
  readonly database: StormDatabase;
  readonly dir: string;
  readonly options: GroundOptions;
}

interface Opened {
  readonly disk: SmallDisk | null;
  readonly syncThreads: number;
}

const open = async ({ database, dir, options }: Place, name: string, { disk, syncThreads }: Opened): Promise<Side> => {
  const own = path.join(dir, name);
  await mkdir(own, { recursive: true });
  return openSide({
    dir: own,
    databaseUrl: await database.create(name, disk?.dir),
    world: finalWorld({ seed: options.seed, orders: options.orders, now: WORLD_NOW }),
    clockOffsetMs: 0,
    // Some of what is exported depends on the instant: it is the same for all of them.
    clockStandsAt: LOOKED_AT,
    size: { webs: 1, workers: 1 },
    syncThreads,
  });
};

interface Undisturbed {
  readonly exports: Exports;
  readonly syncMs: number;
}

const undisturbedIn = async (place: Place): Promise<Undisturbed> => {
  const side = await open(place, "undisturbed", { disk: null, syncThreads: 0 });
  try {
    await side.begin(RULES);
    const { stops, seconds } = await seeFirstSync(side, () => undefined);
    if (stops.length > 0) throw new Error("A sync that nothing disturbed stopped");
    await side.idle();
    return { exports: await exportsOf(side), syncMs: seconds * 1000 };
  } finally {
    await side.stop();
  }
};

/** Room is made once the work has failed for the want of it. */
const makeRoom =
  (disk: SmallDisk | null, say: (text: string) => void) =>
  (code: string): void => {
    say(`  stopped: ${code}`);
    if (code === "database-full") disk?.free();
  };

interface Attack {
  readonly name: string;
  readonly faults: readonly FaultName[];
  readonly disk: SmallDisk | null;
}

const underAttack = async (place: Place, { name, faults, disk }: Attack, syncMs: number) => {
  const side = await open(place, name, { disk, syncThreads: 2 });
  const { database, options } = place;
  const strikes = faults.map((fault, nth) => async () => {
    await FAULTS[fault]({ side, database, disk, syncMs, random: seededRandom(options.seed, name, fault, nth) });
  });
  try {
    await side.begin(RULES);
    const [sync] = await Promise.all([
      seeFirstSync(side, makeRoom(disk, options.say)),
      ...strikes.map((strike) => strike()),
    ]);
    const unmet = unmetOf(side);
    calm(side);
    await side.idle();
    return { ...sync, unmet, exports: await exportsOf(side) };
  } finally {
    await side.stop();
  }
};

export const openGround = async (options: GroundOptions): Promise<Ground> => {
  const dir = await mkdtemp(path.join(tmpdir(), "pareto-sync-faults-"));
  const place = { dir, options, database: await startStormDatabase() };
  const stop = async (): Promise<void> => {
    await place.database.stop();
    if (process.env.KEEP_STORM === undefined) await rm(dir, { recursive: true, force: true });
    else options.say(`kept: ${dir}`);
  };
  const made = await undisturbedIn(place).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  let rounds = 0;
  return {
    syncMs: made.syncMs,
    stop,
    round: async (faults) => {
      rounds += 1;
      const name = `round${rounds}`;
      const disk = faults.includes(DISK) ? mountSmallDisk(megabytesFor(options.orders)) : null;
      if (typeof disk === "string") return { faults, skipped: disk, stops: [], seconds: 0, unmet: 0, different: [] };
      try {
        const { exports, ...sync } = await underAttack(place, { name, faults, disk }, made.syncMs);
        const different = EXPORTS.filter((file) => exports[file] !== made.exports[file]).map((file) => ({
          ...{ file, faulted: exports[file], undisturbed: made.exports[file] },
        }));
        return { faults, skipped: null, ...sync, different };
      } finally {
        disk?.free();
        // The server writes to its files until they are dropped.
        await place.database.drop(name);
        disk?.unmount();
      }
    },
  };
};
