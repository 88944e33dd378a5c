import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SAMPLE_NOW, readSample, sample, sampleLine, sampleOrder } from "./sample-world.ts";
import { latestInstant, parseWorld, readWorldFile, validateOrder } from "./world.ts";

describe("a world is read", () => {
  test("with everything that may be missing filled in", () => {
    const world = readSample(sample());
    expect(world.products[0]).toMatchObject({ vendor: "", tags: [], collections: [], productType: "" });
    expect(world.variants.get(11)?.variant).toMatchObject({ weightGrams: 0, compareAtPrice: null, costChanges: [] });
    expect(world.customers.get(1)).toMatchObject({ emailMarketing: "NOT_SUBSCRIBED", birthday: null, tags: [] });
    expect(world.ordersById.get(1)).toMatchObject({ edits: [], disputes: [], source: "web", shipTo: null });
    expect(world.locations.get(11)?.company.name).toBe("Co");
  });

  test("with blank lines skipped and instants brought into one form", () => {
    const { shop, customer } = sample();
    const texts = [shop, { ...customer, createdAt: "2025-01-01T02:00:00.5+02:00" }].map((one) => JSON.stringify(one));
    const world = parseWorld([texts[0] ?? "", "", texts[1] ?? ""], { now: SAMPLE_NOW });
    expect(world.customers.get(1)?.createdAt).toBe("2025-01-01T00:00:00Z");
  });

  test("from a file, the same as from its lines", async () => {
    const folder = mkdtempSync(join(tmpdir(), "world-"));
    const path = join(folder, "world.jsonl");
    const { shop, product, customer, company, order } = sample();
    writeFileSync(path, [shop, product, customer, company, order].map((one) => JSON.stringify(one)).join("\r\n"));
    expect(await readWorldFile(path, { now: SAMPLE_NOW })).toEqual(readSample(sample()));
    rmSync(folder, { recursive: true });
  });

  test("with ids up to two to the power of 53", () => {
    const world = sample();
    world.order.id = 2 ** 53;
    expect(readSample(world).ordersById.has(2 ** 53)).toBe(true);
  });

  test("with what a cart carried along as it is, whatever its keys are called", () => {
    const world = sample();
    const attributes = { at: "noon", deliverAt: "9999-01-01T00:00:00Z", pareto_pay_now: "yes" };
    const read = readSample({ ...world, order: { ...world.order, attributes } });
    expect(read.ordersById.get(1)?.attributes).toEqual(attributes);
    expect(latestInstant(read)).toEqual(latestInstant(readSample(sample())));
  });

  test("and its latest instant is the latest of anything in it", () => {
    expect(latestInstant(readSample(sample())).toISOString()).toBe("2025-02-10T12:00:00.000Z");
  });
});

test("an order placed later is checked against the world as it stands", () => {
  const world = readSample(sample());
  expect(() => validateOrder(world, sampleOrder(), SAMPLE_NOW)).toThrow("$.id: order 1 is there already");
  const next = { ...sampleOrder(), id: 2, lines: [sampleLine(2)], refunds: [], transactions: [] };
  expect(validateOrder(world, next, SAMPLE_NOW).id).toBe(2);
  expect(world.orders).toHaveLength(1);
});
