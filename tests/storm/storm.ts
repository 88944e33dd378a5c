import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { seededRandom } from "#tests/local-shopify/world/random.ts";
import type { World } from "#tests/local-shopify/world/world.ts";
import { shopRows } from "#tests/setup/shop-rows.ts";
import { startStormDatabase, type StormDatabase } from "./database.ts";
import type { FleetSize } from "./fleet.ts";
import { exportsOf, LOOKED_AT, RULES, type Exports } from "./exports.ts";
import { killNow, killsIn, type Kill } from "./kills.ts";
import { openSide, type Side } from "./side.ts";
import { storyOf, type Step, type Story } from "./story.ts";

export interface StormOptions extends FleetSize {
  readonly seed: string;
  readonly orders: number;
  /** About how many webhooks, before any is doubled or dropped. */
  readonly webhooks: number;
  readonly kills: number;
  /** How long the shop takes to live through its story. */
  readonly seconds: number;
  /** When it begins, by the clocks of the shop and of the app. */
  readonly startsAt?: Date;
  readonly say: (text: string) => void;
}

export interface StormResult {
  readonly stormed: Exports;
  readonly clean: Exports;
  readonly counts: Readonly<Record<string, number | string>>;
  readonly logs: readonly string[];
}

const DOUBLED_SHARE = 0.1;
/** A twentieth in all: some are lost one by one, and of what happens last all are, so that nothing comes that makes up for it. */
const DROPPED_SHARE = 0.025;
const UNTOLD_SHARE = 0.025;
const LATE_MS = 3000;
const SHUFFLE_EVERY_MS = 250;

/** Lives through a story while its webhooks are late, doubled, lost and in any order. */
const live = async ({ shopify }: Side, steps: readonly Step[], options: StormOptions): Promise<void> => {
  const { webhooks } = shopify;
  const random = seededRandom(options.seed, "deliveries");
  webhooks.switches.duplicateShare = DOUBLED_SHARE;
  const started = Date.now();
  let shuffledAt = started;
  for (const [index, step] of steps.entries()) {
    const dueAt = started + (options.seconds * 1000 * index) / steps.length;
    if (dueAt > Date.now()) await sleep(dueAt - Date.now());
    webhooks.switches.delayMs = random.int(0, LATE_MS);
    webhooks.switches.dropShare = index >= steps.length * (1 - UNTOLD_SHARE) ? 1 : DROPPED_SHARE;
    step(shopify);
    if (Date.now() - shuffledAt < SHUFFLE_EVERY_MS) continue;
    webhooks.shuffle(index);
    shuffledAt = Date.now();
    // Now and then the others have their turn, however late it is.
    await sleep(1);
  }
  Object.assign(webhooks.switches, { duplicateShare: 0, dropShare: 0, delayMs: 0 });
};

interface Ground {
  readonly dir: string;
  readonly database: StormDatabase;
  readonly databaseUrl: string;
  readonly clockOffsetMs: number;
}

interface Stormed {
  readonly world: World;
  readonly counts: Readonly<Record<string, number | string>>;
  readonly logs: readonly string[];
}

const keptEvents = async ({ pool }: Side): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>("SELECT count(*)::int AS count FROM inbox_event");
  return rows[0]?.count ?? 0;
};

/** All that is kept of the shop's orders and customers, and worked out of it. */
const allRows = async (side: Side): Promise<Set<string>> => {
  const tables = await shopRows(side.pool, await side.shopId());
  return new Set(Object.entries(tables).flatMap(([table, rows]) => rows.map((row) => `${table} ${row}`)));
};

const storm = async (story: Story, options: StormOptions, ground: Ground): Promise<Stormed> => {
  const { seed, say } = options;
  const side = await openSide({ ...ground, world: story.early, size: options, shopify: { webhookSeed: seed } });
  try {
    await side.install(RULES);
    say(`installed, ${story.early.orders.length} orders; ${story.steps.length} things happen now`);
    const plan: Kill[] = killsIn(options.kills, seed);
    await Promise.all([live(side, story.steps, options), killNow(plan, { side, database: ground.database, say })]);
    say("all has happened; webhooks are still on their way");
    await side.idle();
    if (side.shopify.webhooks.givenUp.length > 0) throw new Error("Webhooks were given up: nobody took them");
    const events = await keptEvents(side);
    say(`${events} events kept; catching up`);
    const before = await allRows(side);
    await side.work("catch_up");
    const after = await allRows(side);
    const { attempts, taken } = side.fleet.balancer.webhooks;
    const counts = {
      orders: side.shopify.world.orders.length,
      things: story.steps.length,
      deliveries: attempts,
      taken,
      events,
      caughtUp:
        [...after].filter((row) => !before.has(row)).length + [...before].filter((row) => !after.has(row)).length,
      kills: plan.length,
      restarts: side.fleet.restarts(),
      database: ground.database.version,
    };
    return { world: side.shopify.world, counts, logs: await side.fleet.logs() };
  } finally {
    await side.stop();
  }
};

const ONE = { webs: 1, workers: 0 };

/** The stormed shop's exports, looked at in peace. Shopify makes the world's changes again from its own log. */
const lookAt = async (early: World, ground: Ground): Promise<Exports> => {
  const side = await openSide({ ...ground, world: early, size: ONE, clockStandsAt: LOOKED_AT });
  try {
    return await exportsOf(side);
  } finally {
    await side.stop();
  }
};

const cleanSync = async (world: World, ground: Ground): Promise<Exports> => {
  const side = await openSide({ ...ground, world, size: ONE, clockStandsAt: LOOKED_AT });
  try {
    await side.install(RULES);
    return await exportsOf(side);
  } finally {
    await side.stop();
  }
};

/** A shop that lived through a storm of webhooks, and beside it a first sync of what it has become. */
export const runStorm = async (options: StormOptions): Promise<StormResult> => {
  options.say(`seed ${options.seed}`);
  const story = storyOf({ ...options, now: WORLD_NOW });
  const early = structuredClone(story.early);
  const dir = await mkdtemp(path.join(tmpdir(), "pareto-storm-"));
  const database = await startStormDatabase();
  const groundOf = async (name: string): Promise<Ground> => ({
    dir: path.join(dir, name),
    database,
    databaseUrl: await database.create(name),
    clockOffsetMs: (options.startsAt ?? WORLD_NOW).getTime() - Date.now(),
  });
  try {
    const ground = await groundOf("storm");
    const { world, ...told } = await storm(story, options, ground);
    options.say("caught up; now a clean first sync of the same shop");
    const [stormed, clean] = await Promise.all([lookAt(early, ground), cleanSync(world, await groundOf("clean"))]);
    return { stormed, clean, ...told };
  } finally {
    await database.stop();
    if (process.env.KEEP_STORM === undefined) await rm(dir, { recursive: true, force: true });
    else options.say(`kept: ${dir}`);
  }
};
