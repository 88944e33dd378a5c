import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { AdminHost } from "./admin-host.ts";
import { answerStorefront } from "../storefront/storefront-routes.ts";
import type { Storefront } from "../storefront/storefront.ts";
import { changeDiscount } from "./change-discount.ts";
import { frameAddress } from "./frame-address.ts";
import type { Html } from "./html.ts";
import { appPage, homePage, installPage, messagePage, startPage } from "./pages/app-pages.ts";
import { discountsPage } from "./pages/discounts-page.ts";
import type { Frame } from "./pages/layout.ts";
import { orderPage } from "./pages/order-page.ts";
import {
  companiesPage,
  companyPage,
  customerPage,
  customersPage,
  ordersPage,
  productPage,
  productsPage,
} from "./pages/resource-pages.ts";
import { settingsPage } from "./pages/settings-page.ts";
import { orderFrom } from "./test-order.ts";

const ASSETS: Readonly<Record<string, string>> = {
  "admin.css": "text/css",
  "admin-app.css": "text/css",
  "admin-shell.js": "text/javascript",
  "admin-menu.js": "text/javascript",
};
const LISTS = new Map([
  ["orders", ordersPage],
  ["customers", customersPage],
  ["products", productsPage],
  ["companies", companiesPage],
]);
/** The one member of staff who is always logged in. */
const USER_ID = 1;

export interface AdminSite {
  localShopify: AdminHost;
  appName: string;
  appHandle: string;
  appOrigin: string;
  apiSecret: string | undefined;
  now: () => Date;
  storefront: Storefront;
}

type Reply =
  | { kind: "page"; page: Html; status?: number }
  | { kind: "redirect"; to: string }
  | { kind: "text"; body: string; type: string; status?: number };

