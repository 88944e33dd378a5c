import { LINE_ITEM_FIELDS, REFUND_LINE_FIELDS, SHIPPING_LINE_FIELDS } from "./order-fragments.ts";

/** Further lines of an order that has more than fit in ORDER_DETAILS. */
export const ORDER_LINES = `#graphql
  query OrderLines($id: ID!, $after: String!) {
    order(id: $id) {
      lineItems(first: 50, after: $after) {
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
  ${LINE_ITEM_FIELDS}
` as const;

/** Further lines of a refund that has more than fit in ORDER_DETAILS. */
export const REFUND_LINES = `#graphql
  query RefundLines($id: ID!, $after: String!) {
    refund(id: $id) {
      refundLineItems(first: 50, after: $after) {
        nodes {
          ...RefundLineFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
  ${REFUND_LINE_FIELDS}
` as const;

/** Further shipping lines of an order that has more than fit in ORDER_DETAILS. */
export const ORDER_SHIPPING_LINES = `#graphql
  query OrderShippingLines($id: ID!, $after: String!) {
    order(id: $id) {
      shippingLines(first: 50, after: $after) {
        nodes {
          ...ShippingLineFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
  ${SHIPPING_LINE_FIELDS}
` as const;
