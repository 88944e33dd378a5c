import { expect } from "vitest";
import { EXPORTS } from "./exports.ts";
import { runStorm, type StormOptions, type StormResult } from "./storm.ts";

/** A small storm, the same in every run; another one where PARETO_STORM_SEED names its seed. */
const SMALL: StormOptions = {
  seed: process.env.PARETO_STORM_SEED ?? "7",
  orders: 130,
  webhooks: 500,
  kills: 0,
  webs: 1,
  workers: 1,
  seconds: 8,
  say: (text) => console.log(text),
};

/** Runs a storm, and expects it to leave what a clean first sync makes of the same shop. */
export const expectStorm = async (options: Partial<StormOptions>): Promise<StormResult> => {
  const result = await runStorm({ ...SMALL, ...options });
  console.log(JSON.stringify(result.counts));
  // By lines, so that a difference can be read.
  for (const file of EXPORTS) expect(result.stormed[file].split("\n")).toEqual(result.clean[file].split("\n"));
  for (const file of EXPORTS) expect(result.stormed[file]).toBe(result.clean[file]);
  // It says something: there are orders, and some of what was lost had to be caught up with.
  expect(result.clean["ledger.csv"].split("\n").length).toBeGreaterThan(500);
  expect(Number(result.counts.caughtUp)).toBeGreaterThan(0);
  return result;
};
