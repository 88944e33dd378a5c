/** What a discount plan is at Shopify: an automatic discount of the app's, and metafields in the app's reserved namespace. */

export const METAFIELDS_SET = `#graphql
  mutation MetafieldsSet($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields {
        id
        value
      }
      userErrors {
        code
        elementIndex
        field
        message
      }
    }
  }
`;

export const METAFIELDS_DELETE = `#graphql
  mutation MetafieldsDelete($metafields: [MetafieldIdentifierInput!]!) {
    metafieldsDelete(metafields: $metafields) {
      deletedMetafields {
        ownerId
      }
      userErrors {
        field
        message
      }
    }
  }
`;

export const DISCOUNT_CREATE = `#graphql
  mutation DiscountCreate($discount: DiscountAutomaticAppInput!) {
    discountAutomaticAppCreate(automaticAppDiscount: $discount) {
      automaticAppDiscount {
        discountId
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export const DISCOUNT_UPDATE = `#graphql
  mutation DiscountUpdate($id: ID!, $discount: DiscountAutomaticAppInput!) {
    discountAutomaticAppUpdate(id: $id, automaticAppDiscount: $discount) {
      automaticAppDiscount {
        discountId
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export const DISCOUNT_DELETE = `#graphql
  mutation DiscountDelete($id: ID!) {
    discountAutomaticDelete(id: $id) {
      deletedAutomaticDiscountId
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export const PLAN_DISCOUNT = `#graphql
  query PlanDiscount($id: ID!) {
    discountNode(id: $id) {
      id
      metafield(namespace: "$app", key: "plan") {
        value
      }
      discount {
        __typename
        ... on DiscountAutomaticApp {
          title
          status
          startsAt
          endsAt
          discountClasses
          appliesOnSubscription
          combinesWith {
            orderDiscounts
            productDiscounts
            shippingDiscounts
          }
        }
      }
    }
  }
`;

/** The automatic discounts that are in force beside the plan's. */
export const OTHER_DISCOUNTS = `#graphql
  query OtherDiscounts($after: String) {
    discountNodes(first: 50, after: $after, query: "method:automatic") {
      nodes {
        id
        discount {
          __typename
          ... on DiscountAutomaticApp {
            title
            status
            combinesWith {
              productDiscounts
            }
          }
          ... on DiscountAutomaticBasic {
            title
            status
            combinesWith {
              productDiscounts
            }
          }
          ... on DiscountAutomaticBxgy {
            title
            status
            combinesWith {
              productDiscounts
            }
          }
          ... on DiscountAutomaticFreeShipping {
            title
            status
            combinesWith {
              productDiscounts
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;
