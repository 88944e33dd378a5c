import { isTextual, readText, TEXT, Value } from "../../wasm-api/wasm-api";

/** A longer name is the name of no method that counts as paying now. */
const LONGEST: i32 = 255;
/** The bytes that a name takes when it is kept, in whole words of eight. */
export const NAME_BYTES: i32 = 256;

/** The name that was read last, padded with zeros to whole words. */
export const NAME: usize = memory.data(NAME_BYTES, 8);

/** Space, tab and the ends of lines. */
function isSpace(byte: i32): bool {
  return byte == 32 || (byte >= 9 && byte <= 13);
}

/** Copies some bytes of `TEXT` to `NAME`, and sets what is left of the last word to zero. */
function keep(from: i32, to: i32, lower: bool): void {
  const length = to - from;
  for (let word = 0; word < length; word += 8) store<u64>(NAME + word, 0);
  for (let i = 0; i < length; i++) {
    const byte = <i32>load<u8>(TEXT + from + i);
    store<u8>(NAME + i, lower && byte >= 65 && byte <= 90 ? byte + 32 : byte);
  }
}

/**
 * Reads the name of a method on offer to `NAME`: without spaces around it, its ASCII letters lower-cased. Returns its bytes, 0
 * for a name that no setting can mean, or -1 if the value is no text.
 *
 * @example readMethodName(" PayPal ") // 6, and NAME holds "paypal"
 */
export function readMethodName(value: Value): i32 {
  if (!isTextual(value)) return -1;
  const length = readText(value);
  if (length < 0 || length > LONGEST) return 0;
  let from = 0;
  let to = length;
  while (from < to && isSpace(load<u8>(TEXT + from))) from++;
  while (to > from && isSpace(load<u8>(TEXT + to - 1))) to--;
  keep(from, to, true);
  return to - from;
}

/** Reads a name of the settings to `NAME` as it is. Returns its bytes, or -1 if it is none of 1 to 255 bytes. */
export function readSetName(value: Value): i32 {
  const length = readText(value);
  if (length < 1 || length > LONGEST) return -1;
  keep(0, length, false);
  return length;
}

/** Whether a name that was kept before, of as many bytes, is that in `NAME`. */
export function isName(kept: usize, length: i32): bool {
  for (let word = 0; word < length; word += 8) {
    if (load<u64>(kept + word) != load<u64>(NAME + word)) return false;
  }
  return true;
}
