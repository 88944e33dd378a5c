import { beforeAll, describe, expect, test } from "vitest";
import { FUNCTION_FAULTS } from "./faults.ts";
import { type FaultRun, runFaults, testOf } from "./run-faults.ts";

let run: FaultRun;
beforeAll(async () => {
  run = await runFaults({ extension: "extensions/pareto-discount", variable: "PARETO_FUNCTION" }, FUNCTION_FAULTS);
}, 300_000);

test("on the Function as it is, every test that a fault names passes", () => {
  expect(run.asItIs).toEqual(Object.fromEntries(FUNCTION_FAULTS.map((fault) => [testOf(fault), "passed"])));
});

describe("a test fails when", () => {
  test.each(FUNCTION_FAULTS)("$name", (fault) => {
    expect(run.of(fault)).toEqual({ [testOf(fault)]: "failed" });
  });
});
