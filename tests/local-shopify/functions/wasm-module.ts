import { COUNTER, metered } from "#tests/functions/metering/metered.ts";
import { FunctionInput } from "./function-input.ts";
import { FunctionOutput } from "./function-output.ts";

const API = "shopify_function_v2";

/** What a module did with an input. */
export interface ModuleRun {
  readonly output: unknown;
  readonly log: readonly string[];
  /** Operators executed, or null where they cannot be counted. */
  readonly operators: number | null;
  readonly hostCalls: number;
}

/** A run that came to no output. */
export class RunFailed extends Error {
  readonly operators: number | null;
  readonly log: readonly string[];

  constructor(message: string, { operators, log }: Pick<ModuleRun, "operators" | "log">) {
    super(message);
    this.operators = operators;
    this.log = log;
  }
}

/** A Function as it was built, ready to be run. Each run is in a new instance, which knows nothing of those before. */
export class WasmModule {
  private readonly module: WebAssembly.Module;
  private readonly isCounted: boolean;

  /** @throws Error when Shopify would not deploy it */
  constructor(bytes: Uint8Array) {
    const plain = new WebAssembly.Module(new Uint8Array(bytes));
    checkModule(plain);
    const counted = countedModule(bytes);
    this.module = counted ?? plain;
    this.isCounted = counted !== null;
  }

  /**
   * @param most operators; beyond them a run is broken off at the next call of the API
   * @throws RunFailed when it traps, is broken off or leaves an output that is not complete
   */
  run(exportName: string, input: unknown, most: number): ModuleRun {
    const host = new Host(new FunctionInput(input), most);
    let operators: () => number | null = () => null;
    try {
      const { exports } = new WebAssembly.Instance(this.module, { [API]: host.imports() });
      const run = exports[exportName];
      if (typeof run !== "function") throw new Error(`the module exports no function ${exportName}`);
      const counter = this.isCounted ? exports[COUNTER] : undefined;
      operators = () => (counter instanceof WebAssembly.Global ? Number(counter.value) : null);
      host.attach(memoryOf(exports), operators);
      run();
      return { output: host.output.finish(), log: host.log, operators: operators(), hostCalls: host.calls };
    } catch (error) {
      throw new RunFailed(error instanceof Error ? error.message : String(error), {
        operators: operators(),
        log: host.log,
      });
    }
  }
}

function countedModule(bytes: Uint8Array): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(new Uint8Array(metered(bytes)));
  } catch {
    // Operators that the counting does not know, such as vectors.
    return null;
  }
}

function memoryOf(exports: WebAssembly.Exports): WebAssembly.Memory {
  const memories = Object.values(exports).filter((one) => one instanceof WebAssembly.Memory);
  const [memory] = memories;
  if (!memory || memories.length > 1) throw new Error("a Function has exactly one memory");
  return memory;
}

function checkModule(module: WebAssembly.Module): void {
  const known = new Set(Object.keys(new Host(new FunctionInput(null), 0).imports()));
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (from !== API || kind !== "function" || !known.has(name)) {
      throw new Error(`a Function imports nothing but ${API}, and not ${from}.${name}`);
    }
  }
}

type Call = (...args: never[]) => unknown;

/** Shopify's side of one run. */
class Host {
  readonly output = new FunctionOutput();
  readonly log: string[] = [];
  calls = 0;
  private readonly input: FunctionInput;
  private readonly most: number;
  private readonly words: string[] = [];
  private memory: WebAssembly.Memory | null = null;
  private operators: () => number | null = () => null;

  constructor(input: FunctionInput, most: number) {
    this.input = input;
    this.most = most;
  }

  attach(memory: WebAssembly.Memory, operators: () => number | null): void {
    this.memory = memory;
    this.operators = operators;
  }

  imports(): Record<string, Call> {
    const { input, output } = this;
    const calls: Record<string, Call> = {
      input_get: () => input.get(),
      input_get_val_len: (value: bigint) => input.length(value),
      input_read_utf8_str: (from: number, to: number, length: number) =>
        this.bytes(to, length).set(input.bytes(from, length)),
      input_get_obj_prop: (value: bigint, at: number, length: number) => input.property(value, this.text(at, length)),
      input_get_interned_obj_prop: (value: bigint, id: number) => input.property(value, this.word(id)),
      input_get_at_index: (value: bigint, index: number) => input.at(value, index),
      input_get_obj_key_at_index: (value: bigint, index: number) => input.keyAt(value, index),
      intern_utf8_str: (at: number, length: number) => this.words.push(this.text(at, length)) - 1,
      log_new_utf8_str: (at: number, length: number) => void this.log.push(this.text(at, length)),
      output_new_bool: (value: number) => output.value(value !== 0),
      output_new_null: () => output.value(null),
      output_new_i32: (value: number) => output.value(value),
      output_new_f64: (value: number) => output.value(value),
      output_new_utf8_str: (at: number, length: number) => output.value(this.text(at, length)),
      output_new_interned_utf8_str: (id: number) => output.value(this.word(id)),
      output_new_object: (length: number) => output.openObject(length),
      output_finish_object: () => output.closeObject(),
      output_new_array: (length: number) => output.openArray(length),
      output_finish_array: () => output.closeArray(),
    };
    return Object.fromEntries(
      Object.entries(calls).map(([name, call]) => [`shopify_function_${name}`, this.counting(call)]),
    );
  }

  private counting(call: Call): Call {
    return (...args) => {
      this.calls += 1;
      if ((this.operators() ?? 0) > this.most) throw new Error("too many instructions");
      return call(...args);
    };
  }

  private word(id: number): string {
    const word = this.words[id];
    if (word === undefined) throw new RangeError(`there is no interned text ${id}`);
    return word;
  }

  private text(at: number, length: number): string {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes(at, length));
  }

  /** @throws RangeError beyond the Function's memory, as a trap */
  private bytes(at: number, length: number): Uint8Array {
    if (!this.memory) throw new TypeError("the run has not begun");
    return new Uint8Array(this.memory.buffer, at >>> 0, length >>> 0);
  }
}
