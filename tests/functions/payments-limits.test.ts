import { readFileSync } from "node:fs";
import { parse as parseToml } from "smol-toml";
import { expect, test } from "vitest";
import { z } from "zod";
import { buildSchema, execute, parse, validate } from "graphql";
import { builtPaymentsModule } from "./built-function.ts";
import { costOf } from "./input-cost.ts";
import { measuring } from "./metering/measure.ts";
import { asked, methodsNamed, paymentsInput } from "./payments/model.ts";

const EXTENSION = "extensions/pareto-payment-terms";
const text = readFileSync(`${EXTENSION}/cart-payment-methods.graphql`, "utf8");
const schema = buildSchema(readFileSync("app/shopify/schema/functions-payment-customization.graphql", "utf8"));
const query = parse(text);
const bytes = builtPaymentsModule();
const module = new WebAssembly.Module(new Uint8Array(bytes));
const measure = measuring(bytes);

const [extension] = z
  .object({
    api_version: z.literal("2026-10"),
    extensions: z.tuple([
      z.object({
        name: z.literal("t:name"),
        description: z.literal("t:description"),
        handle: z.string().max(30),
        type: z.literal("function"),
        targeting: z.tuple([z.object({ target: z.string(), input_query: z.string(), export: z.string() })]),
        build: z.object({
          command: z.literal("npm run build:functions"),
          path: z.literal("dist/function.wasm"),
          wasm_opt: z.literal(false),
          watch: z.array(z.string()),
        }),
        ui: z.object({ paths: z.object({ create: z.string(), details: z.string() }) }),
      }),
    ]),
  })
  .strict()
  .parse(parseToml(readFileSync(`${EXTENSION}/shopify.extension.toml`, "utf8"))).extensions;

test("the module exports its target, by the name that the toml gives, and its memory", () => {
  expect(extension.handle).toBe("pareto-payment-terms");
  expect(extension.targeting).toEqual([
    {
      target: "cart.payment-methods.transform.run",
      input_query: "cart-payment-methods.graphql",
      export: "cart_payment_methods_transform_run",
    },
  ]);
  const exported = WebAssembly.Module.exports(module).map(({ kind, name }) => `${kind} ${name}`);
  expect(exported.sort()).toEqual(["function cart_payment_methods_transform_run", "memory memory"]);
});

test("the module imports nothing but functions of Shopify's Function Wasm API", () => {
  for (const { kind, module: from, name } of WebAssembly.Module.imports(module)) {
    expect(`${from} ${kind} ${name}`).toMatch(/^shopify_function_v2 function shopify_function_[a-z0-9_]+$/);
  }
});

test("what the toml takes from the locales is in each of them", () => {
  for (const file of ["en.default.json", "zh-CN.json"]) {
    const locale = z.object({ name: z.string().min(1), description: z.string().min(1) }).strict();
    expect(locale.safeParse(JSON.parse(readFileSync(`${EXTENSION}/locales/${file}`, "utf8"))).success).toBe(true);
  }
});

test("the input query is valid on Shopify's schema, costs at most 30 and has at most 3,000 bytes", () => {
  expect(validate(schema, query)).toEqual([]);
  expect(costOf(schema, query)).toBe(6);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3000);
});

test("the inputs of these tests are what the query gives", async () => {
  const input = paymentsInput(asked());
  const rootValue = {
    ...input,
    paymentCustomization: {
      metafield: ({ namespace, key }: { namespace: string; key: string }) =>
        namespace === "$app" && key === "payments" ? input.paymentCustomization.payments : null,
    },
    cart: {
      ...input.cart,
      attribute: ({ key }: { key: string }) => (key === "pareto_pay_now" ? input.cart.payNow : null),
    },
  };
  const { data, errors } = await execute({ schema, document: query, rootValue });
  expect(errors).toBeUndefined();
  expect(JSON.parse(JSON.stringify(data))).toEqual(input);
});

const padded = (index: number) => `${"x".repeat(88)} ${String(index).padStart(4, "0")}`;
const LARGEST = paymentsInput(
  asked({
    // As much as a metafield that Shopify hands to a Function may hold: names that differ in their last letters alone.
    settings: { v: 1, methods: Array.from({ length: 100 }, (_one, index) => padded(index)), terms: true },
    methods: methodsNamed(
      padded(99),
      ...Array.from({ length: 99 }, (_one, index) => padded(index + 500).toUpperCase()),
    ),
  }),
);

test("100 methods against the largest settings take at most half of Shopify's instructions", () => {
  expect(JSON.stringify(LARGEST.paymentCustomization.payments?.jsonValue).length).toBeLessThan(10_000);
  const { guest, estimate, limit, output } = measure(LARGEST, 0);
  expect(limit).toBe(11_000_000);
  expect(guest).toBeGreaterThan(10_000);
  expect(estimate).toBeLessThan(limit / 2);
  expect(output).toBeGreaterThan(5_000);
});

test("the output for 100 methods stays below the 20,000 bytes above which Shopify drops it", () => {
  expect(measure(LARGEST, 0).output).toBeLessThan(20_000);
});

test("who does not ask to pay now costs next to nothing", () => {
  expect(measure(paymentsInput(asked({ payNow: null })), 0).guest).toBeLessThan(1_000);
});

test("the module has at most 10 kB", () => {
  expect(bytes.byteLength).toBeLessThanOrEqual(10_000);
});
