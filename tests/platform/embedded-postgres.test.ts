import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";

/** Each test goes on with the folder that the one before it left. */
let parent: string;
let dir: string;
let owner: ChildProcess | null = null;

beforeAll(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "pareto-embedded-"));
  // The database's own user has to get through to the folder in it.
  await chmod(parent, 0o711);
  dir = path.join(parent, "postgres");
});
afterEach(() => void owner?.kill("SIGKILL"));
afterAll(() => rm(parent, { recursive: true, force: true }));

const notes = async (url: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ text: string }>("SELECT text FROM note ORDER BY text");
  await client.end();
  return rows.map(({ text }) => text);
};

const run = (script: string, ...args: readonly string[]): ChildProcess => {
  const child = spawn(process.execPath, ["--import", "tsx", `tests/platform/${script}.ts`, dir, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  owner = child;
  return child;
};

const said = async ({ stdout }: ChildProcess): Promise<string> => {
  if (!stdout) throw new Error("The process says nothing");
  const [chunk] = (await once(stdout, "data")) as [Buffer];
  return chunk.toString();
};

/** Another process that owns the folder's database; resolves when the database is up. */
const startOwner = async (note: string): Promise<ChildProcess> => {
  const child = run("database-owner", note);
  expect(await said(child)).toBe("ready\n");
  return child;
};

const killed = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
};

const serverPid = async (): Promise<number> =>
  Number((await readFile(path.join(dir, "postmaster.pid"), "utf8")).split("\n")[0]);

test("a second process is refused while the first one owns the folder, and told which one that is", async () => {
  const first = await startOwner("first");
  await expect(startEmbeddedPostgres({ dir, keep: true })).rejects.toThrow(`in use by process ${first.pid}`);
  await killed(first);
});

test("after its owner was killed, the server that lived on gives way to a new one, with all that was written", async () => {
  const orphan = await serverPid();
  expect(() => process.kill(orphan, 0)).not.toThrow();
  const database = await startEmbeddedPostgres({ dir, keep: true });
  expect(await notes(database.url)).toEqual(["first"]);
  expect(() => process.kill(orphan, 0)).toThrow("ESRCH");
  await database.stop();
});

test("a stop gives the folder back and ends the server", async () => {
  expect(existsSync(path.join(dir, "postmaster.pid"))).toBe(false);
  expect(existsSync(`${dir}.owner`)).toBe(false);
});

test("after the server and its owner were both killed, the database starts again with all that was written", async () => {
  const child = await startOwner("second");
  process.kill(await serverPid(), "SIGKILL");
  await killed(child);
  const database = await startEmbeddedPostgres({ dir, keep: true });
  expect(await notes(database.url)).toEqual(["first", "second"]);
  await database.stop();
});

test("the database asks for a password, which only the owner of the folder may read", async () => {
  const database = await startEmbeddedPostgres({ dir, keep: true });
  const url = new URL(database.url);
  expect(url.password.length).toBeGreaterThan(30);
  url.password = "wrong";
  const client = new pg.Client({ connectionString: url.href });
  await expect(client.connect()).rejects.toThrow("password authentication failed");
  expect(url.hostname).toBe("127.0.0.1");
  await database.stop();
});

test("a process that used the database stops in its own order on a signal, and ends with its own code", async () => {
  const child = run("orderly-process");
  expect(await said(child)).toBe("ready\n");
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await said(child)).toBe("the database still answers\n");
  expect(await ended).toEqual([3, null]);
});

test("one that is not kept leaves nothing behind", async () => {
  const fleeting = path.join(parent, "fleeting");
  const database = await startEmbeddedPostgres({ dir: fleeting, keep: false });
  expect(existsSync(fleeting)).toBe(true);
  await database.stop();
  for (const left of [fleeting, `${fleeting}.owner`, `${fleeting}.password`]) expect(existsSync(left)).toBe(false);
});
