import { appendFileSync } from "node:fs";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import type { Reporter } from "vitest/node";
import { FAULTS, type Fault } from "./faults.ts";
import { plantFault } from "./plant-fault.ts";

// Runs the tests that faults name: once on the code as it is, and for each fault that PARETO_FAULTS names (one a line, or
// "all") once more with the fault in it, as a project of the fault's name. What became of each test is written to the file
// PARETO_FAULT_RESULTS, a line of JSON each.

const wanted = (process.env.PARETO_FAULTS ?? "").split("\n");
const faults = FAULTS.filter(({ name }) => wanted.includes("all") || wanted.includes(name));

const project = (
  name: string,
  tests: readonly Fault["test"][],
  parts: Pick<TestProjectInlineConfiguration, "plugins">,
): TestProjectInlineConfiguration => ({
  ...parts,
  test: {
    name,
    include: [...new Set(tests.map(({ file }) => file))],
    env: { PARETO_FAULT_TESTS: tests.map((one) => one.name).join("\n") },
    setupFiles: ["tests/faults/only-named.ts"],
    testTimeout: 60_000,
  },
});

const file = process.env.PARETO_FAULT_RESULTS;

const results: Reporter = {
  onTestCaseResult: (testCase) => {
    const { state } = testCase.result();
    const result = {
      project: testCase.project.name,
      file: testCase.module.relativeModuleId,
      test: testCase.fullName,
      state,
    };
    if (file) appendFileSync(file, `${JSON.stringify(result)}\n`);
  },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    pool: "threads",
    reporters: file ? [results] : ["default"],
    projects: [
      project(
        "as it is",
        faults.map(({ test }) => test),
        {},
      ),
      ...faults.map((fault) => project(fault.name, [fault.test], { plugins: [plantFault(fault)] })),
    ],
  },
});
