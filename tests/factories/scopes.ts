/** Every access scope that the app can make use of, the optional ones too. */
export const ALL_SCOPES = [
  "read_all_orders",
  "read_companies",
  "read_customer_merge",
  "read_customers",
  "read_discounts",
  "read_fulfillments",
  "read_inventory",
  "read_orders",
  "read_payment_terms",
  "read_products",
  "read_returns",
  "read_shopify_payments_accounts",
  "read_shopify_payments_disputes",
];
