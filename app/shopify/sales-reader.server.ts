import { gidOf } from "#app/core/ids/gid.ts";
import { parseAmount } from "#app/core/money/money.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { AdminOperations } from "@shopify/admin-api-client";
import { allAgreements } from "./connections.ts";
import type { Ask } from "./gateway.server.ts";
import { ORDER_SALES } from "./operations/order-sales.ts";

type Agreement = NonNullable<
  AdminOperations[typeof ORDER_SALES]["return"]["order"]
>["agreements"]["edges"][number]["node"];
type Sale = Agreement["sales"]["nodes"][number];

/**
 * What Shopify booked for an order, by line type, in minor units, after taxes and discounts. A sale counts once, whichever
 * agreements carry it.
 *
 * @throws ShopifyError
 */
export const readSales = async (ask: Ask, orderId: bigint): Promise<ReadonlyMap<string, bigint>> => {
  const id = gidOf("Order", orderId);
  const agreements = await allAgreements<Sale, Agreement>(
    async (place) => (await ask(ORDER_SALES, { id, ...place })).order?.agreements,
  );
  const sales = new Map(agreements.flatMap((agreement) => agreement.sales.map((sale) => [sale.id, sale])));
  const totals = new Map<string, bigint>();
  for (const { lineType, totalAmount } of sales.values()) {
    const { amount, currencyCode } = totalAmount.shopMoney;
    totals.set(lineType, (totals.get(lineType) ?? 0n) + parseAmount(amount, currencyCode));
  }
  if (agreements.length === 0) throw new ShopifyError("unavailable", `Order ${orderId} has no agreements yet`);
  return totals;
};
