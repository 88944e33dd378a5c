/** A variant with what it costs and weighs. */
export const VARIANT_FIELDS = `#graphql
  fragment VariantFields on ProductVariant {
    id
    title
    sku
    price
    compareAtPrice
    product {
      id
      title
      isGiftCard
    }
    inventoryItem {
      unitCost {
        amount
        currencyCode
      }
      measurement {
        weight {
          unit
          value
        }
      }
    }
  }
` as const;
