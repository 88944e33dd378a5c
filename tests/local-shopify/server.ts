import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { ShopChanges } from "#tests/local-shopify/world/change-buyers.ts";
import type { World, WorldOrder, WorldShop } from "#tests/local-shopify/world/world.ts";
import { AccessGate, holdsScope, PROTECTED_CONTENTS, type ProtectedContent } from "./admin-api/access.ts";
import { AdminHost } from "./admin-api/admin-host.ts";
import type { AdminContext, BulkOperations } from "./admin-api/context.ts";
import { adminSchema } from "./admin-api/schema.ts";
import { isoSeconds, ShopStore } from "./admin-api/shop-store.ts";
import { RESTORE_RATES, ThrottleBucket } from "./admin-api/throttle.ts";
import { BulkRunner } from "./bulk/bulk-runner.ts";
import { RESULT_HOST, ResultHost } from "./bulk/result-host.ts";
import type { CartInput } from "./checkout/cart.ts";
import { Checkout } from "./checkout/checkout.ts";
import type { CheckoutResult } from "./checkout/checkout-result.ts";
import { discountIdsOf } from "./checkout/combine.ts";
import { orderOfCart, type PaymentChoice } from "./checkout/order-of-cart.ts";
import { ShopClock } from "./clock.ts";
import { DiscountDesk } from "./discounts/discount-desk.ts";
import { readExtensions } from "./functions/extensions.ts";
import { appIdOf } from "./metafields/namespaces.ts";
import { Oauth } from "./oauth/oauth.ts";
import { ShopActions } from "./desk/shop-actions.ts";
import { ShopDesk } from "./desk/shop-desk.ts";
import type { LocalShopify, LocalShopifyOptions } from "./local-shopify.ts";
import { PaymentDesk } from "./payments/payment-desk.ts";
import { paymentMethodsOf } from "./payments/payment-methods.ts";
import {
  bulkFinishPayload,
  customerRedactPayload,
  dataRequestPayload,
  scopesPayload,
  shopPayload,
  shopRedactPayload,
} from "./webhooks/payloads.ts";
import { readAppConfig } from "./webhooks/subscriptions.ts";
import { scopesOfTopic } from "./webhooks/topics.ts";
import { Webhooks } from "./webhooks/webhooks.ts";

// Who opens a shop needs to name what it gets.
export type { LocalShopify, LocalShopifyOptions } from "./local-shopify.ts";

const SHOP_REDACT_AFTER_MS = 48 * 3_600_000;

/** Opens a shop: one HTTP server on loopback that stands for Shopify. */
export async function startLocalShopify(options: LocalShopifyOptions): Promise<LocalShopify> {
  adminSchema();
  const shop = new OpenShop(options);
  await shop.listen(options.port ?? 0);
  return shop;
}

class OpenShop extends ShopActions implements LocalShopify {
  readonly world: World;
  readonly shopDomain: string;
  readonly clock: ShopClock;
  readonly oauth: Oauth;
  readonly webhooks: Webhooks;
  readonly bulk: BulkRunner;
  readonly bucket: ThrottleBucket;
  readonly faults: LocalShopify["faults"];
  readonly discounts: DiscountDesk;
  private readonly till: Checkout;
  private readonly store: ShopStore;
  readonly payments: PaymentDesk;
  readonly storeCredit: LocalShopify["storeCredit"];
  protected readonly desk: ShopDesk;
  private readonly app: Pick<AdminContext, "appId" | "apiKey" | "extensions">;
  private readonly results: ResultHost;
  private readonly admin: AdminHost;
  private readonly server: Server;
  private readonly publicHost: string;
  private protectedData: readonly ProtectedContent[];
  private browser: RequestListener | null = null;
  private port = 0;
  private dataRequests = 0;

