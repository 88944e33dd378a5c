import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { WriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";

/** One process of the built app, as it runs in production but for the clock and for where Shopify is. */

export const API_KEY = "00000000000000000000000000000000";
export const APP_TOML = "shopify.app.toml";
const READY_WITHIN_MS = 60_000;

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

export interface Secrets {
  readonly apiSecret: string;
  readonly encryptionKey: string;
}

/** Secrets of this data folder: made once, kept with the data that they encrypt and sign. */
export const secretsOf = async (dataDir: string): Promise<Secrets> => {
  const file = path.join(dataDir, "secrets.json");
  const known = await readFile(file, "utf8").catch(() => null);
  if (known !== null) return JSON.parse(known) as Secrets;
  const made = { apiSecret: randomBytes(24).toString("hex"), encryptionKey: randomBytes(32).toString("base64") };
  await writeFile(file, JSON.stringify(made), { mode: 0o600 });
  return made;
};

export interface AppProcessOptions {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly port: number;
  /** Where Shopify and browsers reach the app, when something stands before it. */
  readonly appUrl?: string;
  readonly localShopifyUrl: string;
  readonly secrets: Secrets;
  readonly clockOffsetMs: number;
  /** The process's clock stands still at this instant. */
  readonly clockStandsAt?: Date;
  readonly scopes: string;
  /** Threads for the orders of a first sync, however small it is. */
  readonly syncThreads?: number;
  /** Whether a web process does jobs too. Default: on. */
  readonly worker?: "on" | "off";
}

export const startAppProcess = (
  options: AppProcessOptions,
  log: WriteStream,
  entry: "server.mjs" | "worker.mjs",
): ChildProcess => {
  const { DATABASE_URL, ...inherited } = process.env;
  const app = spawn(
    process.execPath,
    ["--import", "./tests/setup/clock.mjs", "--import", "./tests/local-shopify/reroute.mjs", entry],
    {
      env: {
        ...inherited,
        NODE_ENV: "production",
        PORT: String(options.port),
        HOST: "127.0.0.1",
        DATA_DIR: options.dataDir,
        ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
        ...(options.worker === undefined ? {} : { PARETO_WORKER: options.worker }),
        ...(options.syncThreads === undefined ? {} : { SYNC_THREADS: String(options.syncThreads) }),
        SHOPIFY_API_KEY: API_KEY,
        SHOPIFY_API_SECRET: options.secrets.apiSecret,
        SHOPIFY_APP_URL: options.appUrl ?? `http://127.0.0.1:${options.port}`,
        SCOPES: options.scopes,
        TOKEN_ENCRYPTION_KEY: options.secrets.encryptionKey,
        LOCAL_SHOPIFY_URL: options.localShopifyUrl,
        CLOCK_OFFSET_MS: String(options.clockOffsetMs),
        ...(options.clockStandsAt && { CLOCK_STANDS_AT: String(options.clockStandsAt.getTime()) }),
      },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    },
  );
  app.stdout.pipe(log, { end: false });
  app.stderr.pipe(log, { end: false });
  return app;
};

export const waitUntilReady = async (url: string, app: ChildProcess): Promise<void> => {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (app.exitCode !== null) throw new Error(`The app ended with code ${app.exitCode}; its log says why`);
    const response = await fetch(`${url}/healthz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The app did not answer within ${READY_WITHIN_MS / 1000} s`);
};

export const stopProcess = (app: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (app.exitCode !== null || app.signalCode !== null) return resolve();
    const force = setTimeout(() => app.kill("SIGKILL"), 15_000);
    app.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    app.kill("SIGTERM");
  });
