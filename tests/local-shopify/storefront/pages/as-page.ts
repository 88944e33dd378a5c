import type { World } from "../../world/world.ts";
import { type Html, html } from "../../admin-page/html.ts";
import { describe, findShoppers, type Shopper } from "../shoppers.ts";
import type { Visit } from "../storefront.ts";
import { shopPage } from "./frame.ts";

/** Who to shop as: a guest, a customer, or a company's contact. */
export function asPage(world: World, visit: Visit, text: string): Html {
  const guest = describe(world, { kind: "guest" });
  const found = findShoppers(world, text);
  return shopPage({
    title: "Shop as",
    world,
    visit,
    body: html`<h1>Shop as</h1>
      <form class="row" method="get" action="/storefront/as" role="search">
        <label class="hidden-label" for="q">Name or e-mail</label>
        <input id="q" name="q" type="search" value="${text}" placeholder="Name or e-mail" />
        <button class="button" type="submit">Search</button>
      </form>
      <ul class="shoppers">
        ${guest ? shopperRow(guest) : null} ${found.map(shopperRow)}
      </ul>
      ${found.length === 0 ? html`<p>Nobody of that name.</p>` : null}`,
  });
}

function shopperRow({ key, name, note }: Shopper): Html {
  return html`<li class="card row between">
    <span><b>${name}</b><br /><span class="soft">${note}</span></span>
    <form method="post" action="/storefront/as">
      <button class="button" type="submit" name="as" value="${key}">Shop as ${name}</button>
    </form>
  </li>`;
}
