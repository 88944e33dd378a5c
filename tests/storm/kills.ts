import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "#tests/local-shopify/world/random.ts";
import type { StormDatabase } from "./database.ts";
import type { Side } from "./side.ts";

const KINDS = ["web", "worker", "database"] as const;

export interface Kill {
  readonly kind: (typeof KINDS)[number];
  /** Which one of its kind. */
  readonly nth: number;
}

const EVERY_MS = 10_000;
/** Mostly the database is there again at once; now and then it takes longer than anybody waits for a connection. */
const AWAY_MS = [0, 12_000, 0];

/** So many kills: each kind once before any comes again, in random order. */
export const killsIn = (count: number, seed: string): Kill[] => {
  const random = seededRandom(seed, "kills");
  const bag: Kill["kind"][] = [];
  return Array.from({ length: count }, () => {
    if (bag.length === 0) bag.push(...KINDS);
    const [kind = "web"] = bag.splice(random.int(0, bag.length - 1), 1);
    return { kind, nth: random.int(0, 99) };
  });
};

interface Killing {
  readonly side: Side;
  readonly database: StormDatabase;
  readonly say: (text: string) => void;
}

/** Kills one process every ten seconds. */
export const killNow = async (plan: readonly Kill[], { side, database, say }: Killing): Promise<void> => {
  let crashes = 0;
  for (const { kind, nth } of plan) {
    await sleep(EVERY_MS);
    if (kind === "database") {
      const awayMs = AWAY_MS[crashes % AWAY_MS.length] ?? 0;
      crashes += 1;
      say(`killed the database for ${awayMs / 1000} s`);
      await database.crash(awayMs);
    } else {
      say(`killed ${side.fleet.kill(kind, nth)}`);
    }
  }
};
