import { isGranted } from "#app/core/access/is-granted.ts";
import { earlyPayment, percentFor, type EarlyPayment } from "#app/core/receivables/early-payment.ts";
import { creditOwnerOf, type HeldBecause, type PaidAs } from "#app/core/receivables/rebate.ts";
import type { Order } from "#app/core/orders/order.ts";
import { formatDay, shopDays } from "#app/core/time/shop-day.ts";
import { periodAt } from "#app/db/plan/plan-periods.server.ts";
import { earlyPeriods, type EarlyPeriod } from "#app/db/rebates/early-terms.server.ts";
import { invoicesToLookAt, keptInvoices, type KeptInvoice } from "#app/db/rebates/invoices.server.ts";
import { hasRebatesToDo, REBATE_TASKS, rebatesOf, type Rebate } from "#app/db/rebates/rebate-rows.server.ts";
import {
  dropRebate,
  holdRebate,
  intendAgain,
  intendRebate,
  queueRebates,
  setDueBack,
  type RebateKey,
} from "#app/db/rebates/rebate-steps.server.ts";
import type { PipelineContext } from "./context.ts";

type Deciding = Pick<PipelineContext, "pool" | "shop" | "now">;

/** Whether the app may give in that way. */
export const mayGive = ({ shop }: Pick<Deciding, "shop">, paidAs: PaidAs): boolean =>
  paidAs === "refund"
    ? shop.scopes.includes("write_orders")
    : shop.scopes.includes("write_store_credit_account_transactions") && isGranted(shop, "store_credit_accounts");

/** What an order has earned by the terms that its rebate was decided by, as the order is kept now. */
export const earnedOf = ({ shop, now }: Deciding, order: Order, rebate: Rebate): EarlyPayment => {
  const dayOf = shopDays(shop.timeZone);
  const { basisPoints, discountDays, refundId } = rebate;
  const terms = { basisPoints, discountDays };
  return earlyPayment({ order, terms, dayOf, today: dayOf(now().getTime()), ownRefund: refundId });
};

/** Why something that is earned is not given at once; null: it is. */
export const heldBecause = (deciding: Pick<Deciding, "shop">, order: Order, paidAs: PaidAs): HeldBecause | null => {
  if (paidAs === "store-credit" && creditOwnerOf(order) === null) return "no-owner";
  if (paidAs === "refund" && order.presentment.currency !== order.currency) return "other-currency";
  return mayGive(deciding, paidAs) ? null : "no-scope";
};

/** Nothing was decided of the order yet: what it has earned is written down, with the job that gives it. */
const decideFirst = async (
  deciding: Deciding,
  { order, payer }: KeptInvoice,
  { part, version }: EarlyPeriod,
): Promise<void> => {
  const { pool, shop, now } = deciding;
  const dayOf = shopDays(shop.timeZone);
  const terms = { basisPoints: percentFor(part, payer), discountDays: part.discountDays };
  const result = earlyPayment({ order, terms, dayOf, today: dayOf(now().getTime()), ownRefund: null });
  if (result.kind !== "earned" && result.kind !== "disputed") return;
  const owner = part.paidAs === "store-credit" ? creditOwnerOf(order) : null;
  await intendRebate(pool, {
    shopId: shop.id,
    orderId: order.id,
    held: result.kind === "disputed" ? "disputed" : heldBecause(deciding, order, part.paidAs),
    planVersion: version,
    ...terms,
    eligible: result.eligible,
    amount: result.amount,
    currency: order.currency,
    paidAs: part.paidAs,
    creditDays: part.creditDays,
    ownerKind: owner?.kind ?? null,
    ownerId: owner?.id ?? null,
    now: now(),
  });
};

/** Reasons that may pass by themselves; the others need a person. */
const MAY_PASS: ReadonlySet<string> = new Set(["no-owner", "no-scope", "disputed"]);

const decideHeld = async (deciding: Deciding, key: RebateKey, order: Order, rebate: Rebate): Promise<void> => {
  if (!MAY_PASS.has(rebate.reason ?? "")) return;
  const { pool } = deciding;
  const result = earnedOf(deciding, order, rebate);
  if (result.kind === "nothing") return dropRebate(pool, key);
  if (result.kind === "waiting") return;
  const why = result.kind === "disputed" ? "disputed" : heldBecause(deciding, order, rebate.paidAs);
  if (why === null) await intendAgain(pool, key, ["held"]);
  else if (why !== rebate.reason) await holdRebate(pool, key, why);
};

/** What was given may be too much by now; while a payment is contested nothing is taken back. */
const decideGiven = async (deciding: Deciding, key: RebateKey, order: Order, rebate: Rebate): Promise<void> => {
  const result = earnedOf(deciding, order, rebate);
  if (result.kind === "disputed" || (result.kind === "nothing" && result.because === "not-read")) return;
  const earned = result.kind === "earned" ? result.amount : 0n;
  const due = rebate.amount > earned ? rebate.amount - earned : 0n;
  const dueBack = due > rebate.takenBack ? due : rebate.takenBack;
  if (dueBack !== rebate.dueBack) await setDueBack(deciding.pool, key, dueBack);
};

/**
 * Decides what orders have earned by being paid early, and what later refunds take back of it, from the orders as they are
 * kept. Nothing is given here: what is to be given is written down together with the job that gives it, once for an order.
 * The terms are those of the plan that was in force when the order was placed.
 */
export const decideRebates = async (deciding: Deciding, orderIds: readonly bigint[]): Promise<void> => {
  const { pool, shop } = deciding;
  if (orderIds.length === 0) return;
  const periods = await earlyPeriods(pool, shop.id);
  if (periods.length === 0) return;
  const rebates = await rebatesOf(pool, shop.id, orderIds);
  for (const kept of await keptInvoices(pool, shop.id, orderIds)) {
    const { order } = kept;
    const rebate = rebates.get(order.id);
    // Shopify tells it by the second: what came into force within that second counts.
    const period = periodAt(periods, new Date(order.processedAt + 999));
    const key = { shopId: shop.id, orderId: order.id };
    if (!rebate && period) await decideFirst(deciding, kept, period);
    if (rebate?.status === "held") await decideHeld(deciding, key, order, rebate);
    if (rebate?.status === "given") await decideGiven(deciding, key, order, rebate);
  }
};

/** How far back invoices are looked at: longer than any discount lasts, and than a webhook or a catching up takes. */
const LOOKED_BACK_DAYS = 100;
const BATCH = 500;

/** Decides for all invoices of late, and has done what was left undone: webhooks may have been missed. */
export const decideAllRebates = async (deciding: Deciding): Promise<void> => {
  const { pool, shop, now } = deciding;
  if ((await earlyPeriods(pool, shop.id)).length === 0) return;
  const since = formatDay(shopDays(shop.timeZone)(now().getTime()) - LOOKED_BACK_DAYS);
  for (let after = -1n; ;) {
    const ids = await invoicesToLookAt(pool, shop.id, { since, after, limit: BATCH });
    await decideRebates(deciding, ids);
    if (ids.length < BATCH) break;
    after = ids.at(-1) ?? after;
  }
  if (await hasRebatesToDo(pool, shop.id, REBATE_TASKS, now())) await queueRebates(pool, shop.id);
};
