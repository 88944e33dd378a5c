import { updatedSince } from "../search.ts";

const PAYMENT_TERMS = `
          paymentTerms {
            dueInDays
            paymentSchedules {
              edges {
                node {
                  id
                  issuedAt
                  dueAt
                }
              }
            }
          }`;

const ORDER = `
          id
          name
          processedAt
          updatedAt
          cancelledAt
          test
          taxesIncluded
          email
          edited
          sourceName
          discountCodes
          customAttributes {
            key
            value
          }
          returnStatus
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
          shippingAddress {
            countryCodeV2
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
          currentTotalPriceSet {
            shopMoney {
              amount
            }
          }
          totalTipReceivedSet {
            shopMoney {
              amount
            }
          }
          totalShippingPriceSet {
            shopMoney {
              amount
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
          additionalFees {
            id
            price {
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
              presentmentMoney {
                amount
                currencyCode
              }
            }
            amountRoundingSet {
              shopMoney {
                amount
              }
            }
            currencyExchangeAdjustment {
              adjustment {
                amount
                currencyCode
              }
            }
            settlementCurrency
            settlementCurrencyRate
            fees {
              amount {
                amount
                currencyCode
              }
            }
          }
          disputes {
            id
            status
          }
          refunds {
            id
          }`;

const LINES = `
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
                duties {
                  price {
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
              }
            }
          }`;

/**
 * Every order with its lines, or those alone that were changed since an instant. Refund lines, shipping lines and agreements are connections of types that are not `Node`,
 * which a bulk query may not carry: orders that were changed after they were placed are re-read with ORDER_DETAILS.
 *
 * @param asked.paymentTerms whether read_payment_terms is granted; asked for without it, Shopify refuses the whole query
 */
export const bulkOrders = (asked: { readonly paymentTerms: boolean; readonly since?: Date | null }): string => `#graphql
  query BulkOrders {
    orders${updatedSince(asked.since)} {
      edges {
        node {${ORDER}${asked.paymentTerms ? PAYMENT_TERMS : ""}${LINES}
        }
      }
    }
  }
`;
