import { expect, test } from "vitest";
import { errorsIn, type Sample } from "./samples.ts";
import { judge, slopeOf } from "./verdict.ts";

const ALLOWANCE = { megabytes: 10, connections: 2 };

const sample = (nth: number, part: Partial<Omit<Sample, "megabytes">> & { web?: number } = {}): Sample => {
  const { web = 100, ...rest } = part;
  return {
    ...{ seconds: nth * 10, connections: 20, queue: 1, errors: 0, ...rest },
    megabytes: new Map([
      ["web0", web],
      ["worker0", 150],
    ]),
  };
};

const hundred = (part: (nth: number) => Parameters<typeof sample>[1]): Sample[] =>
  Array.from({ length: 100 }, (_, nth) => sample(nth, part(nth)));

test("a slope is that of the nearest line", () => {
  expect(
    slopeOf([
      [0, 1],
      [1, 3],
      [2, 5],
    ]),
  ).toBe(2);
  // Means 1 and 2; products -1 * -1 + 0 * 2 + 1 * -1 = 0.
  expect(
    slopeOf([
      [0, 1],
      [1, 4],
      [2, 1],
    ]),
  ).toBe(0);
  expect(slopeOf([[5, 1]])).toBe(0);
});

test("nothing is wrong where nothing grows, whatever the warm-up took", () => {
  const verdict = judge(
    hundred((nth) => ({ web: nth < 20 ? 50 + nth : 100, connections: nth < 20 ? 30 : 20 })),
    ALLOWANCE,
  );
  expect(verdict).toEqual({
    megabytes: {
      web0: { first: 100, last: 100, max: 100, perHour: 0, grown: 0 },
      worker0: { first: 150, last: 150, max: 150, perHour: 0, grown: 0 },
    },
    connections: { first: 20, last: 20, max: 20 },
    queue: { first: 1, last: 1, max: 1 },
    errors: 0,
    wrong: [],
  });
});

test("memory that grows in the second half by more than is allowed is wrong", () => {
  // 0.1 MB a second is 360 an hour; the second half is 490 s long.
  const { megabytes, wrong } = judge(
    hundred((nth) => ({ web: 100 + nth })),
    ALLOWANCE,
  );
  expect(megabytes.web0?.perHour).toBeCloseTo(360);
  expect(megabytes.web0?.grown).toBeCloseTo(49);
  expect(wrong).toEqual(["web0 grew by 49 MB in the second half"]);
});

test("connections that are more and more are wrong", () => {
  const { wrong } = judge(
    hundred((nth) => ({ connections: 10 + Math.floor(nth / 10) })),
    ALLOWANCE,
  );
  expect(wrong).toEqual(["18.2 connections at the end, 13.2 before"]);
});

test("an error that was logged is wrong, and so is one that a process said at its end", () => {
  const log = '{"level":30,"msg":"ready"}\n{"level":50,"msg":"job failed"}\nTypeError: no\n{"level":40,"level":50}\n';
  expect(errorsIn([log, '{"level":60,"msg":"x"}'])).toEqual([
    '{"level":50,"msg":"job failed"}',
    "TypeError: no",
    '{"level":60,"msg":"x"}',
  ]);
  expect(
    judge(
      hundred((nth) => ({ errors: nth > 50 ? 2 : 0 })),
      ALLOWANCE,
    ).wrong,
  ).toEqual(["2 errors were logged"]);
});
