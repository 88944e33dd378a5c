import { appendFileSync, readFileSync } from "node:fs";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import type { Reporter } from "vitest/node";
import { z } from "zod";

// Runs tests of the Function against modules with a fault: a project for each, with the module and the test that it names. Says
// what became of each test in the file PARETO_FAULT_RESULTS, a line of JSON each.

const job = z
  .array(
    z.object({
      name: z.string(),
      variable: z.enum(["PARETO_FUNCTION", "PARETO_PAYMENTS_FUNCTION"]),
      module: z.string(),
      tests: z.array(z.object({ file: z.string(), name: z.string() })),
    }),
  )
  .parse(JSON.parse(readFileSync(process.env.PARETO_FAULTS ?? "", "utf8")));

/** A fault shows in few carts or not at all. */
const CARTS = "4000";

const project = ({ name, variable, module, tests }: (typeof job)[number]): TestProjectInlineConfiguration => ({
  test: {
    name,
    include: [...new Set(tests.map(({ file }) => file))],
    env: { PARETO_FAULT_TESTS: tests.map((one) => one.name).join("\n"), [variable]: module, PARETO_CARTS: CARTS },
    setupFiles: ["tests/faults/only-named.ts"],
    testTimeout: 60_000,
  },
});

const results: Reporter = {
  onTestCaseResult: (testCase) => {
    const result = {
      project: testCase.project.name,
      test: `${testCase.module.relativeModuleId}: ${testCase.fullName}`,
      state: testCase.result().state,
    };
    appendFileSync(process.env.PARETO_FAULT_RESULTS ?? "", `${JSON.stringify(result)}\n`);
  },
};

export default defineConfig({
  test: { maxWorkers: 2, pool: "threads", reporters: [results], projects: job.map(project) },
});
