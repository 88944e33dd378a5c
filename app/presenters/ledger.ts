export const LEDGER_CSV_COLUMNS = [
  "order",
  "line",
  "kind",
  "event",
  "occurred_at",
  "amount_minor",
  "currency",
  "provenance",
  "counted",
] as const;

interface Line {
  readonly orderId: bigint;
  readonly lineId: bigint | null;
  readonly kind: string;
  readonly event: string;
  readonly occurredAt: Date;
  readonly amount: bigint;
  readonly currency: string;
  readonly provenance: string;
  readonly counted: boolean;
}

export const ledgerCsvRow = (line: Line): string[] => [
  line.orderId.toString(),
  line.lineId?.toString() ?? "",
  line.kind,
  line.event,
  line.occurredAt.toISOString(),
  line.amount.toString(),
  line.currency,
  line.provenance,
  String(line.counted),
];
