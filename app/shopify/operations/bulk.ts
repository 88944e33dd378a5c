import { updatedSince } from "../search.ts";

export const BULK_RUN_QUERY = `#graphql
  mutation BulkRunQuery($query: String!, $groupObjects: Boolean!) {
    bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) {
      bulkOperation {
        id
        status
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export const BULK_STATUS = `#graphql
  query BulkStatus($id: ID!) {
    bulkOperation(id: $id) {
      id
      status
      createdAt
      errorCode
      objectCount
      rootObjectCount
      fileSize
      url
      partialDataUrl
    }
  }
`;

export const BULK_VARIANTS = `#graphql
  query BulkVariants {
    productVariants {
      edges {
        node {
          id
          title
          sku
          price
          compareAtPrice
          product {
            id
            title
            isGiftCard
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
      }
    }
  }
`;

/** Every collection with its products. */
export const BULK_COLLECTIONS = `#graphql
  query BulkCollections {
    collections {
      edges {
        node {
          id
          handle
          title
          products {
            edges {
              node {
                id
              }
            }
          }
        }
      }
    }
  }
`;

/** Every customer, or those alone that were changed since an instant. */
export const bulkCustomers = (asked: { readonly since?: Date | null }): string => `#graphql
  query BulkCustomers {
    customers${updatedSince(asked.since)} {
      edges {
        node {
          id
          firstName
          lastName
          defaultEmailAddress {
            emailAddress
          }
        }
      }
    }
  }
`;

/** Which orders there are. */
export const BULK_ORDER_IDS = `#graphql
  query BulkOrderIds {
    orders {
      edges {
        node {
          id
        }
      }
    }
  }
`;

/** Which customers there are. */
export const BULK_CUSTOMER_IDS = `#graphql
  query BulkCustomerIds {
    customers {
      edges {
        node {
          id
        }
      }
    }
  }
`;

export const BULK_COMPANIES = `#graphql
  query BulkCompanies {
    companies {
      edges {
        node {
          id
          name
          locations {
            edges {
              node {
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
            }
          }
        }
      }
    }
  }
`;
