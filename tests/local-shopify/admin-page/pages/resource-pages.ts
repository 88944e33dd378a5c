import { toDecimal } from "#tests/local-shopify/world/money.ts";
import { figuresOf } from "#tests/local-shopify/world/order-figures.ts";
import type { WorldCompany, WorldCustomer, WorldOrder, WorldProduct } from "#tests/local-shopify/world/world.ts";
import { type Html, html } from "../html.ts";
import { type Frame, type Section, adminPage } from "./layout.ts";
import { orderTags } from "./order-page.ts";
import { buyerLink, dayOf, nameOf } from "./resource-links.ts";

const SHOWN = 50;

/** The newest orders. */
export function ordersPage(frame: Frame) {
  const newest = frame.world.orders.slice(-SHOWN).reverse();
  return listPage(frame, {
    title: "Orders",
    section: "orders",
    of: frame.world.orders.length,
    body: ordersTable(frame, newest),
  });
}

export function customersPage(frame: Frame) {
  const shown = [...frame.world.customers.values()].slice(0, SHOWN);
  const rows = shown.map((customer) => ({ id: customer.id, label: nameOf(customer), note: customer.email ?? "" }));
  return resourceList(frame, { title: "Customers", section: "customers", of: frame.world.customers.size, rows });
}

export function companiesPage(frame: Frame) {
  const shown = [...frame.world.companies.values()].slice(0, SHOWN);
  const rows = shown.map(({ id, name, locations }) => ({ id, label: name, note: `${locations.length} location(s)` }));
  return resourceList(frame, { title: "Companies", section: "companies", of: frame.world.companies.size, rows });
}

export function productsPage(frame: Frame) {
  const shown = frame.world.products.slice(0, SHOWN);
  const rows = shown.map(({ id, title, vendor }) => ({ id, label: title, note: vendor }));
  return resourceList(frame, { title: "Products", section: "products", of: frame.world.products.length, rows });
}

export function customerPage(frame: Frame, customer: WorldCustomer) {
  const orders = frame.world.orders.filter(({ customerId }) => customerId === customer.id);
  return adminPage(frame, {
    title: nameOf(customer),
    section: "customers",
    body: html`<h1>${nameOf(customer)}</h1>
      <div class="card">
        <p>${customer.email} · ${customer.countryCode} · since ${dayOf(customer.createdAt, frame.world)}</p>
        <p>${customer.tags.map((tag) => html`<span class="tag">${tag}</span> `)}</p>
      </div>
      ${orderHistory(frame, orders)}`,
  });
}

export function companyPage(frame: Frame, company: WorldCompany) {
  const places = new Set(company.locations.map(({ id }) => id));
  const orders = frame.world.orders.filter(({ companyLocationId }) => places.has(companyLocationId ?? 0));
  return adminPage(frame, {
    title: company.name,
    section: "companies",
    body: html`<h1>${company.name}</h1>
      <div class="card">
        <h2>Locations</h2>
        <ul class="plain">
          ${company.locations.map(
            ({ name, terms }) =>
              html`<li>${name} · ${terms ? `${terms.type} ${terms.dueInDays ?? ""}` : "pays at once"}</li>`,
          )}
        </ul>
      </div>
      ${orderHistory(frame, orders)}`,
  });
}

export function productPage(frame: Frame, product: WorldProduct) {
  return adminPage(frame, {
    title: product.title,
    section: "products",
    body: html`<h1>${product.title}</h1>
      <div class="card scroll">
        <p class="soft">${product.vendor} · ${product.productType} · ${product.collections.join(", ")}</p>
        <table>
          <tr>
            <th>Variant</th>
            <th>SKU</th>
            <th class="number">Price</th>
            <th class="number">Unit cost</th>
          </tr>
          ${product.variants.map(
            (variant) =>
              html`<tr>
                <td>${variant.title}</td>
                <td>${variant.sku}</td>
                <td class="number">${variant.price}</td>
                <td class="number">${variant.unitCost ?? "not entered"}</td>
              </tr>`,
          )}
        </table>
      </div>`,
  });
}

function orderHistory(frame: Frame, orders: readonly WorldOrder[]): Html {
  const newest = orders.slice(-SHOWN).reverse();
  return html`<div class="card scroll">
    <h2>${orders.length} ${orders.length === 1 ? "order" : "orders"}</h2>
    ${ordersTable(frame, newest)}
  </div>`;
}

function ordersTable(frame: Frame, orders: readonly WorldOrder[]): Html {
  return html`<table>
    ${orders.map((order) => {
      const figures = figuresOf(frame.world, order);
      return html`<tr>
        <td><a href="/store/${frame.store}/orders/${order.id}">${order.name}</a></td>
        <td>${dayOf(order.processedAt, frame.world)}</td>
        <td>${buyerLink(frame, order)}</td>
        <td>${orderTags(order, figures)}</td>
        <td class="number">${toDecimal(figures.totals.total, frame.world.shop.currency)}</td>
      </tr>`;
    })}
  </table>`;
}

function resourceList(
  frame: Frame,
  list: { title: string; section: Section; of: number; rows: readonly { id: number; label: string; note: string }[] },
) {
  const base = `/store/${frame.store}/${list.section}`;
  const body = html`<table>
    ${list.rows.map(
      ({ id, label, note }) =>
        html`<tr>
          <td><a href="${base}/${id}">${label}</a></td>
          <td class="soft">${note}</td>
        </tr>`,
    )}
  </table>`;
  return listPage(frame, { ...list, body });
}

function listPage(frame: Frame, list: { title: string; section: Section; of: number; body: Html }) {
  const more = list.of > SHOWN ? html`<p class="soft">${SHOWN} of ${list.of.toLocaleString("en")}</p>` : null;
  return adminPage(frame, {
    title: list.title,
    section: list.section,
    body: html`<h1>${list.title}</h1>
      <div class="card scroll">${list.body}${more}</div>`,
  });
}
