import type { WorldOrder } from "#tests/local-shopify/world/world.ts";
import { connectionOf, type Sequence, sequenceOf } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, booleanArg, defineType, GraphSource, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { MoneySource } from "./money-source.ts";
import { isVisible } from "./order-list.ts";
import { OrderSource, partId } from "./order-sources.ts";
import { compileSearch } from "./search-query.ts";
import { shopId } from "./shop-fields.ts";

type WorldDispute = WorldOrder["disputes"][number];

/** Money stays in the account or goes for good; the others are not decided. */
const DECIDED: ReadonlySet<string> = new Set(["ACCEPTED", "LOST", "PREVENTED", "WON"]);

/** Numbers reversals apart from the withdrawals of the same order. */
const FIRST_REVERSAL = 500;

/** A dispute over an order, as the order and Shopify Payments show it. */
export class Dispute {
  readonly parent: OrderSource;
  readonly dispute: WorldDispute;
  readonly index: number;
  readonly number: string;

  constructor(parent: OrderSource, dispute: WorldDispute, index: number) {
    this.parent = parent;
    this.dispute = dispute;
    this.index = index;
    this.number = partId(parent.order.id, index);
  }

  /** Since when it is decided, or null while it is not. */
  get finalizedOn(): string | null {
    return DECIDED.has(this.dispute.status) ? this.dispute.at : null;
  }

  money(decimal: string, sign = 1n): MoneySource {
    return new MoneySource(sign * this.parent.minor(decimal), this.parent.store.currency);
  }
}

export class DisputeSummarySource extends GraphSource {
  readonly typename = "OrderDisputeSummary";
  readonly of: Dispute;

  constructor(of: Dispute) {
    super();
    this.of = of;
  }
}

class DisputeSource extends GraphSource {
  readonly typename = "ShopifyPaymentsDispute";
  readonly of: Dispute;

  constructor(of: Dispute) {
    super();
    this.of = of;
  }
}

class PaymentsAccountSource extends GraphSource {
  readonly typename = "ShopifyPaymentsAccount";
}

/** Money that a dispute took out of the account, or put back into it. */
class BalanceTransactionSource extends GraphSource {
  readonly typename = "ShopifyPaymentsBalanceTransaction";
  readonly of: Dispute;
  readonly fee: string;
  readonly isReversal: boolean;

  constructor(of: Dispute, fee: string, isReversal: boolean) {
    super();
    this.of = of;
    this.fee = fee;
    this.isReversal = isReversal;
  }

  get id(): string {
    return partId(this.of.parent.order.id, this.of.index + (this.isReversal ? FIRST_REVERSAL : 0));
  }

  get sign(): bigint {
    return this.isReversal ? 1n : -1n;
  }
}

class AssociatedOrderSource extends GraphSource {
  readonly typename = "ShopifyPaymentsAssociatedOrder";
  readonly order: WorldOrder;

  constructor(order: WorldOrder) {
    super();
    this.order = order;
  }
}

function typeOf({ isReversal }: BalanceTransactionSource): string {
  return isReversal ? "DISPUTE_REVERSAL" : "DISPUTE_WITHDRAWAL";
}

const balanceSearch = { instants: {}, ids: {}, texts: { transaction_type: typeOf } };

