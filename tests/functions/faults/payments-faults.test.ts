import { beforeAll, describe, expect, test } from "vitest";
import { PAYMENTS_FAULTS } from "./payments-faults.ts";
import { type FaultRun, runFaults, testOf } from "./run-faults.ts";

let run: FaultRun;
beforeAll(async () => {
  run = await runFaults(
    { extension: "extensions/pareto-payment-terms", variable: "PARETO_PAYMENTS_FUNCTION" },
    PAYMENTS_FAULTS,
  );
}, 300_000);

test("on the Function as it is, every test that a fault names passes", () => {
  expect(run.asItIs).toEqual(Object.fromEntries(PAYMENTS_FAULTS.map((fault) => [testOf(fault), "passed"])));
});

describe("a test fails when", () => {
  test.each(PAYMENTS_FAULTS)("$name", (fault) => {
    expect(run.of(fault)).toEqual({ [testOf(fault)]: "failed" });
  });
});
