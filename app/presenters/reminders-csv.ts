import { textCell } from "#app/core/csv/text-cell.ts";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import { formatAmount } from "#app/core/money/money.ts";
import type { EarlyPayment } from "#app/core/receivables/early-payment.ts";
import { formatDay, type ShopDay } from "#app/core/time/shop-day.ts";
import { customerName } from "./customer-name.ts";

export const REMINDERS_CSV_COLUMNS = [
  "customer",
  "email",
  "invoice",
  "issued",
  "due",
  "days_late",
  "amount",
  "open",
  "discount",
  "discount_until",
  "currency",
] as const;

interface Reminder {
  readonly key: string;
  readonly kind: CustomerKind;
  readonly customerName: string | null;
  readonly email: string | null;
  readonly name: string;
  readonly issuedDay: ShopDay;
  readonly dueDay: ShopDay | null;
  readonly amount: bigint;
  readonly open: bigint;
  readonly early: Extract<EarlyPayment, { kind: "waiting" }> | null;
}

/** An open invoice as a row of reminders.csv: whom to remind of what, and what paying in time still earns. */
export const remindersCsvRow = (line: Reminder, currency: string, today: ShopDay): string[] => {
  const { key, kind, customerName: name, email, dueDay, early } = line;
  return [
    textCell(customerName({ key, kind, name, email })),
    textCell(email ?? ""),
    textCell(line.name),
    formatDay(line.issuedDay),
    dueDay === null ? "" : formatDay(dueDay),
    String(dueDay === null ? 0 : Math.max(0, today - dueDay)),
    formatAmount(line.amount, currency),
    formatAmount(line.open, currency),
    early ? formatAmount(early.amount, currency) : "",
    early ? formatDay(early.lastDay) : "",
    currency,
  ];
};
