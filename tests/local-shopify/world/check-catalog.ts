import { instantText, instantsOf, latestIn } from "./instants.ts";
import { toMinor } from "./money.ts";
import type {
  World,
  WorldCatalogPrice,
  WorldCompany,
  WorldCustomer,
  WorldEvent,
  WorldProduct,
  WorldShop,
} from "./shape.ts";
import { RuleBroken } from "./world-error.ts";

const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

/** Refuses a shop whose currency or time zone nobody knows. */
export function checkShop(shop: WorldShop): void {
  checkCurrency(shop.currency, "$.currency");
  try {
    new Intl.DateTimeFormat("en", { timeZone: shop.timezone });
  } catch {
    throw new RuleBroken("$.timezone", `"${shop.timezone}" is not an IANA time zone`);
  }
}

/** Refuses codes that are not currencies in use (ISO 4217). */
export function checkCurrency(code: string, path: string): void {
  if (!CURRENCIES.has(code)) throw new RuleBroken(path, `"${code}" is not a currency`);
}

/** Refuses an amount with more decimals than the currency; gives its minor units. */
export function minorAt(decimal: string, currency: string, path: string): bigint {
  try {
    return toMinor(decimal, currency);
  } catch (error) {
    throw new RuleBroken(path, error instanceof Error ? error.message : String(error));
  }
}

/** Refuses an instant after now anywhere in the object. */
export function checkInstants(object: object, now: Date): void {
  const limit = instantText(now);
  if (latestIn(object) <= limit) return;
  for (const [at, path] of instantsOf(object)) {
    if (at > limit) throw new RuleBroken(path, `${at} is after now (${limit})`);
  }
}

/** A product's id and its variants' are free, its prices fit the currency, cost changes come in order of time. */
export function checkProduct(world: World, product: WorldProduct, now: Date): void {
  if (world.taken.products.has(product.id)) throw new RuleBroken("$.id", `product ${product.id} is there already`);
  checkInstants(product, now);
  const seen = new Set<number>();
  product.variants.forEach((variant, index) => {
    const path = `$.variants[${index}]`;
    if (world.variants.has(variant.id) || seen.has(variant.id)) {
      throw new RuleBroken(`${path}.id`, `variant ${variant.id} is there already`);
    }
    seen.add(variant.id);
    for (const key of ["price", "compareAtPrice", "unitCost"] as const) {
      const amount = variant[key];
      if (amount !== null) minorAt(amount, world.shop.currency, `${path}.${key}`);
    }
    variant.costChanges.forEach((change, at) => {
      const before = variant.costChanges[at - 1];
      if (before && Date.parse(before.at) >= Date.parse(change.at)) {
        throw new RuleBroken(`${path}.costChanges[${at}].at`, "cost changes come in order of time");
      }
      if (change.unitCost !== null) {
        minorAt(change.unitCost, world.shop.currency, `${path}.costChanges[${at}].unitCost`);
      }
    });
  });
}

/** A customer's id is free and nothing about them lies ahead. */
export function checkCustomer(world: World, customer: WorldCustomer, now: Date): void {
  if (world.customers.has(customer.id)) throw new RuleBroken("$.id", `customer ${customer.id} is there already`);
  checkInstants(customer, now);
}

/** A company's contacts and catalog variants stand above it; a location's terms have the days that their type needs. */
export function checkCompany(world: World, company: WorldCompany): void {
  if (world.companies.has(company.id)) throw new RuleBroken("$.id", `company ${company.id} is there already`);
  company.contacts.forEach((contact, index) => {
    const path = `$.contacts[${index}]`;
    if (!world.customers.has(contact)) throw new RuleBroken(path, `customer ${contact} is not above this line`);
    if (company.contacts.indexOf(contact) !== index) throw new RuleBroken(path, `contact ${contact} is named twice`);
  });
  const seen = new Set<number>();
  company.locations.forEach((location, index) => {
    const path = `$.locations[${index}]`;
    if (world.locations.has(location.id) || seen.has(location.id)) {
      throw new RuleBroken(`${path}.id`, `location ${location.id} is there already`);
    }
    seen.add(location.id);
    if (location.terms) checkTerms(location.terms, `${path}.terms`);
    if (location.depositPercent !== null && Number(location.depositPercent) > 100) {
      throw new RuleBroken(`${path}.depositPercent`, "a deposit is at most 100 percent");
    }
    location.catalogPrices.forEach((entry, at) => {
      const here = `${path}.catalogPrices[${at}]`;
      if (!world.variants.has(entry.variantId)) {
        throw new RuleBroken(`${here}.variantId`, `variant ${entry.variantId} is not above this line`);
      }
      checkPrices(entry, world.shop.currency, here);
    });
  });
}

/** A catalog price and its breaks fit the currency; breaks come in order of units, each cheaper than what is before it. */
const checkPrices = ({ price, breaks }: WorldCatalogPrice, currency: string, path: string): void => {
  let before = { from: 1, price: minorAt(price, currency, `${path}.price`) };
  breaks.forEach((one, index) => {
    const here = `${path}.breaks[${index}]`;
    if (one.from <= before.from) throw new RuleBroken(`${here}.from`, "breaks come in order of units");
    const minor = minorAt(one.price, currency, `${here}.price`);
    if (minor >= before.price) throw new RuleBroken(`${here}.price`, "a break costs less than the price before it");
    before = { from: one.from, price: minor };
  });
};

/** NET and FIXED terms say after how many days, the others cannot. */
export function checkTerms(terms: { type: string; dueInDays: number | null }, path: string): void {
  const needsDays = terms.type === "NET" || terms.type === "FIXED";
  if (needsDays && terms.dueInDays === null) throw new RuleBroken(`${path}.dueInDays`, `${terms.type} terms need days`);
  if (!needsDays && (terms.dueInDays ?? 0) > 0) {
    throw new RuleBroken(`${path}.dueInDays`, `${terms.type} terms have no days`);
  }
}

/** Both customers of a merge stand above it, and a customer merged away does not come back. */
export function checkEvent(world: World, event: WorldEvent, now: Date): void {
  checkInstants(event, now);
  for (const key of ["fromCustomerId", "intoCustomerId"] as const) {
    if (!world.customers.has(event[key])) {
      throw new RuleBroken(`$.${key}`, `customer ${event[key]} is not above this line`);
    }
    if (world.events.some((other) => other.fromCustomerId === event[key])) {
      throw new RuleBroken(`$.${key}`, `customer ${event[key]} was merged away before`);
    }
  }
  if (event.fromCustomerId === event.intoCustomerId) {
    throw new RuleBroken("$.intoCustomerId", "a customer cannot be merged into themself");
  }
}
