import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { type AppProxy, startAppProxy } from "./app-proxy.ts";

const ADMIN = "http://localhost:4000";
const PUBLIC = "https://pareto.example";
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function proxyTo(app: (request: IncomingMessage, response: ServerResponse) => void): Promise<AppProxy> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  const address = server.address();
  if (address === null || typeof address === "string") return expect.fail("no port");
  const appUrl = `http://127.0.0.1:${address.port}`;
  const proxy = await startAppProxy({ appUrl, publicUrl: PUBLIC, adminOrigin: ADMIN, port: 0 });
  closing.push(() => proxy.close());
  return proxy;
}

test("the app sees its own address, and bodies, methods and cookies as they were sent", async () => {
  let seen: { headers: IncomingHttpHeaders; method?: string; url?: string; body: string } | undefined;
  const proxy = await proxyTo((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      seen = { headers: request.headers, method: request.method ?? "", url: request.url ?? "", body };
      response.writeHead(201, { "set-cookie": ["a=1", "b=2"], "content-type": "application/json" });
      response.end('{"at":"https://admin.shopify.com"}');
    });
  });
  const answer = await fetch(`${proxy.origin}/plan?x=1`, {
    method: "PUT",
    body: "grün",
    headers: { cookie: "c=3", origin: proxy.origin, referer: `${proxy.origin}/plan`, authorization: "Bearer t" },
  });
  expect(seen).toMatchObject({ method: "PUT", url: "/plan?x=1", body: "grün" });
  expect(seen?.headers).toMatchObject({
    host: "pareto.example",
    "x-forwarded-proto": "https",
    origin: PUBLIC,
    cookie: "c=3",
    authorization: "Bearer t",
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  // Only pages are rewritten: data is the app's own business.
  expect(await answer.text()).toBe('{"at":"https://admin.shopify.com"}');
});

test("only the admin may frame the app, and headers that name Shopify's hosts name local ones", async () => {
  const proxy = await proxyTo((_request, response) => {
    response.writeHead(200, {
      "content-type": "text/html",
      "content-security-policy":
        "default-src 'self'; frame-ancestors https://acme.myshopify.com https://admin.shopify.com;",
      "x-frame-options": "DENY",
      link: '<https://cdn.shopify.com/shopifycloud/app-bridge.js>; rel="preload"',
    });
    response.end(`<script src="https://cdn.shopify.com/shopifycloud/app-bridge.js"></script><a href="${PUBLIC}/plan">`);
  });
  const answer = await fetch(`${proxy.origin}/`);
  const page = await answer.text();
  expect(answer.headers.get("content-security-policy")).toBe(`default-src 'self'; frame-ancestors ${ADMIN};`);
  expect(answer.headers.get("x-frame-options")).toBeNull();
  const script = `${proxy.origin}/__local-shopify/cdn/shopifycloud/app-bridge.js`;
  expect(answer.headers.get("link")).toContain(`<${script}>`);
  expect(page).toBe(`<script src="${script}"></script><a href="${proxy.origin}/plan">`);
  expect(await (await fetch(script)).text()).toContain("window.shopify = shopify");
});

test.each([
  ["https://admin.shopify.com/store/acme/apps/key/plan", `${ADMIN}/store/acme/apps/key/plan`],
  ["https://acme.myshopify.com/admin/oauth/install?client_id=key", `${ADMIN}/store/acme/oauth/install?client_id=key`],
  ["/auth/session-token?shop=acme", "/auth/session-token?shop=acme"],
])("a redirect to %s leads to %s", async (location, expected) => {
  const proxy = await proxyTo((_request, response) => response.writeHead(302, { location }).end());
  const answer = await fetch(`${proxy.origin}/`, { redirect: "manual" });
  expect(answer.headers.get("location")).toBe(expected);
});

test("a streamed page arrives piece by piece", async () => {
  let finish = () => {};
  const proxy = await proxyTo((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.write("<p>shell</p>");
    finish = () => void response.end("<p>rest</p>");
  });
  const answer = await fetch(`${proxy.origin}/`);
  const reader = answer.body?.getReader() ?? expect.fail("no body");
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("<p>shell</p>");
  finish();
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("<p>rest</p>");
});

test("a page cut short by the app is an error to the browser, not a short page", async () => {
  const proxy = await proxyTo((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.write("<p>half", () => response.destroy());
  });
  await expect(fetch(`${proxy.origin}/`).then((answer) => answer.text())).rejects.toThrow("terminated");
});

test("while the app does not answer, the page says so", async () => {
  const proxy = await startAppProxy({ appUrl: "http://127.0.0.1:9", publicUrl: PUBLIC, adminOrigin: ADMIN, port: 0 });
  closing.push(() => proxy.close());
  const answer = await fetch(`${proxy.origin}/`);
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain("does not answer yet");
});
