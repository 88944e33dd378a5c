import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { catalog, line, order, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";

let shop: TestShop;
afterEach(() => shop.stop());

interface Operation {
  id: string;
  status: string;
  errorCode: string | null;
  objectCount: string;
  rootObjectCount: string;
  fileSize: string | null;
  url: string | null;
  partialDataUrl: string | null;
  completedAt: string | null;
}
type Row = Record<string, unknown> & { id: string; __parentId?: string };

const RUN = `mutation ($query: String!, $groupObjects: Boolean!) {
  bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) { bulkOperation { id status } userErrors { message } } }`;
const STATUS = `query ($id: ID!) { bulkOperation(id: $id) {
  id status errorCode objectCount rootObjectCount fileSize url partialDataUrl completedAt } }`;
const ORDERS = `{ orders { edges { node { id name customer { id } refunds { id }
  lineItems { edges { node { id quantity } } } } } } }`;

const start = async (query: string, groupObjects = true) => {
  const { data } = await shop.graphql<{ bulkOperationRunQuery: { bulkOperation: { id: string; status: string } } }>(
    RUN,
    {
      query,
      groupObjects,
    },
  );
  if (!data) throw new Error("the operation was not created");
  return data.bulkOperationRunQuery.bulkOperation;
};
const status = async (id: string): Promise<Operation> => {
  const { data } = await shop.graphql<{ bulkOperation: Operation }>(STATUS, { id });
  if (!data) throw new Error("there is no such operation");
  return data.bulkOperation;
};
const run = async (query: string, groupObjects = true) => {
  const { id } = await start(query, groupObjects);
  await shop.shopify.bulk.idle();
  return status(id);
};
const rowsAt = async (url: string | null): Promise<Row[]> => {
  const reply = await shop.send(url ?? "");
  expect(reply.status).toBe(200);
  return reply.text
    .split("\n")
    .filter(Boolean)
    .map((row) => JSON.parse(row));
};
const manyOrders = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    order(index + 1, { lines: [1, 2, 3].map((n) => line(index * 10 + n + 10)) }),
  );

test("rows carry their fields, single objects and lists; nested connections become rows with __parentId", async () => {
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(2)));
  const operation = await run(ORDERS);
  expect(operation).toMatchObject({ status: "COMPLETED", objectCount: "8", rootObjectCount: "2", errorCode: null });
  const parent = (id: number) => ({
    id: `gid://shopify/Order/${id}`,
    name: `#${1000 + id}`,
    customer: { id: "gid://shopify/Customer/1" },
    refunds: [],
  });
  const child = (id: number, of: number) => ({
    id: `gid://shopify/LineItem/${id}`,
    quantity: 3,
    __parentId: `gid://shopify/Order/${of}`,
  });
  expect(await rowsAt(operation.url)).toEqual([
    parent(1),
    child(11, 1),
    child(12, 1),
    child(13, 1),
    parent(2),
    child(21, 2),
    child(22, 2),
    child(23, 2),
  ]);
});

test("the file has the size that the operation says", async () => {
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(3)));
  const { url, fileSize } = await run(ORDERS);
  const { text, headers } = await shop.send(url ?? "");
  expect(fileSize).toBe(String(Buffer.byteLength(text)));
  expect(headers["content-length"]).toBe(fileSize);
});

test("without grouping the same rows come, children somewhere after their parent and not next to it", async () => {
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(1000)));
  const grouped = await rowsAt((await run(ORDERS, true)).url);
  const loose = await rowsAt((await run(ORDERS, false)).url);
  const text = (rows: Row[]) => rows.map((row) => JSON.stringify(row)).sort();
  expect(text(loose)).toEqual(text(grouped));
  const seen = new Set<string>();
  let adjacent = 0;
  loose.forEach((row, index) => {
    seen.add(row.id);
    if (row.__parentId === undefined) return;
    expect(seen.has(row.__parentId)).toBe(true);
    if (loose[index - 1]?.id === row.__parentId) adjacent += 1;
  });
  expect(adjacent).toBeLessThan(100);
  const firstChild = loose.findIndex((row) => row.__parentId !== undefined);
  const lastParent = loose.findLastIndex((row) => row.__parentId === undefined);
  expect(firstChild).toBeLessThan(lastParent);
});

