import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { settingsJsonSchemaText } from "../../scripts/scenario/settings-json-schema.ts";
import { readSettings } from "../../scripts/scenario/settings.ts";

const fileWith = (text: string): string => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "pareto-settings-")), "settings.json");
  writeFileSync(file, text);
  return file;
};

test("docs/settings.schema.json says what the reader of settings asks for", () => {
  expect(JSON.parse(readFileSync("docs/settings.schema.json", "utf8"))).toEqual(JSON.parse(settingsJsonSchemaText()));
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
