import { count, dateTime, money, plural } from "./format.ts";

interface Run {
  readonly startedAt: Date;
  readonly ordersChecked: number;
  readonly salesChecked: number;
  readonly ordersThatDiffer: number;
}

interface Difference {
  readonly orderId: bigint;
  readonly orderName: string;
  readonly lineType: string;
  readonly ledger: bigint;
  readonly shopify: bigint;
}

/** A comparison for programs; amounts in minor units, as decimal integers. */
export const reconciliationJson = (run: Run, differences: readonly Difference[]): unknown => ({
  ordersChecked: run.ordersChecked,
  ordersThatDiffer: run.ordersThatDiffer,
  differences: differences.map(({ orderId, lineType, ledger, shopify }) => ({
    order: Number(orderId),
    lineType,
    ledgerMinor: Number(ledger),
    shopifyMinor: Number(shopify),
  })),
});

const LINE_TYPES: Readonly<Record<string, string>> = {
  PRODUCT: "Goods",
  GIFT_CARD: "Gift cards",
  SHIPPING: "Shipping",
  TIP: "Tips",
  DUTY: "Duties",
  ADDITIONAL_FEE: "Additional fees",
  FEE: "Fees kept of returns",
  ADJUSTMENT: "Refund adjustments",
  UNKNOWN: "Sales that Shopify calls unknown",
  TOTAL: "Order total",
};

export interface DifferenceView {
  readonly id: string;
  readonly orderId: string;
  readonly order: string;
  readonly what: string;
  readonly ledger: string;
  readonly shopify: string;
  readonly difference: string;
}

export interface ReconciliationView {
  readonly asOf: string;
  readonly checked: string;
  readonly sales: string;
  readonly differ: string;
  readonly isClean: boolean;
  readonly differences: readonly DifferenceView[];
}

/** A comparison for people. */
export const presentReconciliation = (
  run: Run,
  differences: readonly Difference[],
  shop: { readonly currency: string; readonly timeZone: string },
): ReconciliationView => ({
  asOf: dateTime(run.startedAt, shop.timeZone),
  checked: count(run.ordersChecked),
  sales: count(run.salesChecked),
  differ: `${plural(run.ordersThatDiffer, "order")} ${run.ordersThatDiffer === 1 ? "differs" : "differ"}`,
  isClean: run.ordersThatDiffer === 0,
  differences: differences.map(({ orderId, orderName, lineType, ledger, shopify }) => ({
    id: `${orderId} ${lineType}`,
    orderId: orderId.toString(),
    order: orderName,
    what: LINE_TYPES[lineType] ?? lineType,
    ledger: money(ledger, shop.currency),
    shopify: money(shopify, shop.currency),
    difference: money(ledger - shopify, shop.currency),
  })),
});
