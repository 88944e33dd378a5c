import { generateWorld, type GeneratorOptions } from "#tests/local-shopify/world/generator.ts";
import { parseWorld, type World } from "#tests/local-shopify/world/world.ts";

/** The instant at which generated worlds are read, and at which the tests' shops are open. */
export const WORLD_NOW = new Date("2026-10-31T12:00:00Z");

/** A generated shop that is the same in every run. */
export const generatedWorld = (options: Omit<GeneratorOptions, "now">): World => {
  const lines = function* (): Generator<string> {
    for (const object of generateWorld({ ...options, now: WORLD_NOW })) yield JSON.stringify(object);
  };
  return parseWorld(lines(), { now: WORLD_NOW });
};
