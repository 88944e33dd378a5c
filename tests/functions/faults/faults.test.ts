import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { withFault } from "#tests/faults/plant-fault.ts";
import { compileFunction } from "../../../scripts/compile-function.ts";
import { FUNCTION_FAULTS } from "./faults.ts";

const EXTENSION = "extensions/pareto-discount";
const AS_IT_IS = "as it is";

const result = z.object({ project: z.string(), test: z.string(), state: z.string() });

const dir = mkdtempSync(path.join(tmpdir(), "pareto-function-faults-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Compiles the Function with some sources changed, and returns where the module lies. */
const moduleOf = async (name: string, changed: ReadonlyMap<string, string>): Promise<string> => {
  const file = path.join(dir, `${name.replaceAll(/[^a-z]+/g, "-")}.wasm`);
  writeFileSync(file, await compileFunction(EXTENSION, changed));
  return file;
};

const run = (job: unknown): Promise<z.infer<typeof result>[]> =>
  new Promise((resolve, reject) => {
    const [faults, results] = [path.join(dir, "faults.json"), path.join(dir, "results.jsonl")];
    writeFileSync(faults, JSON.stringify(job));
    writeFileSync(results, "");
    const child = spawn(
      process.execPath,
      ["node_modules/vitest/vitest.mjs", "run", "--config", "tests/functions/faults/vitest.config.ts", "--root", "."],
      { env: { ...process.env, PARETO_FAULTS: faults, PARETO_FAULT_RESULTS: results }, stdio: "ignore" },
    );
    child.once("error", reject);
    child.once("exit", () => {
      const lines = readFileSync(results, "utf8").split("\n").filter(Boolean);
      resolve(lines.map((line) => result.parse(JSON.parse(line))));
    });
  });

let results: readonly z.infer<typeof result>[] = [];

beforeAll(async () => {
  const job = [
    { name: AS_IT_IS, module: await moduleOf(AS_IT_IS, new Map()), tests: FUNCTION_FAULTS.map((one) => one.test) },
  ];
  for (const fault of FUNCTION_FAULTS) {
    const changed = withFault(readFileSync(path.join(EXTENSION, fault.file), "utf8"), fault);
    const module = await moduleOf(fault.name, new Map([[fault.file, changed]]));
    job.push({ name: fault.name, module, tests: [fault.test] });
  }
  results = await run(job);
}, 300_000);

/** "file: test" with its state, of the tests that a project ran. */
const statesOf = (project: string): Record<string, string> =>
  Object.fromEntries(
    results.flatMap((one) => (one.project === project && one.state !== "skipped" ? [[one.test, one.state]] : [])),
  );

const nameOf = ({ test: { file, name } }: (typeof FUNCTION_FAULTS)[number]): string => `${file}: ${name}`;

test("on the Function as it is, every test that a fault names passes", () => {
  expect(statesOf(AS_IT_IS)).toEqual(Object.fromEntries(FUNCTION_FAULTS.map((fault) => [nameOf(fault), "passed"])));
});

describe("a test fails when", () => {
  test.each(FUNCTION_FAULTS)("$name", (fault) => {
    expect(statesOf(fault.name)).toEqual({ [nameOf(fault)]: "failed" });
  });
});
