import { z } from "zod";

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default("0.0.0.0"),
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(1),
  SHOPIFY_APP_URL: z.url(),
  /** Access scopes, comma-separated, as in shopify.app.toml. */
  SCOPES: z.string().min(1),
  /** 32 bytes in base64: encrypts the access tokens in the database. */
  TOKEN_ENCRYPTION_KEY: z
    .string()
    .refine((key) => Buffer.from(key, "base64").length === 32, "must be 32 bytes in base64 (openssl rand -base64 32)"),
  /** Any PostgreSQL from version 14 on; without it an embedded one keeps its data in DATA_DIR. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().min(1).default(".data"),
  /** Whether the web process works off jobs too; off where `npm run worker` does. */
  PARETO_WORKER: z.enum(["on", "off"]).default("on"),
  /** Threads that read the orders of a first sync; auto: one for each core, four at most, and none for a small result. */
  SYNC_THREADS: z.union([z.literal("auto"), z.coerce.number().int().min(0).max(16)]).default("auto"),
  /** How many proxies stand in front of the app, each of which adds to X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(1),
  /** Requests a minute that one address may make to the public endpoints. */
  RATE_LIMIT: z.coerce.number().int().positive().default(600),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type Env = Readonly<z.infer<typeof schema>>;
export type SyncThreads = Env["SYNC_THREADS"];

/** The environment is missing something, or has something that cannot be used. */
export class InvalidEnvError extends Error {
  override readonly name = "InvalidEnvError";
}

/**
 * @throws InvalidEnvError naming every variable at fault; values are left out, since some are secrets
 */
export const readEnv = (variables: Readonly<Record<string, string | undefined>>): Env => {
  const result = schema.safeParse(variables);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
  throw new InvalidEnvError(`The environment cannot be used:\n${faults.join("\n")}`);
};
