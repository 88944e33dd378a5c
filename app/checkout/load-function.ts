import { OutputWriter } from "./output-writer.ts";
import { INDEX_OUT_OF_BOUNDS, InputValues, NOT_AN_OBJECT, NOT_INDEXABLE } from "./wasm-values.ts";

/** What a Function made of an input. */
export interface FunctionResult {
  /** The output, as JSON would give it back. */
  readonly output: unknown;
  /** The lines that it logged. */
  readonly log: readonly string[];
  /** How often it called Shopify's API. */
  readonly hostCalls: number;
  /** What stands in the globals that it exports in the end: a module that was prepared for it counts operators in one. */
  readonly globals: Readonly<Record<string, unknown>>;
}

export interface LoadedFunction {
  /**
   * Runs the Function on an input: the result of its input query, plain JSON values.
   *
   * @throws WebAssembly.RuntimeError if it traps
   * @throws OutputError if what it writes is no value
   */
  run(input: unknown): FunctionResult;
}

const API = "shopify_function_v2";
const decoder = new TextDecoder("utf-8", { fatal: true });
/** Up to so many bytes a text is read byte by byte: names of fields mostly, for which a decoder takes longer to set up. */
const SHORT_TEXT = 64;
const NO_MEMORY = new Uint8Array();

/**
 * Loads a Function by the bytes that are deployed to Shopify. At Shopify each run gets an instance of its own. Making one takes
 * longer than most runs, so here one is kept, and its memory is put back before each run to what it was at first. Globals
 * cannot be put back: a Function has to set those that it reads.
 *
 * @throws WebAssembly.CompileError if the bytes are no module
 * @throws TypeError if it is no Function of one target
 * @example
 * const discount = loadFunction(await readFile("extensions/pareto-discount/dist/function.wasm"));
 * discount.run(input).output; // { operations: [...] }
 */
export const loadFunction = (bytes: Uint8Array): LoadedFunction => {
  const module = new WebAssembly.Module(new Uint8Array(bytes));
  const target = targetOf(module);
  const host = new FunctionHost(module, target);
  return { run: (input) => host.run(input) };
};

/** The name of the one function that a Function exports. */
const targetOf = (module: WebAssembly.Module): string => {
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  const [target] = functions;
  if (!target || functions.length > 1) throw new TypeError(`A Function exports one function, not ${functions.length}`);
  const foreign = WebAssembly.Module.imports(module).find((one) => one.module !== API);
  if (foreign) throw new TypeError(`A Function imports from ${API} alone, not from ${foreign.module}`);
  return target.name;
};

const globalsOf = (exports: WebAssembly.Exports): Record<string, unknown> => {
  const globals: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(exports)) if (one instanceof WebAssembly.Global) globals[name] = one.value;
  return globals;
};

/** Functions of Shopify's API by name. */
type Api = Record<string, (...args: never[]) => bigint | number | undefined>;

interface Running {
  readonly exports: WebAssembly.Exports;
  readonly memory: WebAssembly.Memory;
  readonly main: () => void;
  /** What the memory was before the first run. */
  readonly atFirst: Uint8Array;
}

class FunctionHost {
  readonly #module: WebAssembly.Module;
  readonly #target: string;
  #running: Running | null = null;
  readonly #values = new InputValues();
  readonly #output = new OutputWriter();
  readonly #names: string[] = [];
  #log: string[] = [];
  #memory = NO_MEMORY;
  #calls = 0;
  #input: unknown = null;
  readonly #imports = { [API]: this.#api() };

  constructor(module: WebAssembly.Module, target: string) {
    this.#module = module;
    this.#target = target;
  }

  run(input: unknown): FunctionResult {
    this.#values.clear();
    this.#output.clear();
    this.#names.length = 0;
    this.#log = [];
    this.#calls = 0;
    this.#input = input;
    const running = this.#running ?? this.#start();
    this.#memory = new Uint8Array(running.memory.buffer);
    this.#memory.set(running.atFirst);
    // After a trap nothing is certain of an instance: it is kept only if the run has ended well.
    this.#running = null;
    running.main();
    const output = this.#output.result();
    if (running.memory.buffer.byteLength === running.atFirst.byteLength) this.#running = running;
    return { output, log: this.#log, hostCalls: this.#calls, globals: globalsOf(running.exports) };
  }

  #start(): Running {
    const { exports } = new WebAssembly.Instance(this.#module, this.#imports);
    const { memory } = exports;
    const main = exports[this.#target];
    if (!(memory instanceof WebAssembly.Memory) || typeof main !== "function") {
      throw new TypeError("A Function exports its memory and its target");
    }
    return { exports, memory, main: () => main(), atFirst: new Uint8Array(memory.buffer).slice() };
  }

  #text(at: number, length: number): string {
    const bytes = this.#memory.subarray(at, at + length);
    if (length > SHORT_TEXT) return decoder.decode(bytes);
    let text = "";
    for (const byte of bytes) {
      if (byte > 127) return decoder.decode(bytes);
      text += String.fromCharCode(byte);
    }
    return text;
  }

  #propertyOf(word: bigint, name: string | undefined): bigint {
    const kept = this.#values.keptAt(word);
    if (kept?.kind !== "object" || name === undefined) return NOT_AN_OBJECT;
    return this.#values.wordOf(Object.hasOwn(kept.properties, name) ? kept.properties[name] : null);
  }

