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
        }
        purchasingEntity {
          ... on PurchasingCompany {
            company {
              id
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
          originalPriceSet {
            shopMoney {
              amount
            }
          }
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
          amountSet {
            shopMoney {
              amount
            }
          }
          fees {
            amount {
              amount
              currencyCode
            }
          }
          settlementCurrencyRate
        }
        refunds {
          id
          createdAt
          processedAt
          totalRefundedSet {
            shopMoney {
              amount
            }
          }
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
          refundShippingLines(first: 5) {
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
          }
          orderAdjustments(first: 5) {
            nodes {
              id
              reason
              amountSet {
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
