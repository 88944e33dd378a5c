import { expect, test } from "vitest";
import { FAULTS, KILLED, type FaultName } from "./faults.ts";
import { planOf } from "./plan.ts";

const countOf = (plan: readonly (readonly FaultName[])[], name: FaultName): number =>
  plan.flat().filter((one) => one === name).length;

test("every fault has a sync of its own, and the kills that are left come in threes with others beside them", () => {
  const plan = planOf({ kills: 20, seed: "1" });
  const alone = plan.filter(({ length }) => length === 1).flat();
  expect(alone.toSorted()).toEqual(Object.keys(FAULTS).toSorted());
  const kills = Object.values(KILLED).reduce((sum, name) => sum + countOf(plan, name), 0);
  expect(kills).toBe(20);
  for (const round of plan.filter(({ length }) => length > 1)) {
    // A database that is being started cannot be killed.
    expect(countOf([round], KILLED.database)).toBeLessThanOrEqual(1);
  }
});

test("the same seed makes the same plan", () => {
  expect(planOf({ kills: 9, seed: "5" })).toEqual(planOf({ kills: 9, seed: "5" }));
  expect(planOf({ kills: 30, seed: "5" })).not.toEqual(planOf({ kills: 30, seed: "6" }));
});
