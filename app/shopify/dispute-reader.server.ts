import { gidOf, idOf } from "#app/core/ids/gid.ts";
import { parseAmount } from "#app/core/money/money.ts";
import { allPages } from "./connections.ts";
import type { Ask } from "./gateway.server.ts";
import { DISPUTE_WITHDRAWALS, DISPUTES } from "./operations/disputes.ts";
import { DISPUTE } from "./operations/single.ts";

/** A dispute as Shopify Payments keeps it. Amounts in minor units of the shop's currency; null where told in another. */
export interface ShopDispute {
  readonly id: bigint;
  readonly orderId: bigint;
  readonly status: string;
  readonly amount: bigint | null;
  readonly fee: bigint | null;
  readonly initiatedAt: Date;
  readonly finalizedAt: Date | null;
}

interface ReadAs {
  readonly ask: Ask;
  readonly scopes: readonly string[];
  readonly currency: string;
}

interface Money {
  readonly amount: string;
  readonly currencyCode: string;
}

const inShopCurrency = ({ amount, currencyCode }: Money, currency: string): bigint | null =>
  currencyCode === currency ? parseAmount(amount, currency) : null;

/** The fee of each dispute, by the dispute's number; nothing where the account is out of sight. */
const readFees = async ({ ask, scopes, currency }: ReadAs): Promise<ReadonlyMap<bigint, bigint>> => {
  const fees = new Map<bigint, bigint>();
  if (!scopes.includes("read_shopify_payments_accounts")) return fees;
  const withdrawals = await allPages(
    async (after) => (await ask(DISPUTE_WITHDRAWALS, { after })).shopifyPaymentsAccount?.balanceTransactions,
  );
  for (const { sourceId, type, fee } of withdrawals) {
    const amount = inShopCurrency(fee, currency);
    if (type !== "DISPUTE_WITHDRAWAL" || !sourceId || amount === null) continue;
    fees.set(BigInt(sourceId), (fees.get(BigInt(sourceId)) ?? 0n) + amount);
  }
  return fees;
};

interface DisputeRow {
  readonly id: string;
  readonly order?: { readonly id: string } | null | undefined;
  readonly status: string;
  readonly amount: Money;
  readonly initiatedAt: string;
  readonly finalizedOn?: string | null | undefined;
}

/** None where the dispute is about no order. */
const toDispute = (row: DisputeRow, fees: ReadonlyMap<bigint, bigint>, currency: string): ShopDispute | null => {
  if (!row.order) return null;
  const id = idOf(row.id, "ShopifyPaymentsDispute");
  return {
    id,
    orderId: idOf(row.order.id, "Order"),
    status: row.status,
    amount: inShopCurrency(row.amount, currency),
    fee: fees.get(id) ?? null,
    initiatedAt: new Date(row.initiatedAt),
    finalizedAt: row.finalizedOn ? new Date(row.finalizedOn) : null,
  };
};

/**
 * All disputes of the shop, with their fees where the account may be read.
 *
 * @throws ShopifyError
 */
export const readDisputes = async (as: ReadAs): Promise<ShopDispute[]> => {
  const fees = await readFees(as);
  const disputes = await allPages(async (after) => (await as.ask(DISPUTES, { after })).disputes);
  return disputes.flatMap((row) => toDispute(row, fees, as.currency) ?? []);
};

/**
 * One dispute; null where it is gone or about no order.
 *
 * @throws ShopifyError
 */
export const readDispute = async (as: ReadAs, id: bigint): Promise<ShopDispute | null> => {
  const { dispute } = await as.ask(DISPUTE, { id: gidOf("ShopifyPaymentsDispute", id) });
  return dispute ? toDispute(dispute, await readFees(as), as.currency) : null;
};
