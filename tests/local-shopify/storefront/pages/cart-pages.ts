import type { CheckoutLine, CheckoutResult } from "../../checkout/checkout-result.ts";
import type { World, WorldOrder } from "../../world/world.ts";
import { type Html, html } from "../../admin-page/html.ts";
import { termsName } from "../../admin-api/payment-terms-fields.ts";
import { termsOf } from "../shoppers.ts";
import type { Visit } from "../storefront.ts";
import { moneyText, picture, shopPage } from "./frame.ts";

export interface CartView {
  /** Null while the cart is empty. */
  readonly result: CheckoutResult | null;
  /** Whether the buyer may choose to pay now. */
  readonly mayPayNow: boolean;
}

/** The cart with what each line gets. */
export function cartPage(world: World, visit: Visit, { result, mayPayNow }: CartView): Html {
  const body = result
    ? html`<h1>Your cart</h1>
        <ul class="cart">
          ${result.lines.map((line) => cartLine(world, result, line))}
        </ul>
        ${totals(result)} ${mayPayNow ? payNowForm(visit) : null}
        <a class="button wide" href="/storefront/checkout">Check out</a>`
    : html`<h1>Your cart</h1>
        <p>It is empty.</p>
        <a class="button" href="/storefront">See what there is</a>`;
  return shopPage({ title: "Cart", world, visit, body });
}

/** What it saves the shop's own discounts say, line by line. */
function payNowForm(visit: Visit): Html {
  return html`<form method="post" action="/storefront/cart/pay-now" class="card">
    <label class="choice">
      <input type="checkbox" name="payNow" value="yes" data-auto-submit ${visit.payNow ? html`checked` : null} />
      <span>Pay now and save</span>
    </label>
    <p class="soft">Pay with your order instead of later. What it saves stands beside each product.</p>
    <button class="button quiet" type="submit" data-no-script>Update</button>
  </form>`;
}

function cartLine(world: World, result: CheckoutResult, line: CheckoutLine): Html {
  const variant = world.variants.get(line.variantId);
  const field = `quantity-${line.variantId}`;
  return html`<li class="card line">
    ${picture(line.title)}
    <div class="line-text">
      <a href="/storefront/products/${variant?.product.id}">${line.title}</a>
      <div class="soft">${variant?.variant.title} · ${moneyText(line.unitPriceMinor, result.currency)} each</div>
      ${line.discount ? html`<div class="off">${line.discount.message}</div>` : null}
      <form method="post" action="/storefront/cart/set" class="row">
        <input type="hidden" name="variantId" value="${line.variantId}" />
        <label class="hidden-label" for="${field}">Quantity of ${line.title}</label>
        <input
          id="${field}"
          name="quantity"
          type="number"
          min="0"
          max="100000"
          value="${line.quantity}"
          data-auto-submit
        />
        <button class="button quiet" type="submit" data-no-script>Update</button>
        <button class="button quiet" type="submit" name="remove" value="1">Remove</button>
      </form>
    </div>
    ${linePrice(result, line)}
  </li>`;
}

function linePrice({ currency }: CheckoutResult, line: CheckoutLine): Html {
  const full = line.unitPriceMinor * BigInt(line.quantity);
  return html`<div class="price">
    ${line.discountMinor > 0n ? html`<s>${moneyText(full, currency)}</s> ` : null}<b
      >${moneyText(line.totalMinor, currency)}</b
    >
  </div>`;
}

function totals({ currency, ...result }: CheckoutResult): Html {
  const row = (label: string, minor: bigint, look = "") =>
    html`<div class="row between ${look}"><span>${label}</span><span>${moneyText(minor, currency)}</span></div>`;
  return html`<div class="card totals">
    ${row("Subtotal", result.subtotalMinor)}
    ${result.orderDiscounts.map(({ message, amountMinor }) => row(message, -amountMinor, "off"))}
    ${result.taxMinor > 0n ? row("Tax", result.taxMinor) : null} ${row("Total", result.totalMinor, "total")}
  </div>`;
}

/** Who pays how. */
export function checkoutPage(world: World, visit: Visit, result: CheckoutResult, problem: string | null): Html {
  const { currency } = result;
  return shopPage({
    title: "Checkout",
    world,
    visit,
    body: html`<h1>Checkout</h1>
      ${problem === null ? null : html`<p class="problem" role="alert">${problem}</p>`}
      <ul class="cart">
        ${result.lines.map(
          (line) =>
            html`<li class="row between">
              <span>
                ${line.quantity} × ${line.title}
                ${line.discount ? html`<span class="off">${line.discount.message}</span>` : null}
              </span>
              ${linePrice(result, line)}
            </li>`,
        )}
      </ul>
      ${totals(result)}
      ${
        result.checkoutToDraft
          ? html`<p class="card">
              Orders of this location go to the shop for review first. The local Shopify has no drafts.
            </p>`
          : html`<form method="post" action="/storefront/order" class="card">
              ${visit.as.kind === "guest" ? emailField(visit) : null} ${paymentField(result)}
              <button class="button wide" type="submit">Place order: ${moneyText(result.totalMinor, currency)}</button>
            </form>`
      }`,
  });
}

/** The methods that are on offer, by the names that the shop gives them, and the terms where there are some. */
function paymentField({ methods, terms, depositPercent }: CheckoutResult): Html {
  const deposit = depositPercent === null ? "" : `, ${depositPercent} % of it today`;
  const choices = [
    ...methods.map(({ gateway, name, isManual }) => ({
      value: `${isManual ? "manual" : "now"}:${gateway}`,
      label: name,
    })),
    ...(terms ? [{ value: "terms", label: `Pay later: ${termsName(terms)}${deposit}` }] : []),
  ];
  if (choices.length === 0) return html`<p>The shop offers no way to pay.</p>`;
  return html`<fieldset>
    <legend>Payment</legend>
    ${choices.map(({ value, label }, index) => choice(value, label, index === 0))}
  </fieldset>`;
}

function emailField(visit: Visit): Html {
  return html`<label for="email">E-mail</label>
    <input id="email" name="email" type="email" autocomplete="email" value="${visit.email}" required />`;
}

function choice(value: string, label: string, isFirst: boolean): Html {
  return html`<label class="choice">
    <input type="radio" name="payment" value="${value}" ${isFirst ? html`checked` : null} />
    <span>${label}</span>
  </label>`;
}

export function thanksPage(world: World, visit: Visit, order: WorldOrder): Html {
  return shopPage({
    title: "Thank you",
    world,
    visit,
    body: html`<h1>Thank you</h1>
      <div class="card">
        <p>Your order is <b>${order.name}</b>.</p>
        <p class="soft">
          ${order.terms ? `It is invoiced: ${termsOf(order.terms)}.` : "A confirmation would be on its way."}
        </p>
        <a class="button" href="/storefront">Go on shopping</a>
      </div>`,
  });
}
