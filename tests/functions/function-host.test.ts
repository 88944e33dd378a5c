import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadFunction, type LoadedFunction } from "#app/checkout/load-function.ts";
import { builtFunction } from "./built-function.ts";
import { anyCart } from "./carts/arbitrary.ts";
import { inputOf } from "./carts/input.ts";
import { compileFunction } from "../../scripts/compile-function.ts";

/** Copies its input to its output, value by value, through every call of the API. */
const ECHO = `
@external("shopify_function_v2", "shopify_function_input_get") declare function get(): u64;
@external("shopify_function_v2", "shopify_function_input_get_val_len") declare function len(v: u64): i32;
@external("shopify_function_v2", "shopify_function_input_read_utf8_str") declare function read(at: i32, to: usize, n: i32): void;
@external("shopify_function_v2", "shopify_function_input_get_obj_prop") declare function prop(v: u64, at: usize, n: i32): u64;
@external("shopify_function_v2", "shopify_function_input_get_interned_obj_prop") declare function named(v: u64, id: i32): u64;
@external("shopify_function_v2", "shopify_function_input_get_at_index") declare function item(v: u64, i: i32): u64;
@external("shopify_function_v2", "shopify_function_input_get_obj_key_at_index") declare function key(v: u64, i: i32): u64;
@external("shopify_function_v2", "shopify_function_intern_utf8_str") declare function intern(at: usize, n: i32): i32;
@external("shopify_function_v2", "shopify_function_log_new_utf8_str") declare function log(at: usize, n: i32): void;
@external("shopify_function_v2", "shopify_function_output_new_bool") declare function bool_(v: i32): i32;
@external("shopify_function_v2", "shopify_function_output_new_null") declare function null_(): i32;
@external("shopify_function_v2", "shopify_function_output_new_i32") declare function i32_(v: i32): i32;
@external("shopify_function_v2", "shopify_function_output_new_f64") declare function f64_(v: f64): i32;
@external("shopify_function_v2", "shopify_function_output_new_utf8_str") declare function str(at: usize, n: i32): i32;
@external("shopify_function_v2", "shopify_function_output_new_interned_utf8_str") declare function word(id: i32): i32;
@external("shopify_function_v2", "shopify_function_output_new_object") declare function object(n: i32): i32;
@external("shopify_function_v2", "shopify_function_output_finish_object") declare function endObject(): i32;
@external("shopify_function_v2", "shopify_function_output_new_array") declare function array(n: i32): i32;
@external("shopify_function_v2", "shopify_function_output_finish_array") declare function endArray(): i32;
const TEXT = memory.data(65536);
const TAGGED: u64 = 0x7ffc000000000000;
function lengthOf(v: u64): i32 { const n = <i32>(v >> 32) & 16383; return n == 16383 ? len(v) : n; }
function readText(v: u64): i32 { const n = lengthOf(v); read(<i32>v, TEXT, n); return n; }
function copy(v: u64): void {
  if ((v & TAGGED) != TAGGED) {
    const n = reinterpret<f64>(v);
    if (n == Math.floor(n) && Math.abs(n) < 1000000) i32_(<i32>n); else f64_(n);
    return;
  }
  const tag = <i32>(v >> 46) & 15;
  if (tag == 0) null_();
  else if (tag == 1) bool_(<i32>v);
  else if (tag == 3) str(TEXT, readText(v));
  else if (tag == 4) copyObject(v);
  else if (tag == 5) { const n = lengthOf(v); array(n); for (let i = 0; i < n; i++) copy(item(v, i)); endArray(); }
  else i32_(-<i32>v);
}
function copyObject(v: u64): void {
  const n = lengthOf(v);
  object(n);
  for (let i = 0; i < n; i++) {
    const length = readText(key(v, i));
    const id = intern(TEXT, length);
    word(id);
    const value = i % 2 == 0 ? prop(v, TEXT, length) : named(v, id);
    copy(value);
  }
  endObject();
}
export function run(): void {
  store<u8>(TEXT, 104); store<u8>(TEXT + 1, 105);
  log(TEXT, 2);
  array(4);
  copy(get());
  // What is wrong to ask, and answered by the number of an error.
  copy(prop(0, TEXT, 2)); copy(item(get(), 99)); copy(item(0, 0));
  endArray();
}`;

