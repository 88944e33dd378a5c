import fc from "fast-check";
import { beforeEach } from "vitest";

/** Whether random cases find a fault is the same in every run. */
fc.configureGlobal({ seed: 1 });

/** Of the files that are run, only the tests that faults name. */
const named = new Set((process.env.PARETO_FAULT_TESTS ?? "").split("\n"));

beforeEach(({ task, skip }) => {
  const names = [task.name];
  for (let suite = task.suite; suite; suite = suite.suite) names.unshift(suite.name);
  skip(!named.has(names.join(" > ")));
});
