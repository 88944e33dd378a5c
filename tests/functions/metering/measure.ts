import { loadFunction } from "#app/checkout/load-function.ts";
import { COUNTER, metered } from "./metered.ts";

/** What a run costs, and what Shopify would allow for it. */
export interface Measured {
  /** Operators that the Function itself executed. */
  readonly guest: number;
  /** With what reading input and writing output costs on Shopify's side. */
  readonly estimate: number;
  /** Shopify's limit of instructions for a cart of this size. */
  readonly limit: number;
  /** As JSON, in bytes. */
  readonly input: number;
  readonly output: number;
  readonly hostCalls: number;
}

/** An estimate of what reading the input and writing the output counts on Shopify's side: how it counts is not public. */
const HOST = { once: 21_000, line: 10_400 };
const LIMIT = { instructions: 11_000_000, lines: 200, furtherLine: 0.005 };

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Measures runs of a module by counting operators in it. */
export const measuring = (wasm: Uint8Array): ((input: unknown, lines: number) => Measured) => {
  const counting = metered(wasm);
  return (input, lines) => {
    // A counter begins at 0 in a module that was just loaded.
    const { output, globals, hostCalls } = loadFunction(counting).run(input);
    const guest = Number(globals[COUNTER]);
    return {
      guest,
      estimate: guest + HOST.once + HOST.line * lines,
      limit: LIMIT.instructions * (1 + LIMIT.furtherLine * Math.max(0, lines - LIMIT.lines)),
      input: jsonBytes(input),
      output: jsonBytes(output),
      hostCalls,
    };
  };
};
