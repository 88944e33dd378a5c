import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseWorld, type World, type WorldObject } from "#tests/local-shopify/world/world.ts";
import { type LocalShopify, type LocalShopifyOptions, startLocalShopify } from "./server.ts";

export const NOW = new Date("2026-10-31T12:00:00Z");
export const API_KEY = "test-key";
export const API_SECRET = "test-secret";

const APP_SCOPES =
  "read_orders,read_all_orders,read_products,read_customers,read_companies,read_inventory,read_payment_terms,read_returns";
const TOPICS = ["orders/create", "orders/updated", "bulk_operations/finish", "app/uninstalled", "app/scopes_update"];

const tomlOf = (topics: readonly string[]) => `
[access_scopes]
scopes = "${APP_SCOPES}"
[webhooks]
api_version = "2026-10"
[[webhooks.subscriptions]]
topics = ${JSON.stringify(topics)}
uri = "/webhooks"
[[webhooks.subscriptions]]
compliance_topics = ["shop/redact"]
uri = "/webhooks"
`;

type OrderInput = Extract<WorldObject, { type: "order" }>;

export const shopObject = {
  type: "shop",
  domain: "acme.myshopify.com",
  name: "Acme",
  currency: "USD",
  timezone: "America/New_York",
  plan: "BASIC",
  taxesIncluded: false,
} satisfies WorldObject;

export const company: Extract<WorldObject, { type: "company" }> = {
  type: "company",
  id: 5,
  name: "Co",
  contacts: [1],
  locations: [
    { id: 51, name: "HQ", terms: { type: "NET", dueInDays: 30 }, depositPercent: null, checkoutToDraft: false },
  ],
};

/** A mug at 10.00 that cost 4.20, a cap whose cost nobody entered, Ann, and a company with Ann as its contact. */
export const catalog: WorldObject[] = [
  {
    type: "product",
    id: 1,
    title: "Mug",
    vendor: "Clay",
    giftCard: false,
    createdAt: "2025-01-01T00:00:00Z",
    variants: [{ id: 11, sku: "MUG-1", title: "Blue", price: "10.00", unitCost: "4.20", weightGrams: 300 }],
  },
  {
    type: "product",
    id: 2,
    title: "Cap",
    giftCard: false,
    createdAt: "2025-01-02T00:00:00Z",
    variants: [{ id: 21, sku: null, title: "Red", price: "20.00", unitCost: null }],
  },
  {
    type: "customer",
    id: 1,
    firstName: "Ann",
    lastName: "Ash",
    email: "ann@example.com",
    countryCode: "GB",
    createdAt: "2025-02-01T00:00:00Z",
  },
  company,
];

/** Three mugs for Ann, paid at once; the name and the lines' ids follow from the order's id. */
export function order(id: number, changes: Partial<OrderInput> = {}): OrderInput {
  return {
    type: "order",
    id,
    name: `#${1000 + id}`,
    customerId: 1,
    companyLocationId: null,
    email: null,
    processedAt: "2026-10-01T10:00:00Z",
    presentmentCurrency: "USD",
    presentmentRate: "1",
    test: false,
    cancelledAt: null,
    lines: [line(id * 10 + 1)],
    orderDiscount: "0.00",
    shipping: { price: "0.00", discount: "0.00", tax: "0.00" },
    tip: "0.00",
    terms: null,
    transactions: [],
    ...changes,
  };
}

export function line(id: number, changes: Partial<OrderInput["lines"][number]> = {}): OrderInput["lines"][number] {
  return {
    id,
    variantId: 11,
    title: "Mug",
    quantity: 3,
    unitPrice: "10.00",
    discount: "0.00",
    tax: "0.00",
    giftCard: false,
    ...changes,
  };
}

export function worldOf(...objects: WorldObject[]): World {
  const hasShop = objects.some(({ type }) => type === "shop");
  const lines = [...(hasShop ? [] : [shopObject]), ...objects].map((object) => JSON.stringify(object));
  return parseWorld(lines, { now: NOW });
}

export interface Answer<T = Record<string, unknown>> {
  data: T | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
  extensions?: { cost: { requestedQueryCost: number; actualQueryCost: number | null; throttleStatus: Throttle } };
}

