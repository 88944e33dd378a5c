/** How a discount for paying early is given and taken back: as store credit, or as a refund of the order. */

/** Takes no key: asked twice it credits twice. Never to be repeated by itself. */
export const STORE_CREDIT_GIVE = `#graphql
  mutation StoreCreditGive($id: ID!, $creditInput: StoreCreditAccountCreditInput!) {
    storeCreditAccountCredit(id: $id, creditInput: $creditInput) {
      storeCreditAccountTransaction {
        id
        createdAt
        expiresAt
        amount {
          amount
          currencyCode
        }
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

/** Takes no key either. */
export const STORE_CREDIT_TAKE = `#graphql
  mutation StoreCreditTake($id: ID!, $debitInput: StoreCreditAccountDebitInput!) {
    storeCreditAccountDebit(id: $id, debitInput: $debitInput) {
      storeCreditAccountTransaction {
        id
        createdAt
        amount {
          amount
          currencyCode
        }
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

/** One credit: how much of it is left, and in which account it is. */
export const STORE_CREDIT = `#graphql
  query StoreCredit($id: ID!) {
    node(id: $id) {
      __typename
      ... on StoreCreditAccountCreditTransaction {
        id
        createdAt
        expiresAt
        remainingAmount {
          amount
          currencyCode
        }
        account {
          id
          balance {
            amount
            currencyCode
          }
        }
      }
    }
  }
`;

/** The latest transactions of an account, latest first. */
export const STORE_CREDIT_TRANSACTIONS = `#graphql
  query StoreCreditTransactions($id: ID!, $after: String) {
    storeCreditAccount(id: $id) {
      id
      transactions(first: 50, after: $after, reverse: true) {
        nodes {
          __typename
          createdAt
          event
          amount {
            amount
            currencyCode
          }
          ... on StoreCreditAccountCreditTransaction {
            id
            expiresAt
          }
          ... on StoreCreditAccountDebitTransaction {
            id
          }
          ... on StoreCreditAccountExpirationTransaction {
            creditTransaction {
              id
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

/** The accounts of a customer or a company location: one for each currency. */
export const STORE_CREDIT_ACCOUNTS = `#graphql
  query StoreCreditAccounts($id: ID!) {
    node(id: $id) {
      __typename
      ... on HasStoreCreditAccounts {
        storeCreditAccounts(first: 50) {
          nodes {
            id
            balance {
              currencyCode
            }
          }
        }
      }
    }
  }
`;

/** Repeated with the same key, it is the refund that is there already. */
export const REFUND_GIVE = `#graphql
  mutation RefundGive($input: RefundInput!, $key: String!) {
    refundCreate(input: $input) @idempotent(key: $key) {
      refund {
        id
        createdAt
      }
      userErrors {
        field
        message
      }
    }
  }
`;
