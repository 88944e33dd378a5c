import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { sixCustomers } from "#tests/factories/six-customers.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

type Row = Readonly<Record<string, string>>;

let app: AppUnderTest;

beforeAll(async () => {
  app = await startAppUnderTest(sixCustomers(), WORLD_NOW);
  await app.install();
});
afterAll(() => app.stop());

const post = async (target: string, fields: Record<string, string>): Promise<string> => {
  const response = await app.ask(target, { method: "POST", body: new URLSearchParams(fields) });
  expect(response.status).toBe(200);
  return textOf(response);
};

/** A page without the marks that React puts between pieces of text. */
const textOf = async (response: Response): Promise<string> => (await response.text()).replaceAll("<!-- -->", "");

const page = async (target: string): Promise<string> => textOf(await app.ask(target));

const customers = async (query = ""): Promise<readonly Row[]> =>
  parseCsv(await (await app.ask(`/app/customers.csv${query}`)).text(), { columns: true });

const tiers = async (): Promise<string> => (await customers()).map((row) => row["tier"]).join("");

const runs = async (): Promise<number> => {
  const { rows } = await app.database.pool.query<{ runs: number }>("SELECT count(*)::int AS runs FROM tier_run");
  return rows[0]?.runs ?? 0;
};

const idOf = async (key: string): Promise<string> => {
  const { rows } = await app.database.pool.query<{ id: bigint }>("SELECT id FROM customer WHERE key = $1", [key]);
  return String(rows[0]?.id);
};

test("after the first sync the page shows the default policy and the first run", async () => {
  const text = await page("/app/tiers");
  expect(await tiers()).toBe("AABBCC");
  for (const words of [
    "A 2, B 2, C 2",
    "nobody moved",
    "A from $30.00, B from $5.00",
    "By share of profit: A up to 80 %",
  ])
    expect(text).toContain(words);
  expect(await page("/app")).toContain('href="/app/tiers"');
});

test("a preview tells who would move, and neither saves nor runs anything", async () => {
  const before = await runs();
  const text = await post("/app/tiers?index", { intent: "preview", method: "rank", rankA: "50", rankB: "30" });
  // Of six, three are A and ceil(1.8) = 2 are B.
  for (const words of ["2 customers would change tier.", "Cleo Six", "Edith Six", "$10.00", "Nothing is saved yet"])
    expect(text).toContain(words);
  expect(text).not.toContain("Flora Six");
  await app.settled();
  expect(await runs()).toBe(before);
  expect(await page("/app/tiers")).not.toContain("By rank: A the first 50 %");
});

test("a policy that is wrong is said to be wrong field by field, and is not saved", async () => {
  const before = await runs();
  const answer = await post("/app/tiers.data?index", {
    intent: "save",
    method: "score",
    profit: "50",
    receivables: "20",
    cooperation: "20",
    runs: "0",
    topPercent: "a fifth",
  });
  expect(answer).toContain("The weights have to be 100 % together; they are 90 %.");
  expect(answer).toContain("Give a whole number from 1 to 100.");
  await app.settled();
  expect(await runs()).toBe(before);
});

test("a saved policy works the tiers out again, and each move is explained on the page of its run", async () => {
  await post("/app/tiers?index", { intent: "save", method: "rank", rankA: "50", rankB: "30" });
  await app.settled();
  expect(await tiers()).toBe("AAABBC");
  const list = await page("/app/tiers");
  expect(list).toContain("2 customers moved");
  expect(list).toContain("New policy");
  const run = /\/app\/tiers\/(\d+)/.exec(list)?.[1];
  const text = await page(`/app/tiers/${run}`);
  for (const words of [
    "Cleo Six",
    "by the former one it would not have moved",
    "Border of tier A $30.00 → $10.00",
    // Below 9.00 at once, below 10.00 for two runs.
    "$0.01 of profit contribution less in the window for 2 runs would make it tier B",
    "$1.01 of profit contribution less in the window, tier B in the next run",
  ])
    expect(text).toContain(words);
});

test("a run that is not there is not found", async () => {
  expect((await app.ask("/app/tiers/4711")).status).toBe(404);
  expect((await app.ask("/app/tiers/x")).status).toBe(404);
});

test("a pin shows at once as provisional, in the list and in the file, and holds in the next run", async () => {
  const flora = await idOf("customer:106");
  const refused = await post(`/app/customers/${flora}`, { intent: "pin", tier: "A", reason: " ", until: "2020-01-01" });
  expect(refused).toContain("Say why");
  expect(refused).toContain("This day is over.");
  await post(`/app/customers/${flora}`, { intent: "pin", tier: "A", reason: "Our first customer", until: "" });
  expect(await customers("?flag=pinned")).toMatchObject([{ key: "customer:106", tier: "A", flags: "pinned" }]);
  expect(await page("/app/customers?flag=pinned")).toContain('title="provisional until the next run"');
  const text = await page(`/app/customers/${flora}`);
  for (const words of ["Our first customer", "until it is taken away", "It was pinned to tier A by hand."])
    expect(text).toContain(words);
  await post("/app/tiers?index", { intent: "save" });
  await app.settled();
  expect(await page(`/app/customers/${flora}`)).not.toContain("provisional until the next run");
  expect(await page(`/app/customers/${flora}`)).toContain("It was pinned by hand.");
  await post(`/app/customers/${flora}`, { intent: "unpin" });
  expect(await customers("?flag=pinned")).toEqual([]);
  expect((await customers()).find((row) => row["key"] === "customer:106")?.["tier"]).toBe("C");
});

test("by score the file has points, and by another method it has none", async () => {
  for (const row of await customers()) expect(row["score"]).toBe("");
  await post("/app/tiers?index", { intent: "save", method: "score", cut: "rank", profit: "100" });
  await app.settled();
  // Of six: 100 x (5 + 0.5) / 6 and so on.
  expect((await customers()).map((row) => row["score"])).toEqual(["91.67", "75.00", "58.33", "41.67", "25.00", "8.33"]);
  expect(await page(`/app/customers/${await idOf("customer:103")}`)).toContain(
    "Score 58.33 of 100: profit 58.33 × 100 %.",
  );
});

test("who is not signed in sees neither policy nor runs, and changes nothing", async () => {
  const forged = { authorization: "Bearer forged" };
  for (const target of ["/app/tiers.data", "/app/tiers/1.data", "/app/tiers.data?index"]) {
    const response = await app.ask(target, { headers: forged });
    expect(await response.text()).not.toContain("shareA");
    expect(response.status).not.toBe(200);
  }
  const before = await runs();
  await app.ask("/app/tiers?index", {
    method: "POST",
    body: new URLSearchParams({ method: "share" }),
    headers: forged,
  });
  await app.settled();
  expect(await runs()).toBe(before);
});
