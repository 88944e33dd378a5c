import { createServer } from "node:http";
import { SignJWT } from "jose";
import { saveOrder } from "#tests/local-shopify/world/change-orders.ts";
import { demoWorld } from "#tests/local-shopify/world/demo-world.ts";
import { generateWorld } from "#tests/local-shopify/world/generator.ts";
import { addOrder, parseWorld, validateOrder } from "#tests/local-shopify/world/world.ts";
import { ShopStore } from "../admin-api/shop-store.ts";
import { Checkout } from "../checkout/checkout.ts";
import { orderOfCart } from "../checkout/order-of-cart.ts";
import type { Discount } from "../discounts/discount.ts";
import { DiscountDesk } from "../discounts/discount-desk.ts";
import { orderPaid } from "../desk/order-payments.ts";
import { PaymentDesk } from "../payments/payment-desk.ts";
import type { AdminHost, BrowserHandler } from "./admin-host.ts";
import { TEST_SECRET } from "./fake-app.ts";

/** One whose discounts are made and shown in the app. */
const FUNCTIONS = [
  {
    ...{
      handle: "volume",
      id: "f1",
      title: "Volume",
      description: null,
      apiVersion: "2026-10",
      wasmPath: "",
      targets: [],
    },
    uiPaths: { create: "/app/discounts/new", details: "/app/discounts/:id" },
  },
];
const NOW = new Date("2026-06-01T12:00:00Z");

/** A local Shopify with a small shop and nothing but what the admin page asks of it; for tests of the admin page. */
export async function startFakeHost(
  ...discounts: readonly Discount[]
): Promise<AdminHost & { close(): Promise<void> }> {
  const world = parseWorld(
    [...generateWorld({ ...demoWorld, customers: 20, orders: 40, domain: "acme.myshopify.com", now: NOW })].map(
      (object) => JSON.stringify(object),
    ),
    { now: NOW },
  );
  let handler: BrowserHandler = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  let scopes: string[] | null = null;
  const store = new ShopStore(world);
  for (const discount of discounts) store.discounts.save(discount);
  const till = new Checkout({ store, appId: 1, extensions: [], now: () => new Date(), isInstalled: () => false });
  const desk = new DiscountDesk({
    ...{ discounts: store.discounts, extensions: FUNCTIONS, now: () => new Date() },
    save: (discount) => store.discounts.save(discount),
    remove: (id) => store.discounts.delete(id),
  });
  return {
    url: `http://localhost:${address.port}`,
    shopDomain: "acme.myshopify.com",
    world,
    handleBrowser: (given) => void (handler = given),
    placeOrder: (order) => addOrder(world, validateOrder(world, order, new Date())),
    discounts: desk,
    checkout: (cart) => till.check(cart).result,
    placeCart(cart, choice) {
      const order = validateOrder(world, orderOfCart(till.check(cart), choice, world, new Date()), new Date());
      addOrder(world, order);
      store.ordersChanged();
      return order;
    },
    payments: new PaymentDesk({
      store,
      save: (customization) => store.paymentCustomizations.save(customization),
      remove: (id) => store.paymentCustomizations.delete(id),
    }),
    pay: (orderId, amount) => {
      const { after } = saveOrder(world, orderPaid(world, { orderId, amount }, new Date()), new Date());
      store.ordersChanged();
      return after;
    },
    oauth: {
      requestedScopes: ["read_orders", "write_discounts"],
      mintSessionToken: sessionToken,
      install: () => void (scopes = ["read_orders", "write_discounts"]),
      uninstall: () => void (scopes = null),
      isInstalled: () => scopes !== null,
      grantedScopes: () => scopes ?? [],
      revokeScope: (_shop, scope) => void (scopes = (scopes ?? []).filter((one) => one !== scope)),
      revokeTokens: () => {},
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function sessionToken(shop: string, userId: number): Promise<string> {
  return new SignJWT({ dest: `https://${shop}`, sub: String(userId) })
    .setProtectedHeader({ alg: "HS256" })
    .setAudience("key")
    .setExpirationTime("60s")
    .sign(new TextEncoder().encode(TEST_SECRET));
}
