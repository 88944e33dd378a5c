import type { GeneratorOptions } from "./generator.ts";

/** The shop of `npm run demo`: some two years of a homeware and coffee shop with consumers, guests and wholesale buyers. */
export const demoWorld = {
  seed: "north-and-pine",
  customers: 4000,
  orders: 12000,
  currency: "USD",
  timezone: "America/New_York",
  plan: "PLUS",
  taxesIncluded: false,
  domain: "north-and-pine.myshopify.com",
  name: "North & Pine",
} as const satisfies GeneratorOptions;
