import type { GidKind } from "#app/core/ids/gid.ts";
import type { TopicEffect } from "#app/core/webhooks/topics.ts";
import { removeCustomers, removeOrders } from "#app/db/ingest/gone.server.ts";
import { publicationOf } from "#app/db/plan/publication.server.ts";
import { writeDisputes } from "#app/db/ingest/write-disputes.server.ts";
import { removeLocations } from "#app/db/ingest/write-companies.server.ts";
import { writePeople } from "#app/db/ingest/write-people.server.ts";
import { atLedgerVersion, writeAsOf } from "#app/db/ledger-version.server.ts";
import { wakeWorkWaitingFor } from "#app/db/sync-progress.server.ts";
import { readDispute } from "#app/shopify/dispute-reader.server.ts";
import {
  companyOfLocation,
  orderOfPaymentSchedule,
  readCustomers,
  readInventoryItem,
  readProduct,
} from "#app/shopify/single-reader.server.ts";
import { checkPayNow } from "./check-pay-now.ts";
import type { PipelineContext } from "./context.ts";
import { decideRebates } from "./decide-rebates.ts";
import { checkDiscount } from "./publish-plan.ts";
import { postVariants } from "./post-variants.ts";
import {
  dropGoneOrders,
  followGoneCustomer,
  readAgain,
  readCollectionAgain,
  readCompanyAgain,
  readShopAgain,
} from "./read-again.ts";
import { recomputeOrders } from "./recompute.ts";

/** Customers whose figures have changed. */
type Owners = readonly bigint[];
const NOBODY: Owners = [];

/** Orders are read again; one that Shopify does not show although it would be in sight has been deleted. */
const handleOrders = async (context: PipelineContext, ids: readonly bigint[]): Promise<Owners> => {
  const { customerIds, missing } = await readAgain(context, ids);
  await checkPayNow(context, ids);
  await decideRebates(context, ids);
  return [...customerIds, ...(await dropGoneOrders(context, missing))];
};

/** Shopify says that the order was deleted, and does not show it: it leaves the ledger, also where it was out of sight. */
const handleDeletedOrder = async (context: PipelineContext, id: bigint): Promise<Owners> => {
  const { customerIds, missing } = await readAgain(context, [id]);
  return [...customerIds, ...(missing.length > 0 ? await removeOrders(context.pool, context.shop.id, missing) : [])];
};

const handlePaymentSchedule = async (context: PipelineContext, id: bigint): Promise<Owners> => {
  const orderId = await orderOfPaymentSchedule(context.ask, id);
  return orderId === null ? NOBODY : handleOrders(context, [orderId]);
};

const handleDispute = async (context: PipelineContext, id: bigint): Promise<Owners> => {
  const { pool, shop, ask, now } = context;
  const dispute = await readDispute({ ask, scopes: shop.scopes, currency: shop.currency }, id);
  if (!dispute) return NOBODY;
  const owners = await recomputeOrders(pool, shop.id, await writeDisputes(pool, shop.id, [dispute]), now());
  return [...owners, ...(await handleOrders(context, [dispute.orderId]))];
};

const handleCustomers = async ({ pool, shop, ask }: PipelineContext, ids: readonly bigint[]): Promise<Owners> => {
  // A name that was read before its owner was erased is not written after.
  const there = await atLedgerVersion(pool, shop.id, async (at) => {
    const people = await readCustomers(ask, ids);
    await writeAsOf(pool, at, (client) => writePeople(client, shop.id, people));
    return new Set(people.map(({ id }) => id));
  });
  const gone = ids.filter((id) => !there.has(id));
  if (gone.length > 0) await removeCustomers(pool, shop.id, gone);
  return NOBODY;
};

const handleLocation = async (context: PipelineContext, id: bigint): Promise<void> => {
  const companyId = await companyOfLocation(context.ask, id);
  if (companyId !== null) await readCompanyAgain(context, companyId);
  else await removeLocations(context.pool, context.shop.id, { id });
};

const handleFinishedBulk = ({ pool, shop }: PipelineContext, id: bigint): Promise<void> =>
  wakeWorkWaitingFor(pool, shop.id, id);

/** Somebody may have changed the plan's own discount at Shopify: it is looked at, and left as it is. */
const handleDiscount = async (context: PipelineContext, id: bigint): Promise<void> => {
  const { discountId } = await publicationOf(context.pool, context.shop.id);
  if (discountId === id) await checkDiscount(context);
};

const handleShop = async (context: PipelineContext): Promise<Owners> => {
  await readShopAgain(context);
  return NOBODY;
};

interface Handling {
  /** What the subject's id is of; null: the event is about the shop. */
  readonly kind: GidKind | null;
  /** How many objects are handled at once. */
  readonly together: number;
  readonly handle: (context: PipelineContext, ids: readonly bigint[]) => Promise<Owners>;
}

const each = (kind: GidKind, handle: (context: PipelineContext, id: bigint) => Promise<Owners>): Handling => ({
  kind,
  together: 1,
  handle: async (context, [id]) => (id === undefined ? NOBODY : handle(context, id)),
});

/** Of what changes nobody's figures. */
const quietly =
  (handle: (context: PipelineContext, id: bigint) => Promise<void>) =>
  async (context: PipelineContext, id: bigint): Promise<Owners> => {
    await handle(context, id);
    return NOBODY;
  };

const OF_SHOP: Handling = { kind: null, together: 1, handle: handleShop };
const NOTHING: Handling = { kind: null, together: 1, handle: () => Promise.resolve(NOBODY) };

/** What is done about a webhook, by what its topic is about. `uninstalled` is not among them: it ends the shop's work. */
export const HANDLINGS: Readonly<Record<Exclude<TopicEffect, "uninstalled">, Handling>> = {
  order: { kind: "Order", together: 10, handle: handleOrders },
  "order-gone": each("Order", handleDeletedOrder),
  "payment-schedule": each("PaymentSchedule", handlePaymentSchedule),
  dispute: each("ShopifyPaymentsDispute", handleDispute),
  // Writing what customers are entitled to makes Shopify tell of each of them.
  customer: { kind: "Customer", together: 50, handle: handleCustomers },
  "customers-merged": each("Customer", followGoneCustomer),
  company: each("Company", quietly(readCompanyAgain)),
  "company-location": each("CompanyLocation", quietly(handleLocation)),
  product: each("Product", async (context, id) =>
    postVariants(context, await readProduct(context.ask, id, context.shop.currency)),
  ),
  "inventory-item": each("InventoryItem", async (context, id) =>
    postVariants(context, await readInventoryItem(context.ask, id, context.shop.currency)),
  ),
  collection: each("Collection", quietly(readCollectionAgain)),
  discount: each("DiscountAutomaticNode", quietly(handleDiscount)),
  "bulk-finished": each("BulkOperation", quietly(handleFinishedBulk)),
  shop: OF_SHOP,
  scopes: OF_SHOP,
  noted: NOTHING,
};