/** Answers what a browser asks of the admin's origin. */
export async function answerBrowser(
  site: AdminSite,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", site.localShopify.url);
  if (/^\/storefront(\/|$)/.test(url.pathname)) return answerStorefront(site.storefront, request, response);
  const reply = request.method === "POST" ? await post(site, url, request) : await get(site, url);
  if (reply.kind === "redirect") {
    response.writeHead(303, { location: reply.to });
    response.end();
    return;
  }
  const isPage = reply.kind === "page";
  response.writeHead(reply.status ?? 200, {
    "content-type": `${isPage ? "text/html" : reply.type}; charset=utf-8`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(isPage ? reply.page.text : reply.body);
}

async function get(site: AdminSite, url: URL): Promise<Reply> {
  const asset = /^\/assets\/([a-z.-]+)$/.exec(url.pathname)?.[1];
  if (asset !== undefined && ASSETS[asset]) {
    return { kind: "text", body: readFileSync(new URL(asset, import.meta.url), "utf8"), type: ASSETS[asset] };
  }
  const frame = frameOf(site);
  if (url.pathname === "/") return { kind: "page", page: startPage(frame) };
  const [, store, rest = ""] = /^\/store\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
  if (store !== frame.store)
    return { kind: "text", body: "There is no such shop here.", type: "text/plain", status: 404 };
  if (/^\/(apps|oauth)\//.test(rest)) return appReply(site, frame, { path: rest, search: url.search });
  if (rest === "/discounts") {
    const notice = url.searchParams.get("done");
    return { kind: "page", page: discountsPage(frame, site.localShopify.discounts, notice) };
  }
  if (rest === "/settings") return settingsReply(site, frame, url.searchParams.get("done"));
  if (rest === "/scopes") return scopesReply(site);
  if (rest === "" || rest === "/") {
    return {
      kind: "page",
      page: homePage(frame, await site.localShopify.oauth.isInstalled(site.localShopify.shopDomain)),
    };
  }
  const page = resourcePage(frame, rest);
  if (page) return { kind: "page", page };
  return { kind: "page", status: 404, page: messagePage(frame, "Not here", "The local admin has no such page.") };
}

function frameOf(site: AdminSite): Frame {
  const { shopDomain, world } = site.localShopify;
  const store = shopDomain.replace(/\.myshopify\.com$/, "");
  return { world, store, appName: site.appName, appPath: `/store/${store}/apps/${site.appHandle}` };
}

async function appReply(site: AdminSite, frame: Frame, asked: { path: string; search: string }): Promise<Reply> {
  const { oauth, shopDomain } = site.localShopify;
  const isInstalled = await oauth.isInstalled(shopDomain);
  const [, handle, path = "/"] = /^\/apps\/([^/]+)(\/.*)?$/.exec(asked.path) ?? [];
  if (handle === undefined || !isInstalled) {
    if (isInstalled) return { kind: "redirect", to: frame.appPath };
    return { kind: "page", page: installPage(frame, oauth.requestedScopes) };
  }
  // Shopify knows the app by its API key too; this admin has one app.
  if (handle !== site.appHandle) {
    return { kind: "redirect", to: `${frame.appPath}${path === "/" ? "" : path}${asked.search}` };
  }
  const src = frameAddress({
    appOrigin: site.appOrigin,
    path: path + asked.search,
    shop: shopDomain,
    store: frame.store,
    idToken: await oauth.mintSessionToken(shopDomain, USER_ID),
    now: site.now(),
    apiSecret: site.apiSecret,
  });
  return { kind: "page", page: appPage(frame, { src, origin: site.appOrigin, path: path + asked.search }) };
}

async function settingsReply(site: AdminSite, frame: Frame, done: string | null): Promise<Reply> {
  const { oauth, shopDomain } = site.localShopify;
  const isInstalled = await oauth.isInstalled(shopDomain);
  const scopes = isInstalled ? await oauth.grantedScopes(shopDomain) : [];
  return { kind: "page", page: settingsPage(frame, { isInstalled, scopes, notice: done }) };
}

async function scopesReply(site: AdminSite): Promise<Reply> {
  const { oauth, shopDomain } = site.localShopify;
  const granted = await oauth.grantedScopes(shopDomain);
  const detail = { granted, required: oauth.requestedScopes, optional: [] };
  return { kind: "text", body: JSON.stringify(detail), type: "application/json" };
}

function resourcePage(frame: Frame, path: string): Html | null {
  const { world } = frame;
  const [, kind, id] = /^\/(orders|customers|products|companies)(?:\/(\d+))?\/?$/.exec(path) ?? [];
  if (kind === undefined) return null;
  if (id === undefined) return LISTS.get(kind)?.(frame) ?? null;
  const number = Number(id);
  const order = kind === "orders" && world.ordersById.get(number);
  const customer = kind === "customers" && world.customers.get(number);
  const company = kind === "companies" && world.companies.get(number);
  const product = kind === "products" && world.products.find((one) => one.id === number);
  if (order) return orderPage(frame, order);
  if (customer) return customerPage(frame, customer);
  if (company) return companyPage(frame, company);
  return product ? productPage(frame, product) : null;
}

async function post(site: AdminSite, url: URL, request: IncomingMessage): Promise<Reply> {
  const { oauth, shopDomain } = site.localShopify;
  const frame = frameOf(site);
  const base = `/store/${frame.store}`;
  if (request.headers.origin !== new URL(site.localShopify.url).origin) {
    return { kind: "text", body: "Only the admin's own pages may do that.", type: "text/plain", status: 403 };
  }
  const form = new URLSearchParams(await bodyOf(request));
  const done = (text: string): Reply => ({ kind: "redirect", to: `${base}/settings?done=${encodeURIComponent(text)}` });
  if (url.pathname.startsWith(`${base}/discounts/`)) {
    const text = changeDiscount(site.localShopify.discounts, url.pathname.slice(`${base}/discounts/`.length), form);
    if (text === null) return { kind: "text", body: "Not here.", type: "text/plain", status: 404 };
    return { kind: "redirect", to: `${base}/discounts?done=${encodeURIComponent(text)}` };
  }
  switch (url.pathname.slice(base.length)) {
    case "/session-token":
      if (!(await oauth.isInstalled(shopDomain))) {
        return { kind: "text", body: "The app is not installed.", type: "text/plain", status: 403 };
      }
      return { kind: "text", body: await oauth.mintSessionToken(shopDomain, USER_ID), type: "text/plain" };
    case "/oauth/install":
      await oauth.install(shopDomain);
      return { kind: "redirect", to: frame.appPath };
    case "/settings/uninstall":
      await oauth.uninstall(shopDomain);
      return done(`${site.appName} is uninstalled.`);
    case "/settings/revoke-scope":
      await oauth.revokeScope(shopDomain, form.get("scope") ?? "");
      return done(`${form.get("scope")} is taken away.`);
    case "/settings/revoke-tokens":
      await oauth.revokeTokens(shopDomain);
      return done("The access tokens are dead.");
    case "/settings/order":
      return placeOrder(site, form, done);
    default:
      return { kind: "text", body: "Not here.", type: "text/plain", status: 404 };
  }
}

const wishSchema = z.object({
  variantId: z.coerce.number().int().positive(),
  quantity: z.coerce.number().int().positive(),
  customerId: z.union([z.literal("").transform(() => null), z.coerce.number().int().positive()]),
});

async function placeOrder(site: AdminSite, form: URLSearchParams, done: (text: string) => Reply): Promise<Reply> {
  const wish = wishSchema.safeParse(Object.fromEntries(form));
  if (!wish.success) return done("The order needs a product, a quantity and a customer number or none.");
  try {
    const order = orderFrom(wish.data, site.localShopify.world, site.now());
    await site.localShopify.placeOrder(order);
    return done(`Order ${String(order.name)} is placed.`);
  } catch (error) {
    return done(`Not placed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 100_000) throw new RangeError("the form is too long");
  }
  return text;
}
