import type { WasmReader } from "./wasm-reader.ts";

const BLOCK_TYPES_OF_ONE_BYTE = new Set([0x40, 0x7f, 0x7e, 0x7d, 0x7c]);

const blockType = (reader: WasmReader): void => {
  if (BLOCK_TYPES_OF_ONE_BYTE.has(reader.bytes[reader.at] ?? 0)) reader.skip(1);
  else reader.skipInteger();
};

const integers =
  (count: number) =>
  (reader: WasmReader): void => {
    for (let i = 0; i < count; i += 1) reader.skipInteger();
  };

const branchTable = (reader: WasmReader): void => {
  const count = reader.u32();
  integers(count + 1)(reader);
};

/** Operators behind 0xfc: conversions that saturate, and bulk memory. */
const prefixed = (reader: WasmReader): void => {
  const code = reader.u32();
  if (code <= 7 || code > 17) {
    if (code > 17) throw new Error(`The operator 0xfc ${code} is not known`);
    return;
  }
  integers([8, 10, 12, 14].includes(code) ? 2 : 1)(reader);
};

const SPECIAL: Readonly<Record<number, (reader: WasmReader) => void>> = {
  0x02: blockType,
  0x03: blockType,
  0x04: blockType,
  0x0c: integers(1),
  0x0d: integers(1),
  0x0e: branchTable,
  0x10: integers(1),
  0x11: integers(2),
  0x3f: integers(1),
  0x40: integers(1),
  0x41: integers(1),
  0x42: integers(1),
  0x43: (reader) => reader.skip(4),
  0x44: (reader) => reader.skip(8),
  0xd2: integers(1),
  0xfc: prefixed,
};

/** Passes over what belongs to an operator, as WebAssembly's core specification 2.0 lists it. Vectors are refused. */
export const skipImmediates = (operator: number, reader: WasmReader): void => {
  const special = SPECIAL[operator];
  if (special) special(reader);
  else if (operator >= 0x20 && operator <= 0x26) reader.skipInteger();
  else if (operator >= 0x28 && operator <= 0x3e) integers(2)(reader);
  else if (operator > 0xc4) throw new Error(`The operator 0x${operator.toString(16)} is not known`);
};
