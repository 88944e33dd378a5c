import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "./app-process.ts";

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const INSTALLED = "/usr/lib/postgresql";

/** The programs of the installed PostgreSQL that PARETO_TEST_POSTGRES_BIN names, or else of Debian's newest; null: none. */
export const installedPostgres = (): string | null => {
  const named = process.env.PARETO_TEST_POSTGRES_BIN;
  if (named) return named;
  if (!existsSync(INSTALLED)) return null;
  const bins = readdirSync(INSTALLED)
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => path.join(INSTALLED, version, "bin"));
  return bins.find((bin) => existsSync(path.join(bin, "initdb")) && existsSync(path.join(bin, "postgres"))) ?? null;
};

const idOf = (flag: "-u" | "-g"): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));

/** PostgreSQL refuses to run as root: there, the user that Debian's package makes owns the cluster. */
export const databaseOwner = (): Owner | undefined =>
  process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : undefined;

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url });
  // It may go while it is being asked.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
};

const untilItAnswers = async (url: string, process: ChildProcess, log: readonly string[]): Promise<void> => {
  for (let waited = 0; waited < 30_000; waited += 100) {
    if (await answers(url)) return;
    if (process.exitCode !== null || process.signalCode !== null) break;
    await sleep(100);
  }
  throw new Error(`The installed PostgreSQL did not start:\n${log.join("")}`);
};

const ownedBy = (dir: string) => {
  const owner = databaseOwner();
  return { owner, options: { ...owner, cwd: dir, env: { ...process.env, LC_ALL: "C", TZ: "UTC" } } };
};

/** Makes a new cluster in `dir` with the programs of an installed PostgreSQL. */
export const makeCluster = (bin: string, dir: string): void => {
  mkdirSync(dir, { recursive: true });
  const { owner, options } = ownedBy(dir);
  if (owner) chownSync(dir, owner.uid, owner.gid);
  execFileSync(
    path.join(bin, "initdb"),
    ["--pgdata", dir, "--username", "pareto", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"],
    { ...options, stdio: ["ignore", "ignore", "inherit"] },
  );
};

/** Runs the server of a cluster, reachable from this machine alone, until it is told to stop or killed. */
export const runCluster = async (
  bin: string,
  dir: string,
  port: number,
  settings: readonly string[],
): Promise<Server & { readonly process: ChildProcess }> => {
  const own = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", ...settings];
  const server = spawn(path.join(bin, "postgres"), ["-D", dir, ...own.flatMap((setting) => ["-c", setting])], {
    ...ownedBy(dir).options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const log: string[] = [];
  server.stderr?.on("data", (chunk: Buffer) => void log.push(chunk.toString()));
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const url = `postgresql://pareto@127.0.0.1:${port}/postgres`;
  await untilItAnswers(url, server, log);
  return {
    url,
    process: server,
    stop: async () => {
      server.kill("SIGINT");
      await ended;
    },
  };
};

/** A new cluster in `dir`, made and run with the programs of an installed PostgreSQL. */
export const startInstalledPostgres = async (bin: string, dir: string): Promise<Server> => {
  makeCluster(bin, dir);
  return runCluster(bin, dir, await freePort(), ["fsync=off"]);
};
