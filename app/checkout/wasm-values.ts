/**
 * Values as Shopify's Function Wasm API, version 2, passes them between host and Function: one 64-bit word each. A number is
 * its f64. Everything else sets all bits of `TAGGED`, has its kind in bits 46-49 and its length in bits 32-45; the low 32 bits
 * say which value it is.
 */

const TAGGED_HIGH = 0x7ffc_0000;
/** The largest length that fits. A longer value says this, and the Function asks for its length. */
const LONGEST = 16383;

const TAGS = { null: 0, bool: 1, text: 3, object: 4, list: 5, error: 15 } as const;

/** A word and its two halves in the same eight bytes: arithmetic on bigints would cost more than the run of a small cart. */
const word = new BigUint64Array(1);
const halves = new Uint32Array(word.buffer);
const double = new Float64Array(word.buffer);
/** Which of the halves is the high one depends on the machine. */
word[0] = 1n << 32n;
const HIGH = halves[1] === 1 ? 1 : 0;
const LOW = 1 - HIGH;

const tagged = (tag: number, length: number, value: number): bigint => {
  halves[HIGH] = TAGGED_HIGH + (tag << 14) + Math.min(length, LONGEST);
  halves[LOW] = value;
  return word[0] ?? 0n;
};

const NULL = tagged(TAGS.null, 0, 0);
const FALSE = tagged(TAGS.bool, 0, 0);
const TRUE = tagged(TAGS.bool, 0, 1);

export const NOT_AN_OBJECT = tagged(TAGS.error, 0, 1);
export const INDEX_OUT_OF_BOUNDS = tagged(TAGS.error, 0, 5);
export const NOT_INDEXABLE = tagged(TAGS.error, 0, 6);

const utf8 = new TextEncoder();

/** Texts that were encoded lately: kinds of parts, names and days come again in every cart. */
const ENCODED = new Map<string, Uint8Array>();
const MOST_ENCODED = 5000;

const encode = (text: string): Uint8Array => {
  const known = ENCODED.get(text);
  if (known) return known;
  const bytes = utf8.encode(text);
  if (ENCODED.size >= MOST_ENCODED) ENCODED.clear();
  ENCODED.set(text, bytes);
  return bytes;
};

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
      const bytes = encode(value);
      return this.#keep({ kind: "text", bytes }, TAGS.text, bytes.length);
    }
    if (Array.isArray(value)) return this.#keep({ kind: "list", items: value }, TAGS.list, value.length);
    if (!isRecord(value)) throw new TypeError(`A ${typeof value} is no JSON value`);
    const keys = Object.keys(value);
    return this.#keep({ kind: "object", properties: value, keys }, TAGS.object, keys.length);
  }

  /** What a word stands for; undefined for numbers, booleans, null and errors. */
  keptAt(asked: bigint): Kept | undefined {
    word[0] = asked;
    const high = halves[HIGH] ?? 0;
    if ((high & TAGGED_HIGH) !== TAGGED_HIGH) return undefined;
    const tag = (high >>> 14) & 15;
    return tag === TAGS.text || tag === TAGS.list || tag === TAGS.object ? this.at(halves[LOW] ?? 0) : undefined;
  }

  at(place: number): Kept | undefined {
    return this.#kept[place];
  }

  #keep(kept: Kept, tag: number, length: number): bigint {
    this.#kept.push(kept);
    return tagged(tag, length, this.#kept.length - 1);
  }
}

const numberWord = (value: number): bigint => {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON value`);
  double[0] = value;
  return word[0] ?? 0n;
};
