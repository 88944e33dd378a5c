import type { World } from "#tests/local-shopify/world/world.ts";
import { type Html, html } from "../html.ts";

/** What every page of the admin shows around itself. */
export interface Frame {
  world: World;
  /** The shop's name in addresses: acme of acme.myshopify.com. */
  store: string;
  appName: string;
  appPath: string;
}

export type Section = "home" | "orders" | "products" | "customers" | "companies" | "discounts" | "app" | "settings";

const SECTIONS: readonly (readonly [Section, string, string])[] = [
  ["home", "", "Home"],
  ["orders", "/orders", "Orders"],
  ["products", "/products", "Products"],
  ["customers", "/customers", "Customers"],
  ["companies", "/companies", "Companies"],
  ["discounts", "/discounts", "Discounts"],
];

/** A page outside any shop. */
export function barePage(title: string, body: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        ${head(title)}
      </head>
      <body class="bare">
        <header class="top" style="height:56px"><a href="/">Local Shopify</a></header>
        <main class="page">${body}</main>
      </body>
    </html>`;
}

/** A page of a shop's admin, with the top bar and the navigation. */
export function adminPage(frame: Frame, page: { title: string; section: Section; body: Html; isApp?: boolean }): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        ${head(`${page.title} · ${frame.world.shop.name}`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        ${topBar(frame)} ${navigation(frame, page.section)}
        <main id="main" class="${page.isApp ? "app" : ""}">
          ${page.isApp ? page.body : html`<div class="page">${page.body}</div>`}
        </main>
        <div class="toasts" data-part="toasts"></div>
        <script type="module" src="/assets/admin-menu.js"></script>
      </body>
    </html>`;
}

function head(title: string): Html {
  return html`<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/assets/admin-app.css" />
    <link rel="stylesheet" href="/assets/admin.css" />`;
}

function topBar(frame: Frame): Html {
  return html`<header class="top">
    <button class="menu-button" type="button" data-menu aria-label="Menu" aria-expanded="false" aria-controls="nav">
      ☰
    </button>
    <a href="/">Local Shopify</a><span class="badge">a stand-in, nothing leaves this machine</span>
    <span class="store">${frame.world.shop.name}</span>
    <div class="save-bar" data-part="save-bar" role="region" aria-label="Unsaved changes" hidden>
      <span>Unsaved changes</span>
      <div class="row" data-part="save-bar-actions"></div>
    </div>
  </header>`;
}

function navigation(frame: Frame, current: Section): Html {
  const base = `/store/${frame.store}`;
  const mark = (section: Section) => (section === current ? html`aria-current="page"` : null);
  return html`<nav class="nav" id="nav" aria-label="Admin">
    <ul>
      ${SECTIONS.map(([section, path, label]) => html`<li><a href="${base}${path}" ${mark(section)}>${label}</a></li>`)}
    </ul>
    <h2>Apps</h2>
    <ul>
      <li>
        <a href="${frame.appPath}" data-part="app-link" ${mark("app")}>${frame.appName}</a>
        <ul class="sub" data-part="app-nav" hidden></ul>
      </li>
    </ul>
    <div class="end">
      <a href="/storefront">Visit the shop</a>
      <a href="${base}/settings" ${mark("settings")}>Settings</a>
    </div>
  </nav>`;
}
