import type { RequestListener } from "node:http";
import type { ShopChanges } from "#tests/local-shopify/world/change-buyers.ts";
import type {
  World,
  WorldCompany,
  WorldCustomer,
  WorldOrder,
  WorldProduct,
  WorldShop,
} from "#tests/local-shopify/world/world.ts";
import type { ProtectedContent } from "./admin-api/access.ts";
import type { AdminFaults, CallStats } from "./admin-api/admin-host.ts";
import type { ThrottleBucket } from "./admin-api/throttle.ts";
import type { BulkRunner } from "./bulk/bulk-runner.ts";
import type { DiscountDesk } from "./discounts/discount-desk.ts";
import type { ResultHost } from "./bulk/result-host.ts";
import type { CartInput } from "./checkout/cart.ts";
import type { CheckoutResult } from "./checkout/checkout-result.ts";
import type { PaymentChoice } from "./checkout/order-of-cart.ts";
import type { ShopClock } from "./clock.ts";
import type { Oauth } from "./oauth/oauth.ts";
import type { StoreCreditBook } from "./store-credit/store-credit-book.ts";
import type { PaymentDesk } from "./payments/payment-desk.ts";
import type { PaymentMethodInput } from "./payments/payment-methods.ts";
import type { Webhooks } from "./webhooks/webhooks.ts";

export interface LocalShopifyOptions {
  readonly world: World;
  /** Default: any free one. */
  readonly port?: number;
  /** Where tokens, bulk results, webhooks still to send and orders placed are kept. */
  readonly stateDir: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Where the app answers; webhooks go there. */
  readonly appUrl: string;
  /** The app's shopify.app.toml: its scopes and webhook subscriptions. */
  readonly appTomlPath: string;
  readonly now?: () => Date;
  /** How many times faster than the real clock the throttle's bucket refills. */
  readonly bucketSpeed?: number;
  readonly bulkObjectsPerSecond?: number;
  /** What the merchant grants at install. Default: all that the app asks for. */
  readonly grantedScopes?: readonly string[];
  /** Which protected customer data the app was approved for. Default: all of it. */
  readonly protectedData?: readonly ProtectedContent[];
  /** The host name in `publicUrl`, for a person's browser. Default: localhost. */
  readonly publicHost?: string;
  /** How buyers may pay. Default: by credit card and by cash on delivery. */
  readonly paymentMethods?: readonly PaymentMethodInput[];
  /** How many times faster than Shopify webhooks are retried, and shop/redact follows an uninstall. */
  readonly webhookSpeed?: number;
  /** How many webhooks are on their way at once. Default: 50. */
  readonly webhookConcurrency?: number;
  /** Decides which webhooks are doubled or dropped by `webhooks.switches`. Default: 1. */
  readonly webhookSeed?: number | string;
}

/** A shop that is open: what a test or the demo may do to it from the outside. */
export interface LocalShopify {
  /** On 127.0.0.1, for LOCAL_SHOPIFY_URL of the app's process. */
  readonly url: string;
  readonly publicUrl: string;
  readonly shopDomain: string;
  readonly world: World;
  readonly clock: ShopClock;
  readonly oauth: Oauth;
  readonly webhooks: Webhooks;
  readonly bulk: BulkRunner;
  readonly bucket: ThrottleBucket;
  readonly faults: AdminFaults & { readonly bulk: BulkRunner["faults"]; readonly downloads: ResultHost["faults"] };
  /** By operation name. */
  readonly stats: ReadonlyMap<string, Readonly<CallStats>>;
  /**
   * The shop's automatic discounts as a merchant changes them, native ones too: `saveRival`, `removeRival`, `rename`,
   * `activate`, `deactivate`, `delete`. discounts/create, /update and /delete.
   */
  readonly discounts: DiscountDesk;
  /**
   * How buyers may pay, and the app's payment customizations, as a merchant changes them: `methods`, `offer`, `renameMethod`,
   * `customizations`, `activate`, `deactivate`, `delete`.
   */
  readonly payments: PaymentDesk;
  /** The accounts of store credit, to look into. */
  readonly storeCredit: Pick<StoreCreditBook, "accountsOf" | "statement">;
  setProtectedData(contents: readonly ProtectedContent[]): void;
  /**
   * A customer orders. Takes an order as in the world file. orders/create goes out, and what comes with it: orders/paid,
   * order_transactions/create for each, payment_terms/create.
   */
  placeOrder(order: unknown): WorldOrder;
  /**
   * What the checkout says of a cart: prices, discounts of all active automatic discounts (the app's Function is run as
   * built), how it may be paid. Nothing is placed.
   *
   * @throws ZodError or Error on a cart that is none, or that names what is not there
   */
  checkout(cart: CartInput): CheckoutResult;
  /** A cart is checked out and paid for: an order is placed with what the checkout said of it. Webhooks as of `placeOrder`. */
  placeCart(cart: CartInput, choice: PaymentChoice): WorldOrder;
  /**
   * An order changes in whatever way. Takes the whole order as it is now. orders/updated goes out, and what follows from the
   * difference: orders/paid, /cancelled, /edited, refunds/create, order_transactions/create, returns/approve, /close and
   * /update, disputes/create and /update, payment_terms/create, /update and /delete.
   */
  updateOrder(order: unknown): WorldOrder;
  /**
   * A buyer pays what is open on an order by card, or an amount of it in the shop's currency such as "12.50":
   * order_transactions/create, orders/updated, and orders/paid when nothing is open any more.
   *
   * @throws Error when nothing is open, or less than that
   */
  pay(orderId: number, amount?: string): WorldOrder;
  /**
   * The merchant gives back all that was received on an order, or an amount of it, and takes no goods back: refunds/create,
   * order_transactions/create, orders/updated.
   *
   * @throws Error when there is nothing to give back, or less than that
   */
  refund(orderId: number, amount?: string): WorldOrder;
  /** The merchant deletes an order: orders/delete. */
  deleteOrder(id: number): void;
  /** A customer comes, or changes. Takes a customer as in the world file. customers/create or customers/update. */
  saveCustomer(customer: unknown): WorldCustomer;
  /** customers/delete. Refused for customers who have orders, as at Shopify. */
  deleteCustomer(id: number): void;
  /** One customer becomes part of another, with all orders, which do not change by it: customers/merge. */
  mergeCustomers(fromId: number, intoId: number): void;
  /**
   * A product comes, or changes. Takes a product as in the world file. products/create or products/update, and
   * inventory_items/create, /update (another cost, SKU or weight) and /delete for its variants.
   */
  saveProduct(product: unknown): WorldProduct;
  /** products/delete and inventory_items/delete. Lines of orders that sold it have no variant and no product any more. */
  deleteProduct(id: number): void;
  /** A company comes, or changes. companies/create or /update, company_locations/create, /update or /delete. */
  saveCompany(company: unknown): WorldCompany;
  /** The shop itself changes: shop/update. */
  updateShop(changes: ShopChanges): WorldShop;
  /**
   * Something happens that the world does not hold, such as a fulfilment: sends the payload as it is given.
   *
   * @throws Error on a topic that follows from one of the changes above, or that the local Shopify does not send
   */
  announce(topic: string, payload: Record<string, unknown>): void;
  /** The merchant asks for a customer's data, or has a customer erased: the compliance webhook goes out. */
  requestData(customerId: number): void;
  redactCustomer(customerId: number): void;
  /** Who answers requests that no app sent, so a person's browser. */
  handleBrowser(handler: RequestListener): void;
  close(): Promise<void>;
}
