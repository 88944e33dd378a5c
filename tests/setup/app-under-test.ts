import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LocalShopify, LocalShopifyOptions } from "#tests/local-shopify/server.ts";
import type { World } from "#tests/local-shopify/world/world.ts";
import { runApp, type RunningApp } from "./running-app.ts";
import { testDatabase, type TestDatabase } from "./test-database.ts";

/** People's browsers: what looks like a bot is sent away. */
export const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/** The built app as a process, a local Shopify beside it, and the app's database open to look into. */
export interface AppUnderTest {
  readonly running: RunningApp;
  readonly shopify: LocalShopify;
  readonly database: TestDatabase;
  readonly apiSecret: string;
  /** Where the local Shopify keeps its state, and the app its log. */
  readonly dataDir: string;
  /** What App Bridge would send along: a session token of now, unless the headers bring one. */
  ask(target: string, init?: RequestInit): Promise<Response>;
  /** Installs the app, opens it once and waits for its first sync. */
  install(): Promise<void>;
  /** Waits until the queue is empty and no webhook is on its way. */
  settled(): Promise<void>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

const SETTLED_WITHIN_MS = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const untilQueueIsEmpty = async ({ pool }: TestDatabase): Promise<void> => {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  while (Date.now() < deadline) {
    const { rows } = await pool.query<{ busy: boolean }>(
      "SELECT EXISTS (SELECT 1 FROM graphile_worker.jobs WHERE attempts < max_attempts) AS busy",
    );
    if (!rows[0]?.busy) return;
    await pause(100);
  }
  throw new Error(`The app's queue was not empty after ${SETTLED_WITHIN_MS / 1000} s`);
};

/**
 * Starts the app on a world, with a database of the test's own.
 *
 * @param now when it is, for the app and for the shop
 */
export const startAppUnderTest = async (
  world: World,
  now: Date,
  shopify: Partial<LocalShopifyOptions> = {},
): Promise<AppUnderTest> => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "pareto-app-"));
  const database = await testDatabase();
  const running = await runApp({
    world,
    dataDir,
    databaseUrl: database.url,
    clockOffsetMs: now.getTime() - Date.now(),
    shopify: { bucketSpeed: 50, webhookSpeed: 100, ...shopify },
  });
  const secrets = JSON.parse(await readFile(path.join(dataDir, "secrets.json"), "utf8")) as { apiSecret: string };
  const { oauth, webhooks } = running.shopify;

  const ask = (target: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (!headers.has("user-agent")) headers.set("user-agent", USER_AGENT);
    if (!headers.has("authorization")) headers.set("authorization", `Bearer ${oauth.mintSessionToken()}`);
    return fetch(new URL(target, running.appUrl), { redirect: "manual", ...init, headers });
  };
  const settled = async (): Promise<void> => {
    await webhooks.settled();
    await untilQueueIsEmpty(database);
  };
  return {
    running,
    shopify: running.shopify,
    database,
    apiSecret: secrets.apiSecret,
    dataDir,
    ask,
    settled,
    install: async () => {
      oauth.install();
      const response = await ask("/app.data");
      if (!response.ok) throw new Error(`The app answered ${response.status} after its install`);
      await response.text();
      await settled();
    },
    log: () => readFile(path.join(dataDir, "app.log"), "utf8"),
    stop: async () => {
      await running.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
