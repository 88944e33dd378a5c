import { isDeepStrictEqual } from "node:util";
import type { Changed } from "#tests/local-shopify/world/change-orders.ts";
import type { WorldOrder } from "#tests/local-shopify/world/world.ts";
import { Dispute } from "../admin-api/dispute-fields.ts";
import { OrderSource, type TransactionSource } from "../admin-api/order-sources.ts";
import { financialStatus } from "../admin-api/order-status.ts";
import { paymentTermsOf } from "../admin-api/payment-terms-fields.ts";
import { returnsOf } from "../admin-api/return-fields.ts";
import type { ShopStore } from "../admin-api/shop-store.ts";
import {
  disputePayload,
  editPayload,
  orderPayload,
  refundPayload,
  returnPayload,
  termsPayload,
  transactionPayload,
} from "../webhooks/order-payloads.ts";
import { restMoney } from "../webhooks/view.ts";
import { type News, news } from "./news.ts";

/** The order as it was, or null when it is new, and as it is. */
interface Orders {
  readonly before: OrderSource | null;
  readonly after: OrderSource;
}

/** What follows from an order that was placed or changed. */
export function newsOfOrder({ before, after }: Changed<WorldOrder>, store: ShopStore): News[] {
  const orders = { before: before && new OrderSource(before, store), after: new OrderSource(after, store) };
  return [
    ...newsOfStatus(orders),
    ...newsOfEdits(orders),
    ...newsOfTransactions(orders),
    ...newsOfRefunds(orders),
    ...newsOfReturns(orders),
    ...newsOfDisputes(orders),
    ...newsOfTerms(orders),
  ];
}

export function newsOfDeletedOrder({ id }: WorldOrder): News[] {
  return [news("orders/delete", () => ({ id }))];
}

function newsOfStatus({ before, after }: Orders): News[] {
  const found = [news(before ? "orders/updated" : "orders/create", (view) => orderPayload(after, view))];
  if (isPaid(after) && !(before && isPaid(before)))
    found.push(news("orders/paid", (view) => orderPayload(after, view)));
  if (before && before.order.cancelledAt === null && after.order.cancelledAt !== null) {
    found.push(news("orders/cancelled", (view) => orderPayload(after, view)));
  }
  return found;
}

/** Once paid, an order stays paid when money goes back. */
function isPaid(source: OrderSource): boolean {
  const { received, outstanding } = source.figures.totals;
  return (received > 0n && outstanding <= 0n) || financialStatus(source) === "PAID";
}

function newsOfEdits({ before, after }: Orders): News[] {
  if (!before) return [];
  const known = before.order.edits.length;
  const added = after.order.edits.slice(known);
  return added.map((edit, index) => news("orders/edited", () => editPayload(after, edit, known + index)));
}

/** Shopify sends them when they are made and when their status changes, and never while they are pending. */
function newsOfTransactions({ before, after }: Orders): News[] {
  const isNews = ({ transaction, index }: TransactionSource) =>
    transaction.status !== "PENDING" && before?.order.transactions[index]?.status !== transaction.status;
  return after.transactions
    .filter(isNews)
    .map((source) => news("order_transactions/create", () => transactionPayload(source)));
}

function newsOfRefunds({ before, after }: Orders): News[] {
  if (!before) return [];
  const known = new Set(before.order.refunds.map(({ id }) => id));
  return after.refunds
    .filter(({ figures }) => !known.has(figures.refund.id))
    .map((refund) =>
      news("refunds/create", ({ store }) => refundPayload(refund, (minor) => restMoney(minor, store.currency))),
    );
}

/** The world's returns are settled by their refund: one that is new was approved and is closed. */
function newsOfReturns({ before, after }: Orders): News[] {
  if (!before) return [];
  return returnsOf(after).flatMap((source) => {
    const { refund } = source.figures;
    const old = before.order.refunds.find(({ id, returnedAt }) => id === refund.id && returnedAt !== undefined);
    if (!old) {
      return [
        news("returns/approve", () => returnPayload(source, "open")),
        news("returns/close", () => returnPayload(source, "closed")),
      ];
    }
    return isDeepStrictEqual(old, refund) ? [] : [news("returns/update", () => returnPayload(source, "closed"))];
  });
}

function newsOfDisputes({ before, after }: Orders): News[] {
  if (!before) return [];
  return after.order.disputes.flatMap((dispute, index) => {
    const old = before.order.disputes[index];
    if (old && isDeepStrictEqual(old, dispute)) return [];
    const source = new Dispute(after, dispute, index);
    return [news(old ? "disputes/update" : "disputes/create", () => disputePayload(source))];
  });
}

function newsOfTerms({ before, after }: Orders): News[] {
  const old = paymentTermsOf(before);
  const now = paymentTermsOf(after);
  if (!now) return old ? [news("payment_terms/delete", (view) => termsPayload(old, view))] : [];
  if (!old) return [news("payment_terms/create", (view) => termsPayload(now, view))];
  if (isDeepStrictEqual(old.terms, now.terms)) return [];
  return [news("payment_terms/update", (view) => termsPayload(now, view))];
}