  /** Names are Shopify's. Each counts its calls itself: one that counts for all of them could not be inlined. */
  #api(): Api {
    return { ...this.#reading(), ...this.#writing() };
  }

  #reading(): Api {
    return {
      shopify_function_input_get: () => {
        this.#calls += 1;
        return this.#values.wordOf(this.#input);
      },
      shopify_function_input_get_val_len: (word: bigint) => {
        this.#calls += 1;
        const kept = this.#values.keptAt(word);
        if (!kept) return 0;
        if (kept.kind === "text") return kept.bytes.length;
        return kept.kind === "list" ? kept.items.length : kept.keys.length;
      },
      shopify_function_input_read_utf8_str: (place: number, at: number, length: number) => {
        this.#calls += 1;
        const kept = this.#values.at(place);
        if (kept?.kind === "text") this.#memory.set(kept.bytes.subarray(0, length), at);
        return undefined;
      },
      shopify_function_input_get_obj_prop: (word: bigint, at: number, length: number) => {
        this.#calls += 1;
        return this.#propertyOf(word, this.#text(at, length));
      },
      shopify_function_input_get_interned_obj_prop: (word: bigint, name: number) => {
        this.#calls += 1;
        return this.#propertyOf(word, this.#names[name]);
      },
      shopify_function_input_get_at_index: (word: bigint, index: number) => {
        this.#calls += 1;
        const kept = this.#values.keptAt(word);
        if (kept?.kind === "list") return this.#atIndex(kept.items, index);
        return kept?.kind === "object"
          ? this.#atIndex(
              kept.keys.map((key) => kept.properties[key]),
              index,
            )
          : NOT_INDEXABLE;
      },
      shopify_function_input_get_obj_key_at_index: (word: bigint, index: number) => {
        this.#calls += 1;
        const kept = this.#values.keptAt(word);
        return kept?.kind === "object" ? this.#atIndex(kept.keys, index) : NOT_AN_OBJECT;
      },
      shopify_function_intern_utf8_str: (at: number, length: number) => {
        this.#calls += 1;
        return this.#names.push(this.#text(at, length)) - 1;
      },
    };
  }

  #atIndex(items: readonly unknown[], index: number): bigint {
    return index >= 0 && index < items.length ? this.#values.wordOf(items[index]) : INDEX_OUT_OF_BOUNDS;
  }

  #writing(): Api {
    const put = (value: unknown): number => {
      this.#calls += 1;
      this.#output.put(value);
      return 0;
    };
    const end = (kind: "list" | "object"): number => {
      this.#calls += 1;
      this.#output.end(kind);
      return 0;
    };
    const begin = (value: unknown[] | Record<string, unknown>, length: number): number => {
      this.#calls += 1;
      this.#output.begin(value, length);
      return 0;
    };
    return {
      shopify_function_log_new_utf8_str: (at: number, length: number) => {
        this.#calls += 1;
        this.#log.push(this.#text(at, length));
        return undefined;
      },
      shopify_function_output_new_bool: (value: number) => put(value !== 0),
      shopify_function_output_new_null: () => put(null),
      shopify_function_output_new_i32: (value: number) => put(value),
      shopify_function_output_new_f64: (value: number) => put(value),
      shopify_function_output_new_utf8_str: (at: number, length: number) => put(this.#text(at, length)),
      shopify_function_output_new_interned_utf8_str: (name: number) => put(this.#names[name]),
      shopify_function_output_new_object: (properties: number) => begin({}, properties),
      shopify_function_output_finish_object: () => end("object"),
      shopify_function_output_new_array: (items: number) => begin([], items),
      shopify_function_output_finish_array: () => end("list"),
    };
  }
}
