import { catalog, line, order, shopObject } from "#tests/local-shopify/test-shop.ts";
import { parseWorld, type World, type WorldObject } from "#tests/local-shopify/world/world.ts";
import { WORLD_NOW } from "./generated-world.ts";

const FIRST_ID = 100;

/**
 * A shop of many customers who bought one thing once, the first ones for the most; every tenth paid less than it cost.
 * Customers and orders are numbered from 100.
 *
 * @param names first names of the first customers
 */
export const plainWorld = (customers: number, names: readonly string[] = []): World => {
  const objects = function* (): Generator<WorldObject> {
    yield shopObject;
    yield* catalog;
    for (let index = 0; index < customers; index += 1) {
      const id = FIRST_ID + index;
      const firstName = names[index] ?? `First${index}`;
      const lastName = names[index] === undefined ? `Last${index % 97}` : null;
      const email = `c${index}@example.com`;
      yield { type: "customer", id, firstName, lastName, email, countryCode: "GB", createdAt: "2026-01-01T00:00:00Z" };
    }
    for (let index = 0; index < customers; index += 1) {
      const id = FIRST_ID + index;
      const unitPrice = index % 10 === 9 ? "4.00" : (5 + 1000 / (index + 1)).toFixed(2);
      yield order(id, { customerId: id, lines: [line(id, { quantity: 1, unitPrice })] });
    }
  };
  const lines = function* (): Generator<string> {
    for (const object of objects()) yield JSON.stringify(object);
  };
  return parseWorld(lines(), { now: WORLD_NOW });
};
