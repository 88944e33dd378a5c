import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";
import { freePort } from "#tests/setup/app-process.ts";
import { installedPostgres, makeCluster, runCluster } from "#tests/setup/installed-postgres.ts";

/** A PostgreSQL of a storm's own, whose data outlives it: what it has said is kept is on disk. */
export interface StormDatabase {
  readonly version: string;
  /** Makes a database, its tables in a folder of their own where one is named. @returns its address */
  create(name: string, folder?: string): Promise<string>;
  /** Drops a database, and the folder of its tables is nobody's any more. */
  drop(name: string): Promise<void>;
  /** kill -9, and after so long a new server on the same data, at the same address. */
  crash(awayMs: number): Promise<void>;
  stop(): Promise<void>;
}

const SETTINGS = ["fsync=on", "synchronous_commit=on", "max_connections=200"];

/** The programs of the npm package, which are not installed but come with what makes them run here. */
const packagedPrograms = async (dir: string): Promise<string> => {
  const once = await startEmbeddedPostgres({ dir: path.join(dir, "once"), keep: false });
  await once.stop();
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const scope = path.join(path.dirname(require.resolve("embedded-postgres")), "../../@embedded-postgres");
  const [platform = ""] = await readdir(scope);
  return path.join(scope, platform, "native/bin");
};

const asAdmin = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Starts on what is installed or, where nothing is, on the npm package. */
export const startStormDatabase = async (): Promise<StormDatabase> => {
  const dir = await mkdtemp(path.join(tmpdir(), "pareto-storm-db-"));
  // The database's own user has to get through to the folder in it.
  await chmod(dir, 0o711);
  const bin = installedPostgres() ?? (await packagedPrograms(dir));
  const data = path.join(dir, "data");
  makeCluster(bin, data);
  const port = await freePort();
  const start = () => runCluster(bin, data, port, SETTINGS);
  let server = await start();
  const version = await asAdmin(server.url, async (client) => {
    const { rows } = await client.query<{ version: string }>("SELECT split_part(version(), ' on ', 1) AS version");
    return rows[0]?.version ?? "";
  });
  return {
    version,
    create: async (name, folder) => {
      await asAdmin(server.url, async (client) => {
        if (folder !== undefined) await client.query(`CREATE TABLESPACE of_${name} LOCATION '${folder}'`);
        const where = folder === undefined ? "" : ` TABLESPACE of_${name}`;
        await client.query(`CREATE DATABASE ${name}${where}`);
      });
      return server.url.replace(/\/postgres$/, `/${name}`);
    },
    drop: async (name) => {
      await asAdmin(server.url, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        await client.query(`DROP TABLESPACE IF EXISTS of_${name}`);
      });
    },
    crash: async (awayMs) => {
      const gone = new Promise((resolve) => server.process.once("close", resolve));
      server.process.kill("SIGKILL");
      // Its children see that it has gone and end by themselves; until then its memory is in use.
      await gone;
      await sleep(awayMs);
      server = await start();
    },
    stop: async () => {
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
};
