import type pg from "pg";

/**
 * The app's tables that have a column, as the database itself lists them: a table that comes later is among them without
 * anybody having to think of it. Names are quoted, ready for SQL.
 */
export const tablesWith = async (client: pg.PoolClient, column: string): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.columns
     JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND column_name = $1 ORDER BY table_name`,
    [column],
  );
  return rows.map(({ name }) => name);
};
