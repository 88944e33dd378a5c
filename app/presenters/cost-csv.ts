import { ALWAYS, COST_COLUMNS, type CostColumn, type LineFault } from "#app/core/costs/cost-lines.ts";
import type { CostSource } from "#app/core/costs/unit-cost-history.ts";
import { textCell } from "#app/core/csv/text-cell.ts";
import { formatAmount } from "#app/core/money/money.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";

interface ExportedCost {
  readonly variantId: bigint;
  readonly sku: string | null;
  readonly product: string;
  readonly variant: string;
  readonly amount: bigint | null;
  readonly from: ShopDay | null;
  readonly source: CostSource | null;
}

/** A line of unit-costs.csv. A cost that holds for all time has no day, one that nobody gave is blank. */
export const costCsvRow = (cost: ExportedCost, currency: string): string[] => {
  const cells: Readonly<Record<CostColumn, string>> = {
    variant_id: cost.variantId.toString(),
    sku: textCell(cost.sku ?? ""),
    product: textCell(cost.product),
    variant: textCell(cost.variant),
    unit_cost: cost.amount === null ? "" : formatAmount(cost.amount, currency),
    currency,
    from: cost.from === null || cost.from === ALWAYS ? "" : formatDay(cost.from),
    source: cost.source ?? "",
  };
  return COST_COLUMNS.map((column) => cells[column]);
};

export const FAULT_CSV_COLUMNS = ["line", "column", "text", "reason"] as const;

export const faultCsvRow = ({ line, column, text, reason }: LineFault): string[] => [
  String(line),
  column,
  textCell(text),
  reason,
];
