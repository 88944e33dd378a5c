import { skipImmediates } from "./skip-immediates.ts";
import { positive, u32, WasmReader } from "./wasm-reader.ts";

/** The exported global that counts operators. */
export const COUNTER = "operators";

const SECTION = { global: 6, export: 7, code: 10 } as const;
const END = 0x0b;
const ELSE = 0x05;

/** Operators after which another one than the next in the code may be executed, or that others jump to. */
const ENDS_A_RUN = new Set([0x03, 0x04, ELSE, END, 0x0c, 0x0d, 0x0e, 0x0f, 0x00]);

/**
 * The same module with a counter of executed operators, exported as a global. Each operator counts 1, `end` and `else` count
 * nothing: they only close what others opened. Code is cut into runs without a jump in or out, and at the beginning of each run
 * as many operators as it has are added.
 */
export const metered = (module: Uint8Array): Uint8Array => {
  const sections = sectionsOf(module);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(new Uint8Array(module)));
  if (imports.some(({ kind }) => kind !== "function")) {
    throw new Error("Only functions may be imported");
  }
  const globals = sections.find(({ id }) => id === SECTION.global)?.bytes ?? new Uint8Array([0]);
  const counter = new WasmReader(globals).u32();
  const out = [...module.subarray(0, 8)];
  let hasGlobals = false;
  const append = (id: number, bytes: readonly number[]): void => {
    out.push(id, ...u32(bytes.length));
    for (const byte of bytes) out.push(byte);
  };
  const addGlobals = (): void => {
    // A mutable i64 that begins at 0.
    append(SECTION.global, withOneMore(globals, [0x7e, 1, 0x42, 0, END]));
    hasGlobals = true;
  };
  for (const { id, bytes } of sections) {
    if (id === SECTION.global) addGlobals();
    else if (id === SECTION.export) {
      if (!hasGlobals) addGlobals();
      const name = new TextEncoder().encode(COUNTER);
      append(id, withOneMore(bytes, [...u32(name.length), ...name, 3, ...u32(counter)]));
    } else if (id === SECTION.code) append(id, meteredCode(bytes, counter));
    else append(id, [...bytes]);
  }
  return new Uint8Array(out);
};

interface Section {
  readonly id: number;
  readonly bytes: Uint8Array;
}

const sectionsOf = (module: Uint8Array): Section[] => {
  const reader = new WasmReader(module, 8);
  const sections: Section[] = [];
  while (!reader.isDone) {
    const id = reader.byte();
    const length = reader.u32();
    reader.skip(length);
    sections.push({ id, bytes: reader.slice(reader.at - length) });
  }
  return sections;
};

/** The section's list with one item more at its end. */
const withOneMore = (section: Uint8Array, item: readonly number[]): number[] => {
  const reader = new WasmReader(section);
  const count = reader.u32();
  return [...u32(count + 1), ...section.subarray(reader.at), ...item];
};

const meteredCode = (section: Uint8Array, counter: number): number[] => {
  const reader = new WasmReader(section);
  const count = reader.u32();
  const out = u32(count);
  for (let i = 0; i < count; i += 1) {
    const length = reader.u32();
    const end = reader.at + length;
    const body = meteredBody(new WasmReader(section, reader.at, end), counter);
    out.push(...u32(body.length));
    for (const byte of body) out.push(byte);
    reader.at = end;
  }
  return out;
};

const meteredBody = (reader: WasmReader, counter: number): number[] => {
  const start = reader.at;
  const locals = reader.u32();
  for (let i = 0; i < locals; i += 1) {
    reader.u32();
    reader.byte();
  }
  const out = [...reader.slice(start)];
  while (!reader.isDone) {
    const from = reader.at;
    const operators = readRun(reader);
    // counter += operators
    if (operators > 0) out.push(0x23, ...u32(counter), 0x42, ...positive(operators), 0x7c, 0x24, ...u32(counter));
    for (const byte of reader.slice(from)) out.push(byte);
  }
  return out;
};

/** Passes over operators up to one that ends a run, and returns how many count. */
const readRun = (reader: WasmReader): number => {
  let operators = 0;
  for (;;) {
    const operator = reader.byte();
    skipImmediates(operator, reader);
    if (operator !== END && operator !== ELSE) operators += 1;
    if (ENDS_A_RUN.has(operator) || reader.isDone) return operators;
  }
};
