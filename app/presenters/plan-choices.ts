/** Something to be chosen: a product's variant, a customer or a company. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Of a product that the editor shows steps on; amounts as decimal digits of minor units. */
  readonly example?: { readonly price: string; readonly unitCost: string | null };
}

/** What can be looked for: whom and what a plan is tried on, and what the editor shows steps on. */
export type ChoiceKind = "buyers" | "variants" | "examples";

export const choiceKindOf = (text: string | null): ChoiceKind =>
  text === "buyers" || text === "examples" ? text : "variants";

/** What a text finds of what there is to choose from. */
export interface FoundChoices {
  readonly text: string;
  readonly choices: readonly Choice[];
  /** There are others that the text finds too. */
  readonly hasMore: boolean;
}

/** A cart as the preview's form holds it. */
export interface CartInChoices {
  /** Null: a guest. */
  readonly buyer: Choice | null;
  readonly lines: readonly {
    /** Null: none is chosen, or it is not there any more. */
    readonly variant: Choice | null;
    readonly quantity: string;
  }[];
}

export type LineInChoices = CartInChoices["lines"][number];

interface Buyer {
  readonly kind: "customer" | "company";
  readonly shopifyId: bigint;
  readonly name: string | null;
}

export const buyerInChoice = ({ kind, shopifyId, name }: Buyer): Choice => ({
  value: `${kind}:${shopifyId}`,
  label: `${name ?? `${kind} ${shopifyId}`}${kind === "company" ? " (company)" : ""}`,
});

export const variantInChoice = ({ id, title }: { id: bigint; title: string }): Choice => ({
  value: id.toString(),
  label: title,
});

/** What stands above a list that was cut; undefined: all that is found is there. */
export const cutInWords = ({ text, choices, hasMore }: FoundChoices): string | undefined => {
  if (!hasMore) return undefined;
  return text === ""
    ? `The first ${choices.length}. Type to find others.`
    : `The first ${choices.length} of what was found. Type more to find others.`;
};
