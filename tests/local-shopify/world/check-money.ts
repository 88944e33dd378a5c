import { checkCurrency, minorAt } from "./check-catalog.ts";
import { isTaxInclusive } from "./order-figures.ts";
import type { World, WorldOrder, WorldTransaction } from "./shape.ts";
import { RuleBroken } from "./world-error.ts";

/** Refuses amounts with more decimals than their currency, and transactions and fees that contradict themselves. */
export function checkMoney(world: World, order: WorldOrder): void {
  const check = (decimal: string | null | undefined, path: string) => {
    if (decimal !== null && decimal !== undefined) minorAt(decimal, world.shop.currency, path);
  };
  check(order.orderDiscount, "$.orderDiscount");
  check(order.tip, "$.tip");
  order.transactions.forEach((_, index) => checkTransaction(world, order, index));
  order.disputes.forEach((dispute, index) => {
    check(dispute.amount, `$.disputes[${index}].amount`);
    check(dispute.fee, `$.disputes[${index}].fee`);
  });
  order.refunds.forEach((refund, index) => {
    for (const key of ["shipping", "shippingTax", "adjustment", "adjustmentTax", "duties"] as const) {
      check(refund[key], `$.refunds[${index}].${key}`);
    }
    refund.lines.forEach((line, at) => {
      check(line.amount, `$.refunds[${index}].lines[${at}].amount`);
      check(line.tax, `$.refunds[${index}].lines[${at}].tax`);
    });
    refund.fees?.forEach((fee, at) => {
      check(fee.amount, `$.refunds[${index}].fees[${at}].amount`);
      check(fee.tax, `$.refunds[${index}].fees[${at}].tax`);
    });
  });
  checkAdditionalFees(world, order);
}

function checkAdditionalFees(world: World, order: WorldOrder): void {
  order.additionalFees?.forEach((fee, index) => {
    const path = `$.additionalFees[${index}]`;
    const price = minorAt(fee.price, world.shop.currency, `${path}.price`);
    const tax = minorAt(fee.tax, world.shop.currency, `${path}.tax`);
    if (isTaxInclusive(world, order) && tax > price) {
      throw new RuleBroken(`${path}.tax`, "the tax contained is larger than the fee");
    }
  });
}

function checkTransaction(world: World, order: WorldOrder, index: number): void {
  const transaction = order.transactions[index];
  if (!transaction) return;
  const path = `$.transactions[${index}]`;
  const { currency } = world.shop;
  minorAt(transaction.amount, currency, `${path}.amount`);
  if (transaction.fee !== null) minorAt(transaction.fee, transaction.settlement?.currency ?? currency, `${path}.fee`);
  if (transaction.rounding !== undefined) {
    minorAt(transaction.rounding, currency, `${path}.rounding`);
    if (!MONEY_KINDS.has(transaction.kind)) throw new RuleBroken(`${path}.rounding`, "only what is paid is rounded");
  }
  if (transaction.exchangeAdjustment !== undefined) {
    minorAt(transaction.exchangeAdjustment, currency, `${path}.exchangeAdjustment`);
    if (order.presentmentCurrency === currency) {
      throw new RuleBroken(`${path}.exchangeAdjustment`, "an order in the shop's own currency has no exchange rate");
    }
  }
  checkSettlement(order, transaction, path);
}

const MONEY_KINDS: ReadonlySet<string> = new Set(["SALE", "CAPTURE", "REFUND"]);

function checkSettlement(order: WorldOrder, { settlement }: WorldTransaction, path: string): void {
  if (!settlement) return;
  checkCurrency(settlement.currency, `${path}.settlement.currency`);
  if (!/[1-9]/.test(settlement.rate)) throw new RuleBroken(`${path}.settlement.rate`, "a rate is above 0");
  if (settlement.currency === order.presentmentCurrency && Number(settlement.rate) !== 1) {
    throw new RuleBroken(`${path}.settlement.rate`, "the rate from a currency to itself is 1");
  }
}
