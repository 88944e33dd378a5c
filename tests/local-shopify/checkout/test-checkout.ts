import type { RivalDiscount } from "../discounts/discount-desk.ts";
import { ECHO_QUERY, echoFunction } from "../functions/echo-function.ts";
import { stateDirWith } from "../functions/test-extension.ts";
import { TestShop } from "../test-shop.ts";
import type { World } from "../world/world.ts";
import type { CartInput } from "./cart.ts";
import type { CheckoutResult } from "./checkout-result.ts";

/** A shop whose app has a Function that writes what a test tells it to. */
export class TestCheckout {
  readonly shop: TestShop;
  private made = 0;

  private constructor(shop: TestShop) {
    this.shop = shop;
  }

  static async open(world: World, changes: Parameters<typeof TestShop.open>[1] = {}): Promise<TestCheckout> {
    const stateDir = stateDirWith({ handle: "echo", query: ECHO_QUERY, wasm: await echoFunction() });
    const grantedScopes = ["write_discounts", "write_products", "write_customers", "read_orders", "read_all_orders"];
    return new TestCheckout(await TestShop.open(world, { stateDir, grantedScopes, ...changes }));
  }

  /** A discount of the app's. `output` is what its Function is to write; a function of the lines' ids is called with them. */
  async discount(output: unknown, changes: Record<string, unknown> = {}): Promise<string> {
    const mutation = `mutation ($discount: DiscountAutomaticAppInput!) {
      discountAutomaticAppCreate(automaticAppDiscount: $discount) {
        automaticAppDiscount { discountId } userErrors { message } } }`;
    this.made += 1;
    const discount = {
      ...{ title: `Plan ${this.made}`, functionHandle: "echo", startsAt: "2026-10-01T00:00:00Z" },
      ...{ discountClasses: ["PRODUCT", "ORDER"] },
      metafields: [{ namespace: "$app", key: "output", type: "json", value: JSON.stringify(output) }],
      ...changes,
    };
    const { data, errors } = await this.shop.graphql<{
      discountAutomaticAppCreate: { automaticAppDiscount: { discountId: string } | null; userErrors: unknown[] };
    }>(mutation, { discount });
    const made = data?.discountAutomaticAppCreate;
    if (!made?.automaticAppDiscount) throw new Error(JSON.stringify(errors ?? made?.userErrors));
    return made.automaticAppDiscount.discountId;
  }

  rival(rival: RivalDiscount): void {
    this.shop.shopify.discounts.saveRival(rival);
  }

  check(cart: CartInput): CheckoutResult {
    return this.shop.shopify.checkout(cart);
  }

  /** The ids of a cart's lines; they depend on the cart alone. */
  idsOf(cart: CartInput): string[] {
    return this.check(cart).lines.map(({ lineId }) => lineId);
  }
}

export interface CandidateInput {
  readonly lines: readonly (string | { readonly id: string; readonly quantity: number })[];
  readonly percent?: string;
  readonly amount?: string;
  readonly each?: boolean;
  readonly message?: string;
}

/** The output of a Function that takes product discounts off. */
export function productOutput(selectionStrategy: string, ...candidates: readonly CandidateInput[]): unknown {
  return { operations: [{ productDiscountsAdd: { selectionStrategy, candidates: candidates.map(candidateOf) } }] };
}

/** The output of a Function that takes something off the order. */
export function orderOutput(value: Record<string, unknown>, excludedCartLineIds: readonly string[] = []): unknown {
  const candidate = { targets: [{ orderSubtotal: { excludedCartLineIds } }], value, message: "Off the order" };
  return { operations: [{ orderDiscountsAdd: { selectionStrategy: "FIRST", candidates: [candidate] } }] };
}

function candidateOf({ lines, percent, amount, each, message }: CandidateInput): unknown {
  return {
    ...(message === undefined ? {} : { message }),
    targets: lines.map((line) => ({ cartLine: typeof line === "string" ? { id: line } : line })),
    value:
      percent === undefined ? { fixedAmount: { amount, appliesToEachItem: each } } : { percentage: { value: percent } },
  };
}
