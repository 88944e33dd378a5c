import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { z } from "zod";
import { SCOPE_REASONS } from "#app/core/access/scope-reasons.ts";

const { access_scopes: asked } = z
  .object({ access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()) }) })
  .parse(parse(readFileSync("shopify.app.toml", "utf8")));
const all = [...asked.scopes.split(","), ...asked.optional_scopes].toSorted();

test("the app has a reason for each access scope that it asks for, and for no other", () => {
  expect(Object.keys(SCOPE_REASONS).toSorted()).toEqual(all);
});

test("the documentation gives a reason for each, and the README asks for those that are required", () => {
  const architecture = readFileSync("docs/ARCHITECTURE.md", "utf8");
  const section = architecture.slice(
    architecture.indexOf("## Access scopes"),
    architecture.indexOf("## The local Shopify"),
  );
  const named = new Set(section.match(/(?<=`)(?:read|write)_\w+(?=`)/g));
  expect([...named].toSorted()).toEqual(all);
  expect(readFileSync("README.md", "utf8")).toContain(`SCOPES=${asked.scopes} `);
});
