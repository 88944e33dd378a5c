import type { CompiledPart, CompiledPlan, CompiledStanding } from "#app/core/plan/compiled-plan.ts";
import type { WhyNot } from "#app/core/plan/why-not.ts";
import type { LineInChoices } from "./plan-choices.ts";
import { count, money, percentOf, plural } from "./format.ts";

/** Amounts of a previewed cart: the shop's own currency. */
interface Line {
  readonly variant: { readonly title: string; readonly price: bigint };
  readonly quantity: number;
  readonly unitCost: bigint | null;
  readonly floor: bigint | null;
  readonly amount: bigint;
  readonly message: string | null;
  readonly parts: readonly { readonly part: number; readonly amount: bigint }[];
  readonly cappedBy: bigint;
  readonly heldBy: bigint;
  readonly isWithoutFloor: boolean;
  readonly whyNot: ReadonlyMap<number, WhyNot>;
}

export interface PreviewLineView {
  readonly title: string;
  readonly quantity: string;
  readonly price: string;
  readonly discount: string;
  /** What the whole line costs. */
  readonly total: string;
  readonly message: string | null;
  readonly margin: string;
  /** What each part gives by itself, whether that is given, and why those that give nothing do not. */
  readonly parts: readonly { readonly name: string; readonly says: string }[];
  /** What limits took. */
  readonly limits: readonly string[];
}

export interface PreviewView {
  readonly version: string;
  readonly buyer: string;
  readonly lines: readonly PreviewLineView[];
  readonly total: string;
  readonly saved: string;
}

const PART_NAMES: Readonly<Record<CompiledPart["kind"], string>> = {
  quantity: "Quantity break",
  cumulative: "Cumulative break",
  tier: "Tier price",
  payNow: "Pay now",
};

const LEFT_OUT = {
  "gift-card": "gift cards are left out",
  subscription: "subscription lines are left out",
  "sale-priced": "it is on sale already",
  excluded: "its collection is excluded",
} as const;

const whyNotText = (why: WhyNot | undefined, currency: string): string => {
  switch (why?.code) {
    case undefined:
      return "Gives nothing here";
    case "left-out":
      return `Nothing: ${LEFT_OUT[why.what]}`;
    case "not-covered":
      return "Nothing: the product is not in its collections";
    case "catalog-breaks":
      return "Nothing: the company's catalog has volume pricing of its own";
    case "not-asked":
      return "Nothing: the buyer does not ask to pay now";
    case "no-terms":
      return "Nothing: this company could not pay later, has a deposit to pay, or is to be pruned";
    case "guest":
      return "Nothing: it is for customers who are signed in";
    case "not-entitled":
      return "Nothing: the buyer's tier has no price";
    case "not-reached":
      return `Nothing: not enough was bought before, the first step begins at ${count(Number(why.needs))}`;
    case "not-enough": {
      const amount = (minor: bigint): string =>
        why.of === "units" ? plural(Number(minor), "unit") : money(minor, currency);
      return why.has >= why.needs
        ? "Nothing: its steps give nothing"
        : `Nothing yet: ${amount(why.has)} of ${amount(why.needs)}`;
    }
  }
};

/** Of parts that give the same the one whose kind comes first is taken, as the Function does. */
const KINDS_IN_ORDER: readonly (CompiledPart["kind"] | undefined)[] = ["quantity", "cumulative", "tier", "payNow"];

/** The part that is taken where parts meet by the best. Paying now is not among them: it comes on top. */
const bestOf = ({ parts }: Line, plan: CompiledPlan): Line["parts"][number] | undefined => {
  const kindOf = (part: number): number => KINDS_IN_ORDER.indexOf(plan.parts[part]?.kind);
  return parts
    .filter(({ part, amount }) => amount > 0n && plan.parts[part]?.kind !== "payNow")
    .toSorted((a, b) => (a.amount === b.amount ? kindOf(a.part) - kindOf(b.part) : a.amount > b.amount ? -1 : 1))[0];
};

/** Whether a part that gives something by itself is given on the line, and if not, why. */
const useInWords = ({ part, amount }: Line["parts"][number], line: Line, plan: CompiledPlan): string => {
  // Nothing but a limit takes all of what a part gives.
  if (line.amount === 0n) return "not used: a limit leaves nothing of it";
  if (plan.meet === "add" || plan.parts[part]?.kind === "payNow") return "given";
  const best = bestOf(line, plan);
  if (!best || best.part === part) return "given";
  return `not used: another part gives ${best.amount > amount ? "more" : "as much"}`;
};

