import type { World } from "#tests/local-shopify/world/world.ts";

/** Currencies without decimals, with two and with three, each with tax on top of the prices and inside them. */
export const SHOPS = ["USD", "JPY", "KWD"].flatMap((currency) =>
  [false, true].map((taxesIncluded) => ({
    currency,
    taxesIncluded,
    domain: `${currency.toLowerCase()}-${taxesIncluded ? "inside" : "on-top"}.myshopify.com`,
  })),
);

/** Of the orders that nobody has paid, every second is given up: generated shops have none of these. */
export const giveUpUnpaid = (world: World): World => {
  for (const { id, processedAt, cancelledAt, transactions } of world.orders) {
    if (transactions.length > 0 || cancelledAt !== null || id % 2 === 0) continue;
    transactions.push({ kind: "VOID", gateway: "manual", amount: "0", processedAt, fee: null, status: "SUCCESS" });
  }
  return world;
};