export const disputeTypes = [
  defineType("OrderDisputeSummary", DisputeSummarySource, {
    id: ({ of }) => gid("OrderDisputeSummary", of.number),
    initiatedAs: () => "CHARGEBACK",
    status: ({ of }) => of.dispute.status,
  }),
  defineType("ShopifyPaymentsDispute", DisputeSource, {
    id: ({ of }) => gid("ShopifyPaymentsDispute", of.number),
    legacyResourceId: ({ of }) => of.number,
    amount: ({ of }) => of.money(of.dispute.amount),
    initiatedAt: ({ of }) => of.dispute.at,
    finalizedOn: ({ of }) => of.finalizedOn,
    status: ({ of }) => of.dispute.status,
    type: () => "CHARGEBACK",
    order: ({ of }, _args, context) => (isVisible(of.parent.order, context) ? of.parent : null),
  }),
  defineType("ShopifyPaymentsAccount", PaymentsAccountSource, {
    id: (_account, _args, { store }) => gid("ShopifyPaymentsAccount", shopId(store.world.shop.domain)),
    defaultCurrency: (_account, _args, { store }) => store.currency,
    disputes: (_account, args, context, info) => connectionOf(disputeSequence(args, context), args, context, info),
    balanceTransactions: (_account, args, context, info) => {
      refuseUnknown(args);
      const all = allDisputes(context).flatMap((dispute) => balanceTransactionsOf(dispute));
      const query = stringArg(args, "query");
      const found = query ? all.filter(compileSearch(query, balanceSearch)) : all;
      const sorted = found.sort((a, b) => compareText(a.of.dispute.at, b.of.dispute.at));
      return connectionOf(
        sequenceOf(sorted, (transaction) => transaction),
        args,
        context,
        info,
      );
    },
  }),
  defineType("ShopifyPaymentsBalanceTransaction", BalanceTransactionSource, {
    id: ({ id }) => gid("ShopifyPaymentsBalanceTransaction", id),
    sourceType: () => "DISPUTE",
    sourceId: ({ of }) => of.number,
    sourceOrderTransactionId: () => null,
    type: (transaction) => typeOf(transaction),
    amount: ({ of, sign }) => of.money(of.dispute.amount, sign),
    fee: ({ of, fee, sign }) => of.money(fee, -sign),
    net: ({ of, fee, sign }) =>
      new MoneySource(sign * (of.parent.minor(of.dispute.amount) + of.parent.minor(fee)), of.parent.store.currency),
    transactionDate: ({ of }) => of.dispute.at,
    test: ({ of }) => of.parent.order.test,
    associatedOrder: ({ of }) => new AssociatedOrderSource(of.parent.order),
  }),
  defineType("ShopifyPaymentsAssociatedOrder", AssociatedOrderSource, {
    id: ({ order }) => gid("Order", order.id),
    name: ({ order }) => order.name,
  }),
];

/** The disputes over an order, in the order of the world. */
export function disputesOf(parent: OrderSource): Dispute[] {
  return parent.order.disputes.map((dispute, index) => new Dispute(parent, dispute, index));
}

/** The account of a shop that takes payments through Shopify, or null. */
export function paymentsAccount({ store }: AdminContext): GraphSource | null {
  const usesPayments = ({ disputes, transactions }: WorldOrder) =>
    disputes.length > 0 || transactions.some(({ gateway }) => gateway === "shopify_payments");
  return store.world.orders.some(usesPayments) ? new PaymentsAccountSource() : null;
}

/** A dispute by its number; `digits`, since it may pass 2^53. */
export function disputeByNumber(digits: string, context: AdminContext): GraphSource | null {
  const found = allDisputes(context).find(({ number }) => number === digits);
  return found ? new DisputeSource(found) : null;
}

/** The shop's disputes, oldest first. */
export function disputeSequence(args: Args, context: AdminContext): Sequence<Dispute> {
  const query = stringArg(args, "query");
  const all = allDisputes(context).sort((a, b) => compareText(a.dispute.at, b.dispute.at));
  const fields = {
    instants: { initiated_at: ({ dispute }: Dispute) => dispute.at },
    ids: { id: ({ number }: Dispute) => Number(number) },
    texts: { status: ({ dispute }: Dispute) => dispute.status },
  };
  const items = query ? all.filter(compileSearch(query, fields)) : all;
  return sequenceOf(items, (dispute) => new DisputeSource(dispute));
}

function allDisputes({ store }: AdminContext): Dispute[] {
  const disputed = store.world.orders.filter(({ disputes }) => disputes.length > 0);
  return disputed.flatMap((order) => disputesOf(new OrderSource(order, store)));
}

/**
 * A dispute takes its amount and the fee out of the account; one that is won gives both back. One that was prevented, or of
 * whose fee nothing is known, moved no money there.
 */
function balanceTransactionsOf(of: Dispute): BalanceTransactionSource[] {
  const { fee, status } = of.dispute;
  if (fee === null || status === "PREVENTED") return [];
  const withdrawal = new BalanceTransactionSource(of, fee, false);
  return status === "WON" ? [withdrawal, new BalanceTransactionSource(of, fee, true)] : [withdrawal];
}

function refuseUnknown(args: Args): void {
  if (stringArg(args, "savedSearchId") !== null) throw new NotInLocalShopify("saved searches of balance transactions");
  const sortKey = stringArg(args, "sortKey") ?? "PROCESSED_AT";
  if (sortKey !== "PROCESSED_AT") throw new NotInLocalShopify(`sorting balance transactions by ${sortKey}`);
  if (booleanArg(args, "hideTransfers")) throw new NotInLocalShopify("balanceTransactions(hideTransfers: true)");
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
