import { compileFunction } from "../../../scripts/compile-function.ts";

/** The input of the Function below. */
export const ECHO_QUERY = `query { discount { output: metafield(namespace: "$app", key: "output") { jsonValue } } }`;

/**
 * A Function for tests: what it writes is what its discount's metafield `output` holds. `{"loop": n}` makes it count to n,
 * `{"pad": n}` write so many bytes, `{"trap": 1}` trap, `{"half": 1}` leave its output open; nothing gives no discount.
 */
const SOURCE = `
@external("shopify_function_v2", "shopify_function_input_get") declare function get(): u64;
@external("shopify_function_v2", "shopify_function_input_get_val_len") declare function len(v: u64): i32;
@external("shopify_function_v2", "shopify_function_input_read_utf8_str") declare function read(at: i32, to: usize, n: i32): void;
@external("shopify_function_v2", "shopify_function_input_get_obj_prop") declare function prop(v: u64, at: usize, n: i32): u64;
@external("shopify_function_v2", "shopify_function_input_get_interned_obj_prop") declare function named(v: u64, id: i32): u64;
@external("shopify_function_v2", "shopify_function_input_get_at_index") declare function item(v: u64, i: i32): u64;
@external("shopify_function_v2", "shopify_function_input_get_obj_key_at_index") declare function key(v: u64, i: i32): u64;
@external("shopify_function_v2", "shopify_function_intern_utf8_str") declare function intern(at: usize, n: i32): i32;
@external("shopify_function_v2", "shopify_function_log_new_utf8_str") declare function log(at: usize, n: i32): void;
@external("shopify_function_v2", "shopify_function_output_new_bool") declare function putBool(v: i32): i32;
@external("shopify_function_v2", "shopify_function_output_new_null") declare function putNull(): i32;
@external("shopify_function_v2", "shopify_function_output_new_i32") declare function putInt(v: i32): i32;
@external("shopify_function_v2", "shopify_function_output_new_f64") declare function putFloat(v: f64): i32;
@external("shopify_function_v2", "shopify_function_output_new_utf8_str") declare function putText(at: usize, n: i32): i32;
@external("shopify_function_v2", "shopify_function_output_new_interned_utf8_str") declare function putWord(id: i32): i32;
@external("shopify_function_v2", "shopify_function_output_new_object") declare function openObject(n: i32): i32;
@external("shopify_function_v2", "shopify_function_output_finish_object") declare function closeObject(): i32;
@external("shopify_function_v2", "shopify_function_output_new_array") declare function openArray(n: i32): i32;
@external("shopify_function_v2", "shopify_function_output_finish_array") declare function closeArray(): i32;

const TEXT = memory.data(65536);
const TAGGED: u64 = 0x7ffc000000000000;

function tagOf(v: u64): i32 { return (v & TAGGED) == TAGGED ? <i32>(v >> 46) & 15 : 2; }
function lengthOf(v: u64): i32 { const n = <i32>(v >> 32) & 16383; return n == 16383 ? len(v) : n; }
function write(word: string): i32 {
  for (let i = 0; i < word.length; i++) store<u8>(TEXT + i, <u8>word.charCodeAt(i));
  return word.length;
}
function ask(v: u64, name: string): u64 { return prop(v, TEXT, write(name)); }
function put(word: string): void { putText(TEXT, write(word)); }
function numberIn(v: u64, name: string): i32 {
  const found = ask(v, name);
  return tagOf(found) == 2 ? <i32>reinterpret<f64>(found) : 0;
}
function copyText(v: u64): i32 { const n = lengthOf(v); read(<i32>v, TEXT, n); return n; }
function copy(v: u64): void {
  const tag = tagOf(v);
  if (tag == 2) {
    const n = reinterpret<f64>(v);
    if (n == Math.floor(n) && Math.abs(n) < 1000000) putInt(<i32>n); else putFloat(n);
  } else if (tag == 0) putNull();
  else if (tag == 1) putBool(<i32>v);
  else if (tag == 3) putText(TEXT, copyText(v));
  else if (tag == 4) {
    const n = lengthOf(v);
    openObject(n);
    for (let i = 0; i < n; i++) {
      const length = copyText(key(v, i));
      const id = intern(TEXT, length);
      putWord(id);
      copy(i % 2 == 0 ? named(v, id) : prop(v, TEXT, length));
    }
    closeObject();
  } else if (tag == 5) {
    const n = lengthOf(v);
    openArray(n);
    for (let i = 0; i < n; i++) copy(item(v, i));
    closeArray();
  } else unreachable();
}
export function run(): void {
  const asked = ask(ask(ask(get(), "discount"), "output"), "jsonValue");
  log(TEXT, write("asked"));
  if (tagOf(asked) == 4 && numberIn(asked, "trap") > 0) unreachable();
  if (tagOf(asked) == 4 && numberIn(asked, "half") > 0) { openObject(1); return; }
  const loop = tagOf(asked) == 4 ? numberIn(asked, "loop") : 0;
  for (let i = 0; i < loop; i++) store<i32>(TEXT, i);
  const pad = tagOf(asked) == 4 ? numberIn(asked, "pad") : 0;
  if (pad > 0) { for (let i = 0; i < pad; i++) store<u8>(TEXT + i, 120); putText(TEXT, pad); return; }
  if (loop > 0 || tagOf(asked) == 0 || tagOf(asked) == 15) {
    openObject(1); put("operations"); openArray(0); closeArray(); closeObject();
    return;
  }
  copy(asked);
}`;

let built: Promise<Uint8Array> | undefined;

export function echoFunction(): Promise<Uint8Array> {
  built ??= compileFunction("extensions/pareto-discount", new Map([["assembly/index.ts", SOURCE]]));
  return built;
}
