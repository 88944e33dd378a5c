import { existsSync, readFileSync } from "node:fs";
import { loadFunction, type LoadedFunction } from "#app/checkout/load-function.ts";

/** Where the modules under test lie; others when faults are planted. */
const DISCOUNT = process.env.PARETO_FUNCTION ?? "extensions/pareto-discount/dist/function.wasm";
const PAYMENTS = process.env.PARETO_PAYMENTS_FUNCTION ?? "extensions/pareto-payment-terms/dist/function.wasm";

const moduleAt = (path: string): Uint8Array => {
  if (!existsSync(path)) throw new Error(`${path} is not built: npm run build:functions`);
  return readFileSync(path);
};

export const builtModule = (): Uint8Array => moduleAt(DISCOUNT);
export const builtPaymentsModule = (): Uint8Array => moduleAt(PAYMENTS);

export const builtFunction = (): LoadedFunction => loadFunction(builtModule());
export const builtPaymentsFunction = (): LoadedFunction => loadFunction(builtPaymentsModule());
