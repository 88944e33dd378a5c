import { LINE_ITEM_FIELDS, REFUND_LINE_FIELDS, SHIPPING_LINE_FIELDS } from "./order-fragments.ts";

/**
 * One order, whole: what the bulk query carries, and the refunds and shipping lines, which it cannot carry. Payment terms
 * have an access scope of their own.
 */
export const ORDER_DETAILS = `#graphql
  query OrderDetails($ids: [ID!]!, $withTerms: Boolean!) {
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
        edited
        sourceName
        discountCodes
        customAttributes {
          key
          value
        }
        returnStatus
        shippingAddress {
          countryCodeV2
        }
        customer {
          id
          firstName
          lastName
          defaultEmailAddress {
            emailAddress
          }
        }
        purchasingEntity {
          ... on PurchasingCompany {
            company {
              id
              name
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
        shippingLines(first: 3) {
          nodes {
            ...ShippingLineFields
          }
          pageInfo {
            hasNextPage
            endCursor
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
        disputes {
          id
          status
        }
        paymentTerms @include(if: $withTerms) {
          dueInDays
          paymentSchedules(first: 1) {
            nodes {
              issuedAt
              dueAt
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
        refunds {
          id
          createdAt
          processedAt
          duties {
            amountSet {
              shopMoney {
                amount
              }
            }
          }
          refundLineItems(first: 20) {
            nodes {
              ...RefundLineFields
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
          refundShippingLines(first: 10) {
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
            pageInfo {
              hasNextPage
            }
          }
          orderAdjustments(first: 10) {
            nodes {
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
            pageInfo {
              hasNextPage
            }
          }
        }
        lineItems(first: 50) {
          nodes {
            ...LineItemFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
  ${LINE_ITEM_FIELDS}
  ${REFUND_LINE_FIELDS}
  ${SHIPPING_LINE_FIELDS}
` as const;
