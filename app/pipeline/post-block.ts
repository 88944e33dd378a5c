import type pg from "pg";
import { BulkRows, type BulkBlock, type BulkCount } from "#app/shopify/bulk-result.server.ts";
import { toOrders } from "#app/shopify/mappers/bulk-orders.ts";
import { postOrders, type PostedWhen } from "./post-orders.ts";

/** Orders of one shop in a piece of a bulk result. */
export interface OrderBlock extends PostedWhen {
  readonly shopId: number;
  readonly block: BulkBlock;
}

/** Others that do what `postBlock` does, beside this process. */
export interface OrderPosters {
  /** How many blocks they take at a time. */
  readonly atOnce: number;
  /** The block's bytes are handed over, and gone here. @throws what `postBlock` throws */
  post(orders: OrderBlock): Promise<BulkCount>;
  /** Lets what is being written be written, and ends. */
  end(): Promise<void>;
}

/**
 * Reads the orders of a block, works out their ledgers and writes both.
 *
 * @throws ShopifyError `bulk-broken` for what cannot be read; ShopGone
 */
export const postBlock = async (pool: pg.Pool, { shopId, block, ...when }: OrderBlock): Promise<BulkCount> => {
  const rows = new BulkRows(block);
  await postOrders(pool, shopId, [...toOrders(rows)], when);
  return rows.count;
};
