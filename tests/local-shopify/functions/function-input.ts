/** Values of the Wasm API are 64 bits: a plain f64, or with all these bits set a tag, a length and 32 bits of value. */
const BOXED = 0x7ffcn << 48n;
const TAG = { null: 0n, bool: 1n, string: 3n, object: 4n, array: 5n, error: 15n } as const;
/** The length field holds 14 bits; all of them set say: ask for it. */
const LONGEST_IN_BOX = 16_383;
const ERROR = { notAnObject: 1, outOfBounds: 5, notIndexable: 6 } as const;

type Branch = readonly unknown[] | ReadonlyMap<string, unknown>;
type Boxed = { kind: "branch"; branch: Branch } | { kind: "text"; length: number } | { kind: "other" };

const encoder = new TextEncoder();
const floats = new DataView(new ArrayBuffer(8));

function box(tag: bigint, length: number, value: number): bigint {
  const shown = BigInt(Math.min(length, LONGEST_IN_BOX));
  return BOXED | (tag << 46n) | (shown << 32n) | BigInt(value >>> 0);
}

/** What a Function is given, read through the calls of Shopify's Function Wasm API. Addresses are those of an own memory. */
export class FunctionInput {
  private readonly root: unknown;
  private readonly branches: Branch[] = [];
  private readonly addresses = new Map<unknown, bigint>();
  private readonly lengths = new Map<number, number>();
  private memory = new Uint8Array(4096);
  /** Nothing lies at address 0. */
  private end = 8;

  constructor(root: unknown) {
    this.root = root;
  }

  get(): bigint {
    return this.boxed(this.root);
  }

  length(value: bigint): number {
    const found = this.unboxed(value);
    if (found.kind === "branch") return sizeOf(found.branch);
    return found.kind === "text" ? found.length : 0;
  }

  /** @throws RangeError where there is no text */
  bytes(address: number, length: number): Uint8Array {
    const from = address >>> 0;
    if (from < 8 || from + length > this.end) throw new RangeError("there is no text at the address read");
    return this.memory.subarray(from, from + length);
  }

  property(value: bigint, name: string): bigint {
    const found = this.unboxed(value);
    if (found.kind !== "branch" || !(found.branch instanceof Map)) return this.error(ERROR.notAnObject);
    return this.boxed(found.branch.get(name) ?? null);
  }

  at(value: bigint, index: number): bigint {
    const found = this.unboxed(value);
    if (found.kind !== "branch") return this.error(ERROR.notIndexable);
    const { branch } = found;
    if (index < 0 || index >= sizeOf(branch)) return this.error(ERROR.outOfBounds);
    return this.boxed(branch instanceof Map ? [...branch.values()][index] : (branch as readonly unknown[])[index]);
  }

  keyAt(value: bigint, index: number): bigint {
    const found = this.unboxed(value);
    if (found.kind !== "branch" || !(found.branch instanceof Map)) return this.error(ERROR.notAnObject);
    const key = [...found.branch.keys()][index];
    return key === undefined ? this.error(ERROR.outOfBounds) : this.boxed(key);
  }

  private error(code: number): bigint {
    return box(TAG.error, 0, code);
  }

  private boxed(value: unknown): bigint {
    if (value === null || value === undefined) return box(TAG.null, 0, 0);
    if (typeof value === "boolean") return box(TAG.bool, 0, value ? 1 : 0);
    if (typeof value === "number") {
      floats.setFloat64(0, value);
      return floats.getBigUint64(0);
    }
    const known = this.addresses.get(value);
    if (known !== undefined) return known;
    const made = typeof value === "string" ? this.text(value) : this.branch(value);
    this.addresses.set(value, made);
    return made;
  }

  private text(value: string): bigint {
    const bytes = encoder.encode(value);
    while (this.end + bytes.length > this.memory.length) {
      const larger = new Uint8Array(this.memory.length * 2);
      larger.set(this.memory);
      this.memory = larger;
    }
    const address = this.end;
    this.memory.set(bytes, address);
    // An empty text has an address of its own too.
    this.end += Math.max(1, bytes.length);
    this.lengths.set(address, bytes.length);
    return box(TAG.string, bytes.length, address);
  }

  private branch(value: unknown): bigint {
    if (typeof value !== "object" || value === null) throw new TypeError(`a ${typeof value} is no value of JSON`);
    const isList = Array.isArray(value);
    const branch: Branch = isList ? value : new Map(Object.entries(value));
    this.branches.push(branch);
    return box(isList ? TAG.array : TAG.object, sizeOf(branch), this.branches.length - 1);
  }

  private unboxed(value: bigint): Boxed {
    const bits = BigInt.asUintN(64, value);
    if ((bits & BOXED) !== BOXED) return { kind: "other" };
    const tag = (bits >> 46n) & 15n;
    const low = Number(bits & 0xffff_ffffn);
    if (tag === TAG.string) return { kind: "text", length: this.lengths.get(low) ?? 0 };
    const branch = tag === TAG.object || tag === TAG.array ? this.branches[low] : undefined;
    return branch ? { kind: "branch", branch } : { kind: "other" };
  }
}

function sizeOf(branch: Branch): number {
  return branch instanceof Map ? branch.size : (branch as readonly unknown[]).length;
}
