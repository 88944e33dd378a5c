import fc from "fast-check";
import { expect, test } from "vitest";
import { builtPaymentsFunction } from "./built-function.ts";
import { asked, methodsNamed, paymentsInput } from "./payments/model.ts";

const payments = builtPaymentsFunction();
const GOOD = paymentsInput(asked());
const NOTHING = { operations: [] };
const withSettings = (settings: unknown) => paymentsInput(asked({ settings }));
const names = (count: number) => Array.from({ length: count }, (_one, index) => `method ${index}`);

const REFUSED: readonly (readonly [string, unknown])[] = [
  ["no customization", { ...GOOD, paymentCustomization: null }],
  ["no settings", withSettings(undefined)],
  ["settings that are null", withSettings(null)],
  ["settings that are a text", withSettings('{"v":1,"methods":["paypal"]}')],
  ["settings without a version", withSettings({ methods: ["paypal"] })],
  ["settings of another version", withSettings({ v: 2, methods: ["paypal"] })],
  ["a version that is a text", withSettings({ v: "1", methods: ["paypal"] })],
  ["settings without methods", withSettings({ v: 1, terms: true })],
  ["methods that are one text", withSettings({ v: 1, methods: "paypal" })],
  ["a method that is a number", withSettings({ v: 1, methods: ["paypal", 7] })],
  ["a method that is null", withSettings({ v: 1, methods: [null] })],
  ["a method without a name", withSettings({ v: 1, methods: ["paypal", ""] })],
  ["a method with a name of 256 bytes", withSettings({ v: 1, methods: ["paypal", "x".repeat(256)] })],
  ["101 methods", withSettings({ v: 1, methods: ["paypal", ...names(100)] })],
  ["terms that are a word", withSettings({ v: 1, methods: ["paypal"], terms: "yes" })],
  ["terms that are a number", withSettings({ v: 1, methods: ["paypal"], terms: 1 })],
  ["no list of what is on offer", { ...GOOD, paymentMethods: null }],
  ["an object of what is on offer", { ...GOOD, paymentMethods: {} }],
  ["more on offer than any shop has", { ...GOOD, paymentMethods: methodsNamed("PayPal", ...names(100)) }],
  ["null on offer", { ...GOOD, paymentMethods: [...GOOD.paymentMethods, null] }],
  ["a method on offer without an id", { ...GOOD, paymentMethods: [{ name: "PayPal" }, { name: "cash" }] }],
  ["a method on offer with an empty id", { ...GOOD, paymentMethods: [{ id: "", name: "cash" }] }],
  [
    "an id as long as no id is",
    { ...GOOD, paymentMethods: [...GOOD.paymentMethods, { id: "x".repeat(257), name: "cash" }] },
  ],
  ["a name on offer that is a number", { ...GOOD, paymentMethods: [...GOOD.paymentMethods, { id: "1", name: 1 }] }],
  ["a method on offer without a name", { ...GOOD, paymentMethods: [...GOOD.paymentMethods, { id: "1" }] }],
];

test.each(REFUSED)("%s leaves checkout as it is, with a line in the log", (_name, input) => {
  const { output, log } = payments.run(input);
  expect(output).toEqual(NOTHING);
  expect(log).toHaveLength(1);
  expect(log[0]).toMatch(/^pareto: /);
});

test("the input as it stands is carried out, and says nothing", () => {
  const { output, log } = payments.run(GOOD);
  expect(output).not.toEqual(NOTHING);
  expect(log).toEqual([]);
});

const SILENT: readonly (readonly [string, unknown])[] = [
  ["nothing", null],
  ["no cart", { ...GOOD, cart: null }],
  ["a wish that is a text", { ...GOOD, cart: { ...GOOD.cart, payNow: "yes" } }],
  ["a wish that is a switch", { ...GOOD, cart: { ...GOOD.cart, payNow: { value: true } } }],
  ["a wish without a value", { ...GOOD, cart: { ...GOOD.cart, payNow: { value: null } } }],
];

test.each(SILENT)("with %s nobody asks to pay now", (_name, input) => {
  expect(payments.run(input)).toMatchObject({ output: NOTHING, log: [] });
});

test("a buyer who cannot be read is no company", () => {
  for (const buyerIdentity of [null, "company", { purchasingCompany: true }, {}]) {
    const { output } = payments.run({ ...GOOD, cart: { ...GOOD.cart, buyerIdentity } });
    expect(output).toEqual({ operations: [{ paymentMethodHide: { paymentMethodId: GOOD.paymentMethods[2]?.id } }] });
  }
});

const JUNK = [
  null,
  true,
  -1,
  0,
  1,
  2,
  1e300,
  "",
  "x",
  "yes",
  "é".repeat(200),
  "x".repeat(20_000),
  [],
  {},
  [[]],
  names(101),
];

/** The input with one value somewhere in it replaced. */
const spoiled = (value: unknown, path: readonly number[], junk: unknown): unknown => {
  const [at, ...rest] = path;
  if (at === undefined || typeof value !== "object" || value === null) return junk;
  const keys = Object.keys(value);
  const key = keys[at % (keys.length || 1)];
  if (key === undefined) return junk;
  const inner = spoiled((value as Record<string, unknown>)[key], rest, junk);
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
};

test("whatever is put in place of any value of the input, the Function never traps and says at most one thing", () => {
  const path = fc.array(fc.nat({ max: 9 }), { minLength: 0, maxLength: 5 });
  fc.assert(
    fc.property(path, path, fc.constantFrom(...JUNK), fc.constantFrom(...JUNK), (at, again, junk, more) => {
      const { output, log } = payments.run(spoiled(spoiled(GOOD, at, junk), again, more));
      expect(Array.isArray((output as { operations: unknown }).operations)).toBe(true);
      expect(log.length).toBeLessThanOrEqual(1);
      if (log.length === 1) expect(output).toEqual(NOTHING);
    }),
    { numRuns: 5000, seed: 3 },
  );
});

test("nothing is left of one run for the next", () => {
  payments.run(withSettings({ v: 1, methods: ["cash on delivery (cod)"], terms: true }));
  const after = payments.run(GOOD);
  expect(after.output).toEqual(builtPaymentsFunction().run(GOOD).output);
});
