import { expect, test } from "vitest";
import { expectStorm } from "./expect-storm.ts";

test("webhooks that are late, doubled, lost and in any order, and one catch-up, come to what a clean first sync comes to", async () => {
  const { counts } = await expectStorm({});
  expect(counts.taken).toBe(counts.deliveries);
  expect(counts.restarts).toBe(0);
});
