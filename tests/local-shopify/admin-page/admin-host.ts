import type { IncomingMessage, ServerResponse } from "node:http";
import type { CartInput } from "../checkout/cart.ts";
import type { CheckoutResult } from "../checkout/checkout-result.ts";
import type { PaymentChoice } from "../checkout/order-of-cart.ts";
import type { DiscountDesk } from "../discounts/discount-desk.ts";
import type { PaymentDesk } from "../payments/payment-desk.ts";
import type { World, WorldOrder } from "#tests/local-shopify/world/world.ts";

export type BrowserHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

type Soon<T> = T | Promise<T>;

/** What the admin page needs of the local Shopify. Shops are named by their .myshopify.com domain. */
export interface AdminHost {
  /** The origin that people open, such as http://localhost:4000. */
  readonly url: string;
  readonly shopDomain: string;
  readonly world: World;
  /** Everything that a person's browser asks of that origin goes to the handler. */
  handleBrowser(handler: BrowserHandler): void;
  placeOrder(order: unknown): Soon<unknown>;
  readonly discounts: DiscountDesk;
  checkout(cart: CartInput): CheckoutResult;
  placeCart(cart: CartInput, choice: PaymentChoice): WorldOrder;
  readonly payments: PaymentDesk;
  pay(orderId: number, amount?: string): WorldOrder;
  readonly oauth: {
    readonly requestedScopes: readonly string[];
    mintSessionToken(shop: string, userId: number): Soon<string>;
    install(shop: string): Soon<unknown>;
    uninstall(shop: string): Soon<unknown>;
    isInstalled(shop: string): Soon<boolean>;
    grantedScopes(shop: string): Soon<readonly string[]>;
    revokeScope(shop: string, scope: string): Soon<unknown>;
    revokeTokens(shop: string): Soon<unknown>;
  };
}
