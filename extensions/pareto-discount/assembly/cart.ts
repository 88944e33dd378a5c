import { GroupSet } from "./group-set";
import { Tally } from "./tally";
import { Value } from "../../wasm-api/wasm-api";

/** A line of the cart that may be discounted, and what it gets. */
@unmanaged
export class CartLine {
  /** The line's id, still with the host: most are only passed on. */
  id: Value;
  idBytes: i32;
  quantity: u32;
  /** The numbers of variant and product. */
  variant: u64;
  product: u64;
  /** For each unit, in minor units of the buyer's currency, catalog and market prices included. */
  price: u64;
  /** No unit is sold for less, in the same units; `NO_FLOOR` if there has to be a floor and none is known. */
  floor: u64;
  groups: GroupSet;
  /** What the cart holds of the same variant and of the same product. */
  sameVariant: Tally;
  sameProduct: Tally;
  /** What the line gets: basis points, or minor units off each unit, or neither; never both. */
  percent: u32;
  off: u64;
  /** The kinds of the parts behind it, a bit each. */
  kinds: i32;
  /** The next line with the same discount, or null. */
  next: CartLine | null;
}

export const NO_FLOOR: u64 = u64.MAX_VALUE;

/** Shopify's carts have no more. */
export const MOST_LINES: i32 = 500;
const LINES = memory.data(MOST_LINES * offsetof<CartLine>());
const LINE_GROUPS = memory.data(MOST_LINES * offsetof<GroupSet>());

@unmanaged
export class Cart {
  /** How many lines the cart has, and how many of them may be discounted: those alone are kept, and counted. */
  allLines: i32;
  lines: i32;
  /** How many different variants those are. */
  variants: i32;
}

export const cart = changetype<Cart>(memory.data(offsetof<Cart>()));

export function lineAt(index: i32): CartLine {
  return changetype<CartLine>(LINES + <usize>index * offsetof<CartLine>());
}

/** Where the next line is read to; it counts once `cart.lines` is raised. */
export function nextLine(): CartLine {
  const line = lineAt(cart.lines);
  line.groups = changetype<GroupSet>(LINE_GROUPS + <usize>cart.lines * offsetof<GroupSet>());
  return line;
}
