import pg from "pg";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";

/** A process that takes its time to stop, needs the database for it, and has an exit code of its own. */
const database = await startEmbeddedPostgres({ dir: process.argv[2] ?? "", keep: true });

const stop = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.end();
  process.stdout.write("the database still answers\n");
  await database.stop();
  clearInterval(staying);
  process.exitCode = 3;
};

const staying = setInterval(() => undefined, 1000);
process.once("SIGTERM", () => void stop());
process.stdout.write("ready\n");
