import { setTimeout as sleep } from "node:timers/promises";
import { latestWork } from "#app/db/sync-progress.server.ts";
import type { Random } from "#tests/local-shopify/world/random.ts";
import type { StormDatabase } from "../database.ts";
import type { Side } from "../side.ts";
import type { SmallDisk } from "./small-disk.ts";

/** What a fault strikes. */
export interface Target {
  readonly side: Side;
  readonly database: StormDatabase;
  readonly random: Random;
  /** About how long a sync takes that nothing disturbs. */
  readonly syncMs: number;
  /** The disk that the shop's tables lie on, where it is one of their own. */
  readonly disk: SmallDisk | null;
}

/** Something that goes wrong once, at a moment that the seed decides. Resolves when it has been done. */
type Fault = (target: Target) => Promise<void>;

/** A moment of the sync: none that is sure to come before its end. */
const atSomeMoment = ({ random, syncMs }: Target): Promise<void> => sleep(random.next() * syncMs * 0.9);

/** The bulk queries of a sync: variants, collections, customers, companies, orders. */
const BULK_QUERIES = 5;
/** Those whose results have child rows: collections, companies, orders. */
const WITH_CHILDREN = 3;
const HARMLESS = { afterObjects: Number.MAX_SAFE_INTEGER, errorCode: "TIMEOUT" as const };

/** One of the sync's bulk operations, and any before it are let be. */
const failsOne = ({ random, side }: Target): void => {
  const codes = ["INTERNAL_SERVER_ERROR", "TIMEOUT"] as const;
  const fault = { afterObjects: random.int(1, 20), errorCode: random.pick(codes) };
  const before = Array.from({ length: random.int(0, BULK_QUERIES - 1) }, () => HARMLESS);
  side.shopify.faults.bulk.failNext.push(...before, fault);
};

/** Stages in which something is sure to be asked for and written. */
const BUSY = ["products", "collections", "customers", "orders"];

const untilStage = async (side: Side, name: string): Promise<void> => {
  for (;;) {
    const sync = await latestWork(side.pool, await side.shopId(), "sync").catch(() => null);
    const stage = sync?.stages.find((one) => one.name === name);
    if (stage && stage.status !== "waiting") return;
    await sleep(10);
  }
};

const AWAY_MS = [0, 3000];

export const FAULTS = {
  "worker killed": async (target) => {
    await atSomeMoment(target);
    target.side.fleet.kill("worker", target.random.int(0, 9));
  },
  "web process killed": async (target) => {
    await atSomeMoment(target);
    target.side.fleet.kill("web", target.random.int(0, 9));
  },
  "database killed": async (target) => {
    await atSomeMoment(target);
    await target.database.crash(target.random.pick(AWAY_MS));
  },
  throttled: async (target) => {
    await atSomeMoment(target);
    target.side.shopify.faults.throttleNext(target.random.int(5, 20));
  },
  "answers of 500 and 503": async (target) => {
    await atSomeMoment(target);
    target.side.shopify.faults.failNext(target.random.int(1, 3), 500);
    target.side.shopify.faults.failNext(target.random.int(1, 3), 503);
  },
  "calls never answered": async (target) => {
    await atSomeMoment(target);
    target.side.shopify.faults.timeoutNext(1);
  },
  "result ends in the middle of a row": ({ side }) => {
    side.shopify.faults.bulk.truncateNext += 1;
    return Promise.resolve();
  },
  "child row missing": ({ side, random }) => {
    side.shopify.faults.bulk.loseChildNext += random.int(1, WITH_CHILDREN);
    return Promise.resolve();
  },
  "download broken off": ({ side }) => {
    side.shopify.faults.downloads.dropNext += 1;
    return Promise.resolve();
  },
  "result's address expired": ({ side }) => {
    side.shopify.faults.downloads.expireNext += 1;
    return Promise.resolve();
  },
  "bulk operation failed with partial data": (target) => {
    failsOne(target);
    return Promise.resolve();
  },
  "token revoked": async (target) => {
    await untilStage(target.side, target.random.pick(BUSY));
    target.side.shopify.oauth.revokeTokens();
  },
  "disk of the database full": async (target) => {
    await untilStage(target.side, target.random.pick(BUSY));
    target.disk?.fill();
  },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;

export const KILLED: Readonly<Record<"web" | "worker" | "database", FaultName>> = {
  web: "web process killed",
  worker: "worker killed",
  database: "database killed",
};

/** Of these Shopify is to blame: they can come together in one sync, and with kills. */
export const SHOPIFYS: readonly FaultName[] = [
  "throttled",
  "answers of 500 and 503",
  "result ends in the middle of a row",
  "child row missing",
  "download broken off",
  "result's address expired",
  "bulk operation failed with partial data",
];
