/** The payment customization that holds buyers who ask to pay now to it. */

const CUSTOMIZATION_FIELDS = `#graphql
  fragment CustomizationFields on PaymentCustomization {
    id
    title
    enabled
    metafield(namespace: "$app", key: "payments") {
      value
    }
  }
` as const;

export const PAYMENT_CUSTOMIZATION = `#graphql
  ${CUSTOMIZATION_FIELDS}
  query PaymentCustomization($id: ID!) {
    paymentCustomization(id: $id) {
      ...CustomizationFields
    }
  }
` as const;

export const PAYMENT_CUSTOMIZATION_CREATE = `#graphql
  ${CUSTOMIZATION_FIELDS}
  mutation PaymentCustomizationCreate($customization: PaymentCustomizationInput!) {
    paymentCustomizationCreate(paymentCustomization: $customization) {
      paymentCustomization {
        ...CustomizationFields
      }
      userErrors {
        code
        field
        message
      }
    }
  }
` as const;

export const PAYMENT_CUSTOMIZATION_UPDATE = `#graphql
  ${CUSTOMIZATION_FIELDS}
  mutation PaymentCustomizationUpdate($id: ID!, $customization: PaymentCustomizationInput!) {
    paymentCustomizationUpdate(id: $id, paymentCustomization: $customization) {
      paymentCustomization {
        ...CustomizationFields
      }
      userErrors {
        code
        field
        message
      }
    }
  }
` as const;

export const PAYMENT_CUSTOMIZATION_DELETE = `#graphql
  mutation PaymentCustomizationDelete($id: ID!) {
    paymentCustomizationDelete(id: $id) {
      deletedId
      userErrors {
        code
        field
        message
      }
    }
  }
`;
