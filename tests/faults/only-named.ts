import { beforeEach } from "vitest";

/** Of the files that are run, only the tests that faults name. */
const named = new Set((process.env.PARETO_FAULT_TESTS ?? "").split("\n"));

beforeEach(({ task, skip }) => {
  const names = [task.name];
  for (let suite = task.suite; suite; suite = suite.suite) names.unshift(suite.name);
  skip(!named.has(names.join(" > ")));
});
