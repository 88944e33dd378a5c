import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { csvDownload } from "#app/csv-download.server.ts";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { plainWorld } from "#tests/factories/plain-world.ts";
import { startAppUnderTest, type AppUnderTest } from "#tests/setup/app-under-test.ts";

type Row = Readonly<Record<string, string>>;

/** Names that a spreadsheet would run or that break a careless CSV, and the cells that they must become. */
const AWKWARD: readonly (readonly [name: string, cell: string])[] = [
  ['=HYPERLINK("http://evil.example")', `'=HYPERLINK("http://evil.example")`],
  ["+1+1", "'+1+1"],
  ["-2", "'-2"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ['says "hello", twice', 'says "hello", twice'],
  ["two\nlines", "two\nlines"],
  ["\tTab", "'\tTab"],
  ["Žofie 株式会社", "Žofie 株式会社"],
];

let app: AppUnderTest;
let list: readonly Row[];

const csv = async (target: string): Promise<readonly Row[]> => {
  const response = await app.ask(target);
  expect(response.status).toBe(200);
  return parseCsv(await response.text(), { columns: true });
};

beforeAll(async () => {
  const world = plainWorld(
    3200,
    AWKWARD.map(([name]) => name),
  );
  app = await startAppUnderTest(world, WORLD_NOW);
  await app.install();
  list = await csv("/app/customers.csv");
});
afterAll(() => app.stop());

test("customers.csv holds every customer with an order, once, by rank", async () => {
  const { rows } = await app.database.pool.query<{ key: string }>(
    `SELECT key FROM customer WHERE kind <> 'anonymous' AND id IN (SELECT customer_id FROM order_day)`,
  );
  expect(list).toHaveLength(3200);
  expect(new Set(list.map((row) => row["key"]))).toEqual(new Set(rows.map(({ key }) => key)));
  expect(list.map((row) => Number(row["rank"]))).toEqual(list.map((_row, index) => index + 1));
});

test("customers.csv has the columns that are promised, in their order", () => {
  expect(Object.keys(list[0] ?? {})).toEqual(
    "key name orders net_sales cm1 cm2 cm3 cm4 tier flags score rank cost_coverage currency".split(" "),
  );
});

test("the profits in customers.csv are decimal strings that add up to the ledger's", async () => {
  for (const row of list) expect(row["cm4"]).toMatch(/^-?\d+\.\d\d$/);
  const listed = list.reduce((sum, row) => sum + Math.round(Number(row["cm4"]) * 100), 0);
  const { rows } = await app.database.pool.query<{ cents: bigint }>(
    `SELECT sum(amount)::bigint AS cents FROM ledger_entry JOIN "order" ON "order".id = order_id WHERE counted`,
  );
  expect(BigInt(listed)).toBe(rows[0]?.cents);
});

test("cells that a spreadsheet would run are text, and odd names survive", async () => {
  const names = new Map(list.map((row) => [row["key"], row["name"]]));
  expect(AWKWARD.map((_one, index) => names.get(`customer:${100 + index}`))).toEqual(AWKWARD.map(([, cell]) => cell));
  for (const row of list) {
    for (const column of ["key", "name"]) expect(row[column]).not.toMatch(/^[=+\-@\t\r]/);
  }
});

describe("customers.csv with a filter", () => {
  test("of a tier holds that tier alone and all of it", async () => {
    const filtered = await csv("/app/customers.csv?tier=B");
    expect(filtered.length).toBeGreaterThan(10);
    expect(filtered).toEqual(list.filter((row) => row["tier"] === "B"));
  });

  test("of two tiers holds both", async () => {
    const filtered = await csv("/app/customers.csv?tier=A&tier=C");
    expect(filtered).toEqual(list.filter((row) => row["tier"] !== "B"));
  });

  test("of a flag holds those that carry it", async () => {
    const filtered = await csv("/app/customers.csv?flag=loss");
    expect(filtered.length).toBeGreaterThan(0);
    expect(filtered).toEqual(list.filter((row) => row["flags"]?.split(";").includes("loss")));
  });

  test("of a search finds by part of a name, of whatever case, and takes wildcards literally", async () => {
    expect((await csv("/app/customers.csv?q=IRST77%20last")).map((row) => row["name"])).toEqual(["First77 Last77"]);
    expect((await csv("/app/customers.csv?q=C88@example")).map((row) => row["key"])).toEqual(["customer:188"]);
    expect((await csv("/app/customers.csv?q=customer:3299")).map((row) => row["name"])).toEqual(["First3199 Last95"]);
    expect(await csv("/app/customers.csv?q=%25")).toEqual([]);
    expect(await csv("/app/customers.csv?q=_______")).toEqual([]);
  });

  test("that names what is no tier, no flag and no sort leaves it out", async () => {
    expect(await csv("/app/customers.csv?tier=D&flag=rich&sort=x'--&direction=sideways")).toEqual(list);
  });

  test("that nobody matches is a file with its header", async () => {
    const response = await app.ask("/app/customers.csv?q=nobody-is-called-this");
    expect((await response.text()).trim()).toMatch(/^key,name,.*currency$/);
  });
});

test("ledger.csv holds every entry of the ledger, order by order", async () => {
  const rows = await csv("/app/ledger.csv");
  const { rows: counted } = await app.database.pool.query<{ entries: number; sum: bigint }>(
    "SELECT count(*)::int AS entries, sum(amount)::bigint AS sum FROM ledger_entry",
  );
  expect(rows).toHaveLength(counted[0]?.entries ?? 0);
  expect(rows.reduce((sum, row) => sum + BigInt(row["amount_minor"] ?? ""), 0n)).toBe(counted[0]?.sum);
  const orders = rows.map((row) => Number(row["order"]));
  expect(orders).toEqual(orders.toSorted((a, b) => a - b));
});

test("a file is offered for download and kept by no cache", async () => {
  const response = await app.ask("/app/customers.csv?tier=A");
  await response.text();
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="customers.csv"');
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("content-length")).toBeNull();
});

