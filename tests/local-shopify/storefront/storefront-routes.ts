import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Html } from "../admin-page/html.ts";
import { asPage } from "./pages/as-page.ts";
import { cartPage, checkoutPage, thanksPage } from "./pages/cart-pages.ts";
import { productListPage, productPage } from "./pages/product-pages.ts";
import { moneyText, shopPage } from "./pages/frame.ts";
import { ordersPage } from "./pages/orders-page.ts";
import { html } from "../admin-page/html.ts";
import type { PaymentChoice } from "../checkout/order-of-cart.ts";
import { mayPayNow, ordersOf } from "./buyer-orders.ts";
import { shopperOf } from "./shoppers.ts";
import { cartOf, setQuantity, type Storefront, type Visit } from "./storefront.ts";

const ASSETS: Readonly<Record<string, string>> = { "storefront.css": "text/css", "storefront.js": "text/javascript" };
const COOKIE = "storefront";
const LONGEST_FORM = 10_000;

type Reply =
  | { readonly kind: "page"; readonly page: Html; readonly status?: number }
  | { readonly kind: "redirect"; readonly to: string }
  | { readonly kind: "refused"; readonly status: number; readonly text: string };

/** Answers what a browser asks of the shop's own website. */
export async function answerStorefront(
  storefront: Storefront,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", storefront.host.url);
  const asset = /^\/storefront\/assets\/([a-z.]+)$/.exec(url.pathname)?.[1];
  if (asset !== undefined && ASSETS[asset]) {
    response.writeHead(200, { "content-type": `${ASSETS[asset]}; charset=utf-8`, "cache-control": "no-cache" });
    response.end(readFileSync(new URL(asset, import.meta.url), "utf8"));
    return;
  }
  const { name, visit } = storefront.visit(cookieOf(request));
  const reply =
    request.method === "POST" ? await post(storefront, visit, { url, request }) : get(storefront, visit, url);
  const headers = {
    "set-cookie": `${COOKIE}=${name}; Path=/storefront; HttpOnly; SameSite=Lax`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  if (reply.kind === "redirect") response.writeHead(303, { ...headers, location: reply.to }).end();
  else if (reply.kind === "refused") {
    response.writeHead(reply.status, { ...headers, "content-type": "text/plain; charset=utf-8" }).end(reply.text);
  } else {
    response.writeHead(reply.status ?? 200, { ...headers, "content-type": "text/html; charset=utf-8" });
    response.end(reply.page.text);
  }
}

function get({ host }: Storefront, visit: Visit, url: URL): Reply {
  const { world } = host;
  const page = (body: Html): Reply => ({ kind: "page", page: body });
  const [, , kind = "", id] = url.pathname.split("/");
  if (kind === "") return page(productListPage(world, visit, url.searchParams.get("collection")));
  if (kind === "as") return page(asPage(world, visit, url.searchParams.get("q") ?? ""));
  dropWhatIsGone(visit, world);
  if (kind === "cart")
    return page(
      cartPage(world, visit, {
        result: visit.lines.length > 0 ? host.checkout(cartOf(visit)) : null,
        mayPayNow: mayPayNow(host, visit.as),
      }),
    );
  if (kind === "checkout") {
    if (visit.lines.length === 0) return { kind: "redirect", to: "/storefront/cart" };
    return page(checkoutPage(world, visit, host.checkout(cartOf(visit)), url.searchParams.get("problem")));
  }
  if (kind === "orders") {
    if (visit.as.kind === "guest") return { kind: "redirect", to: "/storefront/as" };
    const news = { notice: url.searchParams.get("notice"), problem: url.searchParams.get("problem") };
    return page(ordersPage(world, visit, ordersOf(world, visit.as), news));
  }
  const product = kind === "products" ? world.products.find((one) => String(one.id) === id) : undefined;
  if (product) return page(productPage(world, visit, product));
  const order = kind === "thanks" && visit.placed.has(Number(id)) ? world.ordersById.get(Number(id)) : undefined;
  if (order) return page(thanksPage(world, visit, order));
  const nothing = shopPage({
    title: "Not here",
    world,
    visit,
    body: html`<h1>Not here</h1>
      <p>The shop has no such page.</p>`,
  });
  return { kind: "page", page: nothing, status: 404 };
}

const addSchema = z.object({
  variantId: z.coerce.number().int().positive(),
  quantity: z.coerce.number().int().nonnegative(),
  remove: z.string().optional(),
});
/** How, and by which gateway: "terms", "now:shopify_payments". */
const PAYMENT = /^(now|terms|manual)(?::(.+))?$/;
const orderSchema = z.object({ payment: z.string().regex(PAYMENT), email: z.string().default("") });
const paySchema = z.object({ orderId: z.coerce.number().int().positive(), amount: z.string().trim().default("") });

async function post(
  { host }: Storefront,
  visit: Visit,
  { url, request }: { url: URL; request: IncomingMessage },
): Promise<Reply> {
  if (request.headers.origin !== new URL(host.url).origin) {
    return { kind: "refused", status: 403, text: "Only the shop's own pages may do that." };
  }
  const form = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
  switch (url.pathname) {
    case "/storefront/as": {
      const shopper = shopperOf(host.world, form["as"] ?? "");
      if (!shopper) return { kind: "refused", status: 400, text: "There is no such shopper." };
      visit.as = shopper.as;
      visit.payNow = false;
      return { kind: "redirect", to: visit.lines.length > 0 ? "/storefront/cart" : "/storefront" };
    }
    case "/storefront/cart/add":
    case "/storefront/cart/set":
      return changeCart({ host }, visit, { form, isMore: url.pathname.endsWith("/add") });
    case "/storefront/cart/pay-now":
      visit.payNow = form["payNow"] === "yes" && mayPayNow(host, visit.as);
      return { kind: "redirect", to: "/storefront/cart" };
    case "/storefront/orders/pay":
      return payOrder({ host }, visit, form);
    case "/storefront/order":
      return placeOrder({ host }, visit, form);
    default:
      return { kind: "refused", status: 404, text: "Not here." };
  }
}

function changeCart(
  { host }: Pick<Storefront, "host">,
  visit: Visit,
  { form, isMore }: { form: Record<string, string>; isMore: boolean },
): Reply {
  const wish = addSchema.safeParse(form);
  if (!wish.success || !host.world.variants.has(wish.data.variantId)) {
    return { kind: "refused", status: 400, text: "The cart needs a product and a quantity." };
  }
  const { variantId, quantity, remove } = wish.data;
  const before = visit.lines.find((one) => one.variantId === variantId)?.quantity ?? 0;
  const wanted = isMore ? before + quantity : quantity;
  setQuantity(visit, variantId, remove === undefined ? wanted : 0);
  return { kind: "redirect", to: "/storefront/cart" };
}

function placeOrder({ host }: Pick<Storefront, "host">, visit: Visit, form: Record<string, string>): Reply {
  const wish = orderSchema.safeParse(form);
  if (!wish.success || visit.lines.length === 0) return { kind: "redirect", to: "/storefront/cart" };
  if (visit.as.kind === "guest") visit.email = wish.data.email.trim();
  try {
    const order = host.placeCart(cartOf(visit), choiceOf(wish.data.payment));
    visit.placed.add(order.id);
    visit.lines = [];
    visit.payNow = false;
    return { kind: "redirect", to: `/storefront/thanks/${order.id}` };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { kind: "redirect", to: `/storefront/checkout?problem=${encodeURIComponent(problem)}` };
  }
}

function choiceOf(text: string): PaymentChoice {
  const [, payment = "", gateway] = PAYMENT.exec(text) ?? [];
  return { payment: payment === "terms" || payment === "manual" ? payment : "now", gateway };
}

/** Only for orders of the buyer's own, and only what is open on them. */
function payOrder({ host }: Pick<Storefront, "host">, visit: Visit, form: Record<string, string>): Reply {
  const { world } = host;
  const back = (key: "notice" | "problem", text: string): Reply => ({
    kind: "redirect",
    to: `/storefront/orders?${key}=${encodeURIComponent(text)}`,
  });
  const wish = paySchema.safeParse(form);
  const own = ordersOf(world, visit.as).find(({ order }) => wish.success && order.id === wish.data.orderId);
  if (!wish.success || !own) return { kind: "refused", status: 404, text: "There is no such order of yours." };
  try {
    const { name, id } = host.pay(own.order.id, wish.data.amount === "" ? undefined : wish.data.amount);
    const left = ordersOf(world, visit.as).find(({ order }) => order.id === id)?.open ?? 0n;
    const paid = moneyText(own.open - left, world.shop.currency);
    return back("notice", `Thank you: ${paid} is paid for ${name}.`);
  } catch (error) {
    return back("problem", error instanceof Error ? error.message : String(error));
  }
}

/** Products and people may go while somebody shops. */
function dropWhatIsGone(visit: Visit, world: Storefront["host"]["world"]): void {
  visit.lines = visit.lines.filter(({ variantId }) => world.variants.has(variantId));
  const { as } = visit;
  const id = as.kind === "guest" ? null : as.kind === "customer" ? as.customerId : as.contactId;
  if (id !== null && world.events.some(({ fromCustomerId }) => fromCustomerId === id)) visit.as = { kind: "guest" };
  else if (id !== null && !world.customers.has(id)) visit.as = { kind: "guest" };
  if (as.kind === "company" && !world.locations.get(as.locationId)?.company.contacts.includes(as.contactId)) {
    visit.as = { kind: "guest" };
  }
}

function cookieOf(request: IncomingMessage): string | null {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.find(([name]) => name === COOKIE)?.[1] ?? null;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LONGEST_FORM) throw new RangeError("the form is too long");
  }
  return text;
}
