import type pg from "pg";
import { everyTable, fillEveryTable, rowsOf } from "./every-table.ts";

/** Another shop in the same database, with a row in every table; everything in them is marked. */
export const NEIGHBOUR = { id: 31_337, domain: "canary.myshopify.com" };
const MARKS = { number: 31_337, text: "canary" };

/** The neighbour's rows, by table: what nobody else may see or change. */
export interface Neighbour {
  rows(): Promise<ReadonlyMap<string, readonly string[]>>;
}

export const moveIn = async (pool: pg.Pool): Promise<Neighbour> => {
  await fillEveryTable(pool, NEIGHBOUR, MARKS);
  // Nothing is left out because the shop has gone, or because an order does not count, or a cost is known.
  await pool.query("UPDATE shop SET uninstalled_at = NULL WHERE id = $1", [NEIGHBOUR.id]);
  await pool.query('UPDATE "order" SET counted = true WHERE shop_id = $1', [NEIGHBOUR.id]);
  await pool.query("UPDATE unit_cost SET amount = NULL WHERE shop_id = $1", [NEIGHBOUR.id]);
  await pool.query(`UPDATE data_request SET file = '{"whose":"canary"}' WHERE shop_id = $1`, [NEIGHBOUR.id]);
  const isTheirs = (row: string): boolean =>
    row.includes(`"shop_id":${NEIGHBOUR.id},`) || row.includes(NEIGHBOUR.domain);
  return {
    rows: async () => {
      const tables = await everyTable(pool);
      const rows = await Promise.all(tables.map((name) => rowsOf(pool, `"${name}"`)));
      return new Map(tables.map((name, index) => [name, (rows[index] ?? []).filter(isTheirs)]));
    },
  };
};

/** What an answer would show of the neighbour: its text, a number of its own, or an amount in cents. */
export const TRACES = /canary|31[,_]?337|313\.37/;
