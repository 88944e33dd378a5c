import type pg from "pg";
import { saveShop, type Shop } from "#app/db/shops.server.ts";

/** A shop whose orders are written straight into the tables that tier runs read. Its time zone is UTC. */
export interface TierShop {
  readonly shop: Shop;
  /** A customer with this number, from an instant on. @returns its row's id */
  addCustomer(shopifyId: number, firstOrderAt?: string): Promise<bigint>;
  /** An order of one entry, or of several kinds. @returns its id */
  readonly addOrder: (order: TierOrder) => Promise<bigint>;
  readonly addInvoice: (invoice: TierInvoice) => Promise<void>;
}

export interface TierOrder {
  readonly customer: bigint;
  readonly at: string;
  /** By kind, in cents; all of it is contribution. */
  readonly entries: Readonly<Record<string, number>>;
  readonly sold?: number;
  readonly returned?: number;
  readonly cancelled?: number;
  readonly disputed?: number;
}

export interface TierInvoice {
  readonly customer: bigint;
  readonly issued: string;
  readonly due: string | null;
  readonly paid: string | null;
  readonly amount: number;
}

let orders = 0;

const writeOrder = async (pool: pg.Pool, { id: shopId }: Shop, order: TierOrder): Promise<bigint> => {
  orders += 1;
  const kinds = Object.entries(order.entries);
  const total = kinds.reduce((sum, [, amount]) => sum + amount, 0);
  const { sold = total, returned = 0, cancelled = 0, disputed = 0 } = order;
  await pool.query(
    `INSERT INTO "order" (shop_id, id, name, customer_id, processed_at, updated_at, test, counted, total,
       presentment_currency, presentment_total, partial, read_at)
     VALUES ($1, $2::bigint, '#' || $2::bigint, $3, $4::timestamptz, $4::timestamptz, false, true, $5, 'USD', $5, false, $4::timestamptz)`,
    [shopId, orders, order.customer, order.at, total],
  );
  for (const [kind, amount] of kinds) {
    await pool.query(
      `INSERT INTO ledger_entry (shop_id, order_id, line_id, kind, event_type, event_id, customer_id, occurred_at, day,
         amount, currency, provenance)
       VALUES ($1, $2, 0, $3, 'order', $2, $4, $5::timestamptz, ($5::timestamptz AT TIME ZONE 'UTC')::date, $6, 'USD', 'actual')`,
      [shopId, orders, kind, order.customer, order.at, amount],
    );
  }
  await pool.query(
    `INSERT INTO order_day (shop_id, order_id, day, customer_id, orders, net_sales, cm1, cm2, cm3, cm4, goods,
       goods_with_known_cost, has_unknown_cost, refunds, sold, returned, cancelled, disputed)
     VALUES ($1, $2, ($3::timestamptz AT TIME ZONE 'UTC')::date, $4, 1, $5, $5, $5, $5, $5, $5, $5, false, 0, $6, $7, $8, $9)`,
    [shopId, orders, order.at, order.customer, total, sold, returned, cancelled, disputed],
  );
  return BigInt(orders);
};

const writeInvoice = async (pool: pg.Pool, { id: shopId }: Shop, invoice: TierInvoice): Promise<void> => {
  orders += 1;
  await pool.query(
    `INSERT INTO invoice (shop_id, order_id, customer_id, issued_day, due_day, paid_day, amount, open, eligible)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7)`,
    [
      shopId,
      orders,
      invoice.customer,
      invoice.issued,
      invoice.due,
      invoice.paid,
      invoice.amount,
      invoice.paid === null ? invoice.amount : 0,
    ],
  );
};

export const aTierShop = async (pool: pg.Pool, domain = "tiers.myshopify.com"): Promise<TierShop> => {
  const facts = { domain, name: "Tiers", currency: "USD", timeZone: "UTC", taxesIncluded: false };
  const { shop } = await saveShop(
    pool,
    { ...facts, planName: "Basic", isPlus: false, scopes: [] },
    new Date("2026-01-01T00:00:00Z"),
  );
  return {
    shop,
    addCustomer: async (shopifyId, firstOrderAt = "2025-01-01T00:00:00Z") => {
      const { rows } = await pool.query<{ id: bigint }>(
        `INSERT INTO customer (shop_id, key, kind, shopify_id, name, first_order_at)
         VALUES ($1, 'customer:' || $2::bigint, 'customer', $2::bigint, 'Customer ' || $2::bigint, $3) RETURNING id`,
        [shop.id, shopifyId, firstOrderAt],
      );
      return rows[0]?.id ?? 0n;
    },
    addOrder: (order) => writeOrder(pool, shop, order),
    addInvoice: (invoice) => writeInvoice(pool, shop, invoice),
  };
};
