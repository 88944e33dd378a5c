import { idOf } from "#app/core/ids/gid.ts";
import { parseAmount } from "#app/core/money/money.ts";
import { allPages } from "./connections.ts";
import type { Ask } from "./gateway.server.ts";
import { DISPUTE_WITHDRAWALS, DISPUTES } from "./operations/disputes.ts";

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

/**
 * All disputes of the shop, with their fees where the account may be read.
 *
 * @throws ShopifyError
 */
export const readDisputes = async (as: ReadAs): Promise<ShopDispute[]> => {
  const fees = await readFees(as);
  const disputes = await allPages(async (after) => (await as.ask(DISPUTES, { after })).disputes);
  return disputes.flatMap(({ id: gid, order, status, amount, initiatedAt, finalizedOn }): ShopDispute[] => {
    if (!order) return [];
    const id = idOf(gid, "ShopifyPaymentsDispute");
    return [
      {
        id,
        orderId: idOf(order.id, "Order"),
        status,
        amount: inShopCurrency(amount, as.currency),
        fee: fees.get(id) ?? null,
        initiatedAt: new Date(initiatedAt),
        finalizedAt: finalizedOn ? new Date(finalizedOn) : null,
      },
    ];
  });
};
