import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { InvalidEnvError, readEnv } from "#app/platform/env.server.ts";

const good = {
  SHOPIFY_API_KEY: "0123456789abcdef",
  SHOPIFY_API_SECRET: "secret-of-the-app",
  SHOPIFY_APP_URL: "https://pareto.example.com",
  SCOPES: "read_orders,read_products",
  TOKEN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
};

const messageOf = (variables: Readonly<Record<string, string | undefined>>): string => {
  try {
    readEnv(variables);
  } catch (error) {
    if (error instanceof InvalidEnvError) return error.message;
    throw error;
  }
  return "";
};

test("the variables without a default are enough, and the rest has one", () => {
  expect(readEnv(good)).toEqual({
    ...good,
    NODE_ENV: "production",
    PORT: 3000,
    HOST: "0.0.0.0",
    DATA_DIR: ".data",
    PARETO_WORKER: "on",
    SYNC_THREADS: "auto",
    TRUSTED_PROXIES: 1,
    RATE_LIMIT: 600,
    LOG_LEVEL: "info",
  });
});

test.each(Object.keys(good))("%s must be there, and not be empty", (name) => {
  expect(messageOf({ ...good, [name]: undefined })).toContain(name);
  expect(messageOf({ ...good, [name]: "" })).toContain(name);
});

test.each([
  ["NODE_ENV", "staging"],
  ["PORT", "http"],
  ["PORT", "70000"],
  ["PORT", "3000.5"],
  ["HOST", ""],
  ["SHOPIFY_APP_URL", "pareto.example.com"],
  ["TOKEN_ENCRYPTION_KEY", randomBytes(31).toString("base64")],
  ["TOKEN_ENCRYPTION_KEY", randomBytes(33).toString("base64")],
  ["DATABASE_URL", "mysql://root:open-sesame@127.0.0.1/pareto"],
  ["LOG_LEVEL", "loud"],
  ["SYNC_THREADS", "many"],
  ["SYNC_THREADS", "17"],
])("%s=%s is refused by name, without its value", (name, value) => {
  const message = messageOf({ ...good, [name]: value });
  expect(message).toContain(`  ${name}: `);
  if (value.length > 5) expect(message).not.toContain(value);
});

test("all faults are named at once", () => {
  const faults = messageOf({ SHOPIFY_API_SECRET: good.SHOPIFY_API_SECRET, PORT: "x", LOG_LEVEL: "y" });
  const named = faults
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(":")[0]);
  const missing = ["SHOPIFY_API_KEY", "SHOPIFY_APP_URL", "SCOPES", "TOKEN_ENCRYPTION_KEY"];
  expect(new Set(named)).toEqual(new Set([...missing, "PORT", "LOG_LEVEL"]));
});

test("no value of a secret is ever in the message", () => {
  const secrets = {
    SHOPIFY_API_SECRET: "hush-1",
    TOKEN_ENCRYPTION_KEY: "hush-2",
    DATABASE_URL: "hush-3://u:hush-4@h/d",
  };
  const message = messageOf({ ...good, ...secrets, PORT: "hush-5" });
  expect(message).toContain("TOKEN_ENCRYPTION_KEY");
  expect(message).toContain("DATABASE_URL");
  expect(message).not.toContain("hush");
});

test("a database elsewhere is taken, by either of PostgreSQL's schemes", () => {
  for (const url of ["postgres://u:p@db/pareto", "postgresql://u:p@db:5433/pareto?sslmode=require"]) {
    expect(readEnv({ ...good, DATABASE_URL: url }).DATABASE_URL).toBe(url);
  }
});
