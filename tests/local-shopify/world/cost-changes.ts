import { type Catalog, decimalOf } from "./catalog.ts";
import { instantOf } from "./instants.ts";
import { exponentOf, toMinor } from "./money.ts";
import { seededRandom } from "./random.ts";

/** Lets some variants' costs change as the shop sells: mostly they rise, now and then one is entered late or taken out. */
export function changeCosts(
  catalog: Catalog,
  seed: string | number,
  how: { start: number; seconds: number; share: number; currency: string },
): void {
  for (const product of catalog.products) {
    if (product.giftCard) continue;
    for (const variant of product.variants) {
      const random = seededRandom(seed, "cost", variant.id);
      if (!random.chance(how.share)) continue;
      const price = Number(toMinor(variant.price, how.currency));
      let cost = variant.unitCost === null ? Math.round(price * 0.4) : Number(toMinor(variant.unitCost, how.currency));
      const steps = random.int(1, 3);
      variant.costChanges = Array.from({ length: steps }, (_, step) => {
        const at = how.start + (how.seconds * (step + 0.2 + 0.6 * random.next())) / steps;
        cost = Math.round(cost * (0.94 + 0.2 * random.next()));
        const isUnknown = step < steps - 1 && random.chance(0.03);
        return { at: instantOf(at), unitCost: isUnknown ? null : decimalOf(cost, exponentOf(how.currency)) };
      });
    }
  }
}
