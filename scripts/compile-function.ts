import { readFile } from "node:fs/promises";
import path from "node:path";
import asc from "assemblyscript/asc";

/** A Function's sources by their path below its folder; what is not in here is read from the disk. */
export type Sources = ReadonlyMap<string, string>;

/**
 * Compiles `assembly/index.ts` of an extension's folder to WebAssembly, without a runtime: memory is laid out at compile time,
 * and nothing is imported but Shopify's Function Wasm API.
 *
 * @throws Error with the compiler's messages
 */
export const compileFunction = async (folder: string, changed: Sources = new Map()): Promise<Uint8Array> => {
  let wasm: Uint8Array | undefined;
  const messages = asc.createMemoryStream();
  const { error } = await asc.main(
    ["assembly/index.ts", "--outFile", "function.wasm", "--runtime", "stub", "--use", "abort="].concat([
      "--optimizeLevel",
      "3",
      "--shrinkLevel",
      "1",
      "--converge",
      "--noAssert",
    ]),
    {
      // The compiler also looks for files that need not be there.
      readFile: async (name) =>
        changed.get(name) ?? (await readFile(path.join(folder, name), "utf8").catch(() => null)),
      writeFile: (_name, contents) => {
        if (contents instanceof Uint8Array) wasm = contents;
      },
      listFiles: () => null,
      stderr: messages,
    },
  );
  if (error || !wasm) throw new Error(`${folder} does not compile:\n${messages.toString()}`, { cause: error });
  return wasm;
};
