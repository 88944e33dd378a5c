/** Reads a WebAssembly binary byte by byte, and writes the integers that it is made of. */
export class WasmReader {
  at: number;
  constructor(
    readonly bytes: Uint8Array,
    from = 0,
    readonly end = bytes.length,
  ) {
    this.at = from;
  }

  get isDone(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined || this.at >= this.end) throw new RangeError("The module ends too early");
    this.at += 1;
    return value;
  }

  /** An unsigned LEB128 integer of up to 32 bits. */
  u32(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  /** Passes over a LEB128 integer of any size. */
  skipInteger(): void {
    while (this.byte() >= 128);
  }

  skip(count: number): void {
    this.at += count;
  }

  slice(from: number, to = this.at): Uint8Array {
    return this.bytes.subarray(from, to);
  }
}

/** @example u32(300) // [0xac, 0x02] */
export const u32 = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest % 128) | (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return bytes;
};

/** A signed LEB128 integer that is not negative: its highest bit has to stay clear. */
export const positive = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    if (rest === 0 && low < 64) return [...bytes, low];
    bytes.push(low | 128);
  }
};
