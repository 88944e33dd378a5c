import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { z } from "zod";
import { builtModule } from "./built-function.ts";

const EXTENSION = "extensions/pareto-discount";

const toml = z
  .object({
    api_version: z.string(),
    extensions: z.tuple([
      z.object({
        name: z.string(),
        description: z.string(),
        handle: z.string().max(30),
        type: z.literal("function"),
        targeting: z.tuple([z.object({ target: z.string(), input_query: z.string(), export: z.string() })]),
        build: z.object({
          command: z.string(),
          path: z.string(),
          wasm_opt: z.literal(false),
          watch: z.array(z.string()),
        }),
        ui: z.object({ paths: z.object({ create: z.string(), details: z.string() }) }),
      }),
    ]),
  })
  .strict()
  .parse(parse(readFileSync(`${EXTENSION}/shopify.extension.toml`, "utf8")));

const [extension] = toml.extensions;
const [target] = extension.targeting;

const module = new WebAssembly.Module(new Uint8Array(builtModule()));

test("the module exports its target, by the name that the toml gives, and its memory", () => {
  expect(target).toMatchObject({ target: "cart.lines.discounts.generate.run" });
  const exported = WebAssembly.Module.exports(module).map(({ kind, name }) => `${kind} ${name}`);
  expect(exported.sort()).toEqual([`function ${target.export}`, "memory memory"]);
});

test("the module imports nothing but functions of Shopify's Function Wasm API", () => {
  for (const { kind, module: from, name } of WebAssembly.Module.imports(module)) {
    expect(`${from} ${kind} ${name}`).toMatch(/^shopify_function_v2 function shopify_function_[a-z0-9_]+$/);
  }
});

test("the module runs nothing before it is called", () => {
  const bytes = builtModule();
  const sections: number[] = [];
  for (let at = 8; at < bytes.length;) {
    sections.push(bytes[at] ?? 0);
    let length = 0;
    let shift = 0;
    do {
      at += 1;
      length |= ((bytes[at] ?? 0) & 127) << shift;
      shift += 7;
    } while ((bytes[at] ?? 0) >= 128);
    at += 1 + length;
  }
  const START = 8;
  expect(sections).not.toContain(START);
});

test("the toml is built by npm alone, for the version of the schema", () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync("package.json", "utf8")));
  expect(extension.build.command).toBe("npm run build:functions");
  expect(scripts["build:functions"]).toBeDefined();
  expect(extension.build.path).toBe("dist/function.wasm");
  expect(readFileSync("app/shopify/api-version.ts", "utf8")).toContain("October26");
  expect(toml.api_version).toBe("2026-10");
});

test("what the toml takes from the locales is in each of them", () => {
  for (const file of ["en.default.json", "zh-CN.json"]) {
    const locale = z.object({ name: z.string(), description: z.string() }).strict();
    locale.parse(JSON.parse(readFileSync(`${EXTENSION}/locales/${file}`, "utf8")));
  }
  expect([extension.name, extension.description]).toEqual(["t:name", "t:description"]);
});
