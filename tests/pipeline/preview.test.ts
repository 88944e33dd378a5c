import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadFunction } from "#app/checkout/load-function.ts";
import { parsePlan } from "#app/db/plan/plan-schema.ts";
import { savePlan } from "#app/db/plan/plan-versions.server.ts";
import { requestPublication } from "#app/db/plan/publication.server.ts";
import { findChoices, firstExample } from "#app/plan-choices.server.ts";
import { cartInChoices, previewCart, type CartToTry, type Preview } from "#app/plan-preview.server.ts";
import { cutInWords } from "#app/presenters/plan-choices.ts";
import { cartFromQuery, lineFaults, presentPreviewedCart } from "#app/presenters/plan-preview.ts";
import { ALL_SCOPES } from "#tests/factories/scopes.ts";
import { catalog, NOW, order, shopObject, worldOf } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";
import { openPipelineShop, type PipelineShop } from "#tests/setup/pipeline-shop.ts";
import { testDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

const PLAN = {
  parts: [
    {
      kind: "quantity-break",
      scope: "product",
      measure: "units",
      steps: [
        { from: 5, percent: "4.5" },
        { from: 12, amountOff: "1.10" },
        { from: 40, percent: "60" },
      ],
    },
    { kind: "cumulative", window: { days: 365 }, measure: "net-sales", steps: [{ from: "20", percent: "6.25" }] },
    { kind: "tier-price", tiers: { A: "5" }, companies: { "5": "9" } },
    { kind: "pay-now", percent: "1.5" },
  ],
  limits: { minMarginPercent: "10", maxPercent: "35" },
};

const product = (
  id: number,
  variants: readonly { id: number; price: string; unitCost: string | null }[],
): WorldObject => ({
  type: "product",
  id,
  title: `Product ${id}`,
  giftCard: false,
  createdAt: "2025-01-01T00:00:00Z",
  variants: variants.map((variant) => ({ ...variant, sku: null, title: `V${variant.id}` })),
});

const goods = [
  product(31, [
    { id: 311, price: "7.77", unitCost: "4.20" },
    { id: 312, price: "0.99", unitCost: "0.95" },
  ]),
  product(32, [{ id: 321, price: "129.00", unitCost: null }]),
  product(
    33,
    Array.from({ length: 25 }, (_, index) => ({
      id: 3300 + index,
      price: index === 0 ? "0.00" : "5.00",
      unitCost: "2.00",
    })),
  ),
];
const VARIANTS = [11, 21, 311, 312, 321];

let database: TestDatabase;
let opened: PipelineShop;

beforeAll(async () => {
  database = await testDatabase();
  const orders = [order(1), order(2, { companyLocationId: 51 })];
  opened = await openPipelineShop(
    database.pool,
    worldOf({ ...shopObject, plan: "PLUS" }, ...catalog, ...goods, ...orders),
    {
      grantedScopes: ALL_SCOPES,
      appTomlPath: "shopify.app.toml",
    },
  );
  await opened.sync();
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});

const publish = async (json: unknown): Promise<void> => {
  const read = parsePlan(json, "USD");
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const saving = { plan: read.plan, currency: "USD", after: null, savedBy: "1", now: NOW };
  const version = await savePlan(database.pool, opened.shop.id, saving);
  await requestPublication(database.pool, opened.shop.id, version ?? 0, NOW);
  await opened.work("publish");
};

const discountFunction = loadFunction(readFileSync("extensions/pareto-discount/dist/function.wasm"));
const previewing = () => ({
  app: { pool: database.pool, now: () => NOW, discountFunction: () => discountFunction },
  shop: opened.shop,
});
const preview = async (cart: CartToTry): Promise<Preview> => {
  const previewed = await previewCart(previewing(), cart);
  if (!previewed) throw new Error("There is no plan");
  return previewed;
};

const BUYERS = {
  guest: { buyer: null, at: {} },
  customer: { buyer: { kind: "customer", shopifyId: 1n }, at: { customerId: 1 } },
  company: { buyer: { kind: "company", shopifyId: 5n }, at: { companyLocationId: 51, contactId: 1 } },
} as const;

const anyCart = fc.record({
  buyer: fc.constantFrom("guest" as const, "customer" as const, "company" as const),
  asksToPayNow: fc.boolean(),
  lines: fc.array(fc.record({ variantId: fc.constantFrom(...VARIANTS), quantity: fc.integer({ min: 1, max: 60 }) }), {
    minLength: 1,
    maxLength: 6,
  }),
});

describe("the preview of a plan", () => {
  test.each(["best", "add"])("says of any cart what the checkout then gives: parts meet by %s", async (meet) => {
    await publish({ ...PLAN, meet });
    let discounted = 0;
    await fc.assert(
      fc.asyncProperty(anyCart, async ({ buyer, asksToPayNow, lines }) => {
        const { buyer: who, at } = BUYERS[buyer];
        const shown = await preview({
          buyer: who,
          asksToPayNow,
          lines: lines.map(({ variantId, quantity }) => ({ variantId: BigInt(variantId), quantity })),
        });
        const attributes: Record<string, string> = asksToPayNow ? { pareto_pay_now: "yes" } : {};
        const checkout = opened.shopify.checkout({ lines, attributes, ...at });
        expect(shown.lines.map(({ amount }) => amount)).toEqual(
          checkout.lines.map(({ discountMinor }) => discountMinor),
        );
        discounted += shown.lines.filter(({ amount }) => amount > 0n).length;
      }),
      { numRuns: 150 },
    );
    expect(discounted).toBeGreaterThan(100);
  });

  const view = async (query: string) =>
    presentPreviewedCart(await preview(cartFromQuery(new URLSearchParams(query))), "USD");

  test("says which part gives what, why the others do not, and what limits took", async () => {
    await publish(PLAN);
    const guest = await view("line=11x4&line=321x12");
    expect(
      guest.lines.map(({ discount, parts, limits }) => ({ discount, says: parts.map(({ says }) => says), limits })),
    ).toEqual([
      {
        discount: "None",
        says: [
          "Nothing yet: 4 units of 5 units",
          "Nothing: it is for customers who are signed in",
          "Nothing: it is for customers who are signed in",
          "Nothing: the buyer does not ask to pay now",
        ],
        limits: [],
      },
      {
        discount: "None",
        says: [
          "Alone $13.20, not used: a limit leaves nothing of it",
          "Nothing: it is for customers who are signed in",
          "Nothing: it is for customers who are signed in",
          "Nothing: the buyer does not ask to pay now",
        ],
        limits: ["Its cost is unknown: no discount while a margin is set"],
      },
    ]);
    const company = await view("buyer=company:5&line=11x40");
    expect(company.buyer).toBe(
      "Entitled by: tier A; a price of its own; payment terms, so that it may choose to pay now; 2,000 reached, through 2027-09-30",
    );
    // 60 % alone; capped at 35 %: 140.00 of 400.00. The margin leaves 4.67 each, which is less than 6.50.
    expect(company.lines.map(({ discount, limits, margin, message }) => [discount, limits, margin, message])).toEqual([
      ["-$140.00", ["The highest percentage took $100.00 of it"], "You keep 35.4 %", "Quantity discount"],
    ]);
    // A margin of 10 % over 0.95 leaves 1.06, which is above the price.
    expect((await view("line=312x40")).lines[0]?.discount).toBe("None");
  });

  const saysOf = async (query: string) => (await view(query)).lines[0]?.parts.map(({ says }) => says);

  test("says of parts that meet by the best which one is given, and that paying now comes on top", async () => {
    await publish(PLAN);
    // 12 x 10.00: 12 x 1.10 by the quantity; 6.25 % by what was bought; 9 % by the company's own price; 1.5 % paid now.
    expect(await saysOf("buyer=company:5&pay=now&line=11x12")).toEqual([
      "Alone $13.20, given",
      "Alone $7.50, not used: another part gives more",
      "Alone $10.80, not used: another part gives more",
      "Alone $1.80, given",
    ]);
    await publish({ ...PLAN, meet: "add" });
    expect((await saysOf("buyer=company:5&line=11x12"))?.slice(0, 3)).toEqual([
      "Alone $13.20, given",
      "Alone $7.50, given",
      "Alone $10.80, given",
    ]);
    const [quantity, , tier] = PLAN.parts;
    await publish({ parts: [{ ...tier, companies: { "5": "4.5" } }, quantity] });
    expect(await saysOf("buyer=company:5&line=11x5")).toEqual([
      "Alone $2.25, not used: another part gives as much",
      "Alone $2.25, given",
    ]);
    expect(await saysOf("line=11x1")).toEqual([
      "Nothing: it is for customers who are signed in",
      "Nothing yet: 1 unit of 5 units",
    ]);
  });

  test("of what is no cart is an empty one", async () => {
    const cart = cartFromQuery(new URLSearchParams("buyer=guest:1&line=11x0&line=x&line=4711x2&line=11x3"));
    expect(cart).toEqual({
      buyer: null,
      asksToPayNow: false,
      lines: [
        { variantId: 4711n, quantity: 2 },
        { variantId: 11n, quantity: 3 },
      ],
    });
    expect((await preview(cart)).lines).toHaveLength(1);
  });
});

describe("buyers and products", () => {
  const labels = async (...[kind, text]: [Parameters<typeof findChoices>[1], string]) =>
    (await findChoices(previewing(), kind, text)).choices.map(({ label }) => label);

  test("are found by a part of the name, the address or the SKU, in any case and order of words", async () => {
    expect(await labels("variants", "v311")).toEqual(["Product 31, V311"]);
    expect(await labels("variants", "V312, product")).toEqual(["Product 31, V312"]);
    expect(await labels("variants", "Product 31, V311")).toEqual(["Product 31, V311"]);
    expect(await labels("variants", "100%_")).toEqual([]);
    expect(await labels("variants", "mug-1")).toEqual(["Mug, Blue"]);
    expect(await labels("buyers", "")).toEqual(["Co (company)", "Ann Ash"]);
    expect(await labels("buyers", " aNN@Exam ")).toEqual(["Ann Ash"]);
    expect(await labels("buyers", "ann_ash")).toEqual([]);
    expect(await labels("buyers", "nobody's name")).toEqual([]);
  });

  test("that are more than a list holds are cut, and said to be", async () => {
    const cut = await findChoices(previewing(), "variants", " product 33 ");
    expect(cut).toMatchObject({ text: "product 33", hasMore: true });
    expect(cut.choices).toHaveLength(20);
    expect(cutInWords(cut)).toBe("The first 20 of what was found. Type more to find others.");
    const whole = await findChoices(previewing(), "variants", "V332");
    expect(whole).toMatchObject({ hasMore: false });
    expect(cutInWords(whole)).toBeUndefined();
  });

  test("to show steps on have a price, and their cost where it is known", async () => {
    const { choices } = await findChoices(previewing(), "examples", "V3300");
    expect(choices).toEqual([]);
    expect((await findChoices(previewing(), "examples", "V311")).choices).toEqual([
      { value: "311", label: "Product 31, V311", example: { price: "777", unitCost: "420" } },
    ]);
    expect((await firstExample(previewing()))?.example?.unitCost).not.toBeNull();
  });

  test("that a cart names are in the form, and a product that is not there is to be chosen", async () => {
    const cart = cartFromQuery(new URLSearchParams("buyer=company:5&line=311x2&line=4711x3"));
    const form = await cartInChoices(previewing(), cart);
    expect(form.buyer).toMatchObject({ value: "company:5" });
    expect(form.lines).toEqual([
      { variant: { value: "311", label: "Product 31, V311" }, quantity: "2" },
      { variant: null, quantity: "3" },
    ]);
    expect(form.lines.map(lineFaults)).toEqual([{}, { variant: "Choose a product" }]);
    const unknown = cartFromQuery(new URLSearchParams("buyer=customer:4711"));
    expect(await cartInChoices(previewing(), unknown)).toEqual({ buyer: null, lines: [] });
  });

  test.each(["", "0", "1.5", "-1", "1000000"])("a quantity of %j cannot be tried", (quantity) => {
    const variant = { value: "311", label: "Product 31" };
    expect(lineFaults({ variant, quantity })).toEqual({ quantity: "A whole number from 1 to 999,999" });
    expect(lineFaults({ variant, quantity: "999999" })).toEqual({});
  });
});
