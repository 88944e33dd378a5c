import { toDecimal } from "#tests/local-shopify/world/money.ts";
import { type OrderFigures, figuresOf } from "#tests/local-shopify/world/order-figures.ts";
import type { WorldOrder } from "#tests/local-shopify/world/world.ts";
import { type Html, html } from "../html.ts";
import { type Frame, adminPage } from "./layout.ts";
import { buyerLink, dayOf } from "./resource-links.ts";

/** One order with all its figures, in the shop's currency. */
export function orderPage(frame: Frame, order: WorldOrder) {
  const figures = figuresOf(frame.world, order);
  const money = (minor: bigint) => toDecimal(minor, frame.world.shop.currency);
  return adminPage(frame, {
    title: order.name,
    section: "orders",
    body: html`<h1>${order.name} ${orderTags(order, figures)}</h1>
      <p class="soft">
        ${dayOf(order.processedAt, frame.world)} · ${buyerLink(frame, order)} · ${order.source} · paid in
        ${order.presentmentCurrency} · amounts in ${frame.world.shop.currency}
      </p>
      ${linesCard(figures, money)} ${totalsCard(figures, money)} ${refundsCard(frame, figures, money)}
      ${transactionsCard(frame, order)}`,
  });
}

/** Words for the state that an order is in. */
export function orderTags(order: WorldOrder, { totals }: OrderFigures): Html {
  const tags: Html[] = [];
  if (order.test) tags.push(html`<span class="tag">Test</span>`);
  if (order.cancelledAt !== null) tags.push(html`<span class="tag warn">Cancelled</span>`);
  else if (totals.outstanding > 0n) tags.push(html`<span class="tag warn">Payment open</span>`);
  else tags.push(html`<span class="tag good">Paid</span>`);
  if (totals.refunded > 0n) tags.push(html`<span class="tag">Refunded</span>`);
  return html`${tags}`;
}

type Money = (minor: bigint) => string;

function linesCard({ lines }: OrderFigures, money: Money): Html {
  return html`<div class="card scroll">
    <h2>Lines</h2>
    <table>
      <tr>
        <th>Item</th>
        <th class="number">Units</th>
        <th class="number">Price</th>
        <th class="number">Line discount</th>
        <th class="number">Order discount</th>
        <th class="number">Tax</th>
        <th class="number">Net</th>
      </tr>
      ${lines.map(
        ({ line, unitPrice, lineDiscount, orderDiscount, tax, net }) =>
          html`<tr>
            <td>${line.title}${line.giftCard ? html` <span class="tag">Gift card</span>` : null}</td>
            <td class="number">${line.quantity}</td>
            <td class="number">${money(unitPrice)}</td>
            <td class="number">${money(-lineDiscount)}</td>
            <td class="number">${money(-orderDiscount)}</td>
            <td class="number">${money(tax)}</td>
            <td class="number">${money(net)}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

function totalsCard({ totals, tip }: OrderFigures, money: Money): Html {
  const rows: readonly (readonly [string, bigint])[] = [
    ["Subtotal after discounts", totals.subtotal],
    ["Discounts given", totals.discounts],
    ["Shipping", totals.shipping],
    ["Tax", totals.tax],
    ["Duties", totals.duties],
    ["Additional fees", totals.additionalFees],
    ["Tip", tip],
    ["Total", totals.total],
    ["Received", totals.received],
    ["Refunded", totals.refunded],
    ["After edits and returns", totals.currentTotal],
    ["Still to be paid", totals.outstanding],
  ];
  return html`<div class="card">
    <h2>Totals</h2>
    <table>
      ${rows.map(
        ([label, amount]) =>
          html`<tr class="${label === "Total" ? "total" : ""}">
            <td>${label}</td>
            <td class="number">${money(amount)}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}

function refundsCard(frame: Frame, { refunds }: OrderFigures, money: Money): Html | null {
  if (refunds.length === 0) return null;
  return html`<div class="card">
    <h2>Refunds</h2>
    <ul class="plain">
      ${refunds.map(
        ({ refund, lines, total }) =>
          html`<li>
            ${dayOf(refund.createdAt, frame.world)}: ${money(total)}
            ${lines.map(
              ({ line, quantity, restockType }) =>
                html`<br /><span class="soft">
                    ${quantity} × ${line.title}, ${restockType.toLowerCase().replace("_", " ")}
                  </span>`,
            )}
          </li>`,
      )}
    </ul>
  </div>`;
}

function transactionsCard(frame: Frame, order: WorldOrder): Html {
  return html`<div class="card scroll">
    <h2>Payments</h2>
    <p class="soft">
      ${order.terms ? `Terms ${order.terms.type} ${order.terms.dueInDays ?? ""}, issued ${dayOf(order.terms.issuedAt, frame.world)}` : "Paid at once"}
    </p>
    <table>
      ${order.transactions.map(
        ({ kind, gateway, amount, fee, processedAt, status }) =>
          html`<tr>
            <td>${dayOf(processedAt, frame.world)}</td>
            <td>
              ${kind.toLowerCase()}${status === "SUCCESS" ? null : html` <span class="tag warn">${status}</span>`}
            </td>
            <td>${gateway}</td>
            <td class="number">${amount}</td>
            <td class="number soft">${fee === null ? "fee unknown" : `fee ${fee}`}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}
