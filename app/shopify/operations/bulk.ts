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

/**
 * Every order with its lines. Refund lines, shipping lines and agreements are connections of types that are not `Node`,
 * which a bulk query may not carry: orders that have refunds are re-read with ORDER_DETAILS.
 */
export const BULK_ORDERS = `#graphql
  query BulkOrders {
    orders {
      edges {
        node {
          id
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
          }
          lineItems {
            edges {
              node {
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
            }
          }
        }
      }
    }
  }
`;
