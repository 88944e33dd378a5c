import { expect, test } from "vitest";
import { Refusals } from "#app/refusals.server.ts";

test("whoever was refused so often within a minute waits for its end, and nobody else does", () => {
  const refusals = new Refusals(3);
  for (const at of [0, 10_000]) refusals.note("203.0.113.9", at);
  expect(refusals.waitOf(() => "203.0.113.9", 20_000)).toBe(0);
  refusals.note("203.0.113.9", 20_000);
  expect(refusals.waitOf(() => "203.0.113.9", 20_500)).toBe(40);
  expect(refusals.waitOf(() => "203.0.113.10", 20_500)).toBe(0);
  expect(refusals.waitOf(() => "203.0.113.9", 60_000)).toBe(0);
  refusals.note("203.0.113.9", 60_000);
  expect(refusals.waitOf(() => "203.0.113.9", 60_001)).toBe(0);
});

test("while nobody was refused, nobody's address is looked at", () => {
  const asked = () => {
    throw new Error("asked");
  };
  expect(new Refusals(1).waitOf(asked, 0)).toBe(0);
});

test("addresses are forgotten after their minute, however many there are", () => {
  const refusals = new Refusals(1);
  for (let index = 0; index < 30_000; index += 1) refusals.note(`address ${index}`, index * 10);
  expect(refusals.waitOf(() => "address 29999", 299_991)).toBe(60);
  expect(refusals.known).toBeLessThanOrEqual(16_001);
});
