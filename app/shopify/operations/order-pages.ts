/** Further lines of an order that has more than fit in ORDER_DETAILS. */
export const ORDER_LINES = `#graphql
  query OrderLines($id: ID!, $after: String!) {
    order(id: $id) {
      lineItems(first: 50, after: $after) {
        nodes {
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
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

/** Further lines of a refund that has more than fit in ORDER_DETAILS. */
export const REFUND_LINES = `#graphql
  query RefundLines($id: ID!, $after: String!) {
    refund(id: $id) {
      refundLineItems(first: 50, after: $after) {
        nodes {
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
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

/** Further shipping lines of an order that has more than fit in ORDER_DETAILS. */
export const ORDER_SHIPPING_LINES = `#graphql
  query OrderShippingLines($id: ID!, $after: String!) {
    order(id: $id) {
      shippingLines(first: 50, after: $after) {
        nodes {
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
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;
