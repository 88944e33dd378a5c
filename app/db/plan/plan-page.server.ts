import type pg from "pg";

/** A collection to choose from. */
export interface CollectionChoice {
  readonly handle: string;
  readonly title: string;
}

export const collectionChoices = async (pool: pg.Pool, shopId: number): Promise<CollectionChoice[]> => {
  const { rows } = await pool.query<CollectionChoice>(
    "SELECT handle, title FROM collection WHERE shop_id = $1 ORDER BY title, handle LIMIT 500",
    [shopId],
  );
  return rows;
};

/** A variant to show a plan on. */
export interface VariantChoice {
  readonly id: bigint;
  readonly productId: bigint;
  readonly title: string;
  readonly price: bigint;
  readonly compareAtPrice: bigint | null;
  readonly giftCard: boolean;
}

const VARIANT = `SELECT id, product_id AS "productId", product_title || CASE WHEN title IN ('', 'Default Title') THEN ''
  ELSE ', ' || title END AS title, price, compare_at_price AS "compareAtPrice", gift_card AS "giftCard"
  FROM product_variant WHERE shop_id = $1`;

/** Variants whose title or SKU has a text in it; of an empty text the first ones. */
export const variantChoices = async (pool: pg.Pool, shopId: number, text: string): Promise<VariantChoice[]> => {
  const { rows } = await pool.query<VariantChoice>(
    `${VARIANT} AND ($2 = '' OR strpos(lower(product_title || ' ' || title || ' ' || coalesce(sku, '')), lower($2)) > 0)
     ORDER BY gift_card, product_title, id LIMIT 50`,
    [shopId, text],
  );
  return rows;
};

export const variantsById = async (pool: pg.Pool, shopId: number, ids: readonly bigint[]): Promise<VariantChoice[]> => {
  const { rows } = await pool.query<VariantChoice>(`${VARIANT} AND id = ANY ($2)`, [shopId, ids]);
  return rows;
};

/** A customer or company to try a plan as. */
export interface BuyerChoice {
  readonly kind: "customer" | "company";
  readonly shopifyId: bigint;
  readonly name: string | null;
}

/** Customers and companies whose name or address has a text in it; of an empty text those who rank first. */
export const buyerChoices = async (pool: pg.Pool, shopId: number, text: string): Promise<BuyerChoice[]> => {
  const { rows } = await pool.query<BuyerChoice>(
    `SELECT kind, shopify_id AS "shopifyId", coalesce(name, email) AS name FROM customer
     LEFT JOIN standing ON standing.shop_id = customer.shop_id AND standing.customer_id = customer.id
     WHERE customer.shop_id = $1 AND kind IN ('customer', 'company') AND shopify_id IS NOT NULL
       AND ($2 = '' OR strpos(lower(coalesce(name, '') || ' ' || coalesce(email, '')), lower($2)) > 0)
     ORDER BY rank NULLS LAST, customer.id LIMIT 20`,
    [shopId, text],
  );
  return rows;
};
