import fc from "fast-check";
import { expect, test } from "vitest";
import { gidOf, idOf, InvalidGidError } from "#app/core/ids/gid.ts";

test("the number of a global id is what follows its kind", () => {
  expect(idOf("gid://shopify/Order/450789469", "Order")).toBe(450789469n);
  expect(idOf("gid://shopify/OrderTransaction/7", "OrderTransaction")).toBe(7n);
});

test("a number beyond what a double can hold stays exact", () => {
  expect(idOf("gid://shopify/Customer/9007199254740993", "Customer")).toBe(9007199254740993n);
});

test("a number put into a global id comes out of it again", () => {
  const kinds = fc.constantFrom(
    ...(["BulkOperation", "Company", "CompanyLocation", "Customer", "LineItem", "Order"] as const),
    ...(["OrderTransaction", "Product", "ProductVariant", "Refund"] as const),
  );
  fc.assert(
    fc.property(kinds, fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (kind, id) => {
      const gid = gidOf(kind, id);
      expect(gid).toBe(["gid:", "", "shopify", kind, id].join("/"));
      expect(idOf(gid, kind)).toBe(id);
    }),
  );
});

test.each([
  ["the id of another kind", "gid://shopify/Customer/1"],
  ["a kind that begins alike", "gid://shopify/OrderTransaction/1"],
  ["a kind cut short", "gid://shopify/Orde/1"],
  ["no number", "gid://shopify/Order/"],
  ["a text for a number", "gid://shopify/Order/abc"],
  ["a negative number", "gid://shopify/Order/-1"],
  ["a space", "gid://shopify/Order/ 1"],
  ["a line break at the end", "gid://shopify/Order/1\n"],
  ["a parameter at the end", "gid://shopify/Order/1?key=2"],
  ["a further part", "gid://shopify/Order/1/2"],
  ["another owner", "gid://other/Order/1"],
  ["a bare number", "1"],
  ["nothing", ""],
])("%s is refused where an order's global id is due", (_, text) => {
  expect(() => idOf(text, "Order")).toThrow(InvalidGidError);
});
