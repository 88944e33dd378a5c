import type { World, WorldOrder } from "#tests/local-shopify/world/world.ts";
import type { ReferenceEntry } from "./ledger.ts";
import { total } from "./money.ts";

/** All that a customer's counted orders add up to. */
export interface CustomerSums {
  orders: number;
  netSales: bigint;
  cm1: bigint;
  cm2: bigint;
  cm3: bigint;
  cm4: bigint;
  goods: bigint;
  goodsWithKnownCost: bigint;
  hasUnknownCost: boolean;
  refunds: bigint;
  sold: bigint;
  returned: bigint;
  cancelled: bigint;
  disputed: bigint;
}

const NOTHING: CustomerSums = {
  orders: 0,
  netSales: 0n,
  cm1: 0n,
  cm2: 0n,
  cm3: 0n,
  cm4: 0n,
  goods: 0n,
  goodsWithKnownCost: 0n,
  hasUnknownCost: false,
  refunds: 0n,
  sold: 0n,
  returned: 0n,
  cancelled: 0n,
  disputed: 0n,
};

const NET_SALES = ["gross_sale", "discount", "return", "refund_adjustment", "other_revenue"];
const CM1 = [...NET_SALES, "cogs", "cogs_restocked"];
const CM2 = [
  ...CM1,
  "shipping_revenue",
  "shipping_cost",
  "handling_cost",
  "return_handling",
  "payment_fee",
  "fx_adjustment",
];
const CM3 = [...CM2, "incentive"];
const CM4 = [...CM3, "cost_to_serve", "credit_cost", "chargeback", "write_off"];

/** Whom an order belongs to. */
export const customerKey = (world: World, { companyLocationId, customerId, email }: WorldOrder): string => {
  const company = companyLocationId === null ? undefined : world.locations.get(companyLocationId)?.company.id;
  if (company !== undefined) return `company:${company}`;
  if (customerId !== null) return `customer:${customerId}`;
  const address = (email ?? "").trim().normalize("NFC").toLowerCase();
  return address === "" ? "anonymous:" : `guest:${address}`;
};

/** Tests do not count, nor does what was cancelled without ever being paid. */
export const isCounted = ({ test, cancelledAt, transactions }: WorldOrder): boolean =>
  !test &&
  (cancelledAt === null ||
    transactions.some(({ kind, status }) => (kind === "SALE" || kind === "CAPTURE") && status === "SUCCESS"));

/** Adds an order's ledger to its customer's sums. */
export const addOrder = (
  customers: Map<string, CustomerSums>,
  world: World,
  order: WorldOrder,
  entries: readonly ReferenceEntry[],
): void => {
  if (!isCounted(order)) return;
  const key = customerKey(world, order);
  const sums = customers.get(key) ?? { ...NOTHING };
  customers.set(key, sums);
  const of = (kinds: readonly string[], some: readonly ReferenceEntry[] = entries): bigint =>
    total(some.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => amount));
  const uncosted = new Set(
    entries.filter(({ kind, provenance }) => kind === "cogs" && provenance === "unknown").map(({ line }) => line),
  );
  const costed = entries.filter(({ line }) => !uncosted.has(line));
  const sold = of(["gross_sale", "discount"]);
  sums.orders += 1;
  sums.netSales += of(NET_SALES);
  sums.cm1 += of(CM1);
  sums.cm2 += of(CM2);
  sums.cm3 += of(CM3);
  sums.cm4 += of(CM4);
  sums.goods += of(["gross_sale", "discount", "return"]);
  sums.goodsWithKnownCost += of(["gross_sale", "discount", "return"], costed);
  sums.hasUnknownCost ||= uncosted.size > 0;
  sums.refunds += of(
    CM4,
    entries.filter(({ event: [type] }) => type === "refund"),
  );
  sums.sold += sold;
  if (order.cancelledAt === null) sums.returned -= of(["return"]);
  else sums.cancelled += sold;
  if (order.disputes.length > 0) sums.disputed += sold;
};
