/** An order edit: begun, changed, then committed. What is never committed is forgotten. */

export const ORDER_EDIT_BEGIN = `#graphql
  mutation OrderEditBegin($id: ID!) {
    orderEditBegin(id: $id) {
      calculatedOrder {
        id
      }
      userErrors {
        field
        message
      }
    }
  }
`;

export const ORDER_EDIT_ADD_CUSTOM_ITEM = `#graphql
  mutation OrderEditAddCustomItem($id: ID!, $title: String!, $price: MoneyInput!) {
    orderEditAddCustomItem(id: $id, title: $title, price: $price, quantity: 1, taxable: false, requiresShipping: false) {
      calculatedOrder {
        id
      }
      userErrors {
        field
        message
      }
    }
  }
`;

export const ORDER_EDIT_COMMIT = `#graphql
  mutation OrderEditCommit($id: ID!, $staffNote: String!) {
    orderEditCommit(id: $id, notifyCustomer: false, staffNote: $staffNote) {
      order {
        id
      }
      userErrors {
        field
        message
      }
    }
  }
`;

/** What stands on an order by its lines' titles: whether an edit was committed. */
export const ORDER_LINE_TITLES = `#graphql
  query OrderLineTitles($id: ID!, $after: String) {
    order(id: $id) {
      lineItems(first: 250, after: $after) {
        nodes {
          title
          quantity
          originalUnitPriceSet {
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
`;
