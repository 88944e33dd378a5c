/**
 * Shopify's Function Wasm API, version 2: how a Function reads its input and writes its result.
 *
 * A value of the input is one 64-bit word. It is a plain f64, unless all bits of `TAGGED` are set: then bits 46-49 say of which
 * kind it is, bits 32-45 how long, and the low 32 bits hold the value itself or where the host keeps it.
 */

import {
  input_get,
  input_get_at_index,
  input_get_interned_obj_prop,
  input_get_obj_prop,
  input_get_val_len,
  input_read_utf8_str,
  intern_utf8_str,
  log_new_utf8_str,
  output_finish_array,
  output_finish_object,
  output_new_array,
  output_new_bool,
  output_new_interned_utf8_str,
  output_new_null,
  output_new_object,
  output_new_utf8_str,
} from "./host";

/** A value of the input, as the host hands it over. */
export type Value = u64;

/** A name that the host has been told once and knows by number from then on. */
export type Name = i32;

const TAGGED: u64 = 0x7ffc_0000_0000_0000;
/** A length that does not fit its 14 bits: the host has to be asked. */
const LENGTH_UNKNOWN: i32 = 16383;
/** The largest integer up to which every integer has an f64 of its own: 2^53. */
const LARGEST_WHOLE: f64 = 9007199254740992;

const enum Tag {
  Null = 0,
  Bool = 1,
  Text = 3,
  Object = 4,
  List = 5,
}

/** The longest text that is read: ids, amounts, dates and words are far shorter. */
const TEXT_BYTES: i32 = 256;
/** Where the text that was read or is about to be written stands, as UTF-8. One at a time. */
export const TEXT: usize = memory.data(TEXT_BYTES);

function isTagged(value: Value, tag: Tag): bool {
  return (value & TAGGED) == TAGGED && ((<i32>(value >> 46)) & 15) == tag;
}

export function inputValue(): Value {
  return input_get();
}

export function isNull(value: Value): bool {
  return isTagged(value, Tag.Null);
}

export function isObject(value: Value): bool {
  return isTagged(value, Tag.Object);
}

export function isList(value: Value): bool {
  return isTagged(value, Tag.List);
}

/** Whether the value is a text, of whatever length. */
export function isTextual(value: Value): bool {
  return isTagged(value, Tag.Text);
}

/** Whether the value is the JSON value `true`. */
export function isTrue(value: Value): bool {
  return isTagged(value, Tag.Bool) && <i32>value != 0;
}

/** Whether a switch that may be left out is something else than on, off or not there. */
export function isNoSwitch(value: Value): bool {
  return !isNull(value) && !isTagged(value, Tag.Bool);
}

/** How many items a list has, or bytes a text. */
export function lengthOf(value: Value): i32 {
  const length = (<i32>(value >> 32)) & LENGTH_UNKNOWN;
  return length == LENGTH_UNKNOWN ? input_get_val_len(value) : length;
}

/**
 * A whole number from 0 to 2^53, or -1 if the value is anything else.
 *
 * @example wholeNumber(12.0) // 12
 */
export function wholeNumber(value: Value): i64 {
  if ((value & TAGGED) == TAGGED) return -1;
  const number = reinterpret<f64>(value);
  if (!(number >= 0) || number > LARGEST_WHOLE || Math.floor(number) != number) return -1;
  return <i64>number;
}

/** A property by its interned name: for what is read of every line. */
export function property(value: Value, name: Name): Value {
  return input_get_interned_obj_prop(value, name);
}

/** A property by its name: for what is read once. */
export function propertyNamed(value: Value, name: string): Value {
  return input_get_obj_prop(value, TEXT, writeText(name));
}

export function itemAt(list: Value, index: i32): Value {
  return input_get_at_index(list, index);
}

export function intern(name: string): Name {
  return intern_utf8_str(TEXT, writeText(name));
}

/** How many bytes a text of the input has, or -1 if it is none or is longer than any text should be. */
export function textBytes(value: Value): i32 {
  if (!isTagged(value, Tag.Text)) return -1;
  const length = lengthOf(value);
  return length > TEXT_BYTES ? -1 : length;
}

/** Copies a text of the input to `TEXT` and returns its bytes, or -1. */
export function readText(value: Value): i32 {
  const length = textBytes(value);
  if (length > 0) input_read_utf8_str(<i32>value, TEXT, length);
  return length;
}

/** Whether the value is this very text. */
export function isText(value: Value, text: string): bool {
  if (readText(value) != text.length) return false;
  for (let i = 0; i < text.length; i++) {
    if (load<u8>(TEXT + i) != <u8>text.charCodeAt(i)) return false;
  }
  return true;
}

/** Puts a text into `TEXT` as UTF-8 and returns its bytes. Takes characters of up to three bytes: all of Chinese in use. */
function writeText(text: string): i32 {
  let at = TEXT;
  for (let i = 0; i < text.length; i++) {
    const unit = <u32>text.charCodeAt(i);
    if (unit < 0x80) {
      store<u8>(at++, unit);
    } else if (unit < 0x800) {
      store<u8>(at++, 0xc0 | (unit >> 6));
      store<u8>(at++, 0x80 | (unit & 0x3f));
    } else {
      store<u8>(at++, 0xe0 | (unit >> 12));
      store<u8>(at++, 0x80 | ((unit >> 6) & 0x3f));
      store<u8>(at++, 0x80 | (unit & 0x3f));
    }
  }
  return <i32>(at - TEXT);
}

export function log(text: string): void {
  log_new_utf8_str(TEXT, writeText(text));
}

export function beginObject(properties: i32): void {
  output_new_object(properties);
}

export function endObject(): void {
  output_finish_object();
}

export function beginList(items: i32): void {
  output_new_array(items);
}

export function endList(): void {
  output_finish_array();
}

/** A property's name or a word that is written more than once. */
export function putName(name: Name): void {
  output_new_interned_utf8_str(name);
}

export function putText(text: string): void {
  output_new_utf8_str(TEXT, writeText(text));
}

/** The first bytes of `TEXT`. */
export function putBytes(length: i32): void {
  output_new_utf8_str(TEXT, length);
}

/** A text of the input as it came. */
export function putTextOf(value: Value): void {
  output_new_utf8_str(TEXT, max(readText(value), 0));
}

export function putTrue(): void {
  output_new_bool(1);
}

export function putNull(): void {
  output_new_null();
}
