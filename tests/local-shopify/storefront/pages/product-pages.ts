import { catalogOf } from "../../world/catalog-price.ts";
import { toMinor } from "../../world/money.ts";
import type { World, WorldCatalogPrice, WorldProduct, WorldVariant } from "../../world/world.ts";
import { type Html, html } from "../../admin-page/html.ts";
import type { Visit } from "../storefront.ts";
import { moneyText, picture, shopPage } from "./frame.ts";

const SHOWN = 60;

/** The prices of this visitor's location, by variant. */
type Catalog = ReadonlyMap<number, WorldCatalogPrice>;

/** What the shop sells, all of it or one collection. */
export function productListPage(world: World, visit: Visit, collection: string | null): Html {
  const collections = [...new Set(world.products.flatMap((product) => product.collections))].sort();
  const catalog = catalogFor(world, visit);
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
        ${all.slice(0, SHOWN).map((product) => tile(world, catalog, product))}
      </ul>
      ${all.length > SHOWN ? html`<p class="soft">${SHOWN} of ${all.length}</p>` : null}`,
  });
}

function tile(world: World, catalog: Catalog, product: WorldProduct): Html {
  const prices = product.variants.map(({ id }) => priceOf(world, catalog, id));
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
  const catalog = catalogFor(world, visit);
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
            ${product.variants.map((variant, index) => variantChoice(world, catalog, variant, index === 0))}
          </fieldset>
          <label for="quantity">Quantity</label>
          <input id="quantity" name="quantity" type="number" min="1" max="100000" value="1" required />
          <button class="button" type="submit">Add to cart</button>
        </form>
      </div>
    </article>`,
  });
}

/** A variant to be chosen, with what each costs who takes more of it. */
const variantChoice = (world: World, catalog: Catalog, variant: WorldVariant, isChecked: boolean): Html => {
  const { currency } = world.shop;
  const price = priceOf(world, catalog, variant.id);
  const compareAt = toMinor(variant.compareAtPrice ?? "0", currency);
  const breaks = catalog.get(variant.id)?.breaks ?? [];
  return html`<label class="choice">
      <input type="radio" name="variantId" value="${variant.id}" ${isChecked ? html`checked` : null} />
      <span>${variant.title}</span>
      <span class="price">
        ${compareAt > price ? html`<s>${moneyText(compareAt, currency)}</s>` : null} ${moneyText(price, currency)}
      </span>
    </label>
    ${breaks.length > 0 ? breakList(variant, breaks, currency) : null}`;
};

const breakList = (variant: WorldVariant, breaks: WorldCatalogPrice["breaks"], currency: string): Html =>
  html`<ul class="breaks" aria-label="Quantity prices of ${variant.title}">
    ${breaks.map(({ from, price }) => html`<li>from ${from}: ${moneyText(toMinor(price, currency), currency)} each</li>`)}
  </ul>`;

const catalogFor = (world: World, { as }: Visit): Catalog =>
  catalogOf(as.kind === "company" ? world.locations.get(as.locationId)?.location : undefined);

/** What this visitor pays for a single unit before discounts: the catalog price of their location, or the variant's. */
const priceOf = (world: World, catalog: Catalog, variantId: number): bigint =>
  toMinor(catalog.get(variantId)?.price ?? world.variants.get(variantId)?.variant.price ?? "0", world.shop.currency);
