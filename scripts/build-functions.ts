import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { compileFunction } from "./compile-function.ts";

// Builds every Function of the app: extensions/NAME/assembly to extensions/NAME/dist/function.wasm.

const EXTENSIONS = path.resolve(import.meta.dirname, "../extensions");

const entries = await readdir(EXTENSIONS, { withFileTypes: true });
for (const { name } of entries.filter((entry) => entry.isDirectory())) {
  const folder = path.join(EXTENSIONS, name);
  // What Functions share lies in a folder without a toml.
  if (!existsSync(path.join(folder, "shopify.extension.toml"))) continue;
  const wasm = await compileFunction(folder);
  await mkdir(path.join(folder, "dist"), { recursive: true });
  await writeFile(path.join(folder, "dist/function.wasm"), wasm);
  process.stderr.write(`extensions/${name}/dist/function.wasm: ${wasm.byteLength} bytes\n`);
}
