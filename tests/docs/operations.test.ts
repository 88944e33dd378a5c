import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const operations = readFileSync("docs/operations.md", "utf8");

test("operations list every variable of the environment, and none that there is not", () => {
  const source = readFileSync("app/platform/env.server.ts", "utf8");
  const known = [...source.matchAll(/^ {2}([A-Z_]+): z/gm)].map(([, name]) => name);
  const section = operations.slice(operations.indexOf("## Environment"), operations.indexOf("## Processes"));
  const listed = section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));
  expect(known.length).toBeGreaterThan(10);
  expect(new Set(listed)).toEqual(new Set(known));
});

test("operations say of every table where it is when shops are spread over servers", () => {
  const migrations = readdirSync("prisma/migrations", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const sql = migrations.map(({ name }) => readFileSync(`prisma/migrations/${name}/migration.sql`, "utf8")).join("\n");
  const dropped = new Set([...sql.matchAll(/DROP TABLE "(\w+)"/g)].map(([, table]) => table));
  const tables = [...sql.matchAll(/CREATE TABLE "(\w+)"/g)].flatMap(([, table = ""]) =>
    dropped.has(table) ? [] : [table],
  );
  const section = operations.slice(operations.indexOf("### Sharding by shop"), operations.indexOf("## What is kept"));
  const missing = tables.filter((table) => !new RegExp(`['\`]${table}['\`]`).test(section));
  const named = [...section.matchAll(/'(\w+)'/g)].map(([, table]) => table ?? "");
  expect(missing).toEqual([]);
  expect(named.filter((table) => table !== "shop_id" && !tables.includes(table))).toEqual([]);
});
