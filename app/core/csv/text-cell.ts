/** What a spreadsheet would take for a formula, and what such a cell was made of. */
const FORMULA = /^'*[=+\-@\t\r]/;
const PROTECTED = /^'+[=+\-@\t\r]/;

/**
 * A text as a cell that no spreadsheet runs: one that looks like a formula gets an apostrophe before it.
 *
 * @example textCell("=1+1") // "'=1+1"
 */
export const textCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** The text of a cell that `textCell` has made. */
export const textOfCell = (cell: string): string => (PROTECTED.test(cell) ? cell.slice(1) : cell);
