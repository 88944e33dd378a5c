import {
  PAY_NOW_ATTRIBUTE,
  type CompiledPart,
  type CompiledPlan,
  type CompiledStanding,
  type CompiledStep,
} from "#app/core/plan/compiled-plan.ts";
import type { Cart, Line, Part, Plan, Standing, Step } from "./model.ts";

const EXPONENTS: Readonly<Record<string, number>> = { JPY: 0, KWD: 3 };

const day = (text: string): number => Number(text.replaceAll("-", ""));

const step = ({ from, kind, value }: Step): CompiledStep =>
  kind === "percent" ? [Number(from), Number(value)] : [Number(from), Number(value), kind];

const groupsOf = (groups: readonly number[] | null): { groups?: readonly number[] } => (groups ? { groups } : {});

const part = (one: Part): CompiledPart => {
  switch (one.kind) {
    case "quantity":
      return { kind: one.kind, by: one.by, of: one.of, ...groupsOf(one.groups), steps: one.steps.map(step) };
    case "cumulative":
      return { kind: one.kind, id: one.id, ...groupsOf(one.groups), steps: one.steps.map(step) };
    case "tier": {
      const percents = Object.fromEntries(Object.entries(one.percents).map(([tier, value]) => [tier, Number(value)]));
      const companies = one.companies.map(([company, value]) => [company, Number(value)] as const);
      return { kind: one.kind, ...groupsOf(one.groups), percents, ...(companies.length > 0 && { companies }) };
    }
    case "payNow":
      return { kind: one.kind, percent: Number(one.percent) };
  }
};

export const compiledPlan = (plan: Plan, shopCurrency: string): CompiledPlan => ({
  v: 1,
  exp: EXPONENTS[shopCurrency] ?? 2,
  meet: plan.meet,
  ...(plan.cap !== null && { cap: Number(plan.cap) }),
  ...(plan.needsFloor && { floor: true }),
  ...(plan.from !== null && { from: day(plan.from) }),
  ...(plan.to !== null && { to: day(plan.to) }),
  ...(plan.skip.length > 0 && { skip: plan.skip }),
  ...(plan.also.length > 0 && { also: Object.fromEntries(plan.also.map((one) => [one, true])) }),
  parts: plan.parts.map(part),
});

const compiledStanding = (standing: Standing): CompiledStanding => ({
  v: 1,
  ...(standing.tier && { tier: standing.tier }),
  ...(standing.key && { key: true }),
  ...(standing.prune && { prune: true }),
  ...(standing.company !== null && { company: standing.company }),
  ...(standing.breaks && { breaks: true }),
  ...(standing.pay && { pay: true }),
  ...(standing.sums.length > 0 && {
    sums: standing.sums.map((sum) => [sum.part, Number(sum.reached), day(sum.through)] as const),
  }),
});

interface Metafield {
  jsonValue: unknown;
}

/** What the input query gives for a cart. Every field may be overwritten with what should not be there. */
export interface FunctionInput {
  presentmentCurrencyRate: string;
  shop: { localTime: { date: string } };
  localization: { language: { isoCode: string } };
  discount: { plan: Metafield | null };
  cart: {
    cost: { totalAmount: { currencyCode: string } };
    payNow: { value: string } | null;
    retailLocation: { __typename: string } | null;
    buyerIdentity: {
      isAuthenticated: boolean;
      customer: { standing: Metafield | null } | null;
      purchasingCompany: { location: { standing: Metafield | null } } | null;
    } | null;
    lines: InputLine[];
  };
}

interface InputLine {
  id: string;
  quantity: number;
  cost: { amountPerQuantity: { amount: string }; compareAtAmountPerQuantity: { amount: string } | null };
  sellingPlanAllocation: { __typename: string } | null;
  merchandise:
    | { __typename: "CustomProduct" }
    | {
        __typename: "ProductVariant";
        id: string;
        floor: Metafield | null;
        product: { id: string; isGiftCard: boolean; groups: Metafield | null };
      };
}

const inputLine = (line: Line): InputLine => ({
  id: line.id,
  quantity: line.quantity,
  cost: {
    amountPerQuantity: { amount: line.price },
    compareAtAmountPerQuantity: line.compareAt === null ? null : { amount: line.compareAt },
  },
  sellingPlanAllocation: line.kind === "subscription" ? { __typename: "SellingPlanAllocation" } : null,
  merchandise:
    line.kind === "custom"
      ? { __typename: "CustomProduct" }
      : {
          __typename: "ProductVariant",
          id: `gid://shopify/ProductVariant/${line.variant}`,
          floor: line.floor === null ? null : { jsonValue: Number(line.floor) },
          product: {
            id: `gid://shopify/Product/${line.product}`,
            isGiftCard: line.kind === "gift",
            groups: line.groups.length === 0 ? null : { jsonValue: [...line.groups] },
          },
        },
});

const identity = ({ is, standing }: Cart["buyer"]): FunctionInput["cart"]["buyerIdentity"] => {
  const owner = { standing: standing === null ? null : { jsonValue: compiledStanding(standing) } };
  return {
    isAuthenticated: is === "customer" || is === "company",
    customer: is === "guest" ? null : is === "company" ? { standing: null } : owner,
    purchasingCompany: is === "company" ? { location: owner } : null,
  };
};

export const inputOf = (cart: Cart): FunctionInput => ({
  presentmentCurrencyRate: cart.rate,
  shop: { localTime: { date: cart.today } },
  localization: { language: { isoCode: cart.language } },
  discount: { plan: { jsonValue: compiledPlan(cart.plan, cart.shopCurrency) } },
  cart: {
    cost: { totalAmount: { currencyCode: cart.currency } },
    payNow: cart.buyer.asksToPayNow ? { value: PAY_NOW_ATTRIBUTE.value } : null,
    retailLocation: cart.isPointOfSale ? { __typename: "Location" } : null,
    buyerIdentity: identity(cart.buyer),
    lines: cart.lines.map(inputLine),
  },
});
