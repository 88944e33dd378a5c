import fc from "fast-check";
import { expect, test } from "vitest";
import { customerKeyOf, formatCustomerKey, normaliseEmail } from "#app/core/customers/customer-key.ts";

const keyOf = (companyId: bigint | null, customerId: bigint | null, email: string | null): string =>
  formatCustomerKey(customerKeyOf({ companyId, customerId, email }));

test("an order of a company belongs to the company, whoever placed it", () => {
  expect(keyOf(7n, 3n, "a@example.com")).toBe("company:7");
  expect(keyOf(7n, null, null)).toBe("company:7");
});

test("an order of a customer belongs to the customer, whatever e-mail address it names", () => {
  expect(keyOf(null, 3n, "a@example.com")).toBe("customer:3");
});

test("an order with only an e-mail address belongs to a guest", () => {
  expect(keyOf(null, null, "a@example.com")).toBe("guest:a@example.com");
});

test.each([null, "", "   ", "\t\n"])("an order that names nobody (%j) is anonymous", (email) => {
  expect(keyOf(null, null, email)).toBe("anonymous:");
});

test("an id of zero is an id", () => {
  expect(keyOf(0n, 3n, null)).toBe("company:0");
});

test.each([
  ["  Ann@Example.COM ", "ann@example.com"],
  // e with acute accent, as one code point and as a letter with a combining accent.
  ["andre\u0301@example.com", "andr\u00e9@example.com"],
  ["ANDR\u00c9@EXAMPLE.COM", "andr\u00e9@example.com"],
  ["ANDRE\u0301@EXAMPLE.COM", "andr\u00e9@example.com"],
])("the guest %j is the guest %j", (written, key) => {
  expect(normaliseEmail(written)).toBe(key);
});

test("writing an address in capitals, with spaces around it or decomposed does not make another guest", () => {
  const letters = fc.array(fc.constantFrom("a", "b", "z", "é", ".", "-", "+", "ñ", "ö", "ü", "0"), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(letters, fc.constantFrom("", " ", "\t", "  \n"), (local, space) => {
      const address = `${local.join("")}@example.com`;
      const key = keyOf(null, null, address);
      for (const other of [address.toUpperCase(), address.normalize("NFD"), space + address + space]) {
        expect(keyOf(null, null, other)).toBe(key);
      }
    }),
  );
});

test("an address that is normalised already stays as it is", () => {
  fc.assert(
    fc.property(fc.emailAddress(), (email) => {
      expect(normaliseEmail(normaliseEmail(email))).toBe(normaliseEmail(email));
    }),
  );
});