test("the pages of the list together show everybody once, in the order asked for", async () => {
  const shown = async (page: number): Promise<string[]> => {
    const text = await (await app.ask(`/app/customers.data?tier=A&sort=name&direction=descending&page=${page}`)).text();
    return [...text.matchAll(/"((?:First\d+ Last\d+)|c\d+@example\.com)"/g)].map(([, name]) => name ?? "");
  };
  const inA = list.filter((row) => row["tier"] === "A" && row["name"]?.startsWith("First")).map((row) => row["name"]);
  expect(inA.length).toBeGreaterThan(60);
  const pages = await Promise.all(Array.from({ length: Math.ceil((inA.length + 10) / 50) }, (_one, i) => shown(i + 1)));
  const names = pages.flat();
  expect(names).toHaveLength(inA.length);
  expect(new Set(names)).toEqual(new Set(inA));
  expect(names.map((name) => name.toLowerCase())).toEqual(
    names
      .map((name) => name.toLowerCase())
      .toSorted()
      .toReversed(),
  );
});

describe("a CSV download", () => {
  test("sends what is there before the rest has been read, and no more than is asked for", async () => {
    let asked = 0;
    const batches = async function* (): AsyncGenerator<readonly number[]> {
      for (;;) {
        asked += 1;
        yield Array.from({ length: 1000 }, (_one, index) => index);
      }
    };
    const reader = csvDownload("n.csv", ["n"], batches(), (n) => [String(n)]).body?.getReader();
    let text = "";
    while (!text.includes("\n999\n")) text += new TextDecoder().decode((await reader?.read())?.value);
    expect(text.startsWith("n\n0\n1\n")).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    // Endless, and yet it stops when nobody reads on.
    expect(asked).toBeLessThan(100);
    await reader?.cancel();
  });
});
