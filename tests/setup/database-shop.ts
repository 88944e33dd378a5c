import type pg from "pg";
import { saveShop, type Shop } from "#app/db/shops.server.ts";

let opened = 0;

/** A shop of its own in a test's database, without any data. */
export const databaseShop = async (pool: pg.Pool, currency = "USD"): Promise<Shop> => {
  opened += 1;
  const { shop } = await saveShop(
    pool,
    {
      domain: `shop-${opened}.myshopify.com`,
      name: "Acme",
      currency,
      timeZone: "America/New_York",
      taxesIncluded: false,
      planName: "Basic",
      isPlus: false,
      scopes: [],
    },
    new Date("2026-10-31T12:00:00Z"),
  );
  return shop;
};