  constructor(options: LocalShopifyOptions) {
    super();
    const { world, stateDir, apiKey, apiSecret, bucketSpeed = 1 } = options;
    const app = readAppConfig(options.appTomlPath, options.appUrl);
    const shop = world.shop.domain;
    this.world = world;
    this.shopDomain = shop;
    this.publicHost = options.publicHost ?? "localhost";
    this.protectedData = options.protectedData ?? PROTECTED_CONTENTS;
    this.clock = new ShopClock(options.now ?? (() => new Date()));
    this.store = new ShopStore(world);
    if (options.paymentMethods) this.store.paymentMethods = paymentMethodsOf(options.paymentMethods);
    this.desk = new ShopDesk({
      store: this.store,
      clock: this.clock,
      stateDir,
      shows: (content) => this.protectedData.includes(content),
      echoesMetafields: () => this.webhooks.switches.metafieldEchoes,
      tell: (topic, payload) => this.tell(topic, payload),
    });
    this.app = { appId: appIdOf(apiKey), apiKey, extensions: readExtensions(options.appTomlPath, apiKey) };
    this.discounts = new DiscountDesk({
      ...{ discounts: this.store.discounts, extensions: this.app.extensions, now: () => this.clock.now() },
      save: (discount, metafields) => this.desk.saveDiscount(discount, metafields),
      remove: (id) => this.desk.deleteDiscount(id),
    });
    this.storeCredit = this.store.storeCredit;
    this.payments = new PaymentDesk({
      store: this.store,
      save: (customization) => this.desk.savePaymentCustomization(customization),
      remove: (id) => this.desk.deletePaymentCustomization(id),
    });
    this.till = new Checkout({
      ...{ store: this.store, appId: this.app.appId, extensions: this.app.extensions },
      now: () => this.clock.now(),
      isInstalled: () => this.oauth.isInstalled,
    });
    this.webhooks = new Webhooks({
      shop,
      apiSecret,
      stateDir,
      clock: this.clock,
      speed: options.webhookSpeed ?? 1,
      concurrency: options.webhookConcurrency,
      seed: options.webhookSeed,
      subscriptions: () => app.subscriptions,
    });
    this.oauth = new Oauth({
      shop,
      apiKey,
      apiSecret,
      stateDir,
      clock: this.clock,
      scopesAtInstall: options.grantedScopes ?? app.scopes,
      onInstalled: () => this.webhooks.withdraw("shop/redact"),
      onUninstalled: () => this.sendUninstalled(),
      onScopesChanged: (change) => this.sendScopes(change),
    });
    const key = createHmac("sha256", apiSecret).update("bulk results").digest("hex");
    this.results = new ResultHost({ directory: join(stateDir, "bulk"), key, clock: this.clock });
    this.bulk = new BulkRunner({
      stateDir,
      clock: this.clock,
      results: this.results,
      pace: options.bulkObjectsPerSecond ?? Infinity,
      contextNow: (bulk) => this.contextNow(bulk),
      onFinished: (record) => this.webhooks.send("bulk_operations/finish", bulkFinishPayload(record)),
    });
    this.bucket = new ThrottleBucket(RESTORE_RATES[world.shop.plan], () => performance.now() * bucketSpeed);
    this.admin = new AdminHost({
      oauth: this.oauth,
      bucket: this.bucket,
      contextNow: () => this.contextNow(this.bulk),
    });
    this.faults = Object.assign(this.admin.faults, { bulk: this.bulk.faults, downloads: this.results.faults });
    this.server = createServer((request, response) => void this.dispatch(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get publicUrl(): string {
    return `http://${this.publicHost}:${this.port}`;
  }

  get stats(): LocalShopify["stats"] {
    return this.admin.stats;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, "127.0.0.1", resolve);
    });
    const address = this.server.address();
    if (address === null || typeof address === "string") throw new TypeError("the server has no port");
    this.port = address.port;
    this.bulk.resume();
    this.webhooks.resume();
  }

  setProtectedData(contents: readonly ProtectedContent[]): void {
    this.protectedData = contents;
  }

  checkout(cart: CartInput): CheckoutResult {
    return this.till.check(cart).result;
  }

  placeCart(cart: CartInput, choice: PaymentChoice): WorldOrder {
    const checked = this.till.check(cart);
    const order = orderOfCart(checked, choice, this.world, this.clock.now());
    return this.desk.placeOrder(order, discountIdsOf(checked.combination));
  }

  updateShop(changes: ShopChanges): WorldShop {
    const shop = this.desk.updateShop(changes);
    this.bucket.changeRate(RESTORE_RATES[shop.plan]);
    return shop;
  }

  requestData(customerId: number): void {
    this.dataRequests += 1;
    this.webhooks.send("customers/data_request", dataRequestPayload(this.store, customerId, this.dataRequests));
  }

  redactCustomer(customerId: number): void {
    this.webhooks.send("customers/redact", customerRedactPayload(this.store, customerId));
  }

  handleBrowser(handler: RequestListener): void {
    this.browser = handler;
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await Promise.all([this.bulk.close(), this.webhooks.close()]);
  }

  private async dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.answer(request, response);
    } catch (error) {
      console.error(error);
      if (!response.headersSent) response.writeHead(500, { "content-type": "application/json" });
      response.end(JSON.stringify({ errors: error instanceof Error ? error.message : String(error) }));
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = request.headers["x-local-shopify-host"];
    if (host === RESULT_HOST) return this.results.serve(request, response);
    if (host === this.shopDomain) return this.admin.serve(request, response);
    if (host === undefined && this.browser) {
      this.browser(request, response);
      return;
    }
    response.writeHead(404, { "content-type": "application/json" });
    response.end(JSON.stringify({ errors: "Not Found" }));
  }

  private contextNow(bulk: BulkOperations): AdminContext {
    const access = new AccessGate(this.oauth.grantedScopes, this.protectedData);
    const { store, desk, discounts } = this;
    return { store, access, now: this.clock.now(), bulk, desk, discounts, ...this.app };
  }

  /** Webhooks of the shop's data go only to an app that is installed, and may read what they are about. */
  private tell(topic: string, payload: () => Record<string, unknown>): void {
    if (!this.oauth.isInstalled || !this.webhooks.isWanted(topic)) return;
    const granted = new Set(this.oauth.grantedScopes);
    const scopes = scopesOfTopic(topic);
    if (scopes.length > 0 && !scopes.some((scope) => holdsScope(granted, scope))) return;
    this.webhooks.send(topic, payload());
  }

  private sendUninstalled(): void {
    // Payment customizations go with the app that made them.
    for (const { id } of this.payments.customizations()) this.payments.delete(id);
    this.webhooks.send("app/uninstalled", shopPayload(this.world));
    this.webhooks.send("shop/redact", shopRedactPayload(this.world), { afterMs: SHOP_REDACT_AFTER_MS });
  }

  private sendScopes(change: { previous: string[]; current: string[] }): void {
    const updatedAt = isoSeconds(this.clock.now());
    this.webhooks.send("app/scopes_update", scopesPayload(this.world, { ...change, updatedAt }));
  }
}
