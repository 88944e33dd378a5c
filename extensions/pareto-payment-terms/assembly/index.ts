import { inputValue, isObject, isText, log, propertyNamed, Value } from "../../wasm-api/wasm-api";
import { methods, readMethods } from "./methods";
import { Refusal, wordsOf } from "./refusal";
import { readSettings, settings } from "./settings";
import { writeOperations } from "./write-operations";

/**
 * Target cart.payment-methods.transform.run: who asks for the discount for paying now is offered no terms, and of the payment
 * methods those that count as paying now.
 *
 * It never traps: what cannot be read leaves checkout as it is, with a line in the log.
 */
export function cart_payment_methods_transform_run(): void {
  const input = inputValue();
  const cart = propertyNamed(input, "cart");
  if (!asksToPayNow(cart)) {
    writeOperations(false, 0);
    return;
  }
  let refusal = readSettings(input);
  if (refusal == Refusal.None) refusal = readMethods(propertyNamed(input, "paymentMethods"));
  if (refusal != Refusal.None) {
    log(wordsOf(refusal));
    writeOperations(false, 0);
    return;
  }
  // With nothing else on offer the terms are the only way to buy.
  writeOperations(settings.terms && methods.offered > 0 && buysForCompany(cart), methods.hidden);
}

function asksToPayNow(cart: Value): bool {
  const payNow = propertyNamed(cart, "payNow");
  return isObject(payNow) && isText(propertyNamed(payNow, "value"), "yes");
}

function buysForCompany(cart: Value): bool {
  const buyer = propertyNamed(cart, "buyerIdentity");
  return isObject(buyer) && isObject(propertyNamed(buyer, "purchasingCompany"));
}
