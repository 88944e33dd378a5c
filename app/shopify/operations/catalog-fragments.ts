/** A variant with what it costs and weighs. */
export const VARIANT_FIELDS = `#graphql
  fragment VariantFields on ProductVariant {
    id
    title
    sku
    product {
      id
      title
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
