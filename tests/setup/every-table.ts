import type pg from "pg";

/** The tables of the app's schema as the database lists them, but for the list of migrations. */
export const everyTable = async (pool: pg.Pool): Promise<string[]> => {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

interface Column {
  readonly name: string;
  /** SQL of some value of the column's type. */
  readonly value: string;
}

/** What stands in columns that nothing else is known of. */
export interface Marks {
  readonly number: number;
  readonly text: string;
}

const PLAIN: Marks = { number: 7, text: "abc" };

const columnsOf = async (pool: pg.Pool, table: string, marks: Marks): Promise<Column[]> => {
  const { rows } = await pool.query<{ name: string; type: string; label: string | null }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type,
       (SELECT enumlabel FROM pg_enum WHERE enumtypid = atttypid ORDER BY enumsortorder LIMIT 1) AS label
     FROM pg_attribute WHERE attrelid = format('public.%I', $1::text)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return rows.map(({ name, type, label }) => ({ name, value: label === null ? valueOf(type, marks) : `'${label}'` }));
};

const valueOf = (type: string, { number, text }: Marks): string => {
  if (type.endsWith("[]")) return "'{}'";
  if (/^(integer|bigint|smallint|double precision)/.test(type)) return String(number);
  if (type === "character(3)") return "'XXX'";
  if (/^(text|character)/.test(type)) return `'${text}'`;
  if (type.startsWith("timestamp")) return "'2026-10-01T12:00:00Z'";
  if (type === "date") return "'2026-10-01'";
  if (type === "boolean") return "false";
  if (type.startsWith("json")) return "'{}'";
  throw new Error(`no value of type ${type}: add one`);
};

export interface FilledShop {
  readonly id: number;
  readonly domain: string;
}

const ofShop = (table: string, column: string, shop: FilledShop): string | undefined => {
  if (column === "shop_id" || (table === "shop" && column === "id")) return String(shop.id);
  if (table === "session" && column === "id") return `'offline_${shop.domain}'`;
  if (column === "domain" || (table === "session" && column === "shop")) return `'${shop.domain}'`;
  return undefined;
};

/** Puts a row of the shop's into every table, whatever tables there are: ids are all the same, so that shops share them. */
export const fillEveryTable = async (pool: pg.Pool, shop: FilledShop, marks = PLAIN): Promise<void> => {
  for (const table of await everyTable(pool)) {
    const columns = await columnsOf(pool, table, marks);
    const values = columns.map(({ name, value }) => ofShop(table, name, shop) ?? value);
    const names = columns.map(({ name }) => `"${name}"`);
    await pool.query(`INSERT INTO "${table}" (${names.join(", ")}) VALUES (${values.join(", ")})`);
  }
};

/** All rows of a table as text. */
export const rowsOf = async (pool: pg.Pool, table: string): Promise<string[]> => {
  const { rows } = await pool.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${table} t ORDER BY 1`);
  return rows.map(({ row }) => row);
};