interface Throttle {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A shop for one test, with the app installed and a token at hand; `stop` closes it and removes its state. */
export class TestShop {
  readonly stateDir: string;
  readonly options: Omit<LocalShopifyOptions, "world">;
  shopify: LocalShopify;
  token = "";

  private constructor(shopify: LocalShopify, options: Omit<LocalShopifyOptions, "world">) {
    this.shopify = shopify;
    this.options = options;
    this.stateDir = options.stateDir;
  }

  /** @param topics what the app has subscribed to */
  static async open(
    world: World,
    changes: Partial<LocalShopifyOptions> = {},
    topics: readonly string[] = TOPICS,
  ): Promise<TestShop> {
    const stateDir = changes.stateDir ?? mkdtempSync(join(tmpdir(), "local-shopify-"));
    const appTomlPath = join(stateDir, "shopify.app.toml");
    writeFileSync(appTomlPath, tomlOf(topics));
    const options = {
      stateDir,
      apiKey: API_KEY,
      apiSecret: API_SECRET,
      appUrl: "http://127.0.0.1:1",
      appTomlPath,
      now: () => NOW,
      ...changes,
    };
    const shop = new TestShop(await startLocalShopify({ ...options, world }), options);
    if (!shop.shopify.oauth.isInstalled) shop.shopify.oauth.install();
    shop.token = (await shop.newTokens()).access_token;
    return shop;
  }

  /** Closes the shop and opens it again on the same state. */
  async restart(world: World): Promise<void> {
    await this.shopify.close();
    this.shopify = await startLocalShopify({ ...this.options, world });
  }

  async stop(): Promise<void> {
    await this.shopify.close();
    rmSync(this.stateDir, { recursive: true, force: true });
  }

  async newTokens(): Promise<{ access_token: string; refresh_token: string; expires_in: number; scope: string }> {
    const reply = await this.tokenRequest({ expiring: "1" });
    return JSON.parse(reply.text);
  }

  tokenRequest(changes: Record<string, string> = {}): Promise<Reply> {
    const body = {
      client_id: API_KEY,
      client_secret: API_SECRET,
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: this.shopify.oauth.isInstalled ? this.shopify.oauth.mintSessionToken(7) : "",
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
      ...changes,
    };
    return this.send(`https://${this.shopify.shopDomain}/admin/oauth/access_token`, { body: JSON.stringify(body) });
  }

  async graphql<T = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Answer<T>> {
    return JSON.parse((await this.graphqlReply(query, variables)).text);
  }

  graphqlReply(query: string, variables: Record<string, unknown> = {}, version = "2026-10"): Promise<Reply> {
    return this.send(`https://${this.shopify.shopDomain}/admin/api/${version}/graphql.json`, {
      body: JSON.stringify({ query, variables }),
      headers: { "x-shopify-access-token": this.token },
    });
  }

  /** Sends what the app would send to a host of Shopify's. */
  send(url: string, init: { body?: string; headers?: Record<string, string>; method?: string } = {}): Promise<Reply> {
    const { hostname, pathname, search } = new URL(url);
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        `${this.shopify.url}${pathname}${search}`,
        {
          method: init.method ?? (init.body === undefined ? "GET" : "POST"),
          headers: { "x-local-shopify-host": hostname, "content-type": "application/json", ...init.headers },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(init.body);
    });
  }
}

export interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Stands where the app's webhook route is; `answer` says what it replies. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  answer = 200;
  /** Is waited for before the answer to each. */
  onRequest: () => Promise<void> = async () => {};
  url = "";
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        this.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
        void this.onRequest().then(() => response.writeHead(this.answer).end());
      });
    });
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const address = this.server.address();
    if (address && typeof address === "object") this.url = `http://127.0.0.1:${address.port}`;
    return this;
  }

  /** The bodies that came of one topic, in the order in which they came. */
  bodiesOf(topic: string): unknown[] {
    const ofTopic = this.received.filter(({ headers }) => headers["x-shopify-topic"] === topic);
    return ofTopic.map(({ body }) => JSON.parse(body));
  }

  get topics(): string[] {
    return this.received.map(({ headers }) => String(headers["x-shopify-topic"]));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
