import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TestExtension {
  readonly handle: string;
  readonly target?: string;
  readonly query?: string;
  readonly wasm?: Uint8Array;
}

/** A folder for a shop's state, with Functions in it as they would lie beside an app's toml. */
export function stateDirWith(...extensions: readonly TestExtension[]): string {
  const stateDir = mkdtempSync(join(tmpdir(), "local-shopify-"));
  for (const extension of extensions) writeExtension(stateDir, extension);
  return stateDir;
}

export function writeExtension(stateDir: string, extension: TestExtension): void {
  const { handle, target = "cart.lines.discounts.generate.run", query = "{ cart { lines { id } } }" } = extension;
  const folder = join(stateDir, "extensions", handle);
  mkdirSync(join(folder, "dist"), { recursive: true });
  writeFileSync(join(folder, "input.graphql"), query);
  if (extension.wasm) writeFileSync(join(folder, "dist", "function.wasm"), extension.wasm);
  const toml = `api_version = "2026-10"
[[extensions]]
name = "Function ${handle}"
handle = "${handle}"
type = "function"
  [[extensions.targeting]]
  target = "${target}"
  input_query = "input.graphql"
  export = "run"
  [extensions.build]
  path = "dist/function.wasm"
  [extensions.ui.paths]
  create = "/app/discounts/new"
  details = "/app/discounts/:id"
`;
  writeFileSync(join(folder, "shopify.extension.toml"), toml);
}
