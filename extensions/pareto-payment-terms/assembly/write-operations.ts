import {
  beginList,
  beginObject,
  endList,
  endObject,
  intern,
  putName,
  putNull,
  putText,
  putTextOf,
} from "../../wasm-api/wasm-api";
import { hiddenAt } from "./methods";

/** Writes the result: whether terms are taken away, and how many of the methods to be hidden are. */
export function writeOperations(takesTerms: bool, hidden: i32): void {
  beginObject(1);
  putText("operations");
  beginList(hidden + (takesTerms ? 1 : 0));
  if (takesTerms) writeNoTerms();
  if (hidden > 0) writeHidden(hidden);
  endList();
  endObject();
}

/** The terms are null; left out, they would be no answer. */
function writeNoTerms(): void {
  beginObject(1);
  putText("paymentTermsSet");
  beginObject(1);
  putText("paymentTerms");
  putNull();
  endObject();
  endObject();
}

function writeHidden(hidden: i32): void {
  const hide = intern("paymentMethodHide");
  const id = intern("paymentMethodId");
  for (let i = 0; i < hidden; i++) {
    beginObject(1);
    putName(hide);
    beginObject(1);
    putName(id);
    putTextOf(hiddenAt(i));
    endObject();
    endObject();
  }
}
