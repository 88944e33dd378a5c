import type { DifferenceReason } from "#app/core/backtest/difference.ts";
import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import { BEFORE_AND_AFTER, breakEvenWords, type CellView, type TableView } from "./backtest.ts";
import type { BelowFigures, CustomerFigures, DifferenceFigures } from "./backtest-json.ts";
import { customerName } from "./customer-name.ts";
import { count, money } from "./format.ts";

interface Customer extends CustomerFigures {
  readonly customerId: bigint;
  readonly kind: CustomerKind | null;
  readonly name: string | null;
  readonly email: string | null;
}

const nameOf = ({ kind, key, name, email }: Customer): string =>
  kind === null || key === null ? "A customer who is gone" : customerName({ kind, key, name, email });

/** Customers for whom the candidate changes something, as rows. */
const customersTable = (customers: readonly Customer[], currency: string): TableView => ({
  headings: ["Customer", "Tier", "Orders", ...BEFORE_AND_AFTER, "To earn it back"],
  words: 2,
  rows: customers.map((one) => ({
    id: one.customerId.toString(),
    cells: [
      { text: nameOf(one), ...(one.kind === null ? {} : { url: `/app/customers/${one.customerId}` }) },
      { text: one.tier ?? "–" },
      { text: count(one.orders) },
      { text: money(one.givenPast, currency) },
      { text: money(one.givenCandidate, currency) },
      { text: money(one.cm4, currency) },
      { text: money(one.cm4 + one.change, currency) },
      { text: breakEvenWords(one) },
    ],
  })),
});

const REASONS: Readonly<Record<DifferenceReason, string>> = {
  "code-used": "A discount code was used",
  "buyer-erased": "The buyer was erased, and with it what it was entitled to",
  "no-variant": "The product is gone, or was a custom line",
  "other-currency": "Paid in another currency: Shopify rounded there",
  "just-published": "The plan had been published within the hour",
  "not-signed-in": "As for a buyer who is not signed in",
  "values-unknown": "What was published for the product or the buyer is not known",
  "sale-price": "The compare-at price of then is not known",
  "other-discount": "More was given: by another discount",
  "less-given": "Less was given; nothing says why",
};

const isReason = (reason: string): reason is DifferenceReason => reason in REASONS;

const orderCell = ({ orderId, orderName }: { readonly orderId: bigint; readonly orderName: string | null }) => ({
  text: orderName ?? `Order ${orderId}`,
  ...(orderName === null ? {} : { orderId: orderId.toString() }),
});

type Named = { readonly orderName: string | null };

/** Lines that differ from what the plan of then gives, as rows. */
const differencesTable = (differences: readonly (DifferenceFigures & Named)[], currency: string): TableView => ({
  headings: ["Order", "Reason", "Given", "The plan gives", "Difference"],
  words: 2,
  rows: differences.map((one) => ({
    id: `${one.orderId} ${one.lineId}`,
    cells: [
      orderCell(one),
      { text: isReason(one.reason) ? REASONS[one.reason] : one.reason },
      { text: money(one.given, currency) },
      { text: money(one.replayed, currency) },
      { text: money(one.given - one.replayed, currency) },
    ],
  })),
});

type Below = BelowFigures &
  Named & {
    /** Null where it is not known. */
    readonly product: string | null;
    readonly buyer: (Parameters<typeof customerName>[0] & { readonly customerId: bigint }) | null;
  };

/** The worse of what is said of a line, as it was or with the plan. */
const worstOf = (below: readonly string[], when: "past" | "candidate"): string => {
  if (below.includes(`${when}-cost`)) return "Below cost";
  return below.includes(`${when}-floor`) ? "Below the margin" : "–";
};

const buyerCell = ({ buyer }: Below): CellView =>
  buyer === null ? { text: "–" } : { text: customerName(buyer), url: `/app/customers/${buyer.customerId}` };

/** Lines below the plan's margin or below cost, as rows. */
const belowTable = (lines: readonly Below[], currency: string): TableView => ({
  headings: ["Order", "Product", "Customer", "Before", "With the plan", "Discount before", "Discount after"],
  words: 5,
  rows: lines.map((one) => ({
    id: `${one.orderId} ${one.lineId}`,
    cells: [
      orderCell(one),
      { text: one.product ?? "–" },
      buyerCell(one),
      { text: worstOf(one.below, "past") },
      { text: worstOf(one.below, "candidate") },
      { text: money(one.given, currency) },
      { text: money(one.candidate, currency) },
    ],
  })),
});

export const LIST_LABELS = {
  customers: "Customers",
  differences: "Differences",
  below: "Below margin or cost",
} as const;

export type ListFigures =
  | { readonly show: "customers"; readonly rows: readonly Customer[] }
  | { readonly show: "differences"; readonly rows: readonly (DifferenceFigures & Named)[] }
  | { readonly show: "below"; readonly rows: readonly Below[] };

/** One of the lists of a back-test. */
export const listTable = (list: ListFigures, currency: string): TableView => {
  switch (list.show) {
    case "customers":
      return customersTable(list.rows, currency);
    case "differences":
      return differencesTable(list.rows, currency);
    case "below":
      return belowTable(list.rows, currency);
  }
};
