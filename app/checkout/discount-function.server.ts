import { readFileSync } from "node:fs";
import { loadFunction, type LoadedFunction } from "./load-function.ts";

const DISCOUNT_FUNCTION = "extensions/pareto-discount/dist/function.wasm";

let loaded: LoadedFunction | undefined;

/** The discount Function, by the bytes that run at checkout; loaded at the first call. */
export const discountFunction = (): LoadedFunction => (loaded ??= loadFunction(readFileSync(DISCOUNT_FUNCTION)));
