import type { LocalShopify } from "#tests/local-shopify/server.ts";
import { type Random, seededRandom } from "#tests/local-shopify/world/random.ts";
import { generateWorld } from "#tests/local-shopify/world/generator.ts";
import { parseWorld, type World, type WorldObject, type WorldOrder } from "#tests/local-shopify/world/world.ts";
import { statesOf, webhooksOf } from "./lives.ts";
import { everydayChanges } from "./everyday-changes.ts";

/** One thing that happens in the shop. */
export type Step = (shop: LocalShopify) => void;

/** A shop as the app finds it, and all that happens in it afterwards, in the order in which it happens. */
export interface Story {
  readonly early: World;
  readonly steps: readonly Step[];
}

export interface StoryOptions {
  readonly seed: string;
  readonly orders: number;
  /** About how many webhooks the shop's changes are told by, before any is doubled or dropped. */
  readonly webhooks: number;
  readonly now: Date;
}

/** An order of which the app is still to learn: the states that it is to go through, and whether it is there from the start. */
interface Life {
  readonly states: readonly WorldOrder[];
  readonly isThere: boolean;
  readonly isDeleted: boolean;
}

const DELETED_SHARE = 0.03;
/** Of the orders that change, those that are in the shop before the app is. */
const OLD_SHARE = 0.2;

/** Unit costs are the same at all times: Shopify tells today's alone, and when the app asks must not matter. */
const withConstantCosts = (object: WorldObject): WorldObject =>
  object.type === "product"
    ? { ...object, variants: object.variants.map((variant) => ({ ...variant, costChanges: [] })) }
    : object;

/** What a shop of so many orders has become in the end. */
export const finalWorld = ({ seed, orders, now }: Omit<StoryOptions, "webhooks">): World => {
  const customers = Math.max(20, Math.round(orders / 4));
  const objects = generateWorld({ seed, customers, orders, now, mix: "everything" });
  const lines = [...objects].map((object) => JSON.stringify(withConstantCosts(object)));
  return parseWorld(lines, { now });
};

/** The latest orders, as many as it takes, live their lives while the app looks on; of the others all is told at once. */
const livesOf = (world: World, { webhooks }: StoryOptions, random: Random): Map<number, Life> => {
  const lives = new Map<number, Life>();
  let told = 0;
  for (const order of world.orders.toReversed()) {
    if (told >= webhooks) break;
    const states = statesOf(order);
    lives.set(order.id, {
      states,
      isThere: states.length > 1 && random.chance(OLD_SHARE),
      isDeleted: random.chance(DELETED_SHARE),
    });
    told += webhooksOf(states);
  }
  return lives;
};

const variantsOf = (order: WorldOrder): number[] =>
  [...order.lines, ...order.edits.flatMap(({ add }) => add)].flatMap(({ variantId }) => variantId ?? []);

const earlyWorld = (world: World, lives: ReadonlyMap<number, Life>, options: StoryOptions): World => {
  const orders = world.orders.flatMap((order) => {
    const life = lives.get(order.id);
    if (!life) return [order];
    return life.isThere ? life.states.slice(0, 1) : [];
  });
  const random = seededRandom(options.seed, "who is there");
  const buyers = new Set(orders.map(({ customerId }) => customerId));
  const later = new Set(world.orders.map(({ customerId }) => customerId));
  const contacts = new Set([...world.companies.values()].flatMap((company) => company.contacts));
  const isThere = (id: number) => contacts.has(id) || buyers.has(id) || (!later.has(id) && random.chance(0.8));
  const sold = new Set(orders.flatMap(variantsOf));
  const priced = new Set(
    [...world.locations.values()].flatMap(({ location }) => location.catalogPrices.map(({ variantId }) => variantId)),
  );
  const products = world.products.filter(
    ({ variants }) => variants.some(({ id }) => sold.has(id) || priced.has(id)) || random.chance(0.7),
  );
  const objects: WorldObject[] = [
    world.shop,
    ...products,
    ...[...world.customers.values()].filter(({ id }) => isThere(id)),
    ...world.companies.values(),
    ...orders,
  ];
  const lines = objects.map((object) => JSON.stringify(object));
  return parseWorld(lines, { now: options.now });
};

/** Whom and what an order names has to be there before it. */
const arrivals = (order: WorldOrder, world: World): Step => {
  const customer = order.customerId === null ? undefined : world.customers.get(order.customerId);
  const products = new Set(variantsOf(order).flatMap((id) => world.variants.get(id)?.product ?? []));
  return (shop) => {
    if (customer && !shop.world.customers.has(customer.id)) shop.saveCustomer(customer);
    for (const product of products) if (!shop.world.taken.products.has(product.id)) shop.saveProduct(product);
  };
};

const stepsOf = ({ states, isThere, isDeleted }: Life, world: World, random: Random): Step[] => {
  const steps = states.flatMap((state, index): Step[] => {
    if (index > 0) return [arrivals(state, world), (shop) => void shop.updateOrder(state)];
    return isThere ? [] : [arrivals(state, world), (shop) => void shop.placeOrder(state)];
  });
  const [last] = states.slice(-1);
  if (!last) return steps;
  const { id } = last;
  if (random.chance(0.4)) {
    steps.push((shop) => {
      shop.announce("fulfillments/create", { id: 1_000_000_000 + id, order_id: id });
      shop.announce("orders/fulfilled", { id });
    });
  }
  if (isDeleted) steps.push((shop) => shop.deleteOrder(id));
  return steps;
};

/** Puts several sequences into one, each in its own order and all mixed. */
const mixed = <T>(sequences: readonly (readonly T[])[], random: Random): T[] => {
  const turns = sequences.flatMap((sequence, index) => sequence.map(() => index));
  for (let last = turns.length - 1; last > 0; last -= 1) {
    const other = random.int(0, last);
    [turns[last], turns[other]] = [turns[other] ?? 0, turns[last] ?? 0];
  }
  const next = sequences.map((sequence) => sequence[Symbol.iterator]());
  return turns.flatMap((index) => {
    const step = next[index]?.next();
    return step && !step.done ? [step.value] : [];
  });
};

/** The same options make the same story. */
export const storyOf = (options: StoryOptions): Story => {
  const world = finalWorld(options);
  const random = seededRandom(options.seed, "story");
  const lives = livesOf(world, options, random);
  const sequences = [...lives.values()].map((life) => stepsOf(life, world, random));
  const everyday = everydayChanges(Math.ceil(lives.size / 4), options.seed);
  return {
    early: earlyWorld(world, lives, options),
    steps: mixed([...sequences, ...everyday.map((step) => [step])], random),
  };
};
