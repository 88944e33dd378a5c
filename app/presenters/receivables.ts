import { formatAmount } from "#app/core/money/money.ts";
import { daysToPay, type Receivables } from "#app/core/receivables/receivables.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import { textCell } from "#app/core/csv/text-cell.ts";
import { count, money } from "./format.ts";

export const RECEIVABLES_CSV_COLUMNS = [
  "invoice",
  "company",
  "customer_key",
  "issued",
  "due",
  "paid",
  "amount",
  "days_to_pay",
  "on_time_discount_minor",
  "open",
  "currency",
] as const;

interface Line {
  readonly name: string;
  readonly company: string | null;
  readonly customerKey: string;
  readonly issuedDay: ShopDay;
  readonly dueDay: ShopDay | null;
  readonly paidDay: ShopDay | null;
  readonly amount: bigint;
  readonly open: bigint;
  readonly onTimeDiscount: bigint;
}

const dayCell = (day: ShopDay | null): string => (day === null ? "" : formatDay(day));

/** An invoice as a row of receivables.csv. The discount is what the plan gives for paying early. */
export const receivablesCsvRow = (line: Line, currency: string, today: ShopDay): string[] => [
  textCell(line.name),
  textCell(line.company ?? ""),
  textCell(line.customerKey),
  dayCell(line.issuedDay),
  dayCell(line.dueDay),
  dayCell(line.paidDay),
  formatAmount(line.amount, currency),
  String(daysToPay(line, today)),
  String(line.onTimeDiscount),
  formatAmount(line.open, currency),
  currency,
];

/** "12.5" of 125 tenths. */
const tenths = (value: number): string => (value / 10).toFixed(1);

/** How a customer pays, for people: each figure with its name; nothing for who never bought on credit. */
export const presentReceivables = (
  receivables: Receivables | null,
  currency: string,
): { label: string; value: string }[] => {
  if (receivables === null) return [];
  const days = (value: number | null): string => (value === null ? "–" : `${tenths(value)} days`);
  return [
    { label: "Open", value: money(receivables.open, currency) },
    { label: "Overdue", value: money(receivables.overdue, currency) },
    { label: "Invoices in the window", value: count(receivables.invoices) },
    { label: "Sold on credit", value: money(receivables.creditSales, currency) },
    { label: "Days to pay", value: days(receivables.daysToPay) },
    { label: "Days beyond terms", value: days(receivables.daysBeyondTerms) },
    { label: "Average receivables", value: money(receivables.average, currency) },
    { label: "Turnover", value: receivables.turnover === null ? "–" : (receivables.turnover / 100).toFixed(2) },
    { label: "Days sales outstanding", value: days(receivables.daysSalesOutstanding) },
  ];
};
