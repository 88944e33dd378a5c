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
          product {
            id
            title
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

export const BULK_CUSTOMERS = `#graphql
  query BulkCustomers {
    customers {
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
              }
            }
          }
        }
      }
    }
  }
`;
