import { isList, isObject, itemAt, lengthOf, propertyNamed, textBytes, Value } from "../../wasm-api/wasm-api";
import { readMethodName } from "./method-name";
import { Refusal } from "./refusal";
import { isSetName } from "./settings";

const MOST_METHODS: i32 = 100;

/** The ids of methods to hide, as the input has them. */
const HIDDEN: usize = memory.data(MOST_METHODS * 8, 8);

/** The payment methods on offer, read anew by every run. */
export namespace methods {
  export let offered: i32 = 0;
  /** How many do not count as paying now. */
  export let hidden: i32 = 0;
}

export function hiddenAt(index: i32): Value {
  return load<Value>(HIDDEN + index * 8);
}

/**
 * Reads which methods are to be hidden: those that the settings do not name. If they name none of them (renamed, translated),
 * none is hidden: there has to be a way to pay.
 */
export function readMethods(list: Value): Refusal {
  if (!isList(list)) return Refusal.Input;
  const length = lengthOf(list);
  if (length > MOST_METHODS) return Refusal.TooManyMethods;
  methods.offered = length;
  let hidden = 0;
  for (let i = 0; i < length; i++) {
    const method = itemAt(list, i);
    if (!isObject(method)) return Refusal.Input;
    const id = propertyNamed(method, "id");
    const bytes = readMethodName(propertyNamed(method, "name"));
    if (textBytes(id) < 1 || bytes < 0) return Refusal.Input;
    if (!isSetName(bytes)) store<Value>(HIDDEN + hidden++ * 8, id);
  }
  methods.hidden = hidden < length ? hidden : 0;
  return Refusal.None;
}
