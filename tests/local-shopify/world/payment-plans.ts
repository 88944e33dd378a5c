import type { Account, Happening } from "./account.ts";
import type { Random } from "./random.ts";
import type { SoldOrder, Till } from "./sold-order.ts";

// When and how an order is paid. Amounts are whole minor units, instants seconds since the epoch.

const HOUR = 3600;
const DAY = 24 * HOUR;

const GATEWAYS = [
  ...Array.from({ length: 80 }, () => "shopify_payments"),
  ...Array.from({ length: 16 }, () => "paypal"),
  ...Array.from({ length: 4 }, () => "manual"),
];

/** The payments of an order until now: on its terms, or when it is placed. */
export function paymentPlan(random: Random, order: SoldOrder, till: Till): Happening[] {
  return order.buyer?.terms != null ? onTerms(random, order, till) : atOnce(random, order, till);
}

/** What the card processor takes of a payment. */
function cardFee(amount: number, till: Till): number {
  return Math.round(amount * 0.026 + till.fixedFee);
}

function onTerms(random: Random, order: SoldOrder, till: Till): Happening[] {
  const { buyer } = order;
  const due = order.at + (buyer?.terms ?? 0) * DAY;
  const paid = Math.max(order.at + HOUR, due + (buyer?.paysLate ?? 0) * DAY + Math.round(random.normal() * 2 * DAY));
  const first = random.chance(0.1) ? [pay("manual", paid - Math.floor((paid - order.at) / 3), { share: 0.4 })] : [];
  return [...first, pay("manual", paid)].filter(({ at }) => at <= till.now);
}

function atOnce(random: Random, order: SoldOrder, till: Till): Happening[] {
  const { at } = order;
  const { mix } = till;
  const plan: Happening[] = [];
  for (const [gateway, chance] of [
    ["gift_card", mix.giftCardPayment],
    ["store_credit", mix.storeCreditPayment],
  ] as const) {
    if (random.chance(chance)) plan.push(pay(gateway, at, { share: random.pick([0.25, 0.5, 1]) }));
  }
  const gateway = order.source === "pos" && random.chance(mix.cash) ? "cash" : random.pick(GATEWAYS);
  // Bank deposit: the order waits for the money.
  if (gateway === "manual") plan.push(pay(gateway, at + random.int(8, 120) * HOUR));
  else if (gateway === "shopify_payments") plan.push(...byCard(random, order, till));
  else plan.push(pay(gateway, at));
  return plan.filter((happening) => happening.at <= till.now);
}

function byCard(random: Random, order: SoldOrder, till: Till): Happening[] {
  const gateway = "shopify_payments";
  const { at } = order;
  const plan: Happening[] = [];
  if (random.chance(till.mix.failedPayment)) {
    plan.push(note(at, (amount) => [{ kind: "SALE", gateway, amount, at, status: "FAILURE" }]));
  }
  if (random.chance(till.mix.voidedAuthorization)) {
    plan.push(note(at, (amount) => [{ kind: "AUTHORIZATION", gateway, amount, at }]));
    plan.push(note(at + HOUR, (amount) => [{ kind: "VOID", gateway, amount, at: at + HOUR }]));
    return [...plan, pay(gateway, at + 2 * HOUR, { till })];
  }
  if (random.chance(0.7)) return [...plan, pay(gateway, at, { till })];
  plan.push(note(at, (amount) => [{ kind: "AUTHORIZATION", gateway, amount, at }]));
  return [...plan, pay(gateway, at + random.int(2, 70) * HOUR, { till, kind: "CAPTURE" })];
}

type Notes = Parameters<Account["note"]>[0][];

/** Notes what moves no money, for all that is open at the time. */
function note(at: number, notes: (open: number) => Notes): Happening {
  return {
    at,
    run: (account) => (account.open > 0 ? notes(account.open).forEach((one) => account.note(one)) : undefined),
  };
}

/** Pays a share of what is open at the time, all of it unless said; with `till`, the processor takes its fee. */
export function pay(
  gateway: string,
  at: number,
  how: { share?: number; till?: Till; kind?: "SALE" | "CAPTURE" } = {},
): Happening {
  const { share = 1, till, kind = "SALE" } = how;
  return {
    at,
    run: (account) => {
      const amount = Math.min(account.open, Math.ceil(account.open * share));
      if (amount <= 0) return;
      account.note({ kind, gateway, amount, at, fee: till ? cardFee(amount, till) : null });
    },
  };
}
