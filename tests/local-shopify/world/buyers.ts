import { type Random, seededRandom } from "./random.ts";
import type { WorldObject } from "./world.ts";

const FIRST =
  "Ada Ben Clara David Elena Finn Grace Hugo Iris Jonas Kira Liam Maya Noah Olivia Priya Quinn Rosa Samir Tessa Uma Victor Wen Ximena Yusuf Zoe Amara Björn Chloé Diego Emre Fatima Giulia Hana Ivan Júlia Kenji Lena Mateo Nadia".split(
    " ",
  );
const LAST =
  "Andersen Brooks Chen Diaz Evans Fischer García Hughes Ito Jansen Kowalski Larsen Moreau Novak Okafor Patel Quist Rossi Santos Tanaka Ueda Varga Walker Xu Yilmaz Zhang O'Brien Müller Nguyen Costa Adeyemi Berg Cohen Dubois Eriksen Ferrari Gupta Haddad Ivanova Jones".split(
    " ",
  );
const COMPANY_FIRST =
  "Harborview,Juniper,Copper,Blue Door,Maple,Foundry,Lantern,Riverside,Anchor,Saffron,Linden,Wild Oak,Corner,Granite,Sunday,Meadow,Atlas,Kestrel".split(
    ",",
  );
const COMPANY_LAST =
  "Cafés,Coffee House,Hotels,Interiors,Restaurant Group,Offices,Gift Co,Bakery,Inn,Provisions,Studio,Market".split(",");

/** Where consumers live, what they may see prices in, and how many they are. */
const COUNTRIES: readonly { code: string; currency: string; weight: number; taxes: readonly number[] }[] = [
  { code: "US", currency: "USD", weight: 84, taxes: [0, 0.0625, 0.0725, 0.08875, 0.06] },
  { code: "CA", currency: "CAD", weight: 6, taxes: [0.13, 0.05] },
  { code: "GB", currency: "GBP", weight: 4, taxes: [0.2] },
  { code: "DE", currency: "EUR", weight: 2.5, taxes: [0.19] },
  { code: "FR", currency: "EUR", weight: 1.5, taxes: [0.2] },
  { code: "JP", currency: "JPY", weight: 1, taxes: [0.1] },
  { code: "AU", currency: "AUD", weight: 1, taxes: [0.1] },
];

/** Someone who orders, with the habits that shape the orders. */
export interface Buyer {
  kind: "customer" | "guest" | "company";
  /** The customer on the order: null for guests. */
  customerId: number | null;
  locationIds: number[];
  firstName: string;
  lastName: string;
  email: string;
  countryCode: string;
  presentmentCurrency: string | null;
  taxRate: number;
  /** 1 is the usual basket; a few spend many times that. */
  spend: number;
  /** Buys with heavy discounts only. */
  bargainHunter: boolean;
  /** How much likelier than others to send things back. */
  returns: number;
  /** Days after the due day at which a company pays; negative: before. */
  paysLate: number;
  terms: number | null;
}

/** How many there are of each kind of buyer: `customers` records in all, of whom some are contacts of companies. */
export interface BuyerCounts {
  customers: number;
  guests: number;
  companies: number;
}

export function countBuyers(customers: number, companies: boolean): BuyerCounts {
  return {
    customers,
    guests: Math.round(customers * 0.12),
    companies: companies ? Math.min(Math.ceil(customers * 0.012), Math.floor(customers / 2)) : 0,
  };
}

/**
 * Buyer `index`, made from the seed alone, so that nobody has to be kept. First the companies (whose first contact is
 * customer `index + 1`), then the other customers, then the guests.
 */
