import path from "node:path";
import type { Plugin } from "vite";
import type { Fault } from "./faults.ts";

/**
 * The text of a file with a fault in it.
 *
 * @throws Error when the line is not there exactly once
 */
export const withFault = (code: string, { name, file, find, replace }: Fault): string => {
  const lines = code.split("\n");
  const found = lines.flatMap((line, index) => (line.trim() === find ? [index] : []));
  const [at] = found;
  if (at === undefined || found.length > 1) {
    throw new Error(`The fault "${name}" has its line ${found.length} times in ${file}: ${find}`);
  }
  return lines.with(at, replace).join("\n");
};

/** Puts a fault into its file as the file is loaded; on the disk it stays as it is. */
export const plantFault = (fault: Fault): Plugin => ({
  name: "plant-fault",
  enforce: "pre",
  transform: (code, id) =>
    path.relative(process.cwd(), id.split("?")[0] ?? "") === fault.file
      ? { code: withFault(code, fault), map: null }
      : null,
});
