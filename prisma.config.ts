import { EventEmitter } from "node:events";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { defineConfig } from "prisma/config";

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;

const CHAR = 18;
const NAME = 19;
const TEXT = 25;

const hasConnection = (client: object): client is { connection: EventEmitter } =>
  "connection" in client && client.connection instanceof EventEmitter;

/** The catalogue's columns are of types that the adapter does not know; they are text on the wire. */
const readNamesAsText = (pool: pg.Pool): void => {
  pool.on("connect", (client) => {
    if (!hasConnection(client)) return;
    client.connection.on("rowDescription", ({ fields }: { fields: { dataTypeID: number }[] }) => {
      for (const field of fields) if (field.dataTypeID === CHAR || field.dataTypeID === NAME) field.dataTypeID = TEXT;
    });
  });
};

/** PostgreSQL 18 lists NOT NULL among a table's constraints (type n), which makes Prisma 6's schema engine stop. */
const leaveOutNotNull = (sql: string): string =>
  sql.replace("contype NOT IN ('p', 'u', 'f')", "contype NOT IN ('p', 'u', 'f', 'n')");

const fitForSchemaEngine = (adapter: Adapter): Adapter => {
  const queryRaw = adapter.queryRaw.bind(adapter);
  readNamesAsText(adapter.underlyingDriver());
  adapter.queryRaw = (query) => queryRaw({ ...query, sql: leaveOutNotNull(query.sql) });
  // The adapter would cut a script at every semicolon, in strings and function bodies too; PostgreSQL takes it whole.
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  return adapter;
};

/** Prisma's adapter for PostgreSQL, as its schema engine needs it. */
class MigrationAdapter extends PrismaPg {
  constructor(private readonly url: string) {
    super({ connectionString: url, allowExitOnIdle: true });
  }

  override async connect(): Promise<Adapter> {
    return fitForSchemaEngine(await super.connect());
  }

  /** An empty database beside the real one, dropped when it is done with: the adapter would use the real one itself. */
  override async connectToShadowDb(): Promise<Adapter> {
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const admin = new pg.Client({ connectionString: this.url });
    await admin.connect();
    await admin.query(`CREATE DATABASE "${name}"`);
    const url = new URL(this.url);
    url.pathname = `/${name}`;
    const shadow = await new MigrationAdapter(url.href).connect();
    const close = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await close();
      await admin.query(`DROP DATABASE "${name}" WITH (FORCE)`);
      await admin.end();
    };
    return shadow;
  }
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  experimental: { adapter: true },
  engine: "js",
  // Prisma's schema engine is a native binary that it downloads; with an adapter it uses the one inside its npm package.
  adapter: () => Promise.resolve(new MigrationAdapter(process.env.DATABASE_URL ?? "")),
});
