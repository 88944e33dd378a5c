import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";

/** Beside the project, where somebody put it: public data sets are no part of the project. */
const ROOT = path.resolve(import.meta.dirname, "../../../shared/data");

/** Whether a data set is there; says so when it is not, since tests that need it are then skipped. */
export const hasData = (folder: string): boolean => {
  const isThere = existsSync(path.join(ROOT, folder));
  if (!isThere) console.log(`${folder}: skipped: no data`);
  return isThere;
};

/** The rows of a compressed CSV file, each by the names of its header. */
export const readRows = <Column extends string>(folder: string, file: string): Record<Column, string>[] =>
  parse(gunzipSync(readFileSync(path.join(ROOT, folder, file))), { columns: true, bom: true });

/** The figures that an independent script found in the same data. */
export const readReference = (folder: string): unknown =>
  JSON.parse(readFileSync(path.join(ROOT, folder, "reference.json"), "utf8"));
