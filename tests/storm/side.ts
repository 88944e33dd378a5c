import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { createPool } from "#app/db/pool.server.ts";
import { latestWork, requestWork } from "#app/db/sync-progress.server.ts";
import type { WorkKind } from "#app/core/sync/stages.ts";
import { startLocalShopify, type LocalShopify, type LocalShopifyOptions } from "#tests/local-shopify/server.ts";
import { readAppConfig } from "#tests/local-shopify/webhooks/subscriptions.ts";
import type { World } from "#tests/local-shopify/world/world.ts";
import { API_KEY, APP_TOML, secretsOf } from "#tests/setup/app-process.ts";
import { USER_AGENT } from "#tests/setup/app-under-test.ts";
import { createFleet, type Fleet, type FleetSize } from "./fleet.ts";

/** One shop with its Shopify, its database and the processes of the app. */
export interface Side {
  readonly fleet: Fleet;
  readonly shopify: LocalShopify;
  readonly pool: pg.Pool;
  /** Installs the app, opens it once and gives the shop its cost rules: its first sync begins. */
  begin(rules: unknown): Promise<void>;
  /** Begins, and waits for the first sync. */
  install(rules: unknown): Promise<void>;
  /** Waits until nothing is on its way any more: no webhook, no event, no job. */
  idle(withinMs?: number): Promise<void>;
  /** Has a long work done, and waits for it. */
  work(kind: WorkKind): Promise<void>;
  /** Runs the tiers as if for the first time: without a history that a clean sync does not have. */
  runTiersAfresh(): Promise<void>;
  /** Asks the app as a person in the admin does. @throws Error unless the answer is 2xx */
  ask(target: string, init?: RequestInit): Promise<string>;
  download(file: string): Promise<string>;
  shopId(): Promise<number>;
  stop(): Promise<void>;
}

export interface SideOptions {
  readonly dir: string;
  readonly databaseUrl: string;
  readonly world: World;
  readonly clockOffsetMs: number;
  /** The clocks of Shopify and of the app stand still at this instant. */
  readonly clockStandsAt?: Date;
  readonly size: FleetSize;
  readonly syncThreads?: number;
  readonly shopify?: Partial<LocalShopifyOptions>;
}

const SOON_MS = 100;
const INSTALLED_WITHIN_MS = 600_000;

/** Asks until the answer is yes; the database may be away in between. */
export const until = async (what: string, withinMs: number, isSo: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (await isSo().catch(() => false)) return;
    await sleep(SOON_MS);
  }
  throw new Error(`Not within ${withinMs / 1000} s: ${what}`);
};

const BUSY = `SELECT EXISTS (SELECT 1 FROM graphile_worker.jobs WHERE attempts < max_attempts)
  OR EXISTS (SELECT 1 FROM inbox_event WHERE status = 'waiting') AS busy`;

const asker =
  (shopify: LocalShopify, appUrl: string) =>
  async (target: string, init: RequestInit = {}): Promise<string> => {
    const headers = { authorization: `Bearer ${shopify.oauth.mintSessionToken()}`, "user-agent": USER_AGENT };
    const response = await fetch(new URL(target, appUrl), { redirect: "manual", ...init, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${target} answered ${response.status}: ${text.slice(0, 300)}`);
    return text;
  };

const shopIdIn = async (pool: pg.Pool): Promise<number> => {
  const { rows } = await pool.query<{ id: number }>("SELECT id FROM shop");
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("The app knows no shop");
  return id;
};

const AFRESH = ["tier_move", "standing", "tier_run"].map((table) => `DELETE FROM ${table} WHERE shop_id = $1`);
const RUN_TIERS = `SELECT graphile_worker.add_job('run_tiers', json_build_object('shopId', $1::int),
  queue_name => 'shop:' || $1)`;

const openShopify = async (options: SideOptions, appUrl: string) => {
  const secrets = await secretsOf(options.dir);
  const { scopes, optionalScopes } = readAppConfig(APP_TOML, appUrl);
  const shopify = await startLocalShopify({
    world: options.world,
    stateDir: path.join(options.dir, "shopify"),
    apiKey: API_KEY,
    apiSecret: secrets.apiSecret,
    appUrl,
    appTomlPath: APP_TOML,
    now: () => options.clockStandsAt ?? new Date(Date.now() + options.clockOffsetMs),
    grantedScopes: [...scopes, ...optionalScopes],
    // A thousand times the plan's rate: nobody waits for a rate limit here.
    bucketSpeed: 1000,
    webhookSpeed: 200,
    ...options.shopify,
  });
  return { secrets, scopes, shopify };
};

export const openSide = async (options: SideOptions): Promise<Side> => {
  const fleet = await createFleet(options.size, path.join(options.dir, "logs"));
  const { secrets, scopes, shopify } = await openShopify(options, fleet.balancer.url);
  const { dir: dataDir, databaseUrl, clockOffsetMs, clockStandsAt } = options;
  const pool = createPool(databaseUrl, 4);
  const stop = async (): Promise<void> => {
    await fleet.stop();
    await shopify.close();
    await pool.end();
  };
  try {
    await fleet.start({
      ...{ dataDir, databaseUrl, clockOffsetMs, secrets },
      ...(clockStandsAt && { clockStandsAt }),
      ...(options.syncThreads !== undefined && { syncThreads: options.syncThreads }),
      localShopifyUrl: shopify.url,
      scopes: scopes.join(","),
    });
  } catch (error) {
    await stop();
    throw error;
  }
  const ask = asker(shopify, fleet.balancer.url);
  const idle = (withinMs = INSTALLED_WITHIN_MS): Promise<void> =>
    until("the inbox and the queue are empty", withinMs, async () => {
      if (shopify.webhooks.pending.length > 0) return false;
      const { rows } = await pool.query<{ busy: boolean }>(BUSY);
      return rows[0]?.busy === false;
    });
  const finished = (kind: WorkKind): Promise<void> =>
    until(`${kind} is finished`, INSTALLED_WITHIN_MS, async () => {
      const work = await latestWork(pool, await shopIdIn(pool), kind);
      return work?.status === "finished";
    });
  const begin = async (rules: unknown): Promise<void> => {
    shopify.oauth.install();
    await ask("/app.data");
    await ask("/app/costs/rules.json", { method: "POST", body: JSON.stringify(rules) });
  };
  return {
    fleet,
    shopify,
    pool,
    idle,
    begin,
    install: async (rules) => {
      await begin(rules);
      await finished("sync");
      await idle();
    },
    work: async (kind) => {
      await requestWork(pool, await shopIdIn(pool), kind, shopify.clock.now());
      await finished(kind);
      await idle();
    },
    runTiersAfresh: async () => {
      const shopId = await shopIdIn(pool);
      for (const statement of AFRESH) await pool.query(statement, [shopId]);
      await pool.query(RUN_TIERS, [shopId]);
      await idle();
    },
    shopId: () => shopIdIn(pool),
    ask,
    download: (file) => ask(`/app/${file}`),
    stop,
  };
};
