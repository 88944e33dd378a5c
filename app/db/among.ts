/**
 * SQL of a column being among an array's values. They are said as a range as well: of a shop whose rows nobody has counted yet
 * PostgreSQL believes that there are few, and would read all of them through whichever index begins with the shop.
 */
export const isAmong = (column: string, values: string): string =>
  `${column} = ANY (${values}) AND ${column} BETWEEN (SELECT min(one) FROM unnest(${values}) AS one)
    AND (SELECT max(one) FROM unnest(${values}) AS one)`;
