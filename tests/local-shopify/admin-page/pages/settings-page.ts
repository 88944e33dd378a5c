import { type Html, html } from "../html.ts";
import { type Frame, adminPage } from "./layout.ts";
import { scopeText } from "./app-pages.ts";

/** What a merchant may do to the app, and a way to make something happen in the shop. */
export function settingsPage(
  frame: Frame,
  state: { isInstalled: boolean; scopes: readonly string[]; notice: string | null },
) {
  return adminPage(frame, {
    title: "Settings",
    section: "settings",
    body: html`<h1>Settings</h1>
      ${state.notice ? html`<p class="notice" role="status">${state.notice}</p>` : null} ${testOrderCard(frame)}
      ${state.isInstalled ? appCard(frame, state.scopes) : notInstalledCard(frame)}`,
  });
}

function testOrderCard(frame: Frame): Html {
  const { world } = frame;
  const variants = [...world.variants.values()].filter(({ product }) => !product.giftCard).slice(0, 200);
  return html`<form class="card" method="post" action="/store/${frame.store}/settings/order">
    <h2>Place an order</h2>
    <p class="soft">
      A paid order from the web shop, as if it came in this moment. Its webhook goes to the app at once.
    </p>
    <div class="fields">
      <div>
        <label for="variant">Product</label>
        <select id="variant" name="variantId">
          ${variants.map(
            ({ variant, product }) =>
              html`<option value="${variant.id}">
                ${product.title} · ${variant.title} (${variant.price} ${world.shop.currency})
              </option>`,
          )}
        </select>
      </div>
      <div>
        <label for="quantity">Quantity</label>
        <input id="quantity" name="quantity" type="number" min="1" max="1000" value="1" required />
      </div>
      <div>
        <label for="customer">Customer number (none: a guest)</label>
        <input id="customer" name="customerId" type="number" min="1" value="${firstCustomer(frame)}" />
      </div>
    </div>
    <button class="button primary" type="submit">Place order</button>
  </form>`;
}

function firstCustomer(frame: Frame): number | null {
  for (const id of frame.world.customers.keys()) return id;
  return null;
}

function appCard(frame: Frame, scopes: readonly string[]): Html {
  const action = `/store/${frame.store}/settings`;
  return html`<div class="card">
      <h2>${frame.appName}'s access</h2>
      <form method="post" action="${action}/revoke-scope">
        <label for="scope">Take a scope away</label>
        <div class="row">
          <select id="scope" name="scope">
            ${scopes.map((scope) => html`<option value="${scope}">${scopeText(scope)} (${scope})</option>`)}
          </select>
          <button class="button" type="submit">Revoke scope</button>
        </div>
      </form>
      <form method="post" action="${action}/revoke-tokens">
        <p class="soft">The app keeps its scopes, but every access token it holds stops working.</p>
        <button class="button" type="submit">Revoke access tokens</button>
      </form>
    </div>
    <form class="card" method="post" action="${action}/uninstall">
      <h2>Uninstall ${frame.appName}</h2>
      <p class="soft">Its access ends at once, and Shopify tells it so by webhook.</p>
      <button class="button critical" type="submit">Uninstall</button>
    </form>`;
}

function notInstalledCard(frame: Frame): Html {
  return html`<div class="card">
    <h2>${frame.appName}</h2>
    <p>Not installed.</p>
    <a class="button" href="${frame.appPath}">Install ${frame.appName}</a>
  </div>`;
}
