/** What Shopify itself booked for an order, sale by sale, amounts included: what the reconciliation holds the ledger against. */
export const ORDER_SALES = `#graphql
  query OrderSales($id: ID!, $count: Int!, $after: String, $sales: Int!, $salesAfter: String) {
    order(id: $id) {
      agreements(first: $count, after: $after) {
        edges {
          cursor
          node {
            id
            sales(first: $sales, after: $salesAfter) {
              nodes {
                id
                lineType
                totalAmount {
                  shopMoney {
                    amount
                    currencyCode
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
