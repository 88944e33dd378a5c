import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import type pg from "pg";
import { z } from "zod";
import { createInbox } from "#app/db/inbox/receive.server.ts";
import { discountFunction } from "#app/checkout/discount-function.server.ts";
import type { LoadedFunction } from "#app/checkout/load-function.ts";
import { migrate } from "#app/db/migrate.server.ts";
import { createPages, type Pages } from "#app/db/pages/pages.server.ts";
import { createPool, createQueuePool } from "#app/db/pool.server.ts";
import { encryptedSessionStorage } from "#app/db/session-storage.server.ts";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";
import { readEnv, type Env } from "#app/platform/env.server.ts";
import { createJobs, type Jobs } from "#app/platform/jobs.server.ts";
import { createLogger, type Logger } from "#app/platform/logger.server.ts";
import { createTokenCipher } from "#app/platform/token-cipher.server.ts";
import { threadsFor } from "#app/threads/order-threads.ts";
import { createShopifyApp, type ShopifyApp } from "#app/shopify/shopify-app.server.ts";
import { createSignatureCheck } from "#app/shopify/webhook-signature.server.ts";

/** Everything the app is made of, built once. */
export interface App {
  readonly env: Env;
  readonly logger: Logger;
  readonly pool: pg.Pool;
  readonly pages: Pages;
  /** Keeps a webhook. */
  readonly inbox: ReturnType<typeof createInbox>;
  readonly jobs: Jobs;
  /** Threads for the orders of a bulk result; null where it is too small for them. */
  readonly threadsFor: ReturnType<typeof threadsFor>;
  /** The discount Function, by the bytes that run at checkout; loaded at the first call. */
  readonly discountFunction: () => LoadedFunction;
  readonly shopify: ShopifyApp;
  /** Whether a webhook's body was signed by Shopify. */
  readonly isSigned: ReturnType<typeof createSignatureCheck>;
  readonly now: () => Date;
  stop(): Promise<void>;
}

const severities = ["error", "warn", "info", "debug"] as const;

const build = async (): Promise<App> => {
  const env = readEnv(process.env);
  const logger = createLogger(env.LOG_LEVEL);
  const embedded = env.DATABASE_URL
    ? null
    : await startEmbeddedPostgres({ dir: path.join(env.DATA_DIR, "postgres"), keep: true });
  const databaseUrl = env.DATABASE_URL ?? z.string().parse(embedded?.url);
  const pool = createPool(databaseUrl);
  const queuePool = createQueuePool(databaseUrl);
  const applied = await migrate(pool);
  if (applied.length > 0) logger.info({ applied }, "database migrated");

  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const cipher = createTokenCipher(env.TOKEN_ENCRYPTION_KEY);
  const shopifySettings = {
    apiKey: env.SHOPIFY_API_KEY,
    apiSecret: env.SHOPIFY_API_SECRET,
    appUrl: env.SHOPIFY_APP_URL,
    scopes: env.SCOPES.split(","),
    sessionStorage: encryptedSessionStorage(new PrismaSessionStorage(prisma), cipher),
    log: (severity: number, message: string): void => logger[severities[severity] ?? "info"](message),
  };
  const jobs = await createJobs(queuePool, logger);
  return {
    env,
    logger,
    pool,
    pages: createPages(pool),
    inbox: createInbox(pool),
    jobs,
    threadsFor: threadsFor(databaseUrl, env.SYNC_THREADS),
    discountFunction,
    shopify: createShopifyApp(shopifySettings),
    isSigned: createSignatureCheck(env.SHOPIFY_API_SECRET),
    now: () => new Date(),
    stop: async () => {
      await jobs.stop();
      await prisma.$disconnect();
      await Promise.all([pool.end(), queuePool.end()]);
      await embedded?.stop();
    },
  };
};

let app: Promise<App> | undefined;

/** The app of this process. Built at the first call; the promise is kept, so that callers at the same time share it. */
export const getApp = (): Promise<App> => (app ??= build());
