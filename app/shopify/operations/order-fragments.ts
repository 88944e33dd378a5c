/** What is read of the parts of an order, wherever they stand. */

export const LINE_ITEM_FIELDS = `#graphql
  fragment LineItemFields on LineItem {
    id
    title
    sku
    quantity
    isGiftCard
    variant {
      id
    }
    originalUnitPriceSet {
      shopMoney {
        amount
      }
    }
    discountAllocations {
      allocatedAmountSet {
        shopMoney {
          amount
        }
      }
    }
    taxLines {
      priceSet {
        shopMoney {
          amount
        }
      }
    }
    duties {
      price {
        shopMoney {
          amount
        }
      }
      taxLines {
        priceSet {
          shopMoney {
            amount
          }
        }
      }
    }
  }
` as const;

export const REFUND_LINE_FIELDS = `#graphql
  fragment RefundLineFields on RefundLineItem {
    quantity
    restockType
    lineItem {
      id
    }
    subtotalSet {
      shopMoney {
        amount
      }
    }
    totalTaxSet {
      shopMoney {
        amount
      }
    }
  }
` as const;

export const SHIPPING_LINE_FIELDS = `#graphql
  fragment ShippingLineFields on ShippingLine {
    discountedPriceSet {
      shopMoney {
        amount
      }
    }
    taxLines {
      priceSet {
        shopMoney {
          amount
        }
      }
    }
  }
` as const;
