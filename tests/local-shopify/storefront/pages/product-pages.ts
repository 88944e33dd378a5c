import { toMinor } from "../../world/money.ts";
import type { World, WorldProduct } from "../../world/world.ts";
import { type Html, html } from "../../admin-page/html.ts";
import type { Visit } from "../storefront.ts";
import { moneyText, picture, shopPage } from "./frame.ts";

const SHOWN = 60;

/** What the shop sells, all of it or one collection. */
export function productListPage(world: World, visit: Visit, collection: string | null): Html {
  const collections = [...new Set(world.products.flatMap((product) => product.collections))].sort();
  const all = world.products.filter((product) => collection === null || product.collections.includes(collection));
  const mark = (name: string | null) => (name === collection ? html`aria-current="page"` : null);
  return shopPage({
    title: collection ?? "All products",
    world,
    visit,
    body: html`<h1>${collection ?? "All products"}</h1>
      <nav class="chips" aria-label="Collections">
        <a href="/storefront" ${mark(null)}>All</a>
        ${collections.map(
          (name) =>
            html`<a href="/storefront?collection=${encodeURIComponent(name)}" ${mark(name)}
              >${name.replaceAll("-", " ")}</a
            >`,
        )}
      </nav>
      <ul class="grid">
        ${all.slice(0, SHOWN).map((product) => tile(world, visit, product))}
      </ul>
      ${all.length > SHOWN ? html`<p class="soft">${SHOWN} of ${all.length}</p>` : null}`,
  });
}

function tile(world: World, visit: Visit, product: WorldProduct): Html {
  const prices = product.variants.map(({ id }) => priceOf(world, visit, id));
  const lowest = prices.reduce((least, price) => (price < least ? price : least));
  const isFrom = prices.some((price) => price !== lowest);
  return html`<li>
    <a class="tile" href="/storefront/products/${product.id}">
      ${picture(product.title)}
      <span class="tile-title">${product.title}</span>
      <span class="soft">${product.vendor}</span>
      <span>${isFrom ? "from " : null}${moneyText(lowest, world.shop.currency)}</span>
    </a>
  </li>`;
}

/** One product, to be put into the cart. */
export function productPage(world: World, visit: Visit, product: WorldProduct): Html {
  const { currency } = world.shop;
  const isWas = (compareAt: string | null, price: bigint) => compareAt !== null && toMinor(compareAt, currency) > price;
  return shopPage({
    title: product.title,
    world,
    visit,
    body: html`<article class="product">
      ${picture(product.title)}
      <div>
        <h1>${product.title}</h1>
        <p class="soft">${[product.vendor, product.productType].filter(Boolean).join(" · ")}</p>
        <form method="post" action="/storefront/cart/add" class="card">
          <fieldset>
            <legend>Variant</legend>
            ${product.variants.map((variant, index) => {
              const price = priceOf(world, visit, variant.id);
              return html`<label class="choice">
                <input type="radio" name="variantId" value="${variant.id}" ${index === 0 ? html`checked` : null} />
                <span>${variant.title}</span>
                <span class="price">
                  ${isWas(variant.compareAtPrice, price) ? html`<s>${moneyText(toMinor(variant.compareAtPrice ?? "0", currency), currency)}</s>` : null}
                  ${moneyText(price, currency)}
                </span>
              </label>`;
            })}
          </fieldset>
          <label for="quantity">Quantity</label>
          <input id="quantity" name="quantity" type="number" min="1" max="100000" value="1" required />
          <button class="button" type="submit">Add to cart</button>
        </form>
      </div>
    </article>`,
  });
}

/** What this visitor pays for a unit before discounts: the catalog price of their location, or the variant's. */
function priceOf(world: World, visit: Visit, variantId: number): bigint {
  const place = visit.as.kind === "company" ? world.locations.get(visit.as.locationId) : undefined;
  const catalog = place?.location.catalogPrices.find((entry) => entry.variantId === variantId);
  return toMinor(catalog?.price ?? world.variants.get(variantId)?.variant.price ?? "0", world.shop.currency);
}
