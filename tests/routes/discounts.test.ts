import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { catalog, order, worldOf } from "#tests/local-shopify/test-shop.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

/** A mug of the collection "mugs", a cap, Ann and her company, who have bought mugs. */
const WORLD = worldOf(
  ...catalog.map((object) =>
    object.type === "product" && object.id === 1 ? { ...object, collections: ["mugs"] } : object,
  ),
  order(1),
  order(2, { companyLocationId: 51 }),
);

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest(WORLD, WORLD_NOW);
  await app.install();
});
afterAll(() => app.stop());

/** As the plan is printed once it is saved. */
const PLAN = {
  title: "Volume prices",
  parts: [
    {
      kind: "quantity-break",
      per: "order",
      scope: "variant",
      measure: "units",
      collections: ["mugs"],
      steps: [
        { from: 12, percent: "10" },
        { from: 48, fixedPrice: "7.50" },
      ],
    },
    { kind: "tier-price", tiers: { A: "5" } },
  ],
  meet: "best",
  limits: { minMarginPercent: "30" },
  schedule: {},
  include: { giftCards: false, subscriptions: false, pointOfSale: false, salePriced: false, catalogBreaks: false },
  combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
};

const page = async (): Promise<string> =>
  (await (await app.ask("/app/discounts")).text()).replaceAll(/<!--.*?-->/g, "").replaceAll("&quot;", '"');

/** A form of the page; what it answers comes as text. */
const press = async (fields: Record<string, string>): Promise<string> => {
  const response = await app.ask("/app/discounts.data?index", { method: "POST", body: new URLSearchParams(fields) });
  expect(response.ok).toBe(true);
  return response.text();
};

const save = (plan: unknown, after: number): Promise<string> =>
  press({ intent: "save", plan: JSON.stringify(plan), after: String(after) });

const put = (body: string, query = ""): Promise<Response> =>
  app.ask(`/app/discounts.json${query}`, { method: "POST", body });

const kept = async (): Promise<unknown> => (await app.ask("/app/discounts.json")).json();

const versions = async (): Promise<string[]> => {
  const { rows } = await app.database.pool.query<{ version: number; by: string }>(
    "SELECT version, saved_by AS by FROM plan_version ORDER BY version",
  );
  return rows.map(({ version, by }) => `${version} ${by}`);
};

const audited = async (): Promise<string[]> => {
  const { rows } = await app.database.pool.query<{ text: string }>(
    "SELECT action || ' ' || details AS text FROM audit_event WHERE action LIKE 'plan-%' ORDER BY id",
  );
  return rows.map(({ text }) => text);
};

const work = z.object({ status: z.string(), stages: z.array(z.object({ name: z.string() })) }).nullable();

const works = async () =>
  z.object({ publish: work, withdraw: work }).parse(await (await app.ask("/app/status.json")).json());

const discounts = (): string[] => app.shopify.discounts.all().map(({ title }) => title);

describe("before there is a plan", () => {
  test("the page says what one is and what to start from", async () => {
    const text = await page();
    expect(text).toContain("There is no discount plan yet");
    expect(text).toContain("Start from this");
  });

  test("there is no file of it, and nothing to publish", async () => {
    const file = await app.ask("/app/discounts.json");
    expect(file.status).toBe(404);
    expect(await file.text()).toContain("No plan has been saved yet");
    expect(await press({ intent: "publish" })).toContain("no plan to publish");
    expect(await works()).toEqual({ publish: null, withdraw: null });
  });

  test("the app's navigation leads to the page", async () => {
    expect(await (await app.ask("/app")).text()).toContain('href="/app/discounts"');
  });
});

describe("a plan that is saved", () => {
  test("is on the page, and the file of it is what was saved", async () => {
    expect(await save(PLAN, 0)).toContain("saved");
    const text = await page();
    for (const words of ['value="Volume prices"', "Not published", "Version 1", "12 x Mug, Blue"]) {
      expect(text).toContain(words);
    }
    expect(await kept()).toEqual(PLAN);
  });

  test("is one version by one person, on record", async () => {
    expect(await versions()).toEqual(["1 1"]);
    expect(await audited()).toEqual(['plan-saved {"version": 1}']);
  });

  test("is refused with the place of each fault, and nothing is saved", async () => {
    const [mugs, tier] = PLAN.parts;
    const wrong = { ...PLAN, parts: [mugs, { ...tier, tiers: { A: "101" }, collections: ["hats"] }] };
    expect(await save(wrong, 1)).toContain("parts.1.tiers.A");
    const unknown = { ...PLAN, parts: [mugs, { ...tier, collections: ["hats"] }], exclude: { collections: ["hats"] } };
    const answer = await save(unknown, 1);
    expect(answer).toContain("parts.1.collections");
    expect(answer).toContain("exclude.collections");
    expect(await save({ ...PLAN, budget: "5" }, 1)).toContain("budget");
    expect(await press({ intent: "save", plan: "{", after: "1" })).toContain("is not JSON");
    expect(await press({ intent: "save", plan: "{}" })).toContain("not something to be done here");
    expect(await versions()).toEqual(["1 1"]);
  });

  test("is not written over by who has not seen it", async () => {
    expect(await save({ ...PLAN, title: "Late" }, 0)).toContain("somebody else has saved the plan");
    expect(await kept()).toEqual(PLAN);
    expect(await save({ ...PLAN, title: "In time" }, 1)).toContain("saved");
    expect(await versions()).toEqual(["1 1", "2 1"]);
  });

  test("is restored as the latest version", async () => {
    expect(await press({ intent: "restore", version: "1" })).toContain("saved");
    expect(await kept()).toEqual(PLAN);
    expect(await versions()).toHaveLength(3);
    expect(await press({ intent: "restore", version: "99" })).toContain("there is no version 99");
  });

  test("can be read from a file without being saved", async () => {
    const file = JSON.stringify({ title: "From a file", parts: [{ kind: "tier-price", tiers: { B: "2.50" } }] });
    const answer = await press({ intent: "read", plan: file });
    expect(answer).toContain("From a file");
    expect(answer).toContain('"2.5"');
    expect(await press({ intent: "read", plan: '{"parts":[{"kind":"gift"}]}' })).toContain("parts.0.kind");
    expect(await kept()).toEqual(PLAN);
  });
});

