import type { GraphQLResolveInfo } from "graphql";
import { z } from "zod";
import { toDecimal, toMinor } from "#tests/local-shopify/world/money.ts";
import type { WorldOrder } from "#tests/local-shopify/world/world.ts";
import { UserErrorSource } from "./bulk-fields.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid, idOfType } from "./gid.ts";
import { idempotencyOf, requireSame } from "./idempotency.ts";
import { orderById } from "./order-list.ts";
import { OrderSource, partId } from "./order-sources.ts";
import { isoSeconds } from "./shop-store.ts";

interface Fault {
  readonly field: readonly string[];
  readonly message: string;
}

class RefundPayloadSource extends GraphSource {
  readonly typename = "RefundCreatePayload";
  readonly order: OrderSource | null;
  readonly refundId: number | null;
  readonly userErrors: readonly UserErrorSource[];

  constructor(order: OrderSource | null, refundId: number | null, faults: readonly Fault[]) {
    super();
    this.order = order;
    this.refundId = refundId;
    this.userErrors = faults.map(
      ({ field, message }) => new UserErrorSource("UserError", { code: null, field: [...field], message }),
    );
  }
}

export const refundPayloadTypes = [
  defineType("RefundCreatePayload", RefundPayloadSource, {
    order: ({ order }) => order,
    refund: ({ order, refundId }) => order?.refunds.find(({ figures }) => figures.refund.id === refundId) ?? null,
    userErrors: ({ userErrors }) => userErrors,
  }),
];

const transactionSchema = z.object({
  amount: z.string(),
  gateway: z.string(),
  kind: z.string(),
  orderId: z.string(),
  parentId: z.string().nullish(),
});

const inputSchema = z.object({
  orderId: z.string(),
  currency: z.string().nullish(),
  note: z.string().nullish(),
  notify: z.boolean().nullish(),
  transactions: z.array(transactionSchema).nullish(),
});

type TransactionInput = z.output<typeof transactionSchema>;

const UNSUPPORTED = ["refundLineItems", "shipping", "refundDuties", "processedAt", "discrepancyReason"];

/** A refund of money over payments of the order: back to where it came from, without any line. */
export function refundCreate(args: Args, context: AdminContext, info: GraphQLResolveInfo): GraphSource {
  const idempotency = idempotencyOf(args, info);
  const input = inputSchema.parse(args["input"]);
  refuseTheRest(args["input"]);
  const { store, desk, now } = context;
  const order = store.world.ordersById.get(idOfType(input.orderId, "Order"));
  const known = store.refundKeys.get(idempotency.key);
  if (known) {
    requireSame(known, idempotency);
    return new RefundPayloadSource(order ? new OrderSource(order, store) : null, known.refundId, []);
  }
  if (!order || !orderById(order.id, context)) return refused(["orderId"], "Order does not exist");
  const faults = faultsOf(order, input.transactions ?? [], context);
  if (faults.length > 0) return new RefundPayloadSource(null, null, faults);
  if ((input.currency ?? order.presentmentCurrency) !== order.presentmentCurrency) {
    return refused(["currency"], "Currency must be the presentment currency of the order");
  }
  const refundId = Math.max(0, ...store.world.taken.refunds) + 1;
  const at = isoSeconds(now);
  const parts = input.transactions ?? [];
  const total = parts.reduce((sum, { amount }) => sum + toMinor(amount, store.currency), 0n);
  const refund = {
    id: refundId,
    createdAt: at,
    lines: [],
    shipping: "0.00",
    adjustment: toDecimal(total, store.currency),
  };
  const paidBack = parts.map(({ amount, gateway }) => ({
    ...{ kind: "REFUND", gateway, processedAt: at, fee: null },
    amount: toDecimal(toMinor(amount, store.currency), store.currency),
  }));
  const { refunds, transactions } = order;
  const after = { ...order, refunds: [...refunds, refund], transactions: [...transactions, ...paidBack] };
  desk.refundOrder(after, { ...idempotency, refundId });
  const saved = store.world.ordersById.get(order.id);
  return new RefundPayloadSource(saved ? new OrderSource(saved, store) : null, refundId, []);
}

const refused = (field: string[], message: string) => new RefundPayloadSource(null, null, [{ field, message }]);

function refuseTheRest(input: unknown): void {
  if (typeof input !== "object" || input === null) return;
  const given = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  const extra = given.find(([name]) => UNSUPPORTED.includes(name));
  if (extra) throw new NotInLocalShopify(`refundCreate with ${extra[0]}`);
  const methods = given.find(([name]) => name === "refundMethods")?.[1];
  if (Array.isArray(methods) && methods.length > 0) throw new NotInLocalShopify("refundCreate with refundMethods");
}

function faultsOf(order: WorldOrder, parts: readonly TransactionInput[], { store }: AdminContext): Fault[] {
  if (order.presentmentCurrency !== store.currency) throw new NotInLocalShopify("refundCreate in another currency");
  if (parts.length === 0) return [{ field: ["transactions"], message: "Refund must have line items or transactions" }];
  const minor = (amount: string) => toMinor(amount, store.currency);
  const wrong = parts.flatMap((part, index): Fault[] => {
    const field = ["transactions", String(index)];
    if (part.kind !== "REFUND") return [{ field: [...field, "kind"], message: "Kind must be REFUND" }];
    if (part.orderId !== gid("Order", order.id))
      return [{ field: [...field, "orderId"], message: "Order is another one" }];
    if (minor(part.amount) <= 0n) return [{ field: [...field, "amount"], message: "Amount must be greater than 0" }];
    const parent = order.transactions.find(
      (_one, at) => gid("OrderTransaction", partId(order.id, at)) === (part.parentId ?? ""),
    );
    const isPayment = parent && ["SALE", "CAPTURE"].includes(parent.kind) && parent.status === "SUCCESS";
    if (!isPayment) return [{ field: [...field, "parentId"], message: "Parent transaction cannot be refunded" }];
    if (parent.gateway !== part.gateway) return [{ field: [...field, "gateway"], message: "Gateway is another one" }];
    if (minor(part.amount) > minor(parent.amount)) {
      return [{ field: [...field, "amount"], message: "Refund amount is greater than the payment" }];
    }
    return [];
  });
  const { received, refunded } = new OrderSource(order, store).figures.totals;
  const total = parts.reduce((sum, { amount }) => sum + minor(amount), 0n);
  if (wrong.length === 0 && refunded + total > received) {
    return [{ field: ["transactions"], message: "Refund amount is greater than what is refundable" }];
  }
  return wrong;
}
