import pg from "pg";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";

/** A process that starts the database of the folder it is told, writes a note into it, and stays. */
const [dir = "", note = ""] = process.argv.slice(2);

const database = await startEmbeddedPostgres({ dir, keep: true });
const client = new pg.Client({ connectionString: database.url });
// The test ends the server before it ends this process.
client.on("error", () => undefined);
await client.connect();
await client.query("CREATE TABLE IF NOT EXISTS note (text text)");
await client.query("INSERT INTO note VALUES ($1)", [note]);
process.stdout.write("ready\n");
setInterval(() => undefined, 1000);
