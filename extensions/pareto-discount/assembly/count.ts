import { cart, lineAt } from "./cart";
import { partAt, PartKind, plan, Scope } from "./plan";
import { amountOf, clearTallies, PRODUCTS, Tally, tallyOf, VARIANTS } from "./tally";

/** Counts units and amounts over all lines: by variant, by product, and for each part that counts all that it covers. */
export function countLines(): void {
  clearTallies(cart.lines);
  cart.variants = 0;
  for (let i = 0; i < cart.lines; i++) {
    const line = lineAt(i);
    const amount = amountOf(line.price, line.quantity);
    line.sameVariant = tallyOf(VARIANTS, line.variant);
    if (line.sameVariant.units == 0) cart.variants++;
    count(line.sameVariant, line.quantity, amount);
    line.sameVariant.lowestPrice = min(line.sameVariant.lowestPrice, line.price);
    if (plan.countsProducts) {
      line.sameProduct = tallyOf(PRODUCTS, line.product);
      count(line.sameProduct, line.quantity, amount);
    }
    for (let p = 0; p < plan.parts; p++) {
      const part = partAt(p);
      if (part.kind != PartKind.Quantity || part.scope != Scope.Covered) continue;
      if (!part.coversAll && !line.groups.meets(part.groups)) continue;
      part.units += line.quantity;
      part.amount += amount;
    }
  }
}

function count(tally: Tally, quantity: u32, amount: u64): void {
  tally.units += quantity;
  tally.amount += amount;
}

/**
 * At least as many as there can be different discounts in this cart: lines of one variant at one price get the same. It does
 * not depend on how many units there are.
 */
export function differentLines(): i32 {
  let different = cart.variants;
  for (let i = 0; i < cart.lines; i++) {
    const line = lineAt(i);
    if (line.price > line.sameVariant.lowestPrice) different++;
  }
  return different;
}
