import { CsvError, parse } from "csv-parse/sync";
import {
  columnsOf,
  COST_COLUMNS,
  costLineOf,
  type CostColumn,
  type CostLine,
  type LineFault,
} from "#app/core/costs/cost-lines.ts";
import type { Read } from "#app/core/costs/rule-json.ts";

const MOST_LINES = 100_000;

/** What stands in a file of unit costs: lines that can be understood, and what is wrong with the others. */
export interface CostFile {
  /** Lines below the header that are not blank. */
  readonly count: number;
  readonly lines: readonly CostLine[];
  readonly faults: readonly LineFault[];
}

/** A record with the number of the line on which it begins: one in quotes may go on over several. */
interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const refused = (...faults: string[]): Read<never, string> => ({ ok: false, faults });

const decode = (bytes: Uint8Array): string | null => {
  try {
    // A byte order mark, as spreadsheets write it, is taken off.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** Spreadsheets separate cells by what their country does not use in numbers; the header tells. */
const delimiterOf = (text: string): string => {
  const [header = ""] = text.split(/\r|\n/, 1);
  const columnsBy = (delimiter: string): number => {
    const names = header.split(delimiter).map((name) => name.replaceAll('"', "").trim().toLowerCase());
    return COST_COLUMNS.filter((column) => names.includes(column)).length;
  };
  return [",", ";", "\t"].reduce((best, one) => (columnsBy(one) > columnsBy(best) ? one : best));
};

const QUOTE_REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quotation mark is opened and never closed",
  CSV_INVALID_CLOSING_QUOTE: "text goes on after a closing quotation mark; one within a cell is written twice",
  INVALID_OPENING_QUOTE: "a cell has a quotation mark in it: put the whole cell in quotation marks and write it twice",
};

const recordsOf = (text: string): Read<readonly CsvRecord[], string> => {
  try {
    const parsed = parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
    });
    let line = 1;
    const records = parsed.map((cells) => {
      const begins = line;
      line += 1 + cells.reduce((count, cell) => count + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
      return { line: begins, cells };
    });
    return { ok: true, value: records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const where = typeof error["lines"] === "number" ? `Line ${error["lines"]}: ` : "";
    return refused(`${where}${QUOTE_REASONS[error.code] ?? "this is not CSV"}.`);
  }
};

const isBlank = ({ cells }: CsvRecord): boolean => cells.every((cell) => cell.trim() === "");

const byColumn = (columns: readonly CostColumn[], cells: readonly string[]): Partial<Record<CostColumn, string>> =>
  Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""]));

const lineOf = (record: CsvRecord, columns: readonly CostColumn[], currency: string): Read<CostLine, LineFault> => {
  const { line, cells } = record;
  if (cells.length === columns.length) return costLineOf(line, byColumn(columns, cells), currency);
  const reason =
    `It has ${cells.length} cells and the header has ${columns.length}: ` +
    "put cells with a separator in them in quotation marks, and write amounts without thousands separators.";
  return { ok: false, faults: [{ line, column: "", text: cells.join(" | ").slice(0, 200), reason }] };
};

/** Reads a file of unit costs in a shop's currency: UTF-8, cells separated by commas, semicolons or tabs. */
export const readCostFile = (bytes: Uint8Array, currency: string): Read<CostFile, string> => {
  const text = decode(bytes);
  if (text === null || text.includes("\0")) {
    return refused('This is not a text in UTF-8. In a spreadsheet, save it as "CSV UTF-8".');
  }
  const read = recordsOf(text);
  if (!read.ok) return read;
  const [header, ...below] = read.value.filter((record) => !isBlank(record));
  if (!header) return refused("The file is empty.");
  const columns = columnsOf(header.cells);
  if (!columns.ok) return columns;
  if (below.length > MOST_LINES) return refused("The file has more than 100,000 lines: split it.");
  const lines: CostLine[] = [];
  const faults: LineFault[] = [];
  for (const record of below) {
    const line = lineOf(record, columns.value, currency);
    if (line.ok) lines.push(line.value);
    else faults.push(...line.faults);
  }
  return { ok: true, value: { count: below.length, lines, faults } };
};
