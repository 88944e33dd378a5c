import { toDecimal, toMinor } from "#tests/local-shopify/world/money.ts";
import type { World } from "#tests/local-shopify/world/world.ts";

/** What a person asked for in the form on the settings page. */
export interface OrderWish {
  variantId: number;
  quantity: number;
  customerId: number | null;
}

/**
 * A paid order as the web shop would take it now, under the next free numbers.
 *
 * @throws RangeError when the variant is not there, so that the page can say so
 */
export function orderFrom(wish: OrderWish, world: World, now: Date): Record<string, unknown> {
  const offer = world.variants.get(wish.variantId);
  if (!offer) throw new RangeError(`there is no variant ${wish.variantId}`);
  const { currency } = world.shop;
  const unitPrice = toMinor(offer.variant.price, currency);
  const total = unitPrice * BigInt(wish.quantity);
  // Two percent, so that the order has a fee like any other; what it is exactly does not matter here.
  const fee = toDecimal(total / 50n, currency);
  const at = `${now.toISOString().slice(0, 19)}Z`;
  const id = following(world.ordersById.keys());
  return {
    type: "order",
    id,
    name: `#${id}`,
    customerId: wish.customerId,
    companyLocationId: null,
    email: wish.customerId === null ? "guest@example.com" : null,
    processedAt: at,
    presentmentCurrency: currency,
    presentmentRate: "1",
    test: false,
    cancelledAt: null,
    lines: [
      {
        id: following(world.taken.lines),
        variantId: wish.variantId,
        title: offer.product.title,
        quantity: wish.quantity,
        unitPrice: offer.variant.price,
        discount: "0",
        tax: "0",
        giftCard: offer.product.giftCard,
      },
    ],
    orderDiscount: "0",
    shipping: { price: "0", discount: "0", tax: "0" },
    tip: "0",
    terms: null,
    transactions: [
      { kind: "SALE", gateway: "shopify_payments", amount: toDecimal(total, currency), processedAt: at, fee },
    ],
  };
}

function following(taken: Iterable<number>): number {
  let highest = 0;
  for (const id of taken) highest = Math.max(highest, id);
  return highest + 1;
}