describe("the file of the plan", () => {
  test("is put back as it was taken out", async () => {
    const text = await (await app.ask("/app/discounts.json")).text();
    const answer = await put(text);
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true, version: 3, published: false }]);
    expect(await kept()).toEqual(PLAN);
  });

  test("is refused with its faults as JSON", async () => {
    const answer = await put(JSON.stringify({ parts: [{ ...PLAN.parts[1], tiers: { A: "a lot" } }] }));
    expect([answer.status, await answer.json()]).toEqual([
      422,
      { ok: false, faults: [{ at: "parts.0.tiers.A", reason: 'is not a percentage such as "2.5"' }] },
    ]);
    expect((await put("no")).status).toBe(422);
    expect((await put(`"${"x".repeat(1024 * 1024)}"`)).status).toBe(413);
    expect(discounts()).toEqual([]);
  });
});

describe("publishing", () => {
  test("says before what it would write", async () => {
    const answer = await press({ intent: "count" });
    expect(answer).toContain("1 lowest price of a variant");
    expect(answer).toContain("1 product's collections");
    expect(discounts()).toEqual([]);
  });

  test("brings the plan to Shopify, on record", async () => {
    expect(await press({ intent: "publish" })).toContain("queued");
    await app.settled();
    expect(discounts()).toEqual(["Volume prices"]);
    expect(await page()).toContain("Version 3 is in force");
    expect((await works()).publish).toMatchObject({ status: "finished" });
    expect((await audited()).at(-1)).toBe('plan-published {"version": 3}');
  });

  test("is done at once with a plan that a script sends", async () => {
    const answer = await put(JSON.stringify({ ...PLAN, title: "From a script" }), "?publish=1");
    expect(await answer.json()).toEqual({ ok: true, version: 4, published: true });
    await app.settled();
    expect(discounts()).toEqual(["From a script"]);
    expect(await page()).toContain("Version 4 is in force");
  });

  test("is not followed by more than it: what is saved later is said to be not published", async () => {
    await save({ ...PLAN, title: "Later" }, 4);
    expect(await page()).toContain("Version 5 is saved and not published yet.");
    expect(discounts()).toEqual(["From a script"]);
  });
});

test("a change of the discount at Shopify is shown on the page", async () => {
  const [discount] = app.shopify.discounts.all();
  app.shopify.discounts.rename(discount?.id ?? 0, "Renamed");
  await app.settled();
  const text = await page();
  expect(text).toContain("Not as it was published");
  expect(text).toContain("It has another title.");
  expect(discounts()).toEqual(["Renamed"]);
});

test("other automatic discounts that are active are named, with whether they can meet the plan's", async () => {
  const others = async () => (await app.ask("/app/discounts/others.data")).text();
  expect(await others()).toContain('"others",[]');
  app.shopify.discounts.saveRival({ title: "Sale", percent: "5" });
  app.shopify.discounts.saveRival({ title: "Clearance", percent: "5", combinesWith: { productDiscounts: true } });
  const text = await others();
  expect(text).toContain("“Sale” may not be combined with product discounts");
  expect(text).toContain("“Clearance” may be combined with product discounts");
  expect(text).not.toContain("From a script");
  for (const title of ["Sale", "Clearance"]) app.shopify.discounts.removeRival(title);
});

test("taking the plan away removes what is at Shopify, keeps the plan, and is on record", async () => {
  expect(await press({ intent: "count" })).toContain("1 customer's entitlement");
  expect(await press({ intent: "withdraw" })).toContain("queued");
  await app.settled();
  expect(discounts()).toEqual([]);
  const text = await page();
  expect(text).toContain("Not published");
  expect(text).toContain('value="Later"');
  expect((await works()).withdraw).toMatchObject({ status: "finished" });
  expect((await audited()).at(-1)).toBe("plan-withdrawn {}");
});
