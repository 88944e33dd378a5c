import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { worldJsonSchemaText } from "./json-schema.ts";

test("docs/world.schema.json says what the reader of worlds asks for", () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL("../../../docs/world.schema.json", import.meta.url), "utf8"),
  );
  // When this fails: npx tsx tests/local-shopify/world/write-json-schema.ts
  expect(committed).toEqual(JSON.parse(worldJsonSchemaText()));
});
