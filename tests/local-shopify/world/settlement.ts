import { Account, type Happening, type Payment } from "./account.ts";
import { pay, paymentPlan } from "./payment-plans.ts";
import type { Random } from "./random.ts";
import { cancelledGoods, exchanged, type Return, sentBack, Units } from "./sent-back.ts";
import { addedLine, owedForLine, type SoldLine, type SoldOrder, type Till } from "./sold-order.ts";

// What happens to an order after it was placed: changed, paid, cancelled, sent back, disputed. Amounts are whole minor
// units, instants seconds since the epoch. Nothing later than the till's now is written down.

const HOUR = 3600;
const DAY = 24 * HOUR;

export interface Edit {
  at: number;
  add: SoldLine[];
  remove: { line: SoldLine; quantity: number }[];
  /** What it adds to what is owed. */
  owed: number;
}

export interface Dispute {
  at: number;
  amount: number;
  fee: number | null;
  status: "ACCEPTED" | "LOST" | "NEEDS_RESPONSE" | "PREVENTED" | "UNDER_REVIEW" | "WON";
}

export interface Settlement {
  payments: Payment[];
  edits: Edit[];
  returns: Return[];
  disputes: Dispute[];
  cancelledAt: number | null;
}

type NextLineId = () => number;

/** Plays an order's life from the moment after it was placed until now. */
export function settle(random: Random, order: SoldOrder, till: Till, nextLineId: NextLineId): Settlement {
  const nothing = { edits: [], returns: [], disputes: [], cancelledAt: null };
  if (order.isTest) {
    const payment = {
      kind: "SALE",
      gateway: "bogus",
      amount: order.total,
      at: order.at,
      fee: 0,
      status: "SUCCESS",
    } as const;
    return { ...nothing, payments: [payment] };
  }
  if (order.total === 0) return { ...nothing, payments: [] };
  const units = new Units(order);
  const edits = random.chance(till.mix.edit) ? [edit(random, order, units, { till, nextLineId })].flat() : [];
  const cancelledAt = order.at + random.int(24, 54) * HOUR;
  const isCancelled = random.chance(till.mix.cancelled) && cancelledAt <= till.now;
  const life = isCancelled
    ? cancelledLife(random, order, { units, edits, cancelledAt, till })
    : usualLife(random, order, { units, edits, till, nextLineId });
  return { ...life, disputes: disputed(random, order, life.payments, till) };
}

interface Course {
  units: Units;
  edits: Edit[];
  till: Till;
}

function cancelledLife(
  random: Random,
  order: SoldOrder,
  { units, edits, cancelledAt, till }: Course & { cancelledAt: number },
): Omit<Settlement, "disputes"> {
  const account = new Account();
  const played = { edits, cancelledAt };
  if (random.chance(till.mix.cancelledUnpaid)) {
    const held = { gateway: "shopify_payments", amount: order.total };
    account.note({ ...held, kind: "AUTHORIZATION", at: order.at });
    account.note({ ...held, kind: "VOID", at: cancelledAt });
    return { ...played, payments: account.payments, returns: [] };
  }
  const isDeposit = random.chance(till.mix.cancelledPartlyPaid);
  const deposit = Math.ceil(order.total * random.pick([0.2, 0.5]));
  const keep = isDeposit && random.chance(0.4) ? deposit : 0;
  // What an edit added goes back with the rest.
  const added = edits.flatMap(({ add }) => add);
  const back = cancelledGoods({ ...order, lines: [...order.lines, ...added] }, units, { at: cancelledAt, keep });
  const payments = isDeposit
    ? [{ at: order.at, run: () => account.note({ kind: "SALE", gateway: "manual", amount: deposit, at: order.at }) }]
    : paymentPlan(random, order, { ...till, now: cancelledAt });
  account.play([placing(order), ...payments, ...edits.map((one) => changing(one)), returning(back)]);
  return { ...played, payments: account.payments, returns: [back] };
}

