import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chownSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const idOf = (flag: "-u" | "-g"): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));

/** PostgreSQL refuses to run as root: there, the user that Debian's package makes owns the cluster. */
const ownerForRoot = (): Owner | undefined =>
  process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : undefined;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url });
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
    if (process.exitCode !== null) break;
    await sleep(100);
  }
  throw new Error(`The installed PostgreSQL did not start:\n${log.join("")}`);
};

/** A new cluster in `dir`, made and run with the programs of an installed PostgreSQL, reachable from this machine alone. */
export const startInstalledPostgres = async (bin: string, dir: string): Promise<Server> => {
  const owner = ownerForRoot();
  mkdirSync(dir, { recursive: true });
  if (owner) chownSync(dir, owner.uid, owner.gid);
  const options = { ...owner, cwd: dir, env: { ...process.env, LC_ALL: "C", TZ: "UTC" } };
  execFileSync(
    path.join(bin, "initdb"),
    ["--pgdata", dir, "--username", "pareto", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"],
    { ...options, stdio: ["ignore", "ignore", "inherit"] },
  );
  const port = await freePort();
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"];
  const server = spawn(path.join(bin, "postgres"), ["-D", dir, ...settings.flatMap((setting) => ["-c", setting])], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const log: string[] = [];
  server.stderr?.on("data", (chunk: Buffer) => void log.push(chunk.toString()));
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const url = `postgresql://pareto@127.0.0.1:${port}/postgres`;
  await untilItAnswers(url, server, log);
  return {
    url,
    stop: async () => {
      server.kill("SIGINT");
      await ended;
    },
  };
};
