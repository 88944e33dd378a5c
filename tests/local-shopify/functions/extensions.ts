import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";

const targetSchema = z.object({
  target: z.string(),
  input_query: z.string().optional(),
  export: z.string(),
});

const extensionSchema = z.object({
  name: z.string(),
  handle: z.string().min(1),
  description: z.string().optional(),
  type: z.string(),
  targeting: z.array(targetSchema).default([]),
  build: z.object({ path: z.string() }).partial().optional(),
  ui: z.object({ paths: z.object({ create: z.string(), details: z.string() }).partial().optional() }).optional(),
});

const fileSchema = z.object({ api_version: z.string(), extensions: z.array(extensionSchema).min(1) });

/** One function of an extension: what it is asked for, with which input, by which export. */
export interface FunctionTarget {
  readonly target: string;
  /** The file of the input query, or null. */
  readonly inputQueryPath: string | null;
  readonly exportName: string;
}

/** A Function of the app as a deploy would find it. */
export interface FunctionExtension {
  readonly handle: string;
  /** As Shopify numbers it; here the handle and the app's key decide it. */
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly apiVersion: string;
  readonly wasmPath: string;
  readonly targets: readonly FunctionTarget[];
  /** Where in the app its discounts are created and edited. */
  readonly uiPaths: { readonly create: string | null; readonly details: string | null };
}

/**
 * Reads the Functions in the folder `extensions` next to the app's toml. There need not be any.
 *
 * @throws Error on an extension of which the local Shopify does not know what to do with it, or two of one handle
 */
export function readExtensions(appTomlPath: string, apiKey: string): FunctionExtension[] {
  const folder = join(dirname(appTomlPath), "extensions");
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "shopify.extension.toml")))
    .flatMap((entry) => readFolder(join(folder, entry.name), apiKey));
  const handles = found.map(({ handle }) => handle);
  const double = handles.find((handle, index) => handles.indexOf(handle) !== index);
  if (double !== undefined) throw new Error(`two extensions have the handle ${double}`);
  return found;
}

function readFolder(folder: string, apiKey: string): FunctionExtension[] {
  const file = fileSchema.parse(parse(readFileSync(join(folder, "shopify.extension.toml"), "utf8")));
  return file.extensions.map((extension) => {
    if (extension.type !== "function")
      throw new Error(`not in the local Shopify: extensions of type ${extension.type}`);
    const { handle, targeting, build, ui } = extension;
    return {
      handle,
      id: uuidOf(`${apiKey} ${handle}`),
      title: localised(folder, extension.name),
      description: extension.description === undefined ? null : localised(folder, extension.description),
      apiVersion: file.api_version,
      wasmPath: join(folder, build?.path ?? "dist/function.wasm"),
      targets: targeting.map((target) => ({
        target: target.target,
        inputQueryPath: target.input_query === undefined ? null : join(folder, target.input_query),
        exportName: target.export,
      })),
      uiPaths: { create: ui?.paths?.create ?? null, details: ui?.paths?.details ?? null },
    };
  });
}

/** Texts that begin with `t:` stand in the extension's own language file. */
function localised(folder: string, text: string): string {
  if (!text.startsWith("t:")) return text;
  const words = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(join(folder, "locales", "en.default.json"), "utf8")));
  const value = words[text.slice(2)];
  if (typeof value !== "string") throw new Error(`${folder} has no English text for ${text}`);
  return value;
}

function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
