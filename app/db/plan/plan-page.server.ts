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

/** Variants whose title and SKU have each of some words in them, in any case; without words the first ones. */
export const variantChoices = async (
  pool: pg.Pool,
  shopId: number,
  words: readonly string[],
  most: number,
): Promise<VariantChoice[]> => {
  const { rows } = await pool.query<VariantChoice>(
    `${VARIANT} AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS word
       WHERE strpos(lower(product_title || ' ' || title || ' ' || coalesce(sku, '')), lower(word)) = 0)
     ORDER BY gift_card, product_title, id LIMIT $3`,
    [shopId, words, most],
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

const BUYER = `SELECT kind, shopify_id AS "shopifyId", coalesce(name, email) AS name FROM customer
  LEFT JOIN standing ON standing.shop_id = customer.shop_id AND standing.customer_id = customer.id
  WHERE customer.shop_id = $1 AND kind IN ('customer', 'company') AND shopify_id IS NOT NULL`;

/** Customers and companies that the list of customers finds by a text, those who rank first first; of an empty text all. */
export const buyerChoices = async (
  pool: pg.Pool,
  shopId: number,
  text: string,
  most: number,
): Promise<BuyerChoice[]> => {
  // What everybody meets is not asked: it takes its time for each.
  const found = text === "" ? "" : "AND strpos(customer.search, lower($3)) > 0";
  const { rows } = await pool.query<BuyerChoice>(
    `${BUYER} ${found} ORDER BY rank NULLS LAST, customer.id LIMIT $2`,
    text === "" ? [shopId, most] : [shopId, most, text],
  );
  return rows;
};

/** The customer or company of Shopify's number; null where the shop has none. */
export const buyerChoice = async (
  pool: pg.Pool,
  shopId: number,
  { kind, shopifyId }: Pick<BuyerChoice, "kind" | "shopifyId">,
): Promise<BuyerChoice | null> => {
  const { rows } = await pool.query<BuyerChoice>(`${BUYER} AND kind = $2 AND shopify_id = $3`, [
    shopId,
    kind,
    shopifyId,
  ]);
  return rows[0] ?? null;
};
