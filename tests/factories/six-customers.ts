import { catalog, line, order, worldOf } from "#tests/local-shopify/test-shop.ts";
import type { World } from "#tests/local-shopify/world/world.ts";

/** Who made how much, in the shop's currency: by the default policy A, A, B, B, C and C, with borders at 30 and 5. */
const SIX = [
  ["Ada", 50],
  ["Bea", 30],
  ["Cleo", 10],
  ["Dora", 5],
  ["Edith", 4],
  ["Flora", 1],
] as const;

/** Six customers, numbered from 101, with a mug each that cost 4.20. */
export const sixCustomers = (): World =>
  worldOf(
    ...catalog,
    ...SIX.map(([firstName], index) => ({
      type: "customer" as const,
      id: 101 + index,
      firstName,
      lastName: "Six",
      email: `${firstName.toLowerCase()}@example.com`,
      countryCode: "GB",
      createdAt: "2025-02-01T00:00:00Z",
    })),
    ...SIX.map(([, profit], index) =>
      order(index + 1, {
        customerId: 101 + index,
        lines: [line(index * 10 + 1, { quantity: 1, unitPrice: (profit + 4.2).toFixed(2) })],
      }),
    ),
  );
