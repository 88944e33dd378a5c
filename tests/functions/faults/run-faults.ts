import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import type { Fault } from "#tests/faults/faults.ts";
import { withFault } from "#tests/faults/plant-fault.ts";
import { compileFunction } from "../../../scripts/compile-function.ts";

const AS_IT_IS = "as it is";

const result = z.object({ project: z.string(), test: z.string(), state: z.string() });
type Result = z.infer<typeof result>;

/** A Function in which faults are planted, and the variable by which its tests find the module. */
export interface FaultyFunction {
  readonly extension: string;
  readonly variable: "PARETO_FUNCTION" | "PARETO_PAYMENTS_FUNCTION";
}

/** "file: test" with its state, of the tests that were run on a module. */
export type States = Readonly<Record<string, string>>;

export interface FaultRun {
  /** Of the Function as it is, on which every test that a fault names was run. */
  readonly asItIs: States;
  of(fault: Fault): States;
}

export const testOf = ({ test: { file, name } }: Fault): string => `${file}: ${name}`;

/** Compiles a Function once as it is and once with each fault, and runs on each module the tests that the faults name. */
export const runFaults = async (faulty: FaultyFunction, faults: readonly Fault[]): Promise<FaultRun> => {
  const dir = mkdtempSync(path.join(tmpdir(), "pareto-function-faults-"));
  const { extension, variable } = faulty;
  const moduleOf = async (name: string, changed: ReadonlyMap<string, string>): Promise<string> => {
    const file = path.join(dir, `${name.replaceAll(/[^a-z0-9]+/g, "-")}.wasm`);
    writeFileSync(file, await compileFunction(extension, changed));
    return file;
  };
  try {
    const job = [
      { name: AS_IT_IS, variable, module: await moduleOf(AS_IT_IS, new Map()), tests: faults.map((one) => one.test) },
    ];
    for (const fault of faults) {
      const changed = withFault(readFileSync(path.join(extension, fault.file), "utf8"), fault);
      const module = await moduleOf(fault.name, new Map([[fault.file, changed]]));
      job.push({ name: fault.name, variable, module, tests: [fault.test] });
    }
    const results = await run(dir, job);
    return { asItIs: statesOf(results, AS_IT_IS), of: ({ name }) => statesOf(results, name) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

const run = (dir: string, job: unknown): Promise<Result[]> =>
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

const statesOf = (results: readonly Result[], project: string): States =>
  Object.fromEntries(
    results.flatMap((one) => (one.project === project && one.state !== "skipped" ? [[one.test, one.state]] : [])),
  );
