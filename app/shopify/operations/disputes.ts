/** Payments that buyers' banks contest. */
export const DISPUTES = `#graphql
  query Disputes($after: String) {
    disputes(first: 100, after: $after) {
      nodes {
        id
        status
        initiatedAt
        finalizedOn
        amount {
          amount
          currencyCode
        }
        order {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

/** What disputes took out of the shop's account at Shopify Payments: only there is the fee of a dispute told. */
export const DISPUTE_WITHDRAWALS = `#graphql
  query DisputeWithdrawals($after: String) {
    shopifyPaymentsAccount {
      balanceTransactions(first: 100, after: $after, query: "transaction_type:dispute_withdrawal") {
        nodes {
          sourceId
          type
          fee {
            amount
            currencyCode
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
