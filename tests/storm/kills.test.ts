import { expect, test } from "vitest";
import { expectStorm } from "./expect-storm.ts";

test("so they do when a web process, a worker and the database are killed meanwhile", async () => {
  const { counts } = await expectStorm({ kills: 3, seconds: 38, seed: "8" });
  expect(counts.kills).toBe(3);
  expect(counts.restarts).toBeGreaterThanOrEqual(2);
  // What was not answered was sent again.
  expect(counts.deliveries).toBeGreaterThan(Number(counts.taken));
});
