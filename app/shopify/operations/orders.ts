/** One order, whole: what the bulk query carries, and the refunds with their lines, which it cannot carry. */
export const ORDER_DETAILS = `#graphql
  query OrderDetails($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Order {
        name
        processedAt
        updatedAt
        cancelledAt
        test
        taxesIncluded
        email
        customer {
          id
          firstName
          lastName
          defaultEmailAddress {
            emailAddress
          }
        }
        purchasingEntity {
          ... on PurchasingCompany {
            company {
              id
              name
            }
            location {
              id
            }
          }
        }
        totalPriceSet {
          presentmentMoney {
            amount
            currencyCode
          }
          shopMoney {
            amount
            currencyCode
          }
        }
        shippingLine {
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
        transactions {
          id
          kind
          status
          gateway
          processedAt
          fees {
            amount {
              amount
              currencyCode
            }
          }
        }
        refunds {
          id
          createdAt
          processedAt
          refundLineItems(first: 20) {
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
          refundShippingLines(first: 10) {
            nodes {
              subtotalAmountSet {
                shopMoney {
                  amount
                }
              }
              taxAmountSet {
                shopMoney {
                  amount
                }
              }
            }
            pageInfo {
              hasNextPage
            }
          }
          orderAdjustments(first: 10) {
            nodes {
              amountSet {
                shopMoney {
                  amount
                }
              }
            }
            pageInfo {
              hasNextPage
            }
          }
        }
        lineItems(first: 50) {
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
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`;

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
