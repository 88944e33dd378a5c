import { textOfCell } from "../csv/text-cell.ts";
import { InvalidAmountError, parseAmount } from "../money/money.ts";
import { isDay, parseDay, type ShopDay } from "../time/shop-day.ts";
import type { Read } from "./rule-json.ts";

/** The columns of a file of unit costs, in their order; those for reading are not looked at when it comes back. */
export const COST_COLUMNS = [
  "variant_id",
  "sku",
  "product",
  "variant",
  "unit_cost",
  "currency",
  "from",
  "source",
] as const;
export type CostColumn = (typeof COST_COLUMNS)[number];

/** The day of a cost that holds for all time: the earliest that PostgreSQL and JavaScript agree on. */
export const ALWAYS: ShopDay = parseDay("0001-01-01");

/** One line of a file, as it was understood. */
export interface CostLine {
  /** As an editor counts them: the header is line 1. */
  readonly line: number;
  readonly variantId: bigint | null;
  readonly sku: string | null;
  /** Minor units of the shop's currency; null: unknown from that day on. */
  readonly amount: bigint | null;
  readonly from: ShopDay;
  /** The line was exported as Shopify's own cost. */
  readonly isShopify: boolean;
}

/** What is wrong with a line: in which column, what stands there, and why it cannot be used. */
export interface LineFault {
  readonly line: number;
  readonly column: string;
  readonly text: string;
  readonly reason: string;
}

const isColumn = (name: string): name is CostColumn => COST_COLUMNS.some((column) => column === name);

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** The columns that a header names, in the file's order, or why they will not do. */
export const columnsOf = (header: readonly string[]): Read<readonly CostColumn[], string> => {
  const names = header.map((cell) => cell.trim().toLowerCase());
  const columns = names.filter(isColumn);
  const unknown = names.filter((name) => !isColumn(name));
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index);
  const faults = [
    ...(unknown.length === 0
      ? []
      : [
          `The first line names ${quoted(unknown)}, which is no column of this file. There are: ${COST_COLUMNS.join(", ")}.`,
        ]),
    ...(twice.length === 0 ? [] : [`The first line names ${quoted(twice)} twice.`]),
    ...(columns.includes("unit_cost") ? [] : ['The first line has to name a column "unit_cost".']),
    ...(columns.includes("variant_id") || columns.includes("sku")
      ? []
      : ['The first line has to name a column "variant_id" or "sku".']),
  ];
  return faults.length === 0 ? { ok: true, value: columns } : { ok: false, faults };
};

type Cells = Readonly<Partial<Record<CostColumn, string>>>;
type Complain = (column: CostColumn, reason: string) => void;

const GREATEST_ID = 2n ** 63n - 1n;

const idOf = (cell: string, complain: Complain): bigint | null => {
  if (cell === "") return null;
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(cell)) {
    complain("variant_id", "A spreadsheet has shortened this number: format the column as text, or use the SKU.");
  } else if (!/^\d{1,19}$/.test(cell) || BigInt(cell) > GREATEST_ID) {
    complain("variant_id", "This is no variant's number: it is digits alone.");
  } else return BigInt(cell);
  return null;
};

/** A number with a currency's sign, code or abbreviation before or behind it. */
const WITH_CURRENCY = /^[\p{Sc}\p{L}]{1,4}\.?\s?\d[\d.,]*$|^\d[\d.,]*\s?[\p{Sc}\p{L}]{1,4}\.?$/u;

/** Why a cell is no amount; what is a thousands separator here is a decimal comma there, so neither is guessed. */
const amountFault = (cell: string): string => {
  if (!/\d/.test(cell)) return "This is not a number: write digits, such as 12.50, or leave it blank if it is unknown.";
  if (cell.startsWith("-")) return "A cost is not below zero.";
  if (/^\d+,\d{1,2}$/.test(cell)) return "Write decimals with a point: 12.50.";
  if (/^\d{1,3}([,.'’\s]\d{3})+([.,]\d+)?$/u.test(cell)) return "Write it without thousands separators: 1234.50.";
  if (WITH_CURRENCY.test(cell)) return "Write the number alone; the currency has its own column.";
  return "This is not an amount: write digits, with a point before the decimals, such as 12.50.";
};

const amountOf = (cell: string, currency: string, complain: Complain): bigint | null => {
  if (cell === "") return null;
  if (!/^\d{1,12}(\.\d+)?$/.test(cell)) {
    complain("unit_cost", amountFault(cell));
    return null;
  }
  try {
    return parseAmount(cell, currency);
  } catch (error) {
    if (!(error instanceof InvalidAmountError)) throw error;
    complain("unit_cost", `This is finer than ${currency} can be paid in.`);
    return null;
  }
};

const dayOf = (cell: string, complain: Complain): ShopDay => {
  if (cell === "") return ALWAYS;
  if (isDay(cell)) return parseDay(cell);
  complain("from", "This is not a day: write it as 2025-01-31, or leave it blank for all time.");
  return ALWAYS;
};

const SOURCES = ["", "shopify", "import"];

/**
 * A line of a file in a shop's currency, or everything that is wrong with it. A blank cost is unknown from its day on, a
 * blank day is all time.
 *
 * @example { sku: "MUG-1", unit_cost: "4.20", from: "" } in USD // amount 420n, from 0001-01-01
 */
export const costLineOf = (line: number, cells: Cells, currency: string): Read<CostLine, LineFault> => {
  const faults: LineFault[] = [];
  const cell = (column: CostColumn): string => (cells[column] ?? "").trim();
  const complain: Complain = (column, reason) => void faults.push({ line, column, text: cells[column] ?? "", reason });
  const sku = textOfCell(cells.sku ?? "");
  if (cell("variant_id") === "" && sku.trim() === "") {
    complain("sku" in cells ? "sku" : "variant_id", "A line has to say whose cost it is, by variant_id or sku.");
  }
  if (cell("currency") !== "" && cell("currency").toUpperCase() !== currency) {
    complain("currency", `The shop's currency is ${currency}.`);
  }
  if (!SOURCES.includes(cell("source"))) complain("source", "This is blank, shopify or import.");
  const value: CostLine = {
    line,
    variantId: idOf(cell("variant_id"), complain),
    sku: sku.trim() === "" ? null : sku,
    amount: amountOf(cell("unit_cost"), currency, complain),
    from: dayOf(cell("from"), complain),
    isShopify: cell("source") === "shopify",
  };
  return faults.length === 0 ? { ok: true, value } : { ok: false, faults };
};
