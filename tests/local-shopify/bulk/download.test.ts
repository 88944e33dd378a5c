import { afterEach, beforeEach, expect, test } from "vitest";
import { catalog, order, TestShop, worldOf } from "../test-shop.ts";

let shop: TestShop;
let url: string;
let whole: string;

beforeEach(async () => {
  shop = await TestShop.open(worldOf(...catalog, ...[1, 2, 3, 4, 5].map((id) => order(id))));
  await shop.graphql(
    `mutation { bulkOperationRunQuery(query: "{ orders { edges { node { id name } } } }") { bulkOperation { id } } }`,
  );
  await shop.shopify.bulk.idle();
  url = shop.shopify.bulk.list()[0]?.url ?? "";
  whole = (await shop.send(url)).text;
});
afterEach(() => shop.stop());

test("the result lies on another host than the shop, and its link is signed", async () => {
  expect(new URL(url).hostname).toBe("storage.googleapis.com");
  expect((await shop.send(url.replace("bulk-1001", "bulk-1002"))).status).toBe(403);
  expect((await shop.send(url.replace(/Expires=\d+/, "Expires=9999999999"))).status).toBe(403);
  expect((await shop.send(url.replace(/Signature=[^&]+/, "Signature=x"))).status).toBe(403);
  expect((await shop.send("https://storage.googleapis.com/other/bulk-1001.jsonl")).status).toBe(404);
});

test("a link lives seven days", async () => {
  shop.shopify.clock.advance(7 * 86_400_000 - 1000);
  expect((await shop.send(url)).status).toBe(200);
  shop.shopify.clock.advance(1000);
  const expired = await shop.send(url);
  expect(expired.status).toBe(403);
  expect(expired.text).toContain("<Code>ExpiredToken</Code>");
});

test("a download can be taken up where it broke off", async () => {
  const rest = await shop.send(url, { headers: { range: "bytes=100-" } });
  expect(rest.status).toBe(206);
  expect(rest.text).toBe(whole.slice(100));
  expect(rest.headers["content-range"]).toBe(`bytes 100-${whole.length - 1}/${whole.length}`);
  const part = await shop.send(url, { headers: { range: "bytes=10-19" } });
  expect(part.text).toBe(whole.slice(10, 20));
  const last = await shop.send(url, { headers: { range: "bytes=-5" } });
  expect(last.text).toBe(whole.slice(-5));
  expect((await shop.send(url, { headers: { range: `bytes=${whole.length}-` } })).status).toBe(416);
});

test("the connection breaks off half-way on demand", async () => {
  shop.shopify.faults.downloads.dropNext = 1;
  await expect(shop.send(url)).rejects.toThrow(/aborted|hang up/);
  expect((await shop.send(url)).text).toBe(whole);
});

test("a link expires before its time on demand", async () => {
  shop.shopify.faults.downloads.expireNext = 1;
  expect((await shop.send(url)).status).toBe(403);
  expect((await shop.send(url)).status).toBe(200);
});
