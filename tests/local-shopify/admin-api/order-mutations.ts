import { toDecimal, toMinor } from "#tests/local-shopify/world/money.ts";
import type { WorldOrder } from "#tests/local-shopify/world/world.ts";
import { accessDenied } from "./access.ts";
import { UserErrorSource } from "./bulk-fields.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource, intArg, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid, parseGid } from "./gid.ts";
import { orderById } from "./order-list.ts";
import { isoSeconds, type ShopStore } from "./shop-store.ts";

/** An edit that was begun and is not committed yet. */
interface PendingEdit {
  readonly id: number;
  readonly orderId: number;
  readonly items: { readonly title: string; readonly price: string; readonly quantity: number }[];
}

/** Edits are forgotten with the shop: Shopify keeps them for the one who edits, no longer. */
const pending = new WeakMap<ShopStore, Map<number, PendingEdit>>();

const editsOf = (store: ShopStore): Map<number, PendingEdit> => {
  const edits = pending.get(store) ?? new Map<number, PendingEdit>();
  pending.set(store, edits);
  return edits;
};

class CalculatedOrderSource extends GraphSource {
  readonly typename = "CalculatedOrder";
  readonly edit: PendingEdit;

  constructor(edit: PendingEdit) {
    super();
    this.edit = edit;
  }
}

type Result =
  { readonly edit: PendingEdit } | { readonly orderId: number } | { readonly field: string; readonly message: string };

class OrderPayloadSource extends GraphSource {
  readonly typename = "OrderPayload";
  readonly result: Result;

  constructor(result: Result) {
    super();
    this.result = result;
  }

  get userErrors(): UserErrorSource[] {
    if (!("message" in this.result)) return [];
    const { field, message } = this.result;
    return [new UserErrorSource("UserError", { code: null, field: [field], message })];
  }

  get calculatedOrder(): CalculatedOrderSource | null {
    return "edit" in this.result ? new CalculatedOrderSource(this.result.edit) : null;
  }
}

const tagFields = {
  userErrors: ({ userErrors }: OrderPayloadSource) => userErrors,
};
const editFields = {
  ...tagFields,
  calculatedOrder: ({ calculatedOrder }: OrderPayloadSource) => calculatedOrder,
};

export const orderMutationTypes = [
  defineType("CalculatedOrder", CalculatedOrderSource, { id: ({ edit }) => gid("CalculatedOrder", edit.id) }),
  defineType("TagsAddPayload", OrderPayloadSource, tagFields),
  defineType("TagsRemovePayload", OrderPayloadSource, tagFields),
  defineType("OrderEditBeginPayload", OrderPayloadSource, editFields),
  defineType("OrderEditAddCustomItemPayload", OrderPayloadSource, editFields),
  defineType("OrderEditCommitPayload", OrderPayloadSource, {
    ...tagFields,
    order: ({ result }, _args, context) => ("orderId" in result ? orderById(result.orderId, context) : null),
  }),
];

/** The order that a mutation is about; its own access scope stands in no table, since tags are on many kinds of objects. */
function taggedOrder(args: Args, { store, access }: AdminContext, mutation: string): WorldOrder | undefined {
  const { type, id } = parseGid(stringArg(args, "id") ?? "");
  if (type !== "Order") throw new NotInLocalShopify(`${mutation} on a ${type}`);
  if (!access.holds("write_orders")) throw accessDenied(mutation, ["write_orders"]);
  return store.world.ordersById.get(id);
}

const NO_ORDER = { field: "id", message: "Order does not exist" };

function changeTags(
  args: Args,
  context: AdminContext,
  { mutation, change }: { mutation: string; change: (tags: readonly string[], given: readonly string[]) => string[] },
): GraphSource {
  const order = taggedOrder(args, context, mutation);
  if (!order) return new OrderPayloadSource(NO_ORDER);
  const given = Array.isArray(args["tags"]) ? args["tags"].map(String) : [];
  const before = order.tags ?? [];
  const tags = change(before, given);
  if (tags.join() !== before.join()) context.desk.updateOrder({ ...order, tags });
  return new OrderPayloadSource({ orderId: order.id });
}

export const tagsAdd = (args: Args, context: AdminContext): GraphSource =>
  changeTags(args, context, {
    mutation: "tagsAdd",
    change: (tags, given) => [...new Set([...tags, ...given])].toSorted(),
  });

export const tagsRemove = (args: Args, context: AdminContext): GraphSource =>
  changeTags(args, context, {
    mutation: "tagsRemove",
    change: (tags, given) => tags.filter((tag) => !given.includes(tag)),
  });

export function orderEditBegin(args: Args, { store }: AdminContext): GraphSource {
  const { id: orderId } = parseGid(stringArg(args, "id") ?? "");
  const order = store.world.ordersById.get(orderId);
  if (!order) return new OrderPayloadSource(NO_ORDER);
  if (order.cancelledAt !== null) {
    return new OrderPayloadSource({ field: "id", message: "The order cannot be edited: it is cancelled." });
  }
  const edits = editsOf(store);
  const edit: PendingEdit = { id: edits.size + 1, orderId, items: [] };
  edits.set(edit.id, edit);
  return new OrderPayloadSource({ edit });
}

const editOf = (args: Args, store: ShopStore): PendingEdit | undefined => {
  const { type, id } = parseGid(stringArg(args, "id") ?? "");
  return type === "CalculatedOrder" ? editsOf(store).get(id) : undefined;
};

const NO_EDIT = { field: "id", message: "The calculated order does not exist." };

export function orderEditAddCustomItem(args: Args, { store }: AdminContext): GraphSource {
  const edit = editOf(args, store);
  if (!edit) return new OrderPayloadSource(NO_EDIT);
  if (args["taxable"] !== false) throw new NotInLocalShopify("custom items of an order edit that are taxed");
  const price = priceOf(args["price"], store.currency);
  if (price === null) return new OrderPayloadSource({ field: "price", message: "Price has another currency" });
  edit.items.push({ title: stringArg(args, "title") ?? "", price, quantity: intArg(args, "quantity") ?? 1 });
  return new OrderPayloadSource({ edit });
}

function priceOf(price: unknown, currency: string): string | null {
  if (typeof price !== "object" || price === null || !("amount" in price) || !("currencyCode" in price)) return null;
  if (price.currencyCode !== currency) return null;
  return toDecimal(toMinor(String(price.amount), currency), currency);
}

export function orderEditCommit(args: Args, context: AdminContext): GraphSource {
  const { store, now, desk } = context;
  const edit = editOf(args, store);
  const order = edit && store.world.ordersById.get(edit.orderId);
  if (!edit || !order) return new OrderPayloadSource(NO_EDIT);
  if (edit.items.length === 0) return new OrderPayloadSource({ field: "id", message: "There are no changes." });
  let line = Math.max(0, ...store.world.taken.lines);
  const add = edit.items.map(({ title, price, quantity }) => ({
    id: ++line,
    variantId: null,
    title,
    quantity,
    unitPrice: price,
    discount: "0",
    tax: "0",
    giftCard: false,
  }));
  desk.updateOrder({ ...order, edits: [...order.edits, { at: isoSeconds(now), add, remove: [] }] });
  editsOf(store).delete(edit.id);
  return new OrderPayloadSource({ orderId: order.id });
}
