import { divideHalfUp } from "../money/money.ts";
import type { Step } from "./plan.ts";

/** A product to show a step on. Minor units of the shop's currency, as the catalog has them. */
export interface ExampleProduct {
  readonly price: bigint;
  /** Null: nobody knows it. */
  readonly unitCost: bigint | null;
  /** The lowest price that the plan may give; null: none. A product whose price is not above it gets no discount. */
  readonly floor: bigint | null;
  /** In basis points, the tax inside the price; 0 where prices are net of it. */
  readonly tax: number;
}

/** What a step makes of the product's price. */
export interface StepExample {
  readonly price: bigint;
  /** Whether the floor kept it from being lower. */
  readonly isHeld: boolean;
  /** Of the price net of tax, what is left over the cost, in basis points; null where the cost is unknown or the price is nothing. */
  readonly margin: number | null;
}

const stepPrice = (price: bigint, { value }: Step): bigint => {
  switch (value.kind) {
    case "percent":
      return price - divideHalfUp(price * BigInt(value.basisPoints), 10_000n);
    case "amount-off":
      return price > value.amount ? price - value.amount : 0n;
    case "fixed-price":
      return value.price < price ? value.price : price;
  }
};

const WHOLE = 10_000n;

/** Cost 4.20 of a price of 12.00 with 20 % tax inside: 58 % of the net 10.00 is left. */
const marginOf = (price: bigint, unitCost: bigint, tax: number): number => {
  const cost = unitCost * (WHOLE + BigInt(tax));
  return Number(((price * WHOLE - cost) * WHOLE) / (price * WHOLE));
};

/**
 * What one unit costs by a step, for the editor to show while it is written: the Function at checkout has the last word.
 *
 * @example 10.00, cost 4.20, 10 % off: 9.00, of which 53.33 % is left
 */
export const stepExample = ({ price: full, unitCost, floor, tax }: ExampleProduct, step: Step): StepExample => {
  const wanted = stepPrice(full, step);
  const least = floor === null || floor < full ? floor : full;
  const price = least !== null && wanted < least ? least : wanted;
  const margin = unitCost === null || price === 0n ? null : marginOf(price, unitCost, tax);
  return { price, isHeld: price > wanted, margin };
};
