import fc from "fast-check";
import { expect, test } from "vitest";
import { builtPaymentsFunction } from "./built-function.ts";
import { type Asked, asked, expectedOperations, methodsNamed, paymentsInput } from "./payments/model.ts";

const payments = builtPaymentsFunction();
const run = (rest: Partial<Asked> = {}) => payments.run(paymentsInput(asked(rest)));
const operations = (rest: Partial<Asked> = {}) => (run(rest).output as { operations: unknown[] }).operations;
const NO_TERMS = { paymentTermsSet: { paymentTerms: null } };
const hides = (index: number) => ({
  paymentMethodHide: { paymentMethodId: `gid://shopify/PaymentCustomizationPaymentMethod/${index}` },
});

test("a company that asks to pay now is offered no terms, and the methods that count as paying now", () => {
  expect(run()).toMatchObject({ output: { operations: [NO_TERMS, hides(2)] }, log: [] });
});

test("who does not ask to pay now finds checkout as it is", () => {
  for (const payNow of [null, "", "no", "Yes", "yes ", "true"]) {
    expect(run({ payNow })).toMatchObject({ output: { operations: [] }, log: [] });
  }
});

test("a shopper has no terms to take away", () => {
  expect(operations({ isCompany: false })).toEqual([hides(2)]);
});

test("in a shop that may not set terms they stay", () => {
  expect(operations({ settings: { v: 1, methods: ["paypal"] } })).toEqual([hides(0), hides(2)]);
  expect(operations({ settings: { v: 1, methods: ["paypal"], terms: false } })).toEqual([hides(0), hides(2)]);
});

test("names count without spaces around them, and in small and capital letters alike", () => {
  const methods = methodsNamed(" CREDIT Card\n", "PAYPAL", "pay pal", "\tPayPal  ");
  expect(operations({ methods })).toEqual([NO_TERMS, hides(2)]);
});

test("every ASCII letter is lower-cased, and nothing beside them", () => {
  const settings = { v: 1, methods: ["abcdefghijklmnopqrstuvwxyz", "@[`{"] };
  expect(operations({ settings, methods: methodsNamed("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "`{@[") })).toEqual([hides(1)]);
  expect(operations({ settings, methods: methodsNamed("@[`{", "cash") })).toEqual([hides(1)]);
});

test("letters beyond ASCII count as they are", () => {
  const settings = { v: 1, methods: ["kártya", "信用卡", "ÜBERWEISUNG"], terms: false };
  const methods = methodsNamed("Kártya", "KÁRTYA", "信用卡", "Überweisung", "ÜBERWEISUNG");
  expect(operations({ settings, methods })).toEqual([hides(1), hides(3), hides(4)]);
});

test("a name is told from its beginning, from one that it begins, and from one that differs in its last letter", () => {
  const settings = { v: 1, methods: ["12345678", "paypal express checkout"] };
  const others = ["PayPal", "PayPal Express Checkout", "PayPal Express Checkouts", "PayPal Express Checkoux"];
  const methods = methodsNamed("1234567", "12345678", "123456789", "12345679", ...others);
  expect(operations({ settings, methods })).toEqual([0, 2, 3, 4, 6, 7].map(hides));
});

test("a long name leaves nothing behind in the short one that follows", () => {
  const methods = methodsNamed("paypal express checkout", "paypal", "x", "paypal");
  expect(operations({ methods })).toEqual([NO_TERMS, hides(0), hides(2)]);
});

test("when no method on offer is one that counts as paying now, none is hidden", () => {
  expect(operations({ methods: methodsNamed("Kreditkarte", "Nachnahme") })).toEqual([NO_TERMS]);
  expect(operations({ settings: { v: 1, methods: [], terms: false } })).toEqual([]);
});

test("with no method on offer at all the terms stay: they are the only way to buy", () => {
  expect(run({ methods: [] })).toMatchObject({ output: { operations: [] }, log: [] });
});

test("a name of 255 bytes counts, one of 256 is as if it were not set", () => {
  const longest = "x".repeat(255);
  const settings = { v: 1, methods: [longest, "paypal"] };
  for (const name of [longest, longest.toUpperCase()]) {
    expect(operations({ settings, methods: methodsNamed(name, "cash") })).toEqual([hides(1)]);
  }
  for (const name of [` ${longest}`, "x".repeat(256), "x".repeat(257), "paypal".padEnd(20_000)]) {
    expect(operations({ settings, methods: methodsNamed(name, "PayPal") })).toEqual([hides(0)]);
  }
});

test("100 methods are told apart by 100 names", () => {
  const names = Array.from({ length: 100 }, (_one, index) => `method ${index}`);
  const methods = methodsNamed(...names.map((name, index) => (index % 3 === 0 ? `${name}!` : name.toUpperCase())));
  const hidden = names.flatMap((_name, index) => (index % 3 === 0 ? [hides(index)] : []));
  expect(operations({ settings: { v: 1, methods: names }, methods })).toEqual(hidden);
});

const WORDS = [
  "paypal",
  "credit card",
  "PayPal",
  " Credit Card ",
  "COD",
  "cod",
  "",
  " ",
  "Банк",
  "банк",
  "x".repeat(256),
];
const anyName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: fc.constantFrom("a", "B", " ", "\t", "\u00a0", "é"), maxLength: 20 }),
);
const setName = fc
  .oneof({ weight: 3, arbitrary: fc.constantFrom("paypal", "credit card", "cod", "банк") }, anyName)
  .filter((name) => name !== "" && Buffer.byteLength(name) <= 255);
const anyAsked: fc.Arbitrary<Asked> = fc.record({
  payNow: fc.constantFrom("yes", "yes", "yes", "yes", "yes", "no", null),
  isCompany: fc.boolean(),
  settings: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record(
        { v: fc.constant(1), methods: fc.array(setName, { maxLength: 12 }), terms: fc.boolean() },
        { requiredKeys: ["v", "methods"] },
      ),
    },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  methods: fc.array(anyName, { maxLength: 12 }).map((names) => methodsNamed(...names)),
});

test("whatever is asked, what the Function does equals the reference", () => {
  let acted = 0;
  fc.assert(
    fc.property(anyAsked, (one) => {
      const { output, log } = payments.run(paymentsInput(one));
      const expected = expectedOperations(one);
      if (expected.length > 0) acted += 1;
      expect(output).toEqual({ operations: expected });
      expect(log).toHaveLength(one.payNow === "yes" && one.settings === undefined ? 1 : 0);
    }),
    { numRuns: 5000, seed: 1 },
  );
  expect(acted).toBeGreaterThan(2000);
});

test("there is always a method left, and what is hidden was on offer", () => {
  fc.assert(
    fc.property(anyAsked, (one) => {
      const { operations: all } = payments.run(paymentsInput(one)).output as { operations: Record<string, unknown>[] };
      const hidden = all.flatMap((operation) =>
        operation["paymentMethodHide"] ? [operation["paymentMethodHide"]] : [],
      );
      if (one.methods.length > 0) expect(hidden.length).toBeLessThan(one.methods.length);
      const ids = new Set(one.methods.map(({ id }) => id));
      for (const { paymentMethodId } of hidden as { paymentMethodId: string }[]) expect(ids).toContain(paymentMethodId);
    }),
    { numRuns: 2000, seed: 2 },
  );
});
