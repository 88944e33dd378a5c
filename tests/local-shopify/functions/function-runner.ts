import { existsSync, readFileSync, statSync } from "node:fs";
import { type DocumentNode, execute, type GraphQLFieldResolver, type GraphQLSchema } from "graphql";
import { NotInLocalShopify } from "../admin-api/errors.ts";
import { faultOfOutput, type FunctionApi, functionSchema, readInputQuery } from "./function-schema.ts";
import type { FunctionExtension } from "./extensions.ts";
import { RunFailed, WasmModule } from "./wasm-module.ts";

const MOST = { instructions: 11_000_000, inputBytes: 128_000, outputBytes: 20_000, moduleBytes: 256_000 };
/** Limits grow with each line above so many. */
const LINES = 200;
const GROWTH = 0.005;
/** Shopify's share of a run, for which the Function is charged: an estimate. */
const HOST_SHARE = { once: 21_000, line: 10_400 };

/** What came of asking a Function about a cart. */
export interface FunctionRun {
  readonly handle: string;
  /** The result of its target, or null when everything that the Function would have given is lost. */
  readonly output: unknown;
  /** Why it is lost. */
  readonly reason: string | null;
  readonly log: readonly string[];
  /** Operators that it executed and an estimate of Shopify's share; null where they cannot be counted. */
  readonly instructions: number | null;
  /** Bytes of JSON as it goes over the wire. */
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly moduleBytes: number;
  readonly hostCalls: number;
}

/** What a Function may ask about a cart, and how many lines the cart has. */
export interface FunctionCall {
  readonly root: object;
  readonly lines: number;
}

interface Loaded {
  readonly stamp: string;
  readonly module: WasmModule;
  readonly query: DocumentNode;
  readonly exportName: string;
  readonly moduleBytes: number;
}

/** Runs Functions as they lie in the extensions' folders; one that was built anew is taken up. */
export class FunctionRunner {
  private readonly loaded = new Map<string, Loaded>();

  /**
   * Runs a Function on what its own input query picks of an input, for a cart of so many lines.
   *
   * @throws Error when Shopify would not have deployed it
   */
  run(extension: FunctionExtension, api: FunctionApi, { root, lines }: FunctionCall): FunctionRun {
    const { module, query, exportName, moduleBytes } = this.load(extension, api);
    const input = inputOf(query, root, functionSchema(api));
    const scale = 1 + GROWTH * Math.max(0, lines - LINES);
    const inputBytes = wireBytes(input);
    const share = HOST_SHARE.once + (api.readsLines ? HOST_SHARE.line * lines : 0);
    const allowed = Math.floor(MOST.instructions * scale) - share;
    const base = { handle: extension.handle, inputBytes, moduleBytes, log: [], outputBytes: 0, hostCalls: 0 };
    const lost = (reason: string, operators: number | null, more: Partial<FunctionRun> = {}): FunctionRun => ({
      ...{ ...base, output: null, reason, instructions: operators === null ? null : operators + share },
      ...more,
    });
    if (inputBytes > MOST.inputBytes * scale) return lost(`the input has ${inputBytes} bytes`, 0);
    try {
      const { output, log, operators, hostCalls } = module.run(exportName, input, allowed);
      const outputBytes = Buffer.byteLength(JSON.stringify(output) ?? "");
      const facts = { log, outputBytes, hostCalls };
      if (operators !== null && operators > allowed) return lost("too many instructions", operators, facts);
      if (outputBytes > MOST.outputBytes * scale) return lost(`the output has ${outputBytes} bytes`, operators, facts);
      const fault = faultOfOutput(output, api);
      if (fault !== null) return lost(`the output is not valid: ${fault}`, operators, facts);
      return { ...base, ...facts, output, reason: null, instructions: operators === null ? null : operators + share };
    } catch (error) {
      if (error instanceof RunFailed) return lost(error.message, error.operators, { log: error.log });
      throw error;
    }
  }

  private load(extension: FunctionExtension, api: FunctionApi): Loaded {
    const { wasmPath, targets, handle } = extension;
    const target = targets.find((one) => one.target === api.target);
    if (!target?.inputQueryPath)
      throw new NotInLocalShopify(`Function ${handle} without an input query for ${api.target}`);
    if (!existsSync(wasmPath)) throw new Error(`Function ${handle} is not built: there is no ${wasmPath}`);
    const stamp = `${statSync(wasmPath).mtimeMs} ${statSync(target.inputQueryPath).mtimeMs}`;
    const name = `${api.target} ${wasmPath}`;
    const known = this.loaded.get(name);
    if (known?.stamp === stamp) return known;
    const bytes = readFileSync(wasmPath);
    if (bytes.length > MOST.moduleBytes) throw new Error(`Function ${handle} has ${bytes.length} bytes`);
    const loaded = {
      stamp,
      module: new WasmModule(bytes),
      query: readInputQuery(readFileSync(target.inputQueryPath, "utf8"), api),
      exportName: target.exportName,
      moduleBytes: bytes.length,
    };
    this.loaded.set(name, loaded);
    return loaded;
  }
}

/** What is missing in the source is not invented: null has to be said. */
const resolveField: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  const { fieldName, parentType } = info;
  const value: unknown = (source as Record<string, unknown>)[fieldName];
  if (value === undefined) throw new NotInLocalShopify(`${parentType.name}.${fieldName} of a Function's input`);
  return typeof value === "function" ? (value as (...given: unknown[]) => unknown)(args, context, info) : value;
};

function inputOf(query: DocumentNode, root: object, schema: GraphQLSchema): unknown {
  const result = execute({ schema, document: query, rootValue: root, fieldResolver: resolveField });
  if (result instanceof Promise) throw new TypeError("a resolver of a Function's input was asynchronous");
  const [error] = result.errors ?? [];
  if (error) throw error.originalError ?? error;
  return result.data;
}

/** JSON with its slashes escaped, as Shopify sends it. */
function wireBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value).replaceAll("/", "\\/"));
}
