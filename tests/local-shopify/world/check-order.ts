import { checkCurrency, checkInstants, checkTerms, minorAt } from "./check-catalog.ts";
import { checkMoney } from "./check-money.ts";
import { checkRefunds } from "./check-refunds.ts";
import { isTaxInclusive, figuresOf } from "./order-figures.ts";
import type { World, WorldLine, WorldOrder, WorldShipping } from "./shape.ts";
import { RuleBroken } from "./world-error.ts";

/** Refuses an order that breaks a rule of the world's format; the path in the error starts at the order. */
export function checkOrder(world: World, order: WorldOrder, now: Date): void {
  if (world.ordersById.has(order.id)) throw new RuleBroken("$.id", `order ${order.id} is there already`);
  checkBuyer(world, order);
  checkTimes(order, now);
  checkPresentment(world, order);
  if (order.terms) checkTerms(order.terms, "$.terms");
  const taken = new Set<number>();
  for (const [line, path] of linesOf(order)) {
    if (world.taken.lines.has(line.id) || taken.has(line.id)) {
      throw new RuleBroken(`${path}.id`, `line ${line.id} is there already`);
    }
    taken.add(line.id);
    checkLine(world, line, path);
  }
  checkShipping(world, order);
  checkMoney(world, order);
  checkOrderDiscount(world, order);
  checkContainedTax(world, order);
  checkRefunds(world, order);
}

function checkBuyer(world: World, order: WorldOrder): void {
  if (order.customerId !== null && !world.customers.has(order.customerId)) {
    throw new RuleBroken("$.customerId", `customer ${order.customerId} is not above this line`);
  }
  if (order.companyLocationId !== null && !world.locations.has(order.companyLocationId)) {
    throw new RuleBroken("$.companyLocationId", `location ${order.companyLocationId} is not above this line`);
  }
}

function checkTimes(order: WorldOrder, now: Date): void {
  checkInstants(order, now);
  const placed = Date.parse(order.processedAt);
  const notBefore = (at: string, path: string) => {
    if (Date.parse(at) < placed) throw new RuleBroken(path, "lies before the order was processed");
  };
  if (order.cancelledAt !== null) notBefore(order.cancelledAt, "$.cancelledAt");
  order.refunds.forEach(({ createdAt, returnedAt }, index) => {
    notBefore(createdAt, `$.refunds[${index}].createdAt`);
    if (returnedAt === undefined) return;
    notBefore(returnedAt, `$.refunds[${index}].returnedAt`);
    if (Date.parse(returnedAt) > Date.parse(createdAt)) {
      throw new RuleBroken(`$.refunds[${index}].returnedAt`, "lies after the refund");
    }
  });
  order.disputes.forEach((dispute, index) => notBefore(dispute.at, `$.disputes[${index}].at`));
  order.edits.forEach((edit, index) => {
    notBefore(edit.at, `$.edits[${index}].at`);
    const before = order.edits[index - 1];
    if (before && Date.parse(before.at) > Date.parse(edit.at)) {
      throw new RuleBroken(`$.edits[${index}].at`, "edits come in order of time");
    }
  });
}

function checkPresentment(world: World, order: WorldOrder): void {
  checkCurrency(order.presentmentCurrency, "$.presentmentCurrency");
  if (!/[1-9]/.test(order.presentmentRate)) throw new RuleBroken("$.presentmentRate", "a rate is above 0");
  if (order.presentmentCurrency === world.shop.currency && Number(order.presentmentRate) !== 1) {
    throw new RuleBroken("$.presentmentRate", "the rate from the shop's currency to itself is 1");
  }
}

function linesOf(order: WorldOrder): [WorldLine, string][] {
  const first = order.lines.map((line, index): [WorldLine, string] => [line, `$.lines[${index}]`]);
  const added = order.edits.flatMap((edit, at) =>
    edit.add.map((line, index): [WorldLine, string] => [line, `$.edits[${at}].add[${index}]`]),
  );
  return [...first, ...added];
}

function checkLine(world: World, line: WorldLine, path: string): void {
  const { currency } = world.shop;
  if (line.variantId !== null && !world.variants.has(line.variantId)) {
    throw new RuleBroken(`${path}.variantId`, `variant ${line.variantId} is not above this line`);
  }
  if (line.deleted && line.variantId !== null) {
    throw new RuleBroken(`${path}.deleted`, "a deleted product's line has no variantId");
  }
  const total = minorAt(line.unitPrice, currency, `${path}.unitPrice`) * BigInt(line.quantity);
  if (minorAt(line.discount, currency, `${path}.discount`) > total) {
    throw new RuleBroken(`${path}.discount`, "the discount is larger than the line");
  }
  const tax = minorAt(line.tax, currency, `${path}.tax`);
  if (line.duties !== undefined) minorAt(line.duties, currency, `${path}.duties`);
  if (!line.taxes) return;
  const parts = line.taxes.map((part, index) => minorAt(part.amount, currency, `${path}.taxes[${index}].amount`));
  if (parts.reduce((a, b) => a + b, 0n) !== tax) throw new RuleBroken(`${path}.taxes`, "taxes do not add up to tax");
}

function checkShipping(world: World, order: WorldOrder): void {
  const keys = ["price", "discount", "tax"] as const;
  const check = (line: WorldShipping, path: string) => {
    const [price = 0n, discount = 0n, tax = 0n] = keys.map((key) =>
      minorAt(line[key], world.shop.currency, `${path}.${key}`),
    );
    if (discount > price) throw new RuleBroken(`${path}.discount`, "the discount is larger than the shipping");
    if (isTaxInclusive(world, order) && tax > price - discount) {
      throw new RuleBroken(`${path}.tax`, "the tax contained is larger than the shipping");
    }
    return [price, discount, tax] as const;
  };
  const whole = check(order.shipping, "$.shipping");
  if (!order.shippingLines) return;
  const parts = order.shippingLines.map((line, index) => check(line, `$.shippingLines[${index}]`));
  keys.forEach((key, at) => {
    const sum = parts.reduce((total, part) => total + (part[at] ?? 0n), 0n);
    if (sum !== whole[at]) throw new RuleBroken("$.shippingLines", `their ${key} does not add up to shipping.${key}`);
  });
}

function checkOrderDiscount(world: World, order: WorldOrder): void {
  const { currency } = world.shop;
  const discount = minorAt(order.orderDiscount, currency, "$.orderDiscount");
  if (discount === 0n) return;
  const goods = order.lines
    .filter((line) => !line.giftCard)
    .map((line) => {
      const total = minorAt(line.unitPrice, currency, "$.lines") * BigInt(line.quantity);
      return total - minorAt(line.discount, currency, "$.lines");
    });
  if (discount > goods.reduce((a, b) => a + b, 0n)) {
    throw new RuleBroken("$.orderDiscount", "the order's discount is larger than the goods it is spread over");
  }
}

function checkContainedTax(world: World, order: WorldOrder): void {
  if (!isTaxInclusive(world, order)) return;
  const paths = new Map(linesOf(order).map(([line, path]) => [line.id, path]));
  for (const { line, net } of figuresOf(world, order).lines) {
    if (net < 0n) {
      throw new RuleBroken(`${paths.get(line.id) ?? "$.lines"}.tax`, "the tax contained is larger than the line");
    }
  }
}
