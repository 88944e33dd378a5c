/** Facts about the shop, what the app may see of it, and how much there is to read (for progress). */
export const SHOP_FACTS = `#graphql
  query ShopFacts {
    shop {
      id
      name
      myshopifyDomain
      currencyCode
      ianaTimezone
      taxesIncluded
      plan {
        shopifyPlus
        publicDisplayName
        shopifyPlus
      }
    }
    currentAppInstallation {
      accessScopes {
        handle
      }
    }
  }
`;

export const ORDERS_COUNT = `#graphql
  query OrdersCount($query: String) {
    ordersCount(query: $query, limit: null) {
      count
    }
  }
`;

export const CUSTOMERS_COUNT = `#graphql
  query CustomersCount($query: String) {
    customersCount(query: $query, limit: null) {
      count
    }
  }
`;

export const PRODUCT_VARIANTS_COUNT = `#graphql
  query ProductVariantsCount {
    productVariantsCount(limit: null) {
      count
    }
  }
`;

export const COMPANIES_COUNT = `#graphql
  query CompaniesCount {
    companiesCount(limit: null) {
      count
    }
  }
`;
