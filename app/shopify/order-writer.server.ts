import { gidOf } from "#app/core/ids/gid.ts";
import { parseAmount } from "#app/core/money/money.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import { allPages } from "./connections.ts";
import type { Ask } from "./gateway.server.ts";
import { moneyInput } from "./money-input.ts";
import {
  ORDER_EDIT_ADD_CUSTOM_ITEM,
  ORDER_EDIT_BEGIN,
  ORDER_EDIT_COMMIT,
  ORDER_LINE_TITLES,
} from "./operations/order-edits.ts";
import { TAGS_ADD, TAGS_REMOVE } from "./operations/order-tags.ts";

interface Payload {
  readonly userErrors: readonly { readonly message: string }[];
}

const refuse = (payload: Payload | null | undefined): void => {
  const [error] = payload?.userErrors ?? [];
  if (error) throw new ShopifyError("refused", error.message);
};

/** Can be repeated. @throws ShopifyError */
export const tagOrder = async (ask: Ask, id: bigint, tag: string): Promise<void> =>
  refuse((await ask(TAGS_ADD, { id: gidOf("Order", id), tags: [tag] })).tagsAdd);

/** Can be repeated. @throws ShopifyError */
export const untagOrder = async (ask: Ask, id: bigint, tag: string): Promise<void> =>
  refuse((await ask(TAGS_REMOVE, { id: gidOf("Order", id), tags: [tag] })).tagsRemove);

/** Something that is charged beside an order's goods. */
export interface CustomItem {
  readonly title: string;
  /** Minor units of the order's currency. */
  readonly price: bigint;
  readonly currency: string;
}

/**
 * Adds an item to an order by an edit, which the buyer then owes. Nothing is changed until the last of its three calls; what
 * that one did is not known where its answer is lost: `hasItem` tells.
 *
 * @throws ShopifyError
 */
export const addCustomItem = async (ask: Ask, orderId: bigint, item: CustomItem): Promise<void> => {
  const { orderEditBegin: begun } = await ask(ORDER_EDIT_BEGIN, { id: gidOf("Order", orderId) });
  refuse(begun);
  const id = begun?.calculatedOrder?.id;
  if (id === undefined) throw new ShopifyError("refused", "No order edit was begun");
  const price = moneyInput(item.price, item.currency);
  const { orderEditAddCustomItem: added } = await ask(ORDER_EDIT_ADD_CUSTOM_ITEM, { id, title: item.title, price });
  refuse(added);
  refuse((await ask(ORDER_EDIT_COMMIT, { id, staffNote: item.title })).orderEditCommit);
};

/** What an item of a title costs on an order; null where there is none. @throws ShopifyError */
export const itemOnOrder = async (ask: Ask, orderId: bigint, title: string): Promise<bigint | null> => {
  const id = gidOf("Order", orderId);
  const lines = await allPages(async (after) => (await ask(ORDER_LINE_TITLES, { id, after })).order?.lineItems);
  const line = lines.find((one) => one.title === title);
  const price = line?.originalUnitPriceSet.shopMoney;
  return price ? parseAmount(price.amount, price.currencyCode) : null;
};