test("three levels hang together by __parentId", async () => {
  shop = await TestShop.open(worldOf(...catalog, order(1, { companyLocationId: 51 })));
  const query = `{ companies { edges { node { id locations { edges { node { id orders { edges { node { id } } } } } } } } } }`;
  for (const grouped of [true, false]) {
    expect(await rowsAt((await run(query, grouped)).url)).toEqual([
      { id: "gid://shopify/Company/5" },
      { id: "gid://shopify/CompanyLocation/51", __parentId: "gid://shopify/Company/5" },
      { id: "gid://shopify/Order/1", __parentId: "gid://shopify/CompanyLocation/51" },
    ]);
  }
});

test("a search narrows the export, and a page size is no matter", async () => {
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(5)));
  const query = `{ orders(first: 1, query: "id:>3") { edges { node { id } } } }`;
  expect((await rowsAt((await run(query)).url)).map(({ id }) => id)).toEqual([
    "gid://shopify/Order/4",
    "gid://shopify/Order/5",
  ]);
});

test("nothing found is COMPLETED without a file", async () => {
  shop = await TestShop.open(worldOf(...catalog));
  expect(await run(ORDERS)).toMatchObject({ status: "COMPLETED", objectCount: "0", url: null, fileSize: null });
});

test("an operation is CREATED, then RUNNING with rising counts, then COMPLETED, and bulk_operations/finish goes out", async () => {
  const receiver = await new WebhookReceiver().open();
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(100)), {
    appUrl: receiver.url,
    bulkObjectsPerSecond: 1000,
  });
  const { id, status: first } = await start(ORDERS);
  expect(first).toBe("CREATED");
  const seen: Operation[] = [];
  while (seen.at(-1)?.status !== "COMPLETED") {
    seen.push(await status(id));
    await sleep(10);
  }
  const running = seen.filter((operation) => operation.status === "RUNNING");
  const counts = running.map((operation) => Number(operation.objectCount));
  expect(new Set(counts).size).toBeGreaterThan(3);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(running.every(({ url, completedAt }) => url === null && completedAt === null)).toBe(true);
  expect(seen.at(-1)).toMatchObject({
    objectCount: "400",
    rootObjectCount: "100",
    completedAt: "2026-10-31T12:00:00Z",
  });
  await shop.shopify.webhooks.settled();
  expect(receiver.topics).toEqual(["bulk_operations/finish"]);
  expect(JSON.parse(receiver.received[0]?.body ?? "")).toMatchObject({ admin_graphql_api_id: id, status: "completed" });
  receiver.close();
});

test("the export costs no points", async () => {
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(50)), { bucketSpeed: 0 });
  await start(ORDERS);
  await shop.shopify.bulk.idle();
  expect(shop.shopify.bucket.status().currentlyAvailable).toBe(1990);
});

test("a missing scope anywhere in the query fails the operation with ACCESS_DENIED", async () => {
  shop = await TestShop.open(worldOf(...catalog), { grantedScopes: ["read_orders", "read_all_orders"] });
  expect(await run(ORDERS)).toMatchObject({ status: "FAILED", errorCode: "ACCESS_DENIED", url: null });
});

test("protected data that was not granted is null in the rows", async () => {
  shop = await TestShop.open(worldOf(...catalog), { protectedData: [] });
  const query = "{ customers { edges { node { id firstName defaultEmailAddress { emailAddress } } } } }";
  const operation = await run(query);
  expect(await rowsAt(operation.url)).toEqual([
    { id: "gid://shopify/Customer/1", firstName: null, defaultEmailAddress: null },
  ]);
});

test("orders older than 60 days are not exported without read_all_orders", async () => {
  const old = order(1, { processedAt: "2026-08-01T00:00:00Z" });
  shop = await TestShop.open(worldOf(...catalog, old, order(2)), { grantedScopes: ["read_orders", "read_customers"] });
  expect((await rowsAt((await run("{ orders { edges { node { id } } } }")).url)).map(({ id }) => id)).toEqual([
    "gid://shopify/Order/2",
  ]);
});