const compiled = (source: string): Promise<Uint8Array> =>
  compileFunction("extensions/pareto-discount", new Map([["assembly/index.ts", source]]));

const API = `
@external("shopify_function_v2", "shopify_function_output_new_object") declare function object(n: i32): i32;
@external("shopify_function_v2", "shopify_function_output_finish_object") declare function endObject(): i32;
@external("shopify_function_v2", "shopify_function_output_new_null") declare function null_(): i32;
`;

const running = async (body: string): Promise<unknown> => {
  const loaded = loadFunction(await compiled(`${API} export function run(): void { ${body} }`));
  return loaded.run({}).output;
};

let echo: LoadedFunction;
beforeAll(async () => {
  echo = loadFunction(await compiled(ECHO));
}, 60_000);

const INPUT = {
  text: "gid://shopify/Product/1",
  chinese: "批量优惠",
  empty: "",
  long: "x".repeat(20_000),
  numbers: [0, -0.5, 1, 1e300, 123456789.25, -7],
  nothing: null,
  on: true,
  off: false,
  list: [[], {}, [{ deep: [1] }]],
  many: Array.from({ length: 17_000 }, () => 1),
};

test("a Function reads every kind of value, and writes it", () => {
  const { output, log } = echo.run(INPUT);
  // An error is answered by its number: 1 no object, 5 out of bounds, 6 not indexable.
  expect(output).toEqual([INPUT, -1, -5, -6]);
  expect(log).toEqual(["hi"]);
});

test("a property that JSON does not have is null, and what an object inherits is not there", () => {
  expect(echo.run({ a: undefined }).output).toEqual([{ a: null }, -1, -5, -6]);
});

test("the next run knows nothing of the one before", () => {
  const first = echo.run({ a: 1 });
  echo.run(INPUT);
  expect(echo.run({ a: 1 })).toEqual(first);
});

test("memory is put back before each run", async () => {
  const counting =
    "const AT = memory.data(8); store<i32>(AT, load<i32>(AT) + 1); object(load<i32>(AT) - 1); endObject();";
  const loaded = loadFunction(await compiled(`${API} export function run(): void { ${counting} }`));
  expect([loaded.run({}).output, loaded.run({}).output]).toEqual([{}, {}]);
});

test("the discount Function gives in a run after others what it gives in its first", () => {
  const kept = builtFunction();
  fc.assert(
    fc.property(anyCart, (cart) => {
      const input = inputOf(cart);
      expect(kept.run(input)).toEqual(builtFunction().run(input));
    }),
    { numRuns: 200 },
  );
});

test("calls of the API are counted", () => {
  const plain = echo.run(null).hostCalls;
  // A list is one call more to begin and to end, and two for its item: to get it and to write it; null is one.
  expect(echo.run([true]).hostCalls - plain).toBe(3);
});

test("what is no JSON value is refused", () => {
  expect(() => echo.run({ a: 1n })).toThrow("A bigint is no JSON value");
  expect(() => echo.run(Number.NaN)).toThrow("NaN is no JSON value");
});

test("an output that is not complete, or more than one value, is refused", async () => {
  await expect(running("")).rejects.toThrow("The output is not complete");
  await expect(running("object(0);")).rejects.toThrow("The output is not complete");
  await expect(running("object(1); endObject();")).rejects.toThrow("The object lacks 1 values");
  await expect(running("object(1); null_();")).rejects.toThrow("A property's name has to be a text");
  await expect(running("null_(); null_();")).rejects.toThrow("A second value after the output was complete");
  await expect(running("endObject();")).rejects.toThrow("There is no open object");
}, 60_000);

test("a trap is thrown, and the next run is a new one", async () => {
  const loaded = loadFunction(await compiled(`${API} export function run(): void { unreachable(); }`));
  expect(() => loaded.run({})).toThrow(WebAssembly.RuntimeError);
  expect(() => loaded.run({})).toThrow(WebAssembly.RuntimeError);
});

test("a module that imports from elsewhere, or exports more than its target, is no Function", async () => {
  const foreign = `@external("wasi", "clock") declare function clock(): i32; export function run(): void { clock(); }`;
  const twice = "export function run(): void {} export function more(): void {}";
  const [a, b] = [await compiled(foreign), await compiled(twice)];
  expect(() => loadFunction(a)).toThrow("not from wasi");
  expect(() => loadFunction(b)).toThrow("A Function exports one function, not 2");
});
