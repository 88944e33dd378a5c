/** Why the app asks for an access scope, in the words of the page that shows what is missing. Also in docs/ARCHITECTURE.md. */
export const SCOPE_REASONS: Readonly<Record<string, string>> = {
  read_all_orders: "Orders older than 60 days: without it, profit covers those days alone.",
  read_companies: "Companies and their locations, where the shop sells to businesses.",
  read_customer_merge: "Being told when two customers are merged into one.",
  read_customers: "Customers' names and e-mail addresses.",
  read_discounts: "Being told when a discount is changed beside the plan.",
  read_fulfillments: "Being told of shipments, from which some payment terms count.",
  read_inventory: "Unit costs.",
  read_orders: "Orders, refunds and payments: everything that the ledger is made of.",
  read_payment_terms: "When invoices were issued and fall due.",
  read_products: "Products and variants.",
  read_returns: "What the shop kept of returns: restocking and return shipping fees.",
  read_shopify_payments_accounts: "The fee of a disputed payment.",
  read_shopify_payments_disputes: "Disputed payments, and being told how they end.",
};
