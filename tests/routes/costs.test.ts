import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { catalog, line, order, worldOf } from "#tests/local-shopify/test-shop.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

type Row = Readonly<Record<string, string>>;

/** Three mugs at 10.00 that cost 4.20 each, to GB; and a cap at 20.00 whose cost nobody gave. */
const WORLD = worldOf(
  ...catalog,
  order(1, { shipTo: { countryCode: "GB" } }),
  order(2, { lines: [line(21, { variantId: 21, title: "Cap", quantity: 1, unitPrice: "20.00" })] }),
);

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest(WORLD, WORLD_NOW);
  await app.install();
});
afterAll(() => app.stop());

const csv = async (target: string): Promise<readonly Row[]> =>
  parseCsv(await (await app.ask(target)).text(), { columns: true });

/** Entries of a kind in the ledger as it is once everything has been worked out: order, amount, provenance. */
const entries = async (kind: string): Promise<string[]> => {
  await app.settled();
  return (await csv("/app/ledger.csv"))
    .filter((row) => row["kind"] === kind)
    .map((row) => `${row["order"]} ${row["amount_minor"]} ${row["provenance"]}`);
};

const page = async (): Promise<string> => {
  const text = await (await app.ask("/app/costs")).text();
  return text.replaceAll(/<!--.*?-->/g, "");
};

const post = (target: string, fields: Record<string, string>): Promise<Response> =>
  app.ask(target, { method: "POST", body: new URLSearchParams(fields) });

const version = async (): Promise<string> => /name="version" value="(\d+)"/.exec(await page())?.[1] ?? "";

const putRules = (body: string): Promise<Response> => app.ask("/app/costs/rules.json", { method: "POST", body });

const rules = async (): Promise<unknown> => (await app.ask("/app/costs/rules.json")).json();

const upload = (target: string, text: string | Uint8Array<ArrayBuffer>, confirmed = ""): Promise<Response> => {
  const body = new FormData();
  body.set("file", new File([text], "costs.csv", { type: "text/csv" }));
  body.set("confirmed", confirmed);
  return app.ask(target, { method: "POST", body });
};

const look = async (text: string, confirmed?: string): Promise<string> =>
  (await upload("/app/costs/import.data", text, confirmed)).text();

const digestIn = (answer: string): string => /[0-9a-f]{64}/.exec(answer)?.[0] ?? "none";

describe("the page of costs", () => {
  test("says the coverage, the range that it leaves and the variants without a cost", async () => {
    const text = await page();
    // 30.00 of 50.00 goods; profit 30.00 - 12.60 + 20.00 = 37.40, or 17.40 if the cap cost all of its 20.00.
    for (const words of [
      "60.0 %",
      "$20.00 of $50.00",
      "$17.40",
      "$37.40",
      "1 of 2 variants has no unit cost",
      "Cap, Red",
    ])
      expect(text).toContain(words);
    expect(text).toContain("There are no rules yet");
  });

  test("has a link in the app's navigation", async () => {
    expect(await (await app.ask("/app")).text()).toContain('href="/app/costs"');
  });
});

describe("cost rules", () => {
  test("are added by the form, charge the orders that meet their conditions, and are said in words", async () => {
    const saved = await post("/app/costs/rule", {
      version: await version(),
      kind: "shipping_cost",
      perOrder: "2.50",
      perKg: "1.00",
      countries: "gb",
    });
    expect(saved.status).toBe(302);
    expect(saved.headers.get("location")).toMatch(/^\/app\/costs/);
    // 2.50 + 3 x 0.3 kg x 1.00 = 3.40, for the order to GB alone.
    expect(await entries("shipping_cost")).toEqual(["1 -340 rule"]);
    expect(await page()).toContain("$2.50 per order + $1.00 per kg, for orders sent to GB");
  });

  test("are changed in their place", async () => {
    expect(await (await app.ask("/app/costs/rule?place=0")).text()).toContain('value="2.50"');
    await post("/app/costs/rule?place=0", { version: await version(), kind: "shipping_cost", perOrder: "3" });
    expect(await entries("shipping_cost")).toEqual(["1 -300 rule", "2 -300 rule"]);
    expect(await rules()).toEqual([{ kind: "shipping_cost", perOrder: "3.00" }]);
  });

  test("that make no sense are refused at the field, and nothing is saved", async () => {
    const refused = await post("/app/costs/rule", {
      version: await version(),
      kind: "shipping_cost",
      perOrder: "2,50",
    });
    expect(refused.status).toBe(200);
    expect(await refused.text()).toContain("This is not an amount");
    expect(await rules()).toHaveLength(1);
  });

  test("that somebody else has changed in the meantime are not overwritten", async () => {
    const late = await post("/app/costs/rule", { version: "1", kind: "payment_fee", perOrder: "1" });
    expect(await late.text()).toContain("have been changed elsewhere");
    await post("/app/costs?index", { intent: "remove", place: "0", version: "1" });
    expect(await rules()).toHaveLength(1);
  });

  test("are removed, and their entries with them", async () => {
    await post("/app/costs?index", { intent: "remove", place: "0", version: await version() });
    expect(await rules()).toEqual([]);
    expect(await entries("shipping_cost")).toEqual([]);
  });

  test("that are not there are not found", async () => {
    expect((await app.ask("/app/costs/rule?place=7")).status).toBe(404);
  });

  test("of an assumed margin cost goods without a unit cost, outside the coverage", async () => {
    const fields = { intent: "fallback_margin", percent: "40", from: "" };
    await post("/app/costs?index", { ...fields, version: await version() });
    expect(await entries("cogs")).toEqual(["1 -1260 rule", "2 -1200 rule"]);
    const text = await page();
    // 37.40 - 12.00 = 25.40 with the margin; the ends of the range stay where they were.
    for (const words of ["60.0 %", "$17.40", "$25.40", "$37.40", "40 % of net sales"]) expect(text).toContain(words);
    const refused = await post("/app/costs?index", { ...fields, percent: "140", version: await version() });
    expect(await refused.text()).toContain("This is not a percentage from 0 to 100");
  });
});

