import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, order, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";

let shop: TestShop;
let receiver: WebhookReceiver;

const opened = async (options: Parameters<typeof TestShop.open>[1] = {}) => {
  shop = await TestShop.open(worldOf(...catalog, order(1)), { appUrl: receiver.url, ...options });
};
beforeEach(async () => {
  receiver = await new WebhookReceiver().open();
});
afterEach(async () => {
  await shop.stop();
  receiver.close();
});

const send = (count: number) => {
  for (let id = 1; id <= count; id += 1) shop.shopify.webhooks.send("orders/updated", { id });
};
/** Those that came, upwards: several on their way overtake one another. */
const sortedIds = () => ids().toSorted((a, b) => a - b);
const ids = () => receiver.received.map(({ body }) => Number(JSON.parse(body).id));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test("six thousand webhooks pile up and are all sent once, in reasonable time", async () => {
  await opened();
  const { webhooks } = shop.shopify;
  webhooks.switches.hold = true;
  const startedAt = performance.now();
  send(6_000);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  await sleep(20);
  expect([webhooks.pending.length, receiver.received.length]).toEqual([6_000, 0]);
  webhooks.shuffle(7);
  webhooks.switches.hold = false;
  await webhooks.settled(50_000);
  expect(webhooks.pending).toEqual([]);
  const arrived = ids();
  expect(arrived.toSorted((a, b) => a - b)).toEqual(upTo(6_000));
  expect(arrived).not.toEqual(upTo(6_000));
});

test("no more attempts are made at once than asked for", async () => {
  await opened({ webhookConcurrency: 3 });
  let [open, most] = [0, 0];
  receiver.onRequest = async () => {
    open += 1;
    most = Math.max(most, open);
    await sleep(5);
    open -= 1;
  };
  send(20);
  await shop.shopify.webhooks.settled();
  expect([most, receiver.received.length]).toEqual([3, 20]);
});

test("while held nothing is sent, not even after a restart, and the state is written at the close", async () => {
  await opened();
  shop.shopify.webhooks.switches.hold = true;
  send(3);
  await shop.restart(worldOf(...catalog, order(1)));
  expect(JSON.parse(readFileSync(join(shop.stateDir, "webhooks.json"), "utf8"))).toHaveLength(3);
  await shop.shopify.webhooks.settled();
  expect(sortedIds()).toEqual([1, 2, 3]);
});

test("many changes are written to the state at most every quarter of a second", async () => {
  await opened();
  const path = join(shop.stateDir, "webhooks.json");
  shop.shopify.webhooks.switches.hold = true;
  const versions = new Set<number>();
  for (let round = 0; round < 60; round += 1) {
    send(1);
    await sleep(10);
    versions.add(statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  }
  // The first is that there is none yet; 60 rounds of 10 ms and more are some three quarters of a second.
  expect(versions.size).toBeGreaterThan(1);
  expect(versions.size).toBeLessThan(8);
});

test("shares of all webhooks are doubled and dropped, the same with the same seed", async () => {
  const run = async (webhookSeed: string) => {
    await opened({ webhookSeed });
    Object.assign(shop.shopify.webhooks.switches, { duplicateShare: 0.3, dropShare: 0.2 });
    receiver.received.length = 0;
    send(500);
    await shop.shopify.webhooks.settled();
    return sortedIds();
  };
  const first = await run("a");
  await shop.stop();
  const again = await run("a");
  await shop.stop();
  const other = await run("b");
  expect(first).toEqual(again);
  expect(first).not.toEqual(other);
  // 400 of 500 are expected to come, 120 of them twice; the standard deviations are 9.
  const different = new Set(first).size;
  expect(Math.abs(different - 400)).toBeLessThan(40);
  expect(Math.abs(first.length - different - 120)).toBeLessThan(40);
});

test("a share of all is everything, a share of none nothing", async () => {
  await opened();
  const { switches } = shop.shopify.webhooks;
  switches.duplicateShare = 1;
  send(2);
  Object.assign(switches, { duplicateShare: 0, dropShare: 1 });
  send(2);
  await shop.shopify.webhooks.settled();
  expect(sortedIds()).toEqual([1, 1, 2, 2]);
});
