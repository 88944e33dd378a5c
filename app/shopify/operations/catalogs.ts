/** Catalogs of company locations that are in use. */
export const COMPANY_CATALOGS = `#graphql
  query CompanyCatalogs($after: String) {
    catalogs(first: 100, after: $after, type: COMPANY_LOCATION) {
      nodes {
        id
        status
        priceList {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

/** Which of a price list's own prices fall with the quantity. Prices that follow from a percentage for all have no breaks. */
export const PRICE_BREAKS = `#graphql
  query PriceBreaks($id: ID!, $after: String) {
    priceList(id: $id) {
      prices(first: 100, after: $after, originType: FIXED) {
        nodes {
          quantityPriceBreaks(first: 1) {
            nodes {
              id
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

/** The company locations that buy from a catalog. */
export const CATALOG_LOCATIONS = `#graphql
  query CatalogLocations($id: ID!, $after: String) {
    catalog(id: $id) {
      ... on CompanyLocationCatalog {
        companyLocations(first: 250, after: $after) {
          nodes {
            id
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`;
