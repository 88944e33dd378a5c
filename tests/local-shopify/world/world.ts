import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { z } from "zod";
import { checkCompany, checkCustomer, checkEvent, checkProduct, checkShop } from "./check-catalog.ts";
import { checkOrder } from "./check-order.ts";
import { latestIn } from "./instants.ts";
import {
  type World,
  type WorldCompany,
  type WorldOrder,
  type WorldParsed,
  type WorldProduct,
  worldObjectSchema,
  worldOrderSchema,
} from "./shape.ts";
import { RuleBroken, WorldError, jsonPath } from "./world-error.ts";

// A reader of worlds needs the shapes and the reading together.
export type * from "./shape.ts";

/** Adds a validated order (see `validateOrder`) to a world. */
export function addOrder(world: World, order: WorldOrder): void {
  world.orders.push(order);
  indexOrder(world, order);
}

/** Makes an order that stands among the world's be found by its id, and its ids taken. */
export function indexOrder(world: World, order: WorldOrder): void {
  world.ordersById.set(order.id, order);
  for (const line of order.lines) world.taken.lines.add(line.id);
  for (const edit of order.edits) for (const line of edit.add) world.taken.lines.add(line.id);
  for (const refund of order.refunds) world.taken.refunds.add(refund.id);
}

/**
 * Checks an order as a line of a world file would be checked. It does not add it to the world.
 *
 * @throws WorldError with line 0 when it breaks a rule
 */
export function validateOrder(world: World, order: unknown, now: Date): WorldOrder {
  return validateObject(worldOrderSchema, order, (parsed) => checkOrder(world, parsed, now));
}

/**
 * Reads one object of the world's format, and lets `check` refuse what breaks a rule.
 *
 * @throws WorldError with line 0 when it breaks a rule
 */
export function validateObject<T>(schema: z.ZodType<T>, object: unknown, check: (parsed: T) => void): T {
  return explain(0, () => {
    const parsed = parse(schema, object);
    check(parsed);
    return parsed;
  });
}

/**
 * Reads a world from the lines of a file, one object a line; blank lines are skipped.
 *
 * @throws WorldError with the line number, the JSON path and the reason of the first rule broken
 */
export function parseWorld(lines: Iterable<string>, options: { now: Date }): World {
  const reader = new WorldReader(options.now);
  for (const line of lines) reader.read(line);
  return reader.end();
}

/** Reads a world file as `parseWorld` does, without holding the text of the whole file. */
export async function readWorldFile(path: string, options: { now: Date }): Promise<World> {
  const reader = new WorldReader(options.now);
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
  for await (const line of lines) reader.read(line);
  return reader.end();
}

/** The latest instant anywhere in the world, or the epoch when it holds nothing dated. */
export function latestInstant(world: World): Date {
  let latest = "";
  for (const source of [world.products, world.customers.values(), world.orders, world.events]) {
    for (const object of source) {
      const here = latestIn(object);
      if (here > latest) latest = here;
    }
  }
  return new Date(latest === "" ? 0 : latest);
}

class WorldReader {
  private world: World | undefined;
  private lineNumber = 0;
  private readonly now: Date;

  constructor(now: Date) {
    this.now = now;
  }

  read(line: string): void {
    this.lineNumber += 1;
    if (line.trim() === "") return;
    explain(this.lineNumber, () => this.add(parse(worldObjectSchema, parseJson(line))));
  }

  end(): World {
    if (!this.world) throw new WorldError({ line: this.lineNumber, path: "$", reason: "the world has no shop" });
    return this.world;
  }

  private add(object: WorldParsed): void {
    if (object.type === "shop") {
      if (this.world) throw new RuleBroken("$", "a world has one shop");
      checkShop(object);
      this.world = emptyWorld(object);
      return;
    }
    if (!this.world) throw new RuleBroken("$.type", "the shop comes first");
    addObject(this.world, object, this.now);
  }
}

function emptyWorld(shop: World["shop"]): World {
  return {
    shop,
    products: [],
    variants: new Map(),
    customers: new Map(),
    companies: new Map(),
    locations: new Map(),
    orders: [],
    ordersById: new Map(),
    events: [],
    taken: { products: new Set(), lines: new Set(), refunds: new Set() },
  };
}

function addObject(world: World, object: Exclude<WorldParsed, { type: "shop" }>, now: Date): void {
  switch (object.type) {
    case "product":
      checkProduct(world, object, now);
      world.products.push(object);
      indexProduct(world, object);
      return;
    case "customer":
      checkCustomer(world, object, now);
      world.customers.set(object.id, object);
      return;
    case "company":
      checkCompany(world, object);
      indexCompany(world, object);
      return;
    case "order":
      checkOrder(world, object, now);
      addOrder(world, object);
      return;
    case "event":
      checkEvent(world, object, now);
      world.events.push(object);
  }
}

/** Makes a product that stands among the world's be found, with its variants. */
export function indexProduct(world: World, product: WorldProduct): void {
  world.taken.products.add(product.id);
  for (const variant of product.variants) world.variants.set(variant.id, { variant, product });
}

/** Adds a company and its locations to a world. */
export function indexCompany(world: World, company: WorldCompany): void {
  world.companies.set(company.id, company);
  for (const location of company.locations) world.locations.set(location.id, { location, company });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new RuleBroken("$", `not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new RuleBroken(jsonPath(issue?.path ?? []), issue?.message ?? "not of the world's format");
}

function explain<T>(line: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RuleBroken) throw new WorldError({ line, path: error.path, reason: error.message });
    throw error;
  }
}
