import type { LocalShopify } from "#tests/local-shopify/server.ts";
import { type Random, seededRandom } from "#tests/local-shopify/world/random.ts";
import type { WorldCustomer } from "#tests/local-shopify/world/world.ts";
import type { Step } from "./story.ts";

/** A change of what is not an order, made to whatever there is in the shop at its time. */
type Change = (shop: LocalShopify, random: Random, nth: number) => void;

const renameProduct: Change = (shop, random, nth) => {
  const product = random.pick(shop.world.products);
  const variants = product.variants.map((variant) => ({
    ...variant,
    ...(random.chance(0.5) ? { sku: `SKU-${nth}-${variant.id}` } : {}),
  }));
  shop.saveProduct({ ...product, title: `${product.title.split(" /")[0]} / ${nth}`, variants });
};

/** Customers who were not merged into others. */
const present = ({ world }: LocalShopify): WorldCustomer[] => {
  const gone = new Set(world.events.map(({ fromCustomerId }) => fromCustomerId));
  return [...world.customers.values()].filter(({ id }) => !gone.has(id));
};

const renameCustomer: Change = (shop, random, nth) => {
  const customer = random.pick(present(shop));
  shop.saveCustomer({ ...customer, lastName: `Later-${nth}`, email: random.chance(0.3) ? null : customer.email });
};

const mergeTwo: Change = (shop, random) => {
  const contacts = new Set([...shop.world.companies.values()].flatMap((company) => company.contacts));
  const people = present(shop).filter(({ id }) => !contacts.has(id));
  const from = random.pick(people);
  const into = random.pick(people);
  if (from.id !== into.id) shop.mergeCustomers(from.id, into.id);
};

/** Somebody who never orders, and may be deleted again at once. */
const newCustomer: Change = (shop, random, nth) => {
  const id = 5_000_000 + nth;
  shop.saveCustomer({
    type: "customer",
    id,
    firstName: "New",
    lastName: `Number ${nth}`,
    email: `new-${nth}@example.com`,
    countryCode: "US",
    createdAt: shop.clock.now().toISOString(),
  });
  if (random.chance(0.5)) shop.deleteCustomer(id);
};

const changeCompany: Change = (shop, random, nth) => {
  const companies = [...shop.world.companies.values()];
  if (companies.length === 0) return;
  const company = random.pick(companies);
  const [first] = company.locations;
  const another = { ...first, id: 6_000_000 + nth, name: `Branch ${nth}` };
  const locations = random.chance(0.3) ? [...company.locations, another] : company.locations;
  shop.saveCompany({ ...company, name: `${company.name.split(" (")[0]} (${nth})`, locations });
};

/** What the ledger has nothing to do with. */
const saySomethingElse: Change = (shop, random, nth) => {
  shop.announce(random.pick(["collections/update", "discounts/update"]), { id: nth });
};

const CHANGES: readonly (readonly [weight: number, change: Change])[] = [
  [25, renameProduct],
  [35, renameCustomer],
  [12, mergeTwo],
  [12, newCustomer],
  [12, changeCompany],
  [4, saySomethingElse],
];

/** So many changes of products, customers and companies. */
export const everydayChanges = (count: number, seed: string): Step[] =>
  Array.from({ length: count }, (_, nth): Step => {
    const random = seededRandom(seed, "everyday", nth);
    const change = CHANGES[random.weighted(CHANGES.map(([weight]) => weight))]?.[1] ?? renameCustomer;
    return (shop) => change(shop, random, nth);
  });
