import type { Fault } from "./faults.ts";

const SALES = "tests/core/ledger/entries-of-order.test.ts";
const CHANGES = "tests/core/ledger/changed-orders.test.ts";
const LOSSES = "tests/core/ledger/losses-and-payments.test.ts";
const REBATES = "tests/core/ledger/rebate.test.ts";
const EARLY = "tests/core/receivables/early-payment.test.ts";
const LINES = "tests/core/ledger/line-sale.test.ts";
const MAPPED = "tests/shopify/mappers/order-changes.test.ts";

export const LEDGER_FAULTS: readonly Fault[] = [
  {
    name: "what comes back raises sales",
    file: "app/core/ledger/entries-of-changes.ts",
    find: `entries.push(fact("return", lineId, when, -(order.taxesIncluded ? amount - tax : amount)));`,
    replace: `entries.push(fact("return", lineId, when, order.taxesIncluded ? amount - tax : amount));`,
    test: { file: SALES, name: "where tax comes on top, the tax given back with a refund is outside the ledger too" },
  },
  {
    name: "tax stays in the sale where prices include it",
    file: "app/core/ledger/line-sale.ts",
    find: "return { gross: discounted - line.tax + netDiscount, discount: -netDiscount };",
    replace: "return { gross: discounted + netDiscount, discount: -netDiscount };",
    test: { file: LINES, name: "where prices include tax, tax is taken out of the gross and of the discount" },
  },
  {
    name: "half a cent is cut off instead of rounded up",
    file: "app/core/ledger/line-sale.ts",
    find: "const taxOfDiscount = discounted === 0n ? 0n : divideHalfUp(line.discount * line.tax, discounted);",
    replace: "const taxOfDiscount = discounted === 0n ? 0n : (line.discount * line.tax) / discounted;",
    test: { file: LINES, name: "the tax in a discount is rounded half up" },
  },
  {
    name: "units are worth their share rounded half up",
    file: "app/core/ledger/line-sale.ts",
    find: "const upTo = (count: number): bigint => (total * BigInt(count)) / BigInt(units.of);",
    replace: "const upTo = (count: number): bigint => divideHalfUp(total * BigInt(count), BigInt(units.of));",
    test: { file: CHANGES, name: "a unit taken off after one was refunded is the second of its line" },
  },
  {
    name: "units are worth the same whichever went before",
    file: "app/core/ledger/removed-units.ts",
    find: "gone.set(lineId, from + quantity);",
    replace: "gone.set(lineId, 0);",
    test: { file: CHANGES, name: "a unit taken off after one was refunded is the second of its line" },
  },
  {
    name: "duties are revenue",
    file: "app/core/ledger/line-sale.ts",
    find: "const discounted = line.unitPrice * BigInt(line.quantity) - line.discount;",
    replace: "const discounted = line.unitPrice * BigInt(line.quantity) - line.discount + line.duties;",
    test: {
      file: CHANGES,
      name: "shipping is the sum of all shipping lines, and tips, duties and an adjustment's tax are nobody's profit",
    },
  },
  {
    name: "only the first shipping line counts",
    file: "app/core/ledger/entries-of-order.ts",
    find: "order.shipping.map(({ discountedPrice, tax }) => ({ amount: discountedPrice, tax })),",
    replace: "order.shipping.slice(0, 1).map(({ discountedPrice, tax }) => ({ amount: discountedPrice, tax })),",
    test: {
      file: CHANGES,
      name: "shipping is the sum of all shipping lines, and tips, duties and an adjustment's tax are nobody's profit",
    },
  },
  {
    name: "gift cards are sales",
    file: "app/core/ledger/entries-of-order.ts",
    find: "const goods = order.lines.filter((line) => !line.giftCard);",
    replace: "const goods = order.lines;",
    test: { file: SALES, name: "gift cards leave no entry, sold or refunded: they are a liability" },
  },
  {
    name: "days are those of London",
    file: "app/core/ledger/context.ts",
    find: "day: context.dayOf(at),",
    replace: "day: Math.floor(at / 86_400_000),",
    test: { file: SALES, name: "each entry is dated by its own Shopify event, on the shop's day" },
  },
  {
    name: "what is not put back gives its cost back too",
    file: "app/core/ledger/entries-of-changes.ts",
    find: `if (restockType === "NO_RESTOCK") continue;`,
    replace: "",
    test: { file: SALES, name: "what was sent and is not put back keeps its cost" },
  },
  {
    name: "the cost of what an edit takes off stays",
    file: "app/core/ledger/entries-of-changes.ts",
    find: `return [returned, costEntry("cogs_restocked", line, when, cost.of(quantity, back(line.id, quantity)))];`,
    replace: "return [returned];",
    test: {
      file: CHANGES,
      name: "units that an edit takes off are worth their share, rounded down in running totals, and their cost comes back",
    },
  },
  {
    name: "shipping is given back with its tax",
    file: "app/core/ledger/entries-of-changes.ts",
    find: "const shipping = refund.shipping.amount - (order.taxesIncluded ? refund.shipping.tax : 0n);",
    replace: "const shipping = refund.shipping.amount;",
    test: { file: SALES, name: "tax inside the prices is taken out of sale, discount, shipping and refund" },
  },
  {
    name: "a fee kept of a return has its tax in it",
    file: "app/core/ledger/entries-of-changes.ts",
    find: `return fact("other_revenue", null, when, order.taxesIncluded ? amount - tax : amount);`,
    replace: `return fact("other_revenue", null, when, order.taxesIncluded ? amount : amount - tax);`,
    test: {
      file: CHANGES,
      name: "fees charged with the order and fees kept of a return are other revenue, without their tax, each on its day",
    },
  },
  {
    name: "the provider's fee is earned",
    file: "app/core/ledger/entries-of-payments.ts",
    find: `return [...entries, fact("payment_fee", null, when, -transaction.fee.known)];`,
    replace: `return [...entries, fact("payment_fee", null, when, transaction.fee.known)];`,
    test: {
      file: SALES,
      name: "a fee that Shopify gave is known, 0.00 too; where it gave none there is no entry; what cannot be converted is unknown",
    },
  },
  {
    name: "cash rounded up is gained when it goes out too",
    file: "app/core/ledger/entries-of-payments.ts",
    find: `return kind === "REFUND" ? exchangeAdjustment - rounding : 0n;`,
    replace: `return kind === "REFUND" ? exchangeAdjustment + rounding : 0n;`,
    test: {
      file: LOSSES,
      name: "exchange rates count as they are booked; cash rounded up is gained coming in and lost going out",
    },
  },
  {
    name: "a dispute that was won costs its amount",
    file: "app/core/ledger/entries-of-losses.ts",
    find: `const LOST: ReadonlySet<string> = new Set(["LOST", "ACCEPTED"]);`,
    replace: `const LOST: ReadonlySet<string> = new Set(["LOST", "ACCEPTED", "WON"]);`,
    test: { file: LOSSES, name: "disputes > one that is open, was won or prevented costs nothing" },
  },
  {
    name: "the fee of a dispute is forgotten",
    file: "app/core/ledger/entries-of-losses.ts",
    find: `return [fact("chargeback", null, occasion(context, event, dispute.at), -dispute.amount - (dispute.fee ?? 0n))];`,
    replace: `return [fact("chargeback", null, occasion(context, event, dispute.at), -dispute.amount)];`,
    test: {
      file: LOSSES,
      name: "disputes > one that was lost or not contested costs its amount and its fee, on the day it was decided",
    },
  },
  {
    name: "tax that was never paid is lost",
    file: "app/core/ledger/entries-of-losses.ts",
    find: `return [fact("write_off", null, when, -(open - share))];`,
    replace: `return [fact("write_off", null, when, -open)];`,
    test: {
      file: LOSSES,
      name: "an amount given up > is what was open without its share of tax, duties and tips",
    },
  },
  {
    name: "the tax of an adjustment is not kept aside",
    file: "app/core/ledger/kept-aside.ts",
    find: `["ADJUSTMENT", sum(refunds.map(({ adjustmentTax }) => adjustmentTax))],`,
    replace: `["ADJUSTMENT", 0n],`,
    test: { file: CHANGES, name: "the ledger with what is kept aside comes to what is asked for, payments apart" },
  },
  {
    name: "shipping is part of net sales",
    file: "app/core/profit/contribution.ts",
    find: `shipping_revenue: "cm2",`,
    replace: `shipping_revenue: "netSales",`,
    test: { file: "tests/core/profit/contribution.test.ts", name: "the margins of an order, by hand" },
  },
  {
    name: "tips are goods",
    file: "app/shopify/mappers/order-changes.ts",
    find: `.flatMap(({ __typename, lineItem }) => (__typename === "TipSale" && lineItem ? [lineItem.id] : [])),`,
    replace: ".flatMap(() => []),",
    test: { file: MAPPED, name: "tips are told from goods by their sales, and unknown sales are counted" },
  },
  {
    name: "a return that was refunded comes back twice",
    file: "app/shopify/mappers/order-changes.ts",
    find: "const covered = isReturn ? Math.min(quantity, Math.max(0, refunded.get(lineId) ?? 0)) : 0;",
    replace: "const covered = 0 * Number(isReturn);",
    test: {
      file: MAPPED,
      name: "units of a return are told by the refund that names them, and are a removal until there is one",
    },
  },
  {
    name: "what was given back beyond the goods was kept",
    file: "app/shopify/mappers/order-changes.ts",
    find: "adjustment: read.sum(row.orderAdjustments.nodes.map((adjustment) => adjustment.amountSet)),",
    replace: "adjustment: -read.sum(row.orderAdjustments.nodes.map((adjustment) => adjustment.amountSet)),",
    test: {
      file: MAPPED,
      name: "a refund is read with its shipping, duties and adjustments added up, each with its tax",
    },
  },
  {
    name: "a settlement rate is turned around",
    file: "app/shopify/mappers/transaction.ts",
    find: "return over === 0n ? null : { over, under: 10n ** BigInt(decimals.length) };",
    replace: "return over === 0n ? null : { over: 10n ** BigInt(decimals.length), under: over };",
    test: {
      file: "tests/shopify/mappers/transaction.test.ts",
      name: "a fee > in another currency goes back by the settlement rate, then as the payment was converted",
    },
  },
  {
    name: "store credit that was given is earned",
    file: "app/core/ledger/entries-of-rebate.ts",
    find: "...move(given.id, given.at, -given.amount),",
    replace: "...move(given.id, given.at, given.amount),",
    test: {
      file: REBATES,
      name: "store credit is an incentive on the day it was given, and comes back as it is taken back or expires",
    },
  },
  {
    name: "the last discount day is one too late",
    file: "app/core/receivables/early-payment.ts",
    find: "const lastDay = dayOf(issuedAt) + terms.discountDays;",
    replace: "const lastDay = dayOf(issuedAt) + terms.discountDays + 1;",
    test: { file: EARLY, name: "an invoice > paid on the day after" },
  },
  {
    name: "a rebate takes itself back",
    file: "app/core/receivables/early-payment.ts",
    find: "const refunds = (order.changes?.refunds ?? []).filter(({ id }) => id !== ownRefund);",
    replace: "const refunds = order.changes?.refunds ?? [];",
    test: { file: EARLY, name: "an invoice > is not lowered by the refund by which its own discount was given" },
  },
];
