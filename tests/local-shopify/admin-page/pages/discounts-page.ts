import type { Discount } from "../../discounts/discount.ts";
import type { DiscountDesk } from "../../discounts/discount-desk.ts";
import { type Html, html } from "../html.ts";
import { adminPage, type Frame } from "./layout.ts";

/** The shop's automatic discounts: the app's lead into the app, and a merchant can do what a merchant does. */
export function discountsPage(frame: Frame, desk: DiscountDesk, notice: string | null) {
  const discounts = desk.all();
  return adminPage(frame, {
    title: "Discounts",
    section: "discounts",
    body: html`<h1>Discounts</h1>
      ${notice ? html`<p class="notice" role="status">${notice}</p>` : null}
      ${discounts.length === 0 ? html`<div class="card">There is no discount yet.</div>` : null}
      ${discounts.map((discount) => discountCard(frame, desk, discount))} ${createCard(frame, desk)} ${ownCard(frame)}`,
  });
}

function discountCard(frame: Frame, desk: DiscountDesk, discount: Discount): Html {
  const action = `/store/${frame.store}/discounts`;
  const path = desk.detailsPath(discount);
  const status = desk.statusOf(discount);
  const field = `title-${discount.id}`;
  const button = (what: string, label: string, look = "") =>
    html`<form method="post" action="${action}/${what}">
      <input type="hidden" name="id" value="${discount.id}" />
      <button class="button ${look}" type="submit">${label}</button>
    </form>`;
  return html`<section class="card" aria-label="${discount.title}">
    <h2>
      ${path === null ? discount.title : html`<a href="${frame.appPath}${path}">${discount.title}</a>`}
      <span class="tag ${status === "ACTIVE" ? "good" : ""}">${status.toLowerCase()}</span>
    </h2>
    <p class="soft">${wordsFor(frame, discount)} · ${combinations(discount)}</p>
    <form method="post" action="${action}/rename">
      <input type="hidden" name="id" value="${discount.id}" />
      <label for="${field}">Title</label>
      <div class="row">
        <input id="${field}" name="title" value="${discount.title}" required />
        <button class="button" type="submit">Rename</button>
      </div>
    </form>
    <div class="row" style="margin-top:12px">
      ${status === "EXPIRED" ? button("on", "Switch on") : button("off", "Switch off")}
      ${button("delete", "Delete", "critical")}
    </div>
  </section>`;
}

function wordsFor(frame: Frame, discount: Discount): string {
  if (discount.kind === "app") return `${frame.appName}, Function ${discount.functionHandle}`;
  const what = discount.classes.includes("ORDER") ? "the order" : (discount.collection ?? "all products");
  return `${discount.percent} % off ${what}`;
}

function combinations({ combinesWith }: Discount): string {
  const names = [
    combinesWith.productDiscounts ? "product" : null,
    combinesWith.orderDiscounts ? "order" : null,
    combinesWith.shippingDiscounts ? "shipping" : null,
  ].filter((name) => name !== null);
  return names.length === 0 ? "combines with no other discount" : `combines with ${names.join(", ")} discounts`;
}

function createCard(frame: Frame, desk: DiscountDesk): Html {
  return html`${desk.createPaths().map(
    ({ title, path }) =>
      html`<div class="card">
        <a class="button primary" href="${frame.appPath}${path}">Create in ${frame.appName}: ${title}</a>
      </div>`,
  )}`;
}

function ownCard(frame: Frame): Html {
  const collections = [...new Set(frame.world.products.flatMap((product) => product.collections))].sort();
  return html`<form class="card" method="post" action="/store/${frame.store}/discounts/add">
    <h2>A discount of Shopify's own</h2>
    <p class="soft">It stands beside the app's. One with a title that there is already takes its place.</p>
    <div class="fields">
      <div>
        <label for="title">Title</label>
        <input id="title" name="title" value="Spring sale" required />
      </div>
      <div>
        <label for="percent">Percent off</label>
        <input id="percent" name="percent" inputmode="decimal" value="10" required />
      </div>
      <div>
        <label for="class">Off</label>
        <select id="class" name="class">
          <option value="PRODUCT">products</option>
          <option value="ORDER">the order</option>
        </select>
      </div>
      <div>
        <label for="collection">Products</label>
        <select id="collection" name="collection">
          <option value="">all</option>
          ${collections.map((name) => html`<option value="${name}">${name}</option>`)}
        </select>
      </div>
    </div>
    <p>
      <label><input type="checkbox" name="productDiscounts" /> combines with product discounts</label>
      <label><input type="checkbox" name="orderDiscounts" /> combines with order discounts</label>
    </p>
    <button class="button primary" type="submit">Save</button>
  </form>`;
}
