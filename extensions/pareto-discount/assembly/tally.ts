/** What the cart holds of one variant or of one product. */
@unmanaged
export class Tally {
  /** Number of the variant or product; 0 is a free place. */
  key: u64;
  units: u64;
  /** Minor units of the buyer's currency. */
  amount: u64;
  /** The lowest price of its lines. */
  lowestPrice: u64;
}

/** Twice the most lines and more, so that a free place is always near. */
const MOST_PLACES: i32 = 1024;

export const VARIANTS: usize = memory.data(MOST_PLACES * offsetof<Tally>());
export const PRODUCTS: usize = memory.data(MOST_PLACES * offsetof<Tally>());

@unmanaged
class Tables {
  /** Both tables have 2^bits places in use. */
  bits: u64;
}

const tables = changetype<Tables>(memory.data(offsetof<Tables>()));

/** No cart comes near it, and a thousand of them still fit 64 bits. */
const PLENTY: u64 = 1 << 53;

/** Empties both tables for a number of lines. */
export function clearTallies(lines: i32): void {
  let bits = 4;
  while (1 << bits < 2 * lines) bits++;
  tables.bits = bits;
  memory.fill(VARIANTS, 0, offsetof<Tally>() << bits);
  memory.fill(PRODUCTS, 0, offsetof<Tally>() << bits);
}

/** The tally of a key in one of the two tables: an open hash table, searched from the key's own place on. */
export function tallyOf(table: usize, key: u64): Tally {
  const last: u64 = ((<u64>1) << tables.bits) - 1;
  let place = (key * 0x9e37_79b9_7f4a_7c15) >> (64 - tables.bits);
  while (true) {
    const tally = changetype<Tally>(table + <usize>place * offsetof<Tally>());
    if (tally.key == key) return tally;
    if (tally.key == 0) {
      tally.key = key;
      tally.lowestPrice = u64.MAX_VALUE;
      return tally;
    }
    place = (place + 1) & last;
  }
}

/** Units times price, or plenty where the product is out of all proportion. */
export function amountOf(price: u64, quantity: u32): u64 {
  return price > PLENTY / quantity ? PLENTY : price * quantity;
}
