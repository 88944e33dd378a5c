import { VARIANT_FIELDS } from "./catalog-fragments.ts";

/** Single objects, read again because a webhook told of them. */

export const VARIANTS_OF_PRODUCT = `#graphql
  query VariantsOfProduct($id: ID!, $after: String) {
    product(id: $id) {
      variants(first: 100, after: $after) {
        nodes {
          ...VariantFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
  ${VARIANT_FIELDS}
` as const;

export const VARIANTS_OF_INVENTORY_ITEM = `#graphql
  query VariantsOfInventoryItem($id: ID!, $after: String) {
    inventoryItem(id: $id) {
      variants(first: 10, after: $after) {
        nodes {
          ...VariantFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
  ${VARIANT_FIELDS}
` as const;

export const COLLECTION = `#graphql
  query Collection($id: ID!, $after: String) {
    collection(id: $id) {
      id
      handle
      title
      products(first: 250, after: $after) {
        nodes {
          id
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

export const CUSTOMERS = `#graphql
  query Customers($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Customer {
        id
        firstName
        lastName
        defaultEmailAddress {
          emailAddress
        }
      }
    }
  }
`;

export const COMPANY = `#graphql
  query Company($id: ID!, $after: String) {
    company(id: $id) {
      id
      name
      locations(first: 100, after: $after) {
        nodes {
          id
          name
          buyerExperienceConfiguration {
            checkoutToDraft
            deposit {
              __typename
            }
            paymentTermsTemplate {
              paymentTermsType
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

export const COMPANY_OF_LOCATION = `#graphql
  query CompanyOfLocation($id: ID!) {
    companyLocation(id: $id) {
      company {
        id
      }
    }
  }
`;

export const ORDER_OF_PAYMENT_SCHEDULE = `#graphql
  query OrderOfPaymentSchedule($id: ID!) {
    node(id: $id) {
      ... on PaymentSchedule {
        paymentTerms {
          order {
            id
          }
        }
      }
    }
  }
`;

export const DISPUTE = `#graphql
  query Dispute($id: ID!) {
    dispute(id: $id) {
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
  }
`;