describe("cost rules as a file", () => {
  const LIST = [
    { kind: "payment_fee", percent: "1.5", when: { gateway: "manual" } },
    { kind: "credit_cost", annualPercent: "9" },
  ];

  test("take the place of all rules, and are the same when they are saved again", async () => {
    const saved = await putRules(JSON.stringify(LIST));
    expect(saved.status).toBe(200);
    expect(await rules()).toEqual(LIST);
    const response = await app.ask("/app/costs/rules.json");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="cost-rules.json"');
  });

  test.each([
    ["{", "This is not JSON."],
    ["{}", "The rules are not a list."],
    [
      '[{"kind":"credit_cost","annualPercent":"9"},{"kind":"shipping_cost","perOrder":2.5}]',
      "Rule 2, perOrder: is not",
    ],
  ])("such as %s are refused with the reason, and the rules stay", async (text, reason) => {
    const refused = await putRules(text);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(reason);
    expect(await rules()).toEqual(LIST);
  });

  test("that are too large are refused", async () => {
    expect((await putRules(" ".repeat(1_100_000))).status).toBe(413);
  });
});

describe("an import of unit costs", () => {
  const GOOD = "variant_id,unit_cost,from\n21,8.00,\n";
  const MIXED = 'variant_id,unit_cost,from\n21,8.00,\n11,"1,000.00",\n99,1.00,\n11,4.00,yesterday\n';

  test("shows what it would do, and writes nothing", async () => {
    expect(await look(GOOD)).toContain("1 line of 1 variant, of which 1 changes something. Nothing is written yet.");
    expect(await entries("cogs")).toEqual(["1 -1260 rule", "2 0 unknown"]);
  });

  test("lists each bad line with its column and the reason", async () => {
    const answer = await look(MIXED);
    for (const words of [
      "3 lines of 4 cannot be imported",
      "without thousands separators",
      "No variant of this shop has this number.",
      "This is not a day",
      "Import the 1 good line",
    ])
      expect(answer).toContain(words);
    const errors = await upload("/app/costs/import-errors.csv", MIXED);
    expect(parseCsv(await errors.text(), { columns: true })).toMatchObject([
      { line: "3", column: "unit_cost", text: "1,000.00" },
      { line: "4", column: "variant_id", text: "99" },
      { line: "5", column: "from", text: "yesterday" },
    ]);
  });

  test("of which no line is good says so, shows what stands in each, and offers nothing to import", async () => {
    const answer = await look("variant_id,unit_cost\n11,abc\n21,3\n21,4.5\n");
    for (const words of [
      "No line of this file can be imported",
      "warning",
      "3 lines of 3 cannot be imported",
      "This is not a number",
      "3.00",
      "4.50",
    ])
      expect(answer).toContain(words);
    expect(answer).not.toContain("all as it is already");
    expect(answer).not.toContain("good line");
    expect(await look("variant_id,unit_cost\n")).toContain("This file has no lines below its header");
  });

  test("writes the good lines of just the file that was seen, and the ledger follows", async () => {
    const seen = digestIn(await look(MIXED));
    expect(await look(GOOD, seen)).toContain("Nothing is written yet");
    expect(await look(MIXED, seen)).toContain("1 unit cost imported");
    expect(await entries("cogs")).toEqual(["1 -1260 rule", "2 -800 actual"]);
    const text = await page();
    expect(text).toContain("Every sale has a known unit cost");
    expect(text).toContain("All 2 variants have a unit cost");
  });

  test("of a line that is as it is already changes nothing", async () => {
    const answer = await look(GOOD);
    expect(answer).toContain("all as it is already");
    expect(answer).not.toContain("Import 1 line");
  });

  test("of the exported file changes nothing", async () => {
    const exported = await (await app.ask("/app/costs.csv")).text();
    expect(parseCsv(exported, { columns: true })).toMatchObject([
      { variant_id: "11", sku: "MUG-1", unit_cost: "4.20", currency: "USD", from: "", source: "shopify" },
      { variant_id: "21", sku: "", product: "Cap", unit_cost: "8.00", from: "", source: "import" },
    ]);
    expect(await look(exported)).toContain("2 lines of 2 variants: all as it is already");
  });

  test("of what is no such file says why", async () => {
    expect(await look("")).toContain("The file is empty.");
    expect(await look("sku;costs\n")).toContain("which is no column of this file");
    const latin = await upload("/app/costs/import.data", Uint8Array.of(0x73, 0xe4));
    expect(await latin.text()).toContain("This is not a text in UTF-8");
    const none = await app.ask("/app/costs/import.data", { method: "POST", body: new FormData() });
    expect(await none.text()).toContain("Choose a CSV file.");
    const large = await upload("/app/costs/import.data", "x".repeat(6 * 1024 * 1024));
    expect(await large.text()).toContain("larger than 5 MB");
  });

  test("is for whoever is signed in alone", async () => {
    for (const target of ["/app/costs.csv", "/app/costs/rules.json", "/app/costs"]) {
      const response = await app.ask(target, { headers: { authorization: "Bearer forged" } });
      expect(response.status).toBe(401);
    }
  });
});
