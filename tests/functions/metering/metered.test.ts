import { expect, test } from "vitest";
import { inputOf } from "../carts/input.ts";
import { sizedCart } from "../carts/sized.ts";
import { builtFunction, builtModule } from "../built-function.ts";
import { loadFunction } from "#app/checkout/load-function.ts";
import { COUNTER, metered } from "./metered.ts";

const END = 0x0b;

/** A module with one function `run`, of one i32 local, and a memory. */
const moduleOf = (...code: readonly number[]): Uint8Array => {
  const body = [1, 1, 0x7f, ...code, END];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 4, 1, 0x60, 0, 0], // type: () -> ()
    ...[3, 2, 1, 0], // one function of it
    ...[5, 3, 1, 0, 1], // a memory of one page
    ...[7, 7, 1, 3, 0x72, 0x75, 0x6e, 0, 0], // exported as "run"
    ...[10, body.length + 2, 1, body.length, ...body],
  ]);
};

const counted = (module: Uint8Array): number => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(metered(module))));
  if (typeof exports.run !== "function") throw new Error("There is no function");
  exports.run();
  const counter = exports[COUNTER];
  return counter instanceof WebAssembly.Global ? Number(counter.value) : -1;
};

test("each operator counts 1, and the end of a function nothing", () => {
  expect(counted(moduleOf())).toBe(0);
  // i32.const 5, local.set 0
  expect(counted(moduleOf(0x41, 5, 0x21, 0))).toBe(2);
});

test("a loop counts as often as it goes round", () => {
  // loop; local.get 0, i32.const 1, i32.add, local.tee 0, i32.const 10, i32.lt_u, br_if 0; end
  // 1 for the loop, and seven operators ten times.
  const body = [0x20, 0, 0x41, 1, 0x6a, 0x22, 0, 0x41, 10, 0x49, 0x0d, 0];
  expect(counted(moduleOf(0x03, 0x40, ...body, END))).toBe(71);
});

test("of a condition only the branch taken counts", () => {
  // i32.const 0, if; nop nop nop; else; nop; end
  expect(counted(moduleOf(0x41, 0, 0x04, 0x40, 1, 1, 1, 0x05, 1, END))).toBe(3);
  expect(counted(moduleOf(0x41, 1, 0x04, 0x40, 1, 1, 1, 0x05, 1, END))).toBe(5);
});

test("what is jumped over does not count", () => {
  // block; br 0; nop nop; end; nop
  expect(counted(moduleOf(0x02, 0x40, 0x0c, 0, 1, 1, END, 1))).toBe(3);
});

test("a module that is counted does what it does uncounted", () => {
  const input = inputOf(sizedCart(70, "every part"));
  const result = loadFunction(metered(builtModule())).run(input);
  expect(result).toEqual({ ...builtFunction().run(input), globals: result.globals });
  expect(Number(result.globals[COUNTER])).toBeGreaterThan(100_000);
});
