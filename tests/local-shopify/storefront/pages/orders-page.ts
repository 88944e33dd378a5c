import { termsName } from "../../admin-api/payment-terms-fields.ts";
import { exponentOf, toDecimal } from "../../world/money.ts";
import type { World } from "../../world/world.ts";
import { type Html, html } from "../../admin-page/html.ts";
import { type BuyerOrder, shopDay } from "../buyer-orders.ts";
import type { Visit } from "../storefront.ts";
import { moneyText, shopPage } from "./frame.ts";

const SHOWN = 50;

export interface OrdersNews {
  readonly notice: string | null;
  readonly problem: string | null;
}

/** A buyer's own orders, with what is open on each and a way to pay it. */
export function ordersPage(world: World, visit: Visit, orders: readonly BuyerOrder[], news: OrdersNews): Html {
  const { currency } = world.shop;
  const open = orders.reduce((sum, order) => sum + order.open, 0n);
  return shopPage({
    title: "Your orders",
    world,
    visit,
    body: html`<h1>Your orders</h1>
      ${news.notice === null ? null : html`<p class="card" role="status">${news.notice}</p>`}
      ${news.problem === null ? null : html`<p class="problem" role="alert">${news.problem}</p>`}
      ${open > 0n ? html`<p>Open in all: <b>${moneyText(open, currency)}</b></p>` : null}
      ${orders.length === 0 ? html`<p>There is none yet.</p>` : null}
      <ul class="cart">
        ${orders.slice(0, SHOWN).map((one) => orderCard(world, one))}
      </ul>
      ${orders.length > SHOWN ? html`<p class="soft">${SHOWN} of ${orders.length}</p>` : null}`,
  });
}

function orderCard(world: World, one: BuyerOrder): Html {
  const { order, total, open } = one;
  const { currency, timezone } = world.shop;
  return html`<li class="card" aria-label="Order ${order.name}">
    <div class="row between">
      <b>${order.name}</b>
      <span class="price">${moneyText(total, currency)}</span>
    </div>
    <div class="soft">${[shopDay(order.processedAt, timezone), statusOf(one)].join(" · ")}</div>
    ${open > 0n ? payForm(one, currency) : null}
  </li>`;
}

function statusOf({ order, open, dueDay }: BuyerOrder): string {
  if (order.cancelledAt !== null) return "cancelled";
  if (open === 0n) return "nothing to pay";
  if (!order.terms) return "waits for its payment";
  return dueDay === null ? termsName(order.terms) : `${termsName(order.terms)}, due ${dueDay}`;
}

function payForm({ order, open }: BuyerOrder, currency: string): Html {
  const field = `amount-${order.id}`;
  const step = 1 / 10 ** exponentOf(currency);
  const amount = toDecimal(open, currency);
  return html`<form method="post" action="/storefront/orders/pay">
    <p class="off">Open: ${moneyText(open, currency)}</p>
    <input type="hidden" name="orderId" value="${order.id}" />
    <div class="row">
      <label for="${field}">Amount to pay by card for ${order.name}</label>
      <input
        id="${field}"
        name="amount"
        type="number"
        min="${step}"
        step="${step}"
        max="${amount}"
        value="${amount}"
        required
      />
      <button class="button" type="submit">Pay</button>
    </div>
  </form>`;
}
