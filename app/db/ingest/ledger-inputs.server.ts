import type pg from "pg";
import { customerKeyOf, formatCustomerKey } from "#app/core/customers/customer-key.ts";
import type { Dispute } from "#app/core/ledger/context.ts";
import type { Order } from "#app/core/orders/order.ts";
import type { Tier } from "#app/core/tiers/tier.ts";

/** Grams of one unit of each variant that Shopify gives a weight for. */
export const readWeights = async (
  pool: pg.Pool,
  shopId: number,
  variantIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, number>> => {
  const { rows } = await pool.query<{ id: bigint; grams: number }>(
    `SELECT id, weight_grams AS grams FROM product_variant
     WHERE shop_id = $1 AND id = ANY ($2) AND weight_grams IS NOT NULL`,
    [shopId, variantIds],
  );
  return new Map(rows.map(({ id, grams }) => [id, grams]));
};

/** The tier in the latest run of those who placed the orders, by order id. Owners that are not given are found by key. */
export const readTiers = async (
  pool: pg.Pool,
  shopId: number,
  ordered: readonly { readonly order: Order; readonly customerId?: bigint }[],
): Promise<ReadonlyMap<bigint, Tier>> => {
  const owners = ordered.map(({ order, customerId }) => ({
    orderId: order.id,
    owner: customerId ?? formatCustomerKey(customerKeyOf(order)),
  }));
  const distinct = [...new Set(owners.map(({ owner }) => owner))];
  const { rows } = await pool.query<{ id: bigint; key: string; tier: Tier }>(
    `SELECT customer.id, key, tier FROM customer
     JOIN standing ON standing.shop_id = customer.shop_id AND standing.customer_id = customer.id
     WHERE customer.shop_id = $1 AND (customer.id = ANY ($2) OR key = ANY ($3))`,
    [
      shopId,
      distinct.filter((owner) => typeof owner === "bigint"),
      distinct.filter((owner) => typeof owner === "string"),
    ],
  );
  const tiers = new Map<bigint | string, Tier>(
    rows.flatMap(
      ({ id, key, tier }) =>
        [
          [id, tier],
          [key, tier],
        ] as const,
    ),
  );
  return new Map(
    owners.flatMap(({ orderId, owner }) => {
      const tier = tiers.get(owner);
      return tier ? [[orderId, tier] as const] : [];
    }),
  );
};

/** What is known of disputes, by their ids. */
export const readDisputes = async (
  pool: pg.Pool,
  shopId: number,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, Dispute>> => {
  const { rows } = await pool.query<Omit<Dispute, "at"> & { at: Date }>(
    `SELECT id, status, amount, fee, coalesce(finalized_at, initiated_at) AS at FROM dispute
     WHERE shop_id = $1 AND id = ANY ($2)`,
    [shopId, ids],
  );
  return new Map(rows.map((row) => [row.id, { ...row, at: row.at.getTime() }]));
};
