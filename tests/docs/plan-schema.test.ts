import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { planJsonSchemaText } from "../../scripts/scenario/plan-json-schema.ts";

test("docs/plan.schema.json says what the reader of plans asks for", () => {
  expect(JSON.parse(readFileSync("docs/plan.schema.json", "utf8"))).toEqual(JSON.parse(planJsonSchemaText()));
});
