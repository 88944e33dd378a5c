import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { generatedWorld } from "#tests/factories/generated-world.ts";
import { frameAddress } from "#tests/local-shopify/admin-page/frame-address.ts";
import { secretsOf } from "#tests/setup/app-process.ts";
import { USER_AGENT } from "#tests/setup/app-under-test.ts";
import { runApp, type RunningApp } from "#tests/setup/running-app.ts";
import { NOW } from "../ingest/bulk-files.ts";

/** How a page is asked for: as the document that the admin frames, or as the data that a click inside the app fetches. */
export type Form = "document" | "data";

/** The built app on the loaded shop, its merchant signed in. */
export interface OpenApp {
  readonly running: RunningApp;
  /** Milliseconds from asking for a page to its last byte. @throws Error unless the answer is 200 */
  readonly time: (target: string, form: Form) => Promise<number>;
  /** The same for an address that asks for no sign-in. */
  readonly timePlain: (target: string) => Promise<number>;
}

const DOMAIN = "bench.myshopify.com";

const timed = async (url: URL | string, init: RequestInit = {}): Promise<number> => {
  const started = performance.now();
  const response = await fetch(url, { redirect: "manual", ...init });
  const body = await response.text();
  const milliseconds = performance.now() - started;
  if (response.status !== 200) throw new Error(`${String(url)} answered ${response.status}: ${body.slice(0, 300)}`);
  return milliseconds;
};

/** `/app/customers?page=2` is fetched as `/app/customers.data?page=2`. */
const dataTarget = (target: string): string => target.replace(/^([^?]*)/, "$1.data");

/**
 * Starts the app. The shop is as the loading left it, but for its first sync, which counts as finished; the local Shopify beside
 * it has a small shop of the same domain, and hands out tokens.
 */
export const openApp = async (pool: pg.Pool, databaseUrl: string, dir: string): Promise<OpenApp> => {
  await mkdir(dir, { recursive: true });
  await chmod(dir, 0o711);
  await pool.query("UPDATE sync_run SET status = 'finished', finished_at = $1", [NOW]);
  await pool.query("UPDATE sync_stage SET status = 'finished'");
  const clockOffsetMs = NOW.getTime() - Date.now();
  const running = await runApp({
    world: generatedWorld({ seed: "pages", customers: 20, orders: 30, domain: DOMAIN, name: "Bench" }),
    dataDir: dir,
    databaseUrl,
    clockOffsetMs,
  });
  const { oauth } = running.shopify;
  oauth.install();
  const { apiSecret } = await secretsOf(path.resolve(dir));
  const headers = { "user-agent": USER_AGENT };
  const addressOf = (target: string): string =>
    frameAddress({
      appOrigin: running.appUrl,
      path: target,
      shop: DOMAIN,
      store: DOMAIN.replace(".myshopify.com", ""),
      idToken: oauth.mintSessionToken(),
      now: new Date(Date.now() + clockOffsetMs),
      apiSecret,
    });
  return {
    running,
    time: (target, form) =>
      form === "document"
        ? timed(addressOf(target), { headers })
        : timed(new URL(dataTarget(target), running.appUrl), {
            headers: { ...headers, authorization: `Bearer ${oauth.mintSessionToken()}` },
          }),
    timePlain: (target) => timed(new URL(target, running.appUrl), { headers }),
  };
};
