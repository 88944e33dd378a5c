import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readWorldFile } from "./world.ts";

const run = promisify(execFile);
const COMMAND = fileURLToPath(new URL("generate.ts", import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "world-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const generate = (...args: string[]) => run(process.execPath, ["--import", "tsx", COMMAND, ...args]);

test("the command writes a world that reads, of the size and kind asked for", async () => {
  const out = join(folder, "world.jsonl");
  const now = "2026-06-01T00:00:00Z";
  await generate("--demo", "--customers", "30", "--orders", "50", "--currency", "JPY", "--now", now, "--out", out);
  const world = await readWorldFile(out, { now: new Date(now) });
  expect(world.shop).toMatchObject({ domain: "north-and-pine.myshopify.com", currency: "JPY", plan: "PLUS" });
  expect([world.customers.size, world.orders.length]).toEqual([30, 50]);
});

test("the command makes a world of everything when asked", async () => {
  const out = join(folder, "world.jsonl");
  const now = "2026-06-01T00:00:00Z";
  await generate("--mix", "everything", "--customers", "20", "--orders", "80", "--now", now, "--out", out);
  const { orders } = await readWorldFile(out, { now: new Date(now) });
  expect(orders.filter(({ edits }) => edits.length > 0).length).toBeGreaterThan(5);
  expect(orders.filter(({ disputes }) => disputes.length > 0).length).toBeGreaterThan(2);
});

test("the command refuses what it does not understand", async () => {
  await expect(generate("--out", join(folder, "w"), "--customers", "many")).rejects.toThrow("whole number above 0");
  await expect(generate("--out", join(folder, "w"), "--mix", "some")).rejects.toThrow("plain, usual or everything");
  await expect(generate()).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("--out FILE") });
});