const limitsOf = (line: Line, currency: string): string[] => [
  ...(line.cappedBy > 0n ? [`The highest percentage took ${money(line.cappedBy, currency)} of it`] : []),
  ...(line.isWithoutFloor ? ["Its cost is unknown: no discount while a margin is set"] : []),
  ...(line.heldBy > 0n && line.floor !== null
    ? [`Held at ${money(line.floor, currency)} each by the margin, which took ${money(line.heldBy, currency)}`]
    : []),
];

const lineView = (line: Line, plan: CompiledPlan, currency: string): PreviewLineView => {
  const quantity = BigInt(line.quantity);
  const total = line.variant.price * quantity - line.amount;
  const left = line.unitCost === null ? null : percentOf(total - line.unitCost * quantity, total);
  return {
    title: line.variant.title,
    quantity: count(line.quantity),
    price: money(line.variant.price, currency),
    discount: line.amount === 0n ? "None" : `-${money(line.amount, currency)}`,
    total: money(total, currency),
    message: line.message,
    margin: left === null ? "Cost unknown" : `You keep ${left}`,
    parts: line.parts.map((alone) => {
      const { part, amount } = alone;
      const kind = plan.parts[part]?.kind;
      const name = `${kind ? PART_NAMES[kind] : "Part"} (${part + 1})`;
      const says =
        amount > 0n
          ? `Alone ${money(amount, currency)}, ${useInWords(alone, line, plan)}`
          : whyNotText(line.whyNot.get(part), currency);
      return { name, says };
    }),
    limits: limitsOf(line, currency),
  };
};

const buyerText = (kind: "guest" | "customer" | "company", standing: CompiledStanding | null): string => {
  if (kind === "guest") return "A guest: nothing that is for customers";
  if (standing === null) return "The plan entitles this buyer to nothing of its own";
  const { tier, key, company, pay, sums = [] } = standing;
  const parts = [
    ...(tier === undefined ? [] : [`tier ${tier}`]),
    ...(key === true ? ["key account"] : []),
    ...(company === undefined ? [] : ["a price of its own"]),
    ...(pay === true ? ["payment terms, so that it may choose to pay now"] : []),
    ...sums.map(
      ([, reached, day]) =>
        `${count(reached)} reached, through ${String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3")}`,
    ),
  ];
  return `Entitled by: ${parts.join("; ")}`;
};

/** A previewed cart for people: what each line gets, by which part, why not by the others, and what limits took. */
export const presentPreviewedCart = (
  preview: {
    readonly version: number;
    readonly plan: CompiledPlan;
    readonly buyer: { readonly kind: "guest" | "customer" | "company"; readonly standing: CompiledStanding | null };
    readonly lines: readonly Line[];
  },
  currency: string,
): PreviewView => {
  const { lines, plan, buyer } = preview;
  const full = lines.reduce((sum, { variant, quantity }) => sum + variant.price * BigInt(quantity), 0n);
  const saved = lines.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    version: `Version ${preview.version}`,
    buyer: buyerText(buyer.kind, buyer.standing),
    lines: lines.map((line) => lineView(line, plan, currency)),
    total: money(full - saved, currency),
    saved: money(saved, currency),
  };
};

/** What a try names, from the query of an address: `buyer=company:5`, `pay=now`, `line=11x12` again and again. */
export const cartFromQuery = (
  query: URLSearchParams,
): {
  readonly buyer: { readonly kind: "customer" | "company"; readonly shopifyId: bigint } | null;
  readonly asksToPayNow: boolean;
  readonly lines: readonly { readonly variantId: bigint; readonly quantity: number }[];
} => {
  const [, kind, id] = /^(customer|company):(\d{1,18})$/.exec(query.get("buyer") ?? "") ?? [];
  const buyer =
    id === undefined
      ? null
      : { kind: kind === "company" ? ("company" as const) : ("customer" as const), shopifyId: BigInt(id) };
  const lines = query.getAll("line").flatMap((text) => {
    const [, variant, quantity] = /^(\d{1,18})x(\d{1,6})$/.exec(text) ?? [];
    return variant === undefined || Number(quantity) === 0
      ? []
      : [{ variantId: BigInt(variant), quantity: Number(quantity) }];
  });
  return { buyer, asksToPayNow: query.get("pay") === "now", lines: lines.slice(0, 100) };
};

/** What keeps a line of the form from being tried, field by field. */
export const lineFaults = ({
  variant,
  quantity,
}: LineInChoices): { readonly variant?: string; readonly quantity?: string } => ({
  ...(variant === null ? { variant: "Choose a product" } : {}),
  ...(/^(?!0+$)\d{1,6}$/.test(quantity) ? {} : { quantity: "A whole number from 1 to 999,999" }),
});