export function buyerAt(index: number, seed: string | number, counts: BuyerCounts): Buyer {
  const random = seededRandom(seed, "buyer", index);
  if (index < counts.companies) return companyBuyer(index, random);
  const isGuest = index >= counts.customers;
  const country = COUNTRIES[random.weighted(COUNTRIES.map(({ weight }) => weight))] ?? COUNTRIES[0];
  const person = personOf(random, index);
  const bargainHunter = random.chance(0.09);
  return {
    ...person,
    kind: isGuest ? "guest" : "customer",
    customerId: isGuest ? null : index + 1,
    // A few guests are customers who did not log in.
    email: isGuest && random.chance(0.04) ? customerEmail(random, seed, counts) : person.email,
    locationIds: [],
    countryCode: country?.code ?? "US",
    presentmentCurrency: random.chance(0.7) ? (country?.currency ?? null) : null,
    taxRate: random.pick(country?.taxes ?? [0]),
    spend: Math.exp(0.3 * random.normal()),
    bargainHunter,
    returns: random.chance(0.05) ? 6 : 1,
    paysLate: 0,
    terms: null,
  };
}

function customerEmail(random: Random, seed: string | number, counts: BuyerCounts): string {
  return buyerAt(random.int(0, counts.customers - 1), seed, counts).email;
}

function companyBuyer(index: number, random: Random): Buyer {
  const second = random.chance(0.2);
  return {
    ...personOf(random, index),
    kind: "company",
    customerId: index + 1,
    locationIds: second ? [index * 2 + 1, index * 2 + 2] : [index * 2 + 1],
    countryCode: random.chance(0.93) ? "US" : "CA",
    presentmentCurrency: null,
    taxRate: random.chance(0.7) ? 0 : 0.0725,
    spend: Math.exp(0.5 * random.normal()),
    bargainHunter: random.chance(0.12),
    returns: 0.6,
    paysLate: random.pick([-22, -8, -3, -1, 0, 0, 2, 6, 14, 35, 60, 400]),
    terms: random.chance(0.82) ? random.pick([15, 30, 30, 30, 45, 60]) : null,
  };
}

function personOf(random: Random, index: number) {
  const firstName = random.pick(FIRST);
  const lastName = random.pick(LAST);
  return { firstName, lastName, email: emailOf(firstName, lastName, index) };
}

function emailOf(first: string, last: string, index: number): string {
  const plain = `${first}.${last}`.normalize("NFD").replace(/[^A-Za-z.]/g, "");
  return `${plain.toLowerCase()}${index + 1}@example.com`;
}

/** The customer record of a buyer. */
export function customerOf(
  buyer: Buyer & { customerId: number },
  random: Random,
  createdAt: string,
): Extract<WorldObject, { type: "customer" }> {
  return {
    type: "customer",
    id: buyer.customerId,
    firstName: buyer.firstName,
    lastName: buyer.lastName,
    email: buyer.email,
    countryCode: buyer.countryCode,
    createdAt,
    emailMarketing: random.pick(["SUBSCRIBED", "SUBSCRIBED", "NOT_SUBSCRIBED", "UNSUBSCRIBED"]),
    tags: buyer.kind === "company" ? ["wholesale"] : [],
    birthday: random.chance(0.2)
      ? `${random.int(1955, 2004)}-${String(random.int(1, 12)).padStart(2, "0")}-${String(random.int(1, 28)).padStart(2, "0")}`
      : null,
  };
}

/** The company of a buyer, with one or two locations on the buyer's terms. */
export function companyOf(
  buyer: Buyer & { customerId: number },
  random: Random,
): Extract<WorldObject, { type: "company" }> {
  const id = buyer.customerId;
  // Walks through every pair of names once before a number is needed.
  const turn = Math.floor(id / COMPANY_FIRST.length);
  const first = COMPANY_FIRST[id % COMPANY_FIRST.length] ?? "";
  const last = COMPANY_LAST[(id + turn) % COMPANY_LAST.length] ?? "";
  const again = Math.floor(id / (COMPANY_FIRST.length * COMPANY_LAST.length));
  return {
    type: "company",
    id,
    name: `${first} ${last}${again > 0 ? ` ${again + 1}` : ""}`,
    contacts: [buyer.customerId],
    locations: buyer.locationIds.map((locationId, index) => ({
      id: locationId,
      name: index === 0 ? "Head office" : "Warehouse",
      terms: buyer.terms === null ? null : { type: "NET" as const, dueInDays: buyer.terms },
      depositPercent: buyer.terms !== null && random.chance(0.1) ? "20" : null,
      checkoutToDraft: random.chance(0.05),
    })),
  };
}
