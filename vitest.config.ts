import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

const MINUTE = 60_000;
const BROWSER_TESTS = ["tests/**/*.browser.test.ts", "tests/e2e/**/*.test.ts"];
const DATABASE_TESTS = [
  "tests/platform/**/*.test.ts",
  "tests/pipeline/**/*.test.ts",
  "tests/db/**/*.test.ts",
  "tests/threads/**/*.test.ts",
];

const project = (
  name: string,
  test: Omit<NonNullable<TestProjectInlineConfiguration["test"]>, "name">,
): TestProjectInlineConfiguration => ({ extends: true, test: { name, ...test } });

/** The database tests, on the PostgreSQL of the npm package and, where PARETO_TEST_POSTGRES_BIN names one, an installed one. */
const database = (name: string): TestProjectInlineConfiguration =>
  project(name, {
    include: DATABASE_TESTS,
    exclude: BROWSER_TESTS,
    globalSetup: ["tests/setup/postgres.ts"],
    testTimeout: MINUTE,
    hookTimeout: MINUTE,
  });

export default defineConfig({
  test: {
    environment: "node",
    maxWorkers: 2,
    setupFiles: ["tests/setup/fail-on-console-error.ts"],
    projects: [
      project("unit", {
        include: ["core", "shopify", "local-shopify", "docs"].map((folder) => `tests/${folder}/**/*.test.ts`),
        exclude: BROWSER_TESTS,
        testTimeout: MINUTE,
      }),
      project("faults", {
        include: ["tests/faults/**/*.test.ts", "tests/functions/faults/**/*.test.ts"],
        testTimeout: MINUTE,
      }),
      // These run the Function as built.
      project("functions", {
        include: ["tests/functions/**/*.test.ts"],
        exclude: ["tests/functions/faults/**"],
        testTimeout: 3 * MINUTE,
      }),
      database("database"),
      ...(process.env.PARETO_TEST_POSTGRES_BIN ? [database("database-installed")] : []),
      // These run the app as built, as a process of its own.
      project("app", {
        include: ["tests/routes/**/*.test.ts"],
        globalSetup: ["tests/setup/postgres.ts"],
        testTimeout: 2 * MINUTE,
        hookTimeout: 2 * MINUTE,
      }),
      // These run the app as built on a database of their own, since they kill it.
      project("storm", { include: ["tests/storm/**/*.test.ts"], testTimeout: 4 * MINUTE, hookTimeout: 2 * MINUTE }),
      project("browser", { include: BROWSER_TESTS, testTimeout: 4 * MINUTE, hookTimeout: 4 * MINUTE }),
      project("reality", {
        include: ["tests/reality/**/*.test.ts"],
        exclude: BROWSER_TESTS,
        testTimeout: 4 * MINUTE,
        hookTimeout: 4 * MINUTE,
      }),
    ],
  },
});
