/**
 * Values as Shopify's Function Wasm API, version 2, passes them between host and Function: one 64-bit word each. A number is
 * its f64. Everything else sets all bits of `TAGGED`, has its kind in bits 46-49 and its length in bits 32-45; the low 32 bits
 * say which value it is.
 */

const TAGGED = 0x7ffcn << 48n;
/** The largest length that fits. A longer value says this, and the Function asks for its length. */
const LONGEST = 16383;

const TAGS = { null: 0n, bool: 1n, text: 3n, object: 4n, list: 5n, error: 15n } as const;

const tagged = (tag: bigint, length: number, value: number): bigint =>
  TAGGED | (tag << 46n) | (BigInt(Math.min(length, LONGEST)) << 32n) | BigInt(value);

const NULL = tagged(TAGS.null, 0, 0);
const FALSE = tagged(TAGS.bool, 0, 0);
const TRUE = tagged(TAGS.bool, 0, 1);

export const NOT_AN_OBJECT = tagged(TAGS.error, 0, 1);
export const INDEX_OUT_OF_BOUNDS = tagged(TAGS.error, 0, 5);
export const NOT_INDEXABLE = tagged(TAGS.error, 0, 6);

const bits = new DataView(new ArrayBuffer(8));
const utf8 = new TextEncoder();

/** A value that is kept for the Function while it runs. */
export type Kept =
  | { readonly kind: "text"; readonly bytes: Uint8Array }
  | { readonly kind: "list"; readonly items: readonly unknown[] }
  | {
      readonly kind: "object";
      readonly properties: Readonly<Record<string, unknown>>;
      readonly keys: readonly string[];
    };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The values of one run's input. Words hand out places in it, so that the Function can ask further.
 *
 * @example
 * const input = new InputValues();
 * input.wordOf(2.5); // its f64
 * input.keptAt(input.wordOf("a")); // { kind: "text", bytes: [97] }
 */
export class InputValues {
  readonly #kept: Kept[] = [];

  clear(): void {
    this.#kept.length = 0;
  }

  /** @throws TypeError for what JSON does not have */
  wordOf(value: unknown): bigint {
    if (value === null || value === undefined) return NULL;
    if (typeof value === "boolean") return value ? TRUE : FALSE;
    if (typeof value === "number") return numberWord(value);
    if (typeof value === "string") {
      const bytes = utf8.encode(value);
      return this.#keep({ kind: "text", bytes }, TAGS.text, bytes.length);
    }
    if (Array.isArray(value)) return this.#keep({ kind: "list", items: value }, TAGS.list, value.length);
    if (!isRecord(value)) throw new TypeError(`A ${typeof value} is no JSON value`);
    const keys = Object.keys(value);
    return this.#keep({ kind: "object", properties: value, keys }, TAGS.object, keys.length);
  }

  /** What a word stands for; undefined for numbers, booleans, null and errors. */
  keptAt(word: bigint): Kept | undefined {
    if ((word & TAGGED) !== TAGGED) return undefined;
    const tag = (word >> 46n) & 15n;
    return tag === TAGS.text || tag === TAGS.list || tag === TAGS.object
      ? this.at(Number(word & 0xffff_ffffn))
      : undefined;
  }

  at(place: number): Kept | undefined {
    return this.#kept[place];
  }

  #keep(kept: Kept, tag: bigint, length: number): bigint {
    this.#kept.push(kept);
    return tagged(tag, length, this.#kept.length - 1);
  }
}

const numberWord = (value: number): bigint => {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON value`);
  bits.setFloat64(0, value);
  return bits.getBigUint64(0);
};
