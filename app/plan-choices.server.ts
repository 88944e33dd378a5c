import { shopDays } from "#app/core/time/shop-day.ts";
import { readUnitCosts } from "#app/db/ingest/write-catalog.server.ts";
import { buyerChoices, variantChoices, type VariantChoice } from "#app/db/plan/plan-page.server.ts";
import type { Shop } from "#app/db/shops.server.ts";
import {
  buyerInChoice,
  variantInChoice,
  type Choice,
  type ChoiceKind,
  type FoundChoices,
} from "#app/presenters/plan-choices.ts";
import type { App } from "./composition.server.ts";

/** Whose buyers and products are looked for. */
interface Looking {
  readonly app: Pick<App, "pool" | "now">;
  readonly shop: Shop;
}

const MOST_CHOICES = 20;
const LONGEST_TEXT = 100;

/** "Mug, Blue" has the words of the mug's title and of its variant's. */
const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== "");

/** Steps can be shown on what has a price and is not money itself. */
const examplesAmong = async ({ app, shop }: Looking, variants: readonly VariantChoice[]): Promise<Choice[]> => {
  const shown = variants.filter(({ giftCard, price }) => !giftCard && price > 0n);
  const ids = shown.map(({ id }) => id);
  const unitCostOn = await readUnitCosts(app.pool, shop.id, ids);
  const today = shopDays(shop.timeZone)(app.now().getTime());
  return shown.map((variant) => ({
    ...variantInChoice(variant),
    example: {
      price: variant.price.toString(),
      unitCost: unitCostOn(variant.id, today)?.amount?.toString() ?? null,
    },
  }));
};

const choicesOf = async (looking: Looking, kind: ChoiceKind, text: string, most: number) => {
  const { app, shop } = looking;
  if (kind === "buyers") {
    const buyers = await buyerChoices(app.pool, shop.id, text, most + 1);
    return { all: buyers.length, choices: buyers.slice(0, most).map(buyerInChoice) };
  }
  const variants = await variantChoices(app.pool, shop.id, wordsOf(text), most + 1);
  const first = variants.slice(0, most);
  const choices = kind === "examples" ? await examplesAmong(looking, first) : first.map(variantInChoice);
  return { all: variants.length, choices };
};

/** What a text finds among the shop's buyers or products; of an empty one those that come first. */
export const findChoices = async (looking: Looking, kind: ChoiceKind, text: string): Promise<FoundChoices> => {
  const sought = text.trim().slice(0, LONGEST_TEXT);
  const { all, choices } = await choicesOf(looking, kind, sought, MOST_CHOICES);
  return { text: sought, choices, hasMore: all > MOST_CHOICES };
};

const MOST_LOOKED_AT = 50;

/** The product that steps are shown on at first: one whose cost is known, where one of the first has one. */
export const firstExample = async (looking: Looking): Promise<Choice | null> => {
  const variants = await variantChoices(looking.app.pool, looking.shop.id, [], MOST_LOOKED_AT);
  const examples = await examplesAmong(looking, variants);
  return examples.find(({ example }) => example?.unitCost != null) ?? examples[0] ?? null;
};
