import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readCarts } from "../../scripts/scenario/check-carts.ts";
import { JSON_SCHEMAS } from "../../scripts/scenario/json-schemas.ts";
import { readSettings } from "../../scripts/scenario/settings.ts";

const fileWith = (text: string): string => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "pareto-settings-")), "settings.json");
  writeFileSync(file, text);
  return file;
};

test.each(Object.entries(JSON_SCHEMAS))("%s says what its reader asks for", (file, text) => {
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(text));
});

test("settings that name nothing are the default ones", async () => {
  expect(await readSettings(undefined)).toEqual({});
  expect(await readSettings(fileWith("{}"))).toEqual({});
});

test.each([
  ['{"window":{"days":0}}', "window"],
  ['{"windows":"all"}', "windows"],
  ['{"scopes":["orders"]}', "scopes.0"],
  ['{"rules":[{"kind":"tax"}]}', "rules.0.kind"],
  ['{"rules":[{"kind":"shipping_cost","perOrder":2.5}]}', "rules.0.perOrder"],
  ['{"tierMethod":"guess"}', "tierMethod"],
  ["{", "is not JSON"],
])("settings such as %s are refused with the place", async (text, place) => {
  await expect(readSettings(fileWith(text))).rejects.toThrow(place);
});

test("carts are read line by line, and one that is wrong is refused with its line and place", async () => {
  const good =
    '{"cart":"c1","companyLocationId":11,"contactId":1,"customerId":null,"email":null,"attributes":{},"lines":[{"variantId":11,"quantity":12}]}';
  expect(await readCarts(fileWith(`${good}\n\n${good}\n`))).toHaveLength(2);
  await expect(readCarts(fileWith(`${good}\n{`))).rejects.toThrow(/line 2: is not JSON/);
  await expect(readCarts(fileWith(good.replace("12}", "0}")))).rejects.toThrow(/line 1: lines.0.quantity/);
});
