import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { World, WorldOrder } from "#tests/local-shopify/world/world.ts";
import { AccessGate, PROTECTED_CONTENTS, type ProtectedContent } from "./admin-api/access.ts";
import { type AdminFaults, AdminHost, type CallStats } from "./admin-api/admin-host.ts";
import type { AdminContext, BulkOperations } from "./admin-api/context.ts";
import { adminSchema } from "./admin-api/schema.ts";
import { isoSeconds, ShopStore } from "./admin-api/shop-store.ts";
import { RESTORE_RATES, ThrottleBucket } from "./admin-api/throttle.ts";
import { BulkRunner } from "./bulk/bulk-runner.ts";
import { RESULT_HOST, ResultHost } from "./bulk/result-host.ts";
import { ShopClock } from "./clock.ts";
import { Oauth } from "./oauth/oauth.ts";
import { OrderDesk } from "./order-desk.ts";
import {
  bulkFinishPayload,
  customerRedactPayload,
  dataRequestPayload,
  orderPayload,
  scopesPayload,
  shopPayload,
  shopRedactPayload,
} from "./webhooks/payloads.ts";
import { readAppConfig } from "./webhooks/subscriptions.ts";
import { Webhooks } from "./webhooks/webhooks.ts";

const SHOP_REDACT_AFTER_MS = 48 * 3_600_000;

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
  /** How many times faster than Shopify webhooks are retried, and shop/redact follows an uninstall. */
  readonly webhookSpeed?: number;
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
  setProtectedData(contents: readonly ProtectedContent[]): void;
  /** A customer orders; orders/create goes out. Takes an order as in the world file. */
  placeOrder(order: unknown): WorldOrder;
  /** An order changes in whatever way; orders/updated goes out. Takes the whole order as it is now. */
  updateOrder(order: unknown): WorldOrder;
  /** The merchant asks for a customer's data, or has a customer erased: the compliance webhook goes out. */
  requestData(customerId: number): void;
  redactCustomer(customerId: number): void;
  /** Who answers requests that no app sent, so a person's browser. */
  handleBrowser(handler: RequestListener): void;
  close(): Promise<void>;
}

/** Opens a shop: one HTTP server on loopback that stands for Shopify. */
export async function startLocalShopify(options: LocalShopifyOptions): Promise<LocalShopify> {
  adminSchema();
  const shop = new OpenShop(options);
  await shop.listen(options.port ?? 0);
  return shop;
}

class OpenShop implements LocalShopify {
  readonly world: World;
  readonly shopDomain: string;
  readonly clock: ShopClock;
  readonly oauth: Oauth;
  readonly webhooks: Webhooks;
  readonly bulk: BulkRunner;
  readonly bucket: ThrottleBucket;
  readonly faults: LocalShopify["faults"];
  private readonly store: ShopStore;
  private readonly desk: OrderDesk;
  private readonly results: ResultHost;
  private readonly admin: AdminHost;
  private readonly server: Server;
  private readonly publicHost: string;
  private protectedData: readonly ProtectedContent[];
  private browser: RequestListener | null = null;
  private port = 0;
  private dataRequests = 0;

  constructor(options: LocalShopifyOptions) {
    const { world, stateDir, apiKey, apiSecret, bucketSpeed = 1 } = options;
    const app = readAppConfig(options.appTomlPath, options.appUrl);
    const shop = world.shop.domain;
    this.world = world;
    this.shopDomain = shop;
    this.publicHost = options.publicHost ?? "localhost";
    this.protectedData = options.protectedData ?? PROTECTED_CONTENTS;
    this.clock = new ShopClock(options.now ?? (() => new Date()));
    this.store = new ShopStore(world);
    this.desk = new OrderDesk({ store: this.store, clock: this.clock, stateDir });
    this.webhooks = new Webhooks({
      shop,
      apiSecret,
      stateDir,
      clock: this.clock,
      speed: options.webhookSpeed ?? 1,
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

  placeOrder(order: unknown): WorldOrder {
    const placed = this.desk.place(order);
    this.sendOrder("orders/create", placed);
    return placed;
  }

  updateOrder(order: unknown): WorldOrder {
    const updated = this.desk.update(order);
    this.sendOrder("orders/updated", updated);
    return updated;
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
    return { store: this.store, access, now: this.clock.now(), bulk };
  }

  /** Webhooks of the shop's data go only to an app that is installed. */
  private sendOrder(topic: string, order: WorldOrder): void {
    if (!this.oauth.isInstalled) return;
    const shown = { now: this.clock.now(), showsEmail: this.protectedData.includes("email") };
    this.webhooks.send(topic, orderPayload(order, this.store, shown));
  }

  private sendUninstalled(): void {
    this.webhooks.send("app/uninstalled", shopPayload(this.world));
    this.webhooks.send("shop/redact", shopRedactPayload(this.world), { afterMs: SHOP_REDACT_AFTER_MS });
  }

  private sendScopes(change: { previous: string[]; current: string[] }): void {
    const updatedAt = isoSeconds(this.clock.now());
    this.webhooks.send("app/scopes_update", scopesPayload(this.world, { ...change, updatedAt }));
  }
}
