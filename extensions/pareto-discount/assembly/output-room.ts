import { cart, lineAt } from "./cart";

/**
 * Shopify drops every discount of a Function whose output is too large: 20,000 bytes up to 200 lines, and 0.5 % more for each
 * line above. The output is counted as JSON, its largest form, and a twentieth is left free.
 */
const OUTPUT_BYTES: i32 = 19_000;
const BYTES_PER_FURTHER_LINE: i32 = 95;
const LINES_WITHIN: i32 = 200;

/** {"operations":[{"productDiscountsAdd":{"selectionStrategy":"ALL","candidates":[]}}]} */
const AROUND: i32 = 100;
/** {"message":"...","targets":[],"value":{"fixedAmount":{"amount":"1234.56","appliesToEachItem":true}}}, */
const BYTES_PER_DISCOUNT: i32 = 120;
/** {"cartLine":{"id":""}}, without the id */
const BYTES_PER_TARGET: i32 = 23;

/** More than these make a cart hard to read for whoever looks at it. */
const MOST_DISCOUNTS: i32 = 60;

/** How many different discounts the output has room for, if every line gets one; 0 or less if the ids alone are too long. */
export function roomForDiscounts(): i32 {
  let targets = 0;
  for (let i = 0; i < cart.lines; i++) targets += BYTES_PER_TARGET + lineAt(i).idBytes;
  const bytes = OUTPUT_BYTES + max(cart.allLines - LINES_WITHIN, 0) * BYTES_PER_FURTHER_LINE;
  return min((bytes - AROUND - targets) / BYTES_PER_DISCOUNT, MOST_DISCOUNTS);
}
