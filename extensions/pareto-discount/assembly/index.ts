import { cart, lineAt } from "./cart";
import { countLines, differentLines } from "./count";
import { roundPercentsDown } from "./fewer-percents";
import { readsChinese } from "./messages";
import { internNames } from "./names";
import { roomForDiscounts } from "./output-room";
import { priceLine } from "./price-line";
import { readBuyer } from "./read-buyer";
import { readCart } from "./read-cart";
import { readPlan } from "./read-plan";
import { Refusal, wordsOf } from "./refusal";
import { inputValue, log, propertyNamed, Value } from "../../wasm-api/wasm-api";
import { writeDiscounts } from "./write-discounts";

/**
 * Target cart.lines.discounts.generate.run: the discount plan on one cart.
 *
 * Everything lies in plain memory that each run fills anew, so nothing is left of one run for the next. It never traps: what
 * cannot be read gives no operation and a line in the log.
 */
export function cart_lines_discounts_generate_run(): void {
  const input = inputValue();
  const refusal = priceCart(input);
  if (refusal != Refusal.None) {
    cart.lines = 0;
    log(wordsOf(refusal));
  }
  writeDiscounts(readsChinese(input));
}

function priceCart(input: Value): Refusal {
  internNames();
  const value = propertyNamed(input, "cart");
  if (!readBuyer(input, value)) return Refusal.Input;
  let refusal = readPlan(input, value);
  if (refusal == Refusal.None) refusal = readCart(value);
  if (refusal != Refusal.None) return refusal;
  countLines();
  const room = roomForDiscounts();
  if (room < 1) return Refusal.OutputTooLarge;
  const areTooMany = differentLines() > room;
  for (let i = 0; i < cart.lines; i++) priceLine(lineAt(i), areTooMany);
  if (areTooMany) roundPercentsDown(room);
  return Refusal.None;
}
