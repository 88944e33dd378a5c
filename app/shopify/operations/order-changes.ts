/**
 * When which units were sold and taken off: an order's agreements, without their amounts. The ledger's amounts come from
 * lines and refunds; those of the sales are for the reconciliation alone, which could else only compare them with itself.
 * The one exception is the tax on a fee kept of a return, which Shopify tells nowhere else.
 */
export const ORDER_AGREEMENTS = `#graphql
  query OrderAgreements(
    $id: ID!
    $count: Int!
    $after: String
    $sales: Int!
    $salesAfter: String
    $withReturns: Boolean!
  ) {
    order(id: $id) {
      agreements(first: $count, after: $after) {
        edges {
          cursor
          node {
            __typename
            id
            happenedAt
            sales(first: $sales, after: $salesAfter) {
              nodes {
                __typename
                id
                quantity
                ... on ProductSale {
                  lineItem {
                    id
                  }
                }
                ... on GiftCardSale {
                  lineItem {
                    id
                  }
                }
                ... on TipSale {
                  lineItem {
                    id
                  }
                }
                ... on FeeSale @include(if: $withReturns) {
                  fee {
                    id
                  }
                  totalTaxAmount {
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
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

/** What the shop kept of an order's returns. */
export const RETURN_FEES = `#graphql
  query ReturnFees($id: ID!, $after: String) {
    order(id: $id) {
      returns(first: 5, after: $after) {
        nodes {
          id
          createdAt
          status
          returnShippingFees {
            id
            amountSet {
              shopMoney {
                amount
              }
            }
          }
          returnLineItems(first: 50) {
            nodes {
              ... on ReturnLineItem {
                restockingFee {
                  id
                  amountSet {
                    shopMoney {
                      amount
                    }
                  }
                }
              }
            }
            pageInfo {
              hasNextPage
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
