import { TODAY } from "./arbitrary.ts";
import type { Buyer, Cart, Line, Part, Plan, Standing, Step } from "./model.ts";

/** The plainest of everything, for examples that say what is special about them. */

export const line = (rest: Partial<Line> = {}): Line => {
  const variant = rest.variant ?? 11;
  return {
    id: `gid://shopify/CartLine/${variant}`,
    variant,
    product: variant,
    groups: [],
    quantity: 1,
    price: "10.00",
    compareAt: null,
    floor: 100n,
    kind: "plain",
    ...rest,
  };
};

/** Steps of percentages: [[from, basis points], ...]. */
export const percents = (...pairs: readonly (readonly [number, number])[]): Step[] =>
  pairs.map(([from, value]) => ({ from: BigInt(from), kind: "percent", value: BigInt(value) }));

/** From 10 units of a variant on 5 %, unless said otherwise. */
export const quantityBreak = (rest: Partial<Extract<Part, { kind: "quantity" }>> = {}): Part => ({
  kind: "quantity",
  by: "variant",
  of: "units",
  groups: null,
  steps: percents([10, 500]),
  ...rest,
});

export const plan = (parts: readonly Part[], rest: Partial<Plan> = {}): Plan => ({
  meet: "best",
  cap: null,
  needsFloor: false,
  from: null,
  to: null,
  skip: [],
  also: [],
  parts,
  ...rest,
});

export const standing = (rest: Partial<Standing> = {}): Standing => ({
  tier: null,
  key: false,
  prune: false,
  company: null,
  breaks: false,
  pay: false,
  sums: [],
  ...rest,
});

export const customer = (rest: Partial<Standing> = {}): Buyer => ({
  is: "customer",
  standing: standing(rest),
  asksToPayNow: false,
});

export const company = (rest: Partial<Standing> = {}): Buyer => ({ ...customer(rest), is: "company" });

export const GUEST: Buyer = { is: "guest", standing: null, asksToPayNow: false };

export const cart = (rest: Partial<Cart> = {}): Cart => ({
  shopCurrency: "USD",
  currency: "USD",
  rate: "1.0",
  today: TODAY,
  language: "EN",
  isPointOfSale: false,
  plan: plan([quantityBreak()]),
  buyer: GUEST,
  lines: [line({ quantity: 10 })],
  ...rest,
});
