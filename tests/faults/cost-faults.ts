import type { Fault } from "./faults.ts";

const CHARGES = "tests/core/costs/charges.test.ts";
const CREDIT = "tests/core/costs/credit-cost.test.ts";

export const COST_FAULTS: readonly Fault[] = [
  {
    name: "goods cost what they cost on the day of the return",
    file: "app/core/costs/unit-cost.ts",
    find: "const { day } = saleOf(order, line.id, context);",
    replace: "const day = context.dayOf(order.changes?.refunds[0]?.at ?? saleOf(order, line.id, context).occurredAt);",
    test: {
      file: "tests/core/ledger/entries-of-order.test.ts",
      name: "goods that come back are worth the cost of the day they were sold, not of the day they came back",
    },
  },
  {
    name: "what an edit adds costs what it cost on the order's day",
    file: "app/core/costs/unit-cost.ts",
    find: "const { day } = saleOf(order, line.id, context);",
    replace: "const day = context.dayOf(order.processedAt); void saleOf;",
    test: {
      file: "tests/core/ledger/changed-orders.test.ts",
      name: "a line that an edit adds is sold on the edit's day, at the cost of that day",
    },
  },
  {
    name: "the assumed margin is of gross sales",
    file: "app/core/costs/unit-cost.ts",
    find: "const whole = netSaleOf(line, order.taxesIncluded) * BigInt(10_000 - fallback.percent);",
    replace: "const whole = line.unitPrice * BigInt(line.quantity) * BigInt(10_000 - fallback.percent);",
    test: {
      file: "tests/core/costs/unit-cost.test.ts",
      name: "an assumed margin leaves the rest of the net sale as cost: discounts and tax are not in it",
    },
  },
  {
    name: "a rule holds from the day after its first",
    file: "app/core/costs/cost-rules.ts",
    find: "const started = rules.filter((rule) => isOfKind(rule, kind)).filter((rule) => startOf(rule) <= day);",
    replace: "const started = rules.filter((rule) => isOfKind(rule, kind)).filter((rule) => startOf(rule) < day);",
    test: {
      file: CHARGES,
      name: "a rule holds from its first day on, and takes the place of the one of the same condition before it",
    },
  },
  {
    name: "a percentage is cut off instead of rounded",
    file: "app/core/costs/charges.ts",
    find: "divideHalfUp(percentOf * BigInt(rule.percent), 10_000n);",
    replace: "(percentOf * BigInt(rule.percent)) / 10_000n;",
    test: {
      file: CHARGES,
      name: "a charge is so much an order, a line, a unit, a kilogram and a percentage, each part rounded half up",
    },
  },
  {
    name: "what was cancelled is charged for sending",
    file: "app/core/costs/charges.ts",
    find: "const isSent = order.cancelledAt === null && sold.units > 0;",
    replace: "const isSent = sold.units > 0;",
    test: { file: CHARGES, name: "what was cancelled, and gift cards, are neither sent nor handled" },
  },
  {
    name: "handling a return is charged for what was cancelled",
    file: "app/core/costs/charges.ts",
    find: `if (!line || line.giftCard || restockType === "CANCEL") return [];`,
    replace: "if (!line || line.giftCard || restockType === null) return [];",
    test: {
      file: CHARGES,
      name: "what came back is handled by its refund: units, and a percentage of their worth without tax",
    },
  },
  {
    name: "gift cards cost a payment fee",
    file: "app/core/costs/charges.ts",
    find: `if (!isPayment(transaction) || fee !== "none" || FREE_GATEWAYS.has(gateway ?? "")) return [];`,
    replace: `if (!isPayment(transaction) || fee !== "none") return [];`,
    test: {
      file: CHARGES,
      name: "a payment for which Shopify names no fee is charged by its gateway's rule, gift cards and store credit are not",
    },
  },
  {
    name: "credit costs from the day on which it falls due",
    file: "app/core/costs/credit-cost.ts",
    find: "const days = { from: invoice.issuedDay, until: context.dayOf(endsAt) };",
    replace: "const days = { from: invoice.dueDay ?? invoice.issuedDay, until: context.dayOf(endsAt) };",
    test: { file: CREDIT, name: "days are counted from the day of issue, whenever it falls due" },
  },
  {
    name: "what was given up is waited for",
    file: "app/core/costs/credit-cost.ts",
    find: "const endsAt = Math.min(invoice.paidAt ?? context.now, voided?.processedAt ?? Infinity);",
    replace: "const endsAt = invoice.paidAt ?? (voided ? context.now : context.now);",
    test: { file: CREDIT, name: "what was given up is waited for no longer" },
  },
  {
    name: "an invoice stays paid whatever is added to it",
    file: "app/core/receivables/invoice.ts",
    find: "if (balance > 0n) settled = null;",
    replace: "if (balance > 0n) continue;",
    test: {
      file: "tests/core/receivables/invoice.test.ts",
      name: "an invoice > is open again when a line is added after it was paid",
    },
  },
  {
    name: "the tax of an adjustment is owed",
    file: "app/core/receivables/balance.ts",
    find: "return lines + refund.shipping.amount + onTop + refund.duties - refund.adjustment - refund.adjustmentTax;",
    replace: "return lines + refund.shipping.amount + onTop + refund.duties - refund.adjustment;",
    test: {
      file: "tests/core/receivables/balance.test.ts",
      name: "a refund's adjustment carries its own tax in both kinds of shop",
    },
  },
  {
    name: "an invoice is overdue on the day on which it falls due",
    file: "app/core/receivables/receivables.ts",
    find: "if (invoice.dueDay !== null && invoice.dueDay < today) overdue += invoice.open;",
    replace: "if (invoice.dueDay !== null && invoice.dueDay <= today) overdue += invoice.open;",
    test: {
      file: "tests/core/receivables/receivables.test.ts",
      name: "an invoice is overdue on the day after it fell due",
    },
  },
];