test("the export shows the shop as it was at the start, whatever comes in meanwhile", async () => {
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(40)), { bulkObjectsPerSecond: 200 });
  await start("{ orders { edges { node { id } } } }");
  await sleep(60);
  shop.shopify.placeOrder(order(9999, { lines: [line(99999)] }));
  await shop.shopify.bulk.idle();
  expect(shop.shopify.bulk.list()[0]?.objectCount).toBe(40);
});

test("a failure on demand ends as FAILED with the rows so far as partial data", async () => {
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(10)));
  shop.shopify.faults.bulk.failNext.push({ afterObjects: 6, errorCode: "TIMEOUT" });
  const operation = await run(ORDERS);
  expect(operation).toMatchObject({ status: "FAILED", errorCode: "TIMEOUT", url: null, objectCount: "6" });
  expect(await rowsAt(operation.partialDataUrl)).toHaveLength(6);
  expect((await run(ORDERS)).status).toBe("COMPLETED");
});

test("a truncated file ends in the middle of its last row", async () => {
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(2)));
  shop.shopify.faults.bulk.truncateNext = 1;
  const { url, fileSize } = await run(ORDERS);
  const { text } = await shop.send(url ?? "");
  expect(Buffer.byteLength(text)).toBe(Number(fileSize) - 5);
  expect(() => JSON.parse(text.split("\n").at(-1) ?? "")).toThrow(SyntaxError);
});

test("a child row that is missing was counted all the same; an operation without children leaves the fault to the next", async () => {
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(2)));
  const { faults } = shop.shopify;
  faults.bulk.loseChildNext = 1;
  const flat = await run("{ orders { edges { node { id } } } }");
  expect(await rowsAt(flat.url)).toHaveLength(2);
  const { url, fileSize, ...operation } = await run(ORDERS);
  expect(operation).toMatchObject({ status: "COMPLETED", objectCount: "8", rootObjectCount: "2" });
  const { text } = await shop.send(url ?? "");
  expect(Buffer.byteLength(text)).toBe(Number(fileSize));
  expect((await rowsAt(url)).filter((row) => row.__parentId !== undefined)).toHaveLength(5);
  expect(faults.bulk.loseChildNext).toBe(0);
});

test("an operation can be canceled while it runs, and only then", async () => {
  shop = await TestShop.open(worldOf(...catalog, ...manyOrders(100)), { bulkObjectsPerSecond: 100 });
  const cancel = `mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { field } } }`;
  const { id } = await start(ORDERS);
  await sleep(30);
  const first = await shop.graphql(cancel, { id });
  expect(first.data).toEqual({ bulkOperationCancel: { bulkOperation: { status: "CANCELING" }, userErrors: [] } });
  await shop.shopify.bulk.idle();
  expect((await status(id)).status).toBe("CANCELED");
  const second = await shop.graphql(cancel, { id });
  expect(second.data).toEqual({
    bulkOperationCancel: { bulkOperation: { status: "CANCELED" }, userErrors: [{ field: ["id"] }] },
  });
});

test("finished operations and their files are there after a restart, and a running one starts anew", async () => {
  const world = () => worldOf(...catalog, ...manyOrders(30));
  shop = await TestShop.open(world(), { bulkObjectsPerSecond: 400 });
  const finished = await run("{ companies { edges { node { id } } } }");
  const { id } = await start(ORDERS);
  await sleep(60);
  await shop.restart(world());
  expect((await rowsAt((await status(finished.id)).url)).map((row) => row.id)).toEqual(["gid://shopify/Company/5"]);
  await shop.shopify.bulk.idle();
  expect(await status(id)).toMatchObject({ status: "COMPLETED", objectCount: "120" });
});

test("operations are listed, newest last, and can be found by their status", async () => {
  shop = await TestShop.open(worldOf(...catalog, order(1)));
  await run(ORDERS);
  await run(ORDERS);
  const { data } = await shop.graphql(`{ bulkOperations(first: 5) { nodes { id } }
    running: bulkOperations(first: 5, query: "status:RUNNING") { nodes { id } } currentBulkOperation { id } }`);
  const [first, second] = [1001, 1002].map((n) => ({ id: `gid://shopify/BulkOperation/${n}` }));
  expect(data).toEqual({
    bulkOperations: { nodes: [first, second] },
    running: { nodes: [] },
    currentBulkOperation: second,
  });
});
