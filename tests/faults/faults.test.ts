import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { FAULTS } from "./faults.ts";
import { withFault } from "./plant-fault.ts";

const result = z.object({ project: z.string(), file: z.string(), test: z.string(), state: z.string() });
type Result = z.infer<typeof result>;

const dir = mkdtempSync(path.join(tmpdir(), "pareto-faults-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** All that the run printed, should it not have come to results. */
let said = "";

const runAll = (): Promise<Result[]> =>
  new Promise((resolve, reject) => {
    const file = path.join(dir, "results.jsonl");
    const child = spawn(
      process.execPath,
      ["node_modules/vitest/vitest.mjs", "run", "--config", "tests/faults/vitest.config.ts", "--root", "."],
      { env: { ...process.env, PARETO_FAULTS: "all", PARETO_FAULT_RESULTS: file }, stdio: ["ignore", "pipe", "pipe"] },
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (said += text));
    }
    child.once("error", reject);
    child.once("exit", () => {
      const lines = readFileSync(file, "utf8").trim().split("\n");
      resolve(lines.map((line) => result.parse(JSON.parse(line))));
    });
  });

let results: readonly Result[] = [];

beforeAll(async () => {
  results = await runAll();
}, 300_000);

/** "file: test state" of the tests of a project that were run at all. */
const run = (project: string): string[] => {
  const found = results.filter((one) => one.project === project && one.state !== "skipped");
  if (found.length === 0) throw new Error(`Nothing was run:\n${said}`);
  return found.map((one) => `${one.file}: ${one.test} ${one.state}`).sort();
};

test("on the code as it is, every test that a fault names passes", () => {
  const named = new Set(FAULTS.map((fault) => `${fault.test.file}: ${fault.test.name} passed`));
  expect(run("as it is")).toEqual([...named].sort());
});

describe("a test fails when", () => {
  test.each(FAULTS)("$name", (fault) => {
    expect(run(fault.name)).toEqual([`${fault.test.file}: ${fault.test.name} failed`]);
  });
});

test("a fault whose line is not in its file, or is there twice, is refused", () => {
  const [fault] = FAULTS;
  if (!fault) throw new Error("There are no faults");
  expect(withFault(`a\n  ${fault.find}\nb`, fault)).toBe(`a\n${fault.replace}\nb`);
  expect(() => withFault("a\nb", fault)).toThrow(/has its line 0 times/);
  expect(() => withFault(`${fault.find}\n${fault.find}`, fault)).toThrow(/has its line 2 times/);
});

test("no two faults share a name", () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
});