function usualLife(
  random: Random,
  order: SoldOrder,
  { units, edits, till, nextLineId }: Course & { nextLineId: NextLineId },
): Omit<Settlement, "disputes"> {
  const returns = sentBack(random, order, units, till);
  const sent: Edit[] = [];
  const exchangeAt = order.at + random.int(12 * 24, 30 * 24) * HOUR;
  if (returns.length === 0 && exchangeAt <= till.now && random.chance(till.mix.exchange)) {
    const back = exchanged(random, order, units, exchangeAt);
    if (back) {
      returns.push(back);
      sent.push(editOf(order, { at: exchangeAt, add: [addedLine(random, order, till, nextLineId())], remove: [] }));
    }
  }
  const account = new Account();
  const all = [...edits, ...sent];
  const topUps = order.buyer?.terms == null ? all.flatMap((one) => toppingUp(random, order, one, till)) : [];
  const payments = random.chance(till.mix.neverPaid) ? [] : paymentPlan(random, order, till);
  account.play([placing(order), ...payments, ...all.map((one) => changing(one)), ...returns.map(returning), ...topUps]);
  return { payments: account.payments, edits: all, returns, cancelledAt: null };
}

function placing(order: SoldOrder): Happening {
  return { at: order.at, run: (account) => account.owe(order.total) };
}

function changing({ at, owed }: Edit): Happening {
  return {
    at,
    run: (account) => {
      account.owe(owed);
      account.giveBack(at);
    },
  };
}

function returning({ at, total }: Return): Happening {
  return {
    at,
    run: (account) => {
      account.owe(-total);
      account.giveBack(at);
    },
  };
}

/** Whoever has paid pays for what was added too, some hours later. */
function toppingUp(random: Random, order: SoldOrder, { at, add }: Edit, till: Till): Happening[] {
  const later = at + random.int(0, 6) * HOUR;
  if (add.length === 0 || later > till.now) return [];
  const payment = order.source === "pos" ? pay("cash", later) : pay("shopify_payments", later, { till });
  return [{ at: later, run: (account) => (account.isPaidAtAll ? payment.run(account) : undefined) }];
}

/** On the day of the order or the next: a line is added, units are taken off, or both. */
function edit(
  random: Random,
  order: SoldOrder,
  units: Units,
  { till, nextLineId }: { till: Till; nextLineId: NextLineId },
): Edit[] {
  const at = order.at + random.int(1, 20) * HOUR;
  if (at > till.now) return [];
  const which = random.int(0, 2);
  const goods = order.lines.filter((line) => !line.offer.giftCard);
  const remove =
    which === 0 || goods.length === 0
      ? []
      : [random.pick(goods)].map((line) => ({ line, quantity: random.int(1, line.quantity) }));
  const add = which === 1 ? [] : [addedLine(random, order, till, nextLineId())];
  if (add.length + remove.length === 0) return [];
  return [editOf(order, { at, add, remove }, units)];
}

function editOf(order: SoldOrder, parts: Omit<Edit, "owed">, units?: Units): Edit {
  let owed = parts.add.reduce((sum, line) => sum + owedForLine(order, line), 0);
  for (const { line, quantity } of parts.remove) {
    // Duties that were charged stay charged: only a refund gives them back.
    const { amount, tax } = units?.take(line, quantity) ?? { amount: 0, tax: 0 };
    owed -= order.taxesIncluded ? amount : amount + tax;
  }
  return { ...parts, owed };
}

const STATUSES = ["NEEDS_RESPONSE", "UNDER_REVIEW", "LOST", "WON", "ACCEPTED", "PREVENTED"] as const;

function disputed(random: Random, order: SoldOrder, payments: readonly Payment[], till: Till): Dispute[] {
  const paid = payments.find(
    ({ kind, gateway, status }) =>
      gateway === "shopify_payments" && status === "SUCCESS" && (kind === "SALE" || kind === "CAPTURE"),
  );
  if (!paid || !random.chance(till.mix.dispute)) return [];
  const at = paid.at + random.int(3 * 24, 60 * 24) * HOUR;
  if (at > till.now) return [];
  // A bank decides within some three months.
  const byAge = till.now - at < 90 * DAY ? [4, 4, 1, 1, 1, 0.5] : [0, 0.3, 4, 3, 1.5, 0.5];
  const isOdd = random.chance(till.mix.oddDispute);
  const status = isOdd ? random.pick(STATUSES) : (STATUSES[random.weighted(byAge)] ?? "LOST");
  const amount = random.chance(0.8) ? paid.amount : Math.ceil(paid.amount / 2);
  return [{ at, amount, fee: random.chance(till.mix.disputeWithoutFee) ? null : till.disputeFee, status }];
}
