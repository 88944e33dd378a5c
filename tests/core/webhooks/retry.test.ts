import { expect, test } from "vitest";
import { nextTry } from "#app/core/webhooks/retry.ts";

const NOW = new Date("2026-10-31T12:00:00Z");
const minutes = (at: Date | null): number | null => (at === null ? null : (at.getTime() - NOW.getTime()) / 60_000);

test("what fails is tried again after longer and longer waits, and set aside after the sixth time", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7].map((failures) => minutes(nextTry(failures, NOW)));
  expect(waits).toEqual([0.5, 2, 10, 30, 120, null, null]);
});
