import type { Payment } from "./account.ts";
import { decimalOf, roughRate } from "./catalog.ts";
import { instantOf } from "./instants.ts";
import { exponentOf } from "./money.ts";
import type { Random } from "./random.ts";
import type { SoldOrder, Till } from "./sold-order.ts";
import type { WorldObject } from "./world.ts";

type Transaction = NonNullable<Extract<WorldObject, { type: "order" }>["transactions"]>[number];

interface Paid {
  order: SoldOrder;
  till: Till;
  money: (minor: number) => string;
}

/** Writes a payment: with the currency in which it was settled, what the rate did to it, and how cash was rounded. */
export function writePayment(random: Random, payment: Payment, paid: Paid): Transaction {
  const { money } = paid;
  const { kind, gateway, amount, at, status } = payment;
  const moved = payment.status === "SUCCESS" && (kind === "SALE" || kind === "CAPTURE" || kind === "REFUND");
  return {
    kind,
    gateway,
    amount: money(amount),
    processedAt: instantOf(at),
    fee: payment.fee === null ? null : money(payment.fee),
    ...(moved ? settled(random, payment, paid) : {}),
    ...(moved ? changedOnTheWay(random, payment, paid) : {}),
    ...(status === "SUCCESS" ? {} : { status }),
  };
}

/** Now and then Shopify settles in the buyer's currency or in a third one, and takes its fee in it. */
function settled(random: Random, { gateway, kind, fee }: Payment, { order, till }: Paid): Partial<Transaction> {
  const { currency } = order.exchange;
  const isForeign = gateway === "shopify_payments" && kind !== "REFUND" && currency !== till.currency;
  if (!isForeign || !random.chance(till.mix.foreignSettlement)) return {};
  const into = random.chance(0.6)
    ? currency
    : (THIRD.find((one) => one !== currency && one !== till.currency) ?? currency);
  const rate = into === currency ? "1" : roughRate(currency, into).toFixed(6);
  const settlement = { currency: into, rate };
  if (fee === null) return { settlement };
  const scale = 10 ** (exponentOf(into) - exponentOf(till.currency));
  const converted = Math.round(fee * Number(order.exchange.rate) * Number(rate) * scale);
  return { settlement, fee: decimalOf(converted, exponentOf(into)) };
}

const THIRD = ["EUR", "USD", "GBP"];

/** Cash goes to the next coin; what moves later than the order in another currency is worth something else by then. */
function changedOnTheWay(
  random: Random,
  { gateway, kind, amount }: Payment,
  { order, till, money }: Paid,
): Partial<Transaction> {
  if (gateway === "cash") {
    const coin = exponentOf(till.currency) === 0 ? 10 : 5;
    const rounding = Math.round(amount / coin) * coin - amount;
    return rounding !== 0 && random.chance(till.mix.rounding) ? { rounding: money(rounding) } : {};
  }
  const isForeign = order.exchange.currency !== till.currency;
  if (!isForeign || kind === "SALE" || !random.chance(till.mix.exchangeAdjustment)) return {};
  const adjustment = Math.round(amount * 0.02 * random.normal());
  return adjustment === 0 ? {} : { exchangeAdjustment: money(adjustment) };
}
