import { exponentOf } from "../../world/money.ts";
import type { World } from "../../world/world.ts";
import { type Html, html } from "../../admin-page/html.ts";
import { describe } from "../shoppers.ts";
import type { Visit } from "../storefront.ts";

export interface ShopPage {
  readonly title: string;
  readonly body: Html;
  readonly world: World;
  readonly visit: Visit;
}

/** A page of the shop, with its bar on top that says who is shopping. */
export function shopPage({ title, body, world, visit }: ShopPage): Html {
  const { name: shop, domain } = world.shop;
  const shopper = describe(world, visit.as);
  const units = visit.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${shop}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/storefront/assets/storefront.css" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <div class="as-bar" role="region" aria-label="Shopping as">
          <span>Shopping as <b>${shopper?.name ?? "Guest"}</b> <span class="note">${shopper?.note}</span></span>
          <a href="/storefront/as">Change</a>
          <a class="admin" href="/store/${domain.replace(/\.myshopify\.com$/, "")}">Admin</a>
        </div>
        <header class="shop-header">
          <a class="shop-name" href="/storefront">${shop}</a>
          <nav class="row" aria-label="Shop">
            ${visit.as.kind === "guest" ? null : html`<a href="/storefront/orders">Your orders</a>`}
            <a class="cart-link" href="/storefront/cart">Cart <span class="count">${units}</span></a>
          </nav>
        </header>
        <main id="main">${body}</main>
        <footer>${shop}, in a local Shopify</footer>
        <script type="module" src="/storefront/assets/storefront.js"></script>
      </body>
    </html>`;
}

/** @example moneyText(1050n, "USD") // "$10.50" */
export function moneyText(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = { minimumFractionDigits: exponent, maximumFractionDigits: exponent };
  const format = new Intl.NumberFormat("en", { style: "currency", currency, ...digits });
  return format.format(Number(minor) / 10 ** exponent);
}

/** A patch of colour for a product that has no picture. */
export function picture(title: string): Html {
  let hue = 0;
  for (const char of title) hue = (hue * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return html`<span class="picture" style="--hue:${hue}" aria-hidden="true">${title.slice(0, 1)}</span>`;
}
