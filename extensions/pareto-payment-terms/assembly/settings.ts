import {
  isList,
  isNoSwitch,
  isObject,
  isTrue,
  itemAt,
  lengthOf,
  propertyNamed,
  Value,
  wholeNumber,
} from "../../wasm-api/wasm-api";
import { isName, NAME, NAME_BYTES, readSetName } from "./method-name";
import { Refusal } from "./refusal";

const VERSION: i64 = 1;
const MOST_NAMES: i32 = 100;

const NAMES: usize = memory.data(MOST_NAMES * NAME_BYTES, 8);
const LENGTHS: usize = memory.data(MOST_NAMES * 4, 4);

/** What the merchant has set, read anew by every run. */
export namespace settings {
  /** Names of methods that count as paying now. */
  export let names: i32 = 0;
  /** Whether the shop may set payment terms. */
  export let terms: bool = false;
}

/** Reads the settings. Whatever is not as docs/plan-metafields.md has it refuses all of them. */
export function readSettings(input: Value): Refusal {
  settings.names = 0;
  const customization = propertyNamed(input, "paymentCustomization");
  if (!isObject(customization)) return Refusal.Input;
  const metafield = propertyNamed(customization, "payments");
  if (!isObject(metafield)) return Refusal.NoSettings;
  const value = propertyNamed(metafield, "jsonValue");
  if (!isObject(value) || wholeNumber(propertyNamed(value, "v")) != VERSION) return Refusal.SettingsUnreadable;
  const terms = propertyNamed(value, "terms");
  if (isNoSwitch(terms)) return Refusal.SettingsUnreadable;
  settings.terms = isTrue(terms);
  return readNames(propertyNamed(value, "methods")) ? Refusal.None : Refusal.SettingsUnreadable;
}

function readNames(list: Value): bool {
  if (!isList(list)) return false;
  const length = lengthOf(list);
  if (length > MOST_NAMES) return false;
  for (let i = 0; i < length; i++) {
    const bytes = readSetName(itemAt(list, i));
    if (bytes < 0) return false;
    memory.copy(NAMES + i * NAME_BYTES, NAME, NAME_BYTES);
    store<i32>(LENGTHS + i * 4, bytes);
  }
  settings.names = length;
  return true;
}

/** Whether the settings have the name in `NAME`, of so many bytes. */
export function isSetName(bytes: i32): bool {
  for (let i = 0; i < settings.names; i++) {
    if (load<i32>(LENGTHS + i * 4) == bytes && isName(NAMES + i * NAME_BYTES, bytes)) return true;
  }
  return false;
}
