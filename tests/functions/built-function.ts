import { existsSync, readFileSync } from "node:fs";
import { loadFunction, type LoadedFunction } from "#app/checkout/load-function.ts";

/** Where the module under test lies; another one when faults are planted. */
const MODULE = process.env.PARETO_FUNCTION ?? "extensions/pareto-discount/dist/function.wasm";

export const builtModule = (): Uint8Array => {
  if (!existsSync(MODULE)) throw new Error(`${MODULE} is not built: npm run build:functions`);
  return readFileSync(MODULE);
};

export const builtFunction = (): LoadedFunction => loadFunction(builtModule());
