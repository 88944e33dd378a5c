import { afterEach, beforeEach, expect, test } from "vitest";
import { writeExtension } from "../functions/test-extension.ts";
import { catalog, worldOf } from "../test-shop.ts";
import { orderOutput, productOutput, TestCheckout } from "./test-checkout.ts";

const CART = { lines: [{ variantId: 11, quantity: 3 }] };

let opened: TestCheckout;
let mug: string;
beforeEach(async () => {
  opened = await TestCheckout.open(worldOf(...catalog));
  mug = opened.idsOf(CART)[0] ?? "";
});
afterEach(() => opened.shop.stop());

const ten = () => productOutput("ALL", { lines: [mug], percent: "10" });
/** Why what the Function would have given is lost; the checkout goes on without it. */
const lostBy = async (output: unknown) => {
  await opened.discount(output);
  const { lines, totalMinor, functions } = opened.check(CART);
  expect({ discounts: lines.map(({ discountMinor }) => discountMinor), totalMinor }).toEqual({
    discounts: [0n],
    totalMinor: 3000n,
  });
  return functions[0]?.lost;
};

test("a Function that traps loses its discounts", async () => {
  expect(await lostBy({ trap: 1 })).toContain("unreachable");
  expect(opened.check(CART).functions).toMatchObject([{ log: ["asked"] }]);
});

test("a Function that leaves its output open loses its discounts", async () => {
  expect(await lostBy({ half: 1 })).toBe("the output is not complete");
});

test("a Function that writes more than 20 kB loses its discounts", async () => {
  expect(await lostBy({ pad: 19_999 })).toBe("the output has 20001 bytes");
});

test("of more than 200 lines more may be written", async () => {
  await opened.discount({ pad: 19_999 });
  const lines = Array.from({ length: 201 }, () => ({ variantId: 11, quantity: 1 }));
  expect(opened.check({ lines }).functions[0]).toMatchObject({
    outputBytes: 20_001,
    lost: expect.stringMatching("not valid"),
  });
});

test("a Function that executes more than 11,000,000 instructions loses its discounts", async () => {
  expect(await lostBy({ loop: 2_000_000 })).toBe("too many instructions");
  expect(opened.check(CART).functions[0]?.instructions).toBeGreaterThan(11_000_000);
});

test("what costs much and not too much is allowed", async () => {
  await opened.discount({ loop: 500_000 });
  expect(opened.check(CART).functions[0]).toMatchObject({ lost: null, instructions: expect.closeTo(5_500_000, -6.5) });
});

test.each<[string, (ids: string) => unknown, string]>([
  ["a text", () => "nonsense", 'Expected type "CartLinesDiscountsGenerateRunResult" to be an object.'],
  ["no operations", () => ({}), 'Field "operations" of required type "[CartOperation!]!" was not provided.'],
  [
    "an unknown field",
    () => ({ operations: [{ cheaper: 1 }] }),
    'Field "cheaper" is not defined by type "CartOperation".',
  ],
  [
    "a strategy that there is not",
    (id) => productOutput("BEST", { lines: [id], percent: "10" }),
    'Value "BEST" does not exist',
  ],
  ["a percentage that is no number", (id) => productOutput("ALL", { lines: [id], percent: "ten" }), "is no decimal"],
  ["a percentage above 100", (id) => productOutput("ALL", { lines: [id], percent: "101" }), "a percentage is 0 to 100"],
  ["an amount below 0", (id) => productOutput("ALL", { lines: [id], amount: "-1" }), "an amount is not below 0"],
  [
    "a line that is not in the cart",
    () => productOutput("ALL", { lines: ["gid://x"], percent: "1" }),
    "there is no cart line",
  ],
  ["a line twice", (id) => productOutput("ALL", { lines: [id, id], percent: "1" }), "names a cart line twice"],
  ["no targets", () => productOutput("ALL", { lines: [], percent: "1" }), "has no targets"],
  [
    "an order discount by ALL",
    () => JSON.parse(JSON.stringify(orderOutput({ percentage: { value: "1" } })).replace("FIRST", "ALL")),
    'Value "ALL" does not exist',
  ],
])("a Function that writes %s loses its discounts", async (_name, output, reason) => {
  expect(await lostBy(output(mug))).toContain(reason);
});

test("another discount is not touched by one that is lost", async () => {
  await opened.discount({ trap: 1 });
  await opened.discount(ten());
  const { lines, functions } = opened.check(CART);
  expect(lines[0]?.discount?.title).toBe("Plan 2");
  expect(functions.map(({ lost }) => lost === null)).toEqual([false, true]);
});

test("a metafield of more than 10,000 bytes is not handed to the Function", async () => {
  const output = (length: number) => productOutput("ALL", { lines: [mug], percent: "10", message: "x".repeat(length) });
  const rest = JSON.stringify(output(0)).length;
  await opened.discount(output(10_000 - rest));
  expect(opened.check(CART).lines[0]?.discountMinor).toBe(300n);
  opened.shop.shopify.discounts.delete(1);
  await opened.discount(output(10_001 - rest));
  expect(opened.check(CART)).toMatchObject({ lines: [{ discountMinor: 0n }], functions: [{ lost: null }] });
});

test("numbers, nothing, truth and lists come through both ways", async () => {
  const odd = {
    operations: [{ productDiscountsAdd: null }],
    more: [1, -7, 0.5, 1e300, true, false, null, "", "批量优惠", {}],
  };
  expect(await lostBy(odd)).toContain('Field "more" is not defined');
  expect(opened.check(CART).functions[0]?.outputBytes).toBe(Buffer.byteLength(JSON.stringify(odd)));
});

test("what Shopify would not deploy is refused", async () => {
  const { stateDir } = opened.shop;
  await opened.discount(ten());
  const query = (text: string) => writeExtension(stateDir, { handle: "echo", query: text });
  const leaves = Array.from(
    { length: 11 },
    (_, nth) => `m${nth}: metafield(namespace: "$app", key: "m${nth}") { value }`,
  );
  query(`{ discount { ${leaves.join(" ")} } }`);
  expect(() => opened.check(CART)).toThrow("it costs 33, of 30 at most");
  query(`{ cart { lines { colour } } }`);
  expect(() => opened.check(CART)).toThrow('Cannot query field "colour" on type "CartLine"');
  query(`{ cart { lines { id } } } # ${"x".repeat(3000)}`);
  expect(() => opened.check(CART)).toThrow("bytes, of 3000 at most");
  writeExtension(stateDir, { handle: "echo", query: "{ cart { lines { id } } }", wasm: new Uint8Array(256_001) });
  expect(() => opened.check(CART)).toThrow("has 256001 bytes");
});

test("what is asked of the input and is not known here is an error, not an invention", async () => {
  await opened.discount(ten());
  writeExtension(opened.shop.stateDir, {
    handle: "echo",
    query: `{ cart { lines { merchandise { ... on ProductVariant { product { handle } } } } } }`,
  });
  expect(() => opened.check(CART)).toThrow("not in the local Shopify: Product.handle of a Function's input");
});
