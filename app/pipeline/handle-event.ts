import { idOf } from "#app/core/ids/gid.ts";
import { writePeople } from "#app/db/ingest/write-people.server.ts";
import { markUninstalled, saveScopes } from "#app/db/shops.server.ts";
import { SHOP_FACTS } from "#app/shopify/operations/shop.ts";
import { readOrders } from "#app/shopify/order-reader.server.ts";
import type { PipelineContext } from "./context.ts";
import { postOrders } from "./post-orders.ts";
import { refreshCustomers } from "./refresh-customers.ts";

export interface ShopEvent {
  readonly topic: string;
  /** The global id of what the event is about. */
  readonly subject: string | null;
  /** When it happened; Shopify may tell a day later. */
  readonly triggeredAt: Date | null;
}

/** What is left to do for the shop after an event was handled. */
export type EventEffect = "nothing" | "uninstalled";

/**
 * Handles one webhook. The payload is never trusted for more than the id in it: the object is read again, so that events
 * that come late, twice or in the wrong order all lead to the same ledger.
 *
 * @throws ShopifyError
 */
export const handleEvent = async (context: PipelineContext, event: ShopEvent): Promise<EventEffect> => {
  const { pool, shop, ask } = context;
  switch (event.topic) {
    case "orders/create":
    case "orders/updated": {
      if (event.subject === null) return "nothing";
      const { orders, people } = await readOrders({ ask, scopes: shop.scopes }, [idOf(event.subject, "Order")]);
      if (orders.length === 0) return "nothing";
      await writePeople(pool, shop.id, people);
      const { written, customerIds } = await postOrders(pool, shop, orders, context.now());
      if (written > 0) await refreshCustomers(pool, shop, customerIds, context.now());
      return "nothing";
    }
    case "app/scopes_update": {
      const { currentAppInstallation } = await ask(SHOP_FACTS, {});
      await saveScopes(
        pool,
        shop.id,
        currentAppInstallation.accessScopes.map(({ handle }) => handle),
      );
      return "nothing";
    }
    case "app/uninstalled":
      return (await markUninstalled(pool, shop.domain, event.triggeredAt ?? context.now())) ? "uninstalled" : "nothing";
    default:
      return "nothing";
  }
};
