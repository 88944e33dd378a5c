import { html } from "../html.ts";
import { type Frame, adminPage, barePage } from "./layout.ts";

/** The first page: what this is, and what to try. */
export function startPage(frame: Frame) {
  const { shop, orders, customers, companies } = frame.world;
  const admin = `/store/${frame.store}`;
  return barePage(
    "Local Shopify",
    html`<h1>${frame.appName} in a local Shopify</h1>
      <div class="card">
        <p>
          This stands in for Shopify on your own machine: a shop called <b>${shop.name}</b> with
          ${count(customers.size)} customers, ${count(companies.size)} companies and ${count(orders.length)} orders. The
          app inside it is the real one; it does not know the difference. Nothing leaves this machine.
        </p>
        <a class="button primary" href="${frame.appPath}">Open ${frame.appName}</a>
        <a class="button" href="${admin}">Open the admin</a>
      </div>
      <div class="card">
        <h2>What to try</h2>
        <ol class="plain">
          <li>Install ${frame.appName}, and watch its first sync read the shop.</li>
          <li>
            Look who earns the money: customers by profit, in tiers A, B and C, and who costs more than they bring.
          </li>
          <li>Open a customer and see every order and cost behind the figure.</li>
          <li>
            Write a discount plan, publish it, and <a href="/storefront/as">shop as a company</a>: pay now, or later and
            see Terms.
          </li>
          <li>
            Place a test order under <a href="${admin}/settings">Settings</a>, or take a scope away, and see what the
            app says.
          </li>
        </ol>
      </div>`,
  );
}

/** The admin's own home. */
export function homePage(frame: Frame, isInstalled: boolean) {
  const { shop, orders, customers, companies, products } = frame.world;
  const base = `/store/${frame.store}`;
  const rows = [
    ["Orders", orders.length, "/orders"],
    ["Customers", customers.size, "/customers"],
    ["Companies", companies.size, "/companies"],
    ["Products", products.length, "/products"],
  ] as const;
  return adminPage(frame, {
    title: "Home",
    section: "home",
    body: html`<h1>${shop.name}</h1>
      <div class="card">
        <h2>${frame.appName}</h2>
        <p>${isInstalled ? "Installed." : "Not installed yet."}</p>
        <a class="button primary" href="${frame.appPath}">${isInstalled ? "Open" : "Install"} ${frame.appName}</a>
      </div>
      <div class="card">
        <h2>In this shop</h2>
        <table>
          ${rows.map(
            ([label, number, path]) =>
              html`<tr>
                <td><a href="${base}${path}">${label}</a></td>
                <td class="number">${count(number)}</td>
              </tr>`,
          )}
        </table>
        <p class="soft">${shop.domain} · ${shop.currency} · ${shop.timezone} · plan ${shop.plan}</p>
      </div>`,
  });
}

/** Asks for the app's scopes before it is there. */
export function installPage(frame: Frame, scopes: readonly string[]) {
  return adminPage(frame, {
    title: `Install ${frame.appName}`,
    section: "app",
    body: html`<h1>Install ${frame.appName}</h1>
      <div class="card">
        <p>${frame.appName} asks for access to:</p>
        <ul class="plain">
          ${scopes.map((scope) => html`<li>${scopeText(scope)} <span class="soft">${scope}</span></li>`)}
        </ul>
        <form method="post" action="/store/${frame.store}/oauth/install">
          <button class="button primary" type="submit">Install</button>
        </form>
      </div>`,
  });
}

/** The app in its frame, with title bar, save bar and loading bar around it. */
export function appPage(frame: Frame, app: { src: string; origin: string; path: string }) {
  const base = `/store/${frame.store}`;
  return adminPage(frame, {
    title: frame.appName,
    section: "app",
    isApp: true,
    body: html`<div class="loading" data-part="loading" role="progressbar" aria-label="Loading" hidden></div>
      <div class="title-bar">
        <span class="icon" aria-hidden="true">${frame.appName.slice(0, 1)}</span>
        <div data-part="back"></div>
        <h1 data-part="title">${frame.appName}</h1>
        <div class="row" data-part="actions"></div>
      </div>
      <div
        data-app-frame
        data-frame-src="${app.src}"
        data-app-origin="${app.origin}"
        data-app-base="${frame.appPath}"
        data-app-name="${frame.appName}"
        data-path="${app.path}"
        data-store="${frame.store}"
        data-shop-name="${frame.world.shop.name}"
        data-token-url="${base}/session-token"
        data-scopes-url="${base}/scopes"
      ></div>
      <script type="module" src="/assets/admin-shell.js"></script>`,
  });
}

export function messagePage(frame: Frame, title: string, text: string) {
  return adminPage(frame, {
    title,
    section: "home",
    body: html`<h1>${title}</h1>
      <div class="card">${text}</div>`,
  });
}

/**
 * A scope in words.
 *
 * @example scopeText("read_orders") // "View orders"
 */
export function scopeText(scope: string): string {
  const [verb = "", ...rest] = scope.split("_");
  return `${verb === "write" ? "Change" : "View"} ${rest.join(" ")}`;
}

function count(number: number): string {
  return number.toLocaleString("en");
}
