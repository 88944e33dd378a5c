import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { jwtVerify } from "jose";

/** The secret that the tests sign with on both sides. */
export const TEST_SECRET = "a-secret-of-the-tests";
/** Where the fake app believes that it is; nothing listens there. */
export const FAKE_PUBLIC_URL = "https://pareto.example";

/** A small embedded app over HTTP, with what Remix and Shopify's library put on a page; for tests of the admin page. */
export interface FakeApp {
  url: string;
  /** "GET /path" of everything asked for, with the host that was asked. */
  seen: { line: string; host: string | undefined; authorized: boolean }[];
  close(): Promise<void>;
}

export async function startFakeApp(): Promise<FakeApp> {
  const seen: FakeApp["seen"] = [];
  let refusals = 0;
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    seen.push({ line: `${method} ${url}`, host: headers.host, authorized: headers.authorization !== undefined });
    void answer(request, response, () => (refusals += 1) === 1);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, seen, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function answer(request: IncomingMessage, response: ServerResponse, isFirst: () => boolean): Promise<void> {
  const url = new URL(request.url ?? "/", FAKE_PUBLIC_URL);
  if (url.pathname === "/api/me") return apiAnswer(request, response, isFirst);
  if (url.pathname === "/api/leave") {
    const to = "https://admin.shopify.com/store/acme/orders/1";
    response.writeHead(401, { "x-shopify-api-request-failure-reauthorize-url": to }).end();
    return;
  }
  if (url.pathname === "/auth/session-token") {
    const script = `<script data-api-key="key" src="https://cdn.shopify.com/shopifycloud/app-bridge.js"></script>`;
    response.writeHead(200, { "content-type": "text/html;charset=utf-8" }).end(script);
    return;
  }
  if (!(await isToken(url.searchParams.get("id_token")))) {
    url.searchParams.delete("id_token");
    url.searchParams.set("shopify-reload", `${FAKE_PUBLIC_URL}${url.pathname}?${url.searchParams}`);
    response.writeHead(302, { location: `/auth/session-token?${url.searchParams}` }).end();
    return;
  }
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "frame-ancestors https://acme.myshopify.com https://admin.shopify.com;",
    "x-frame-options": "DENY",
    link: '<https://cdn.shopify.com/shopifycloud/app-bridge.js>; rel="preload"; as="script";',
  });
  response.end(appDocument(url.pathname));
}

async function apiAnswer(request: IncomingMessage, response: ServerResponse, isFirst: () => boolean): Promise<void> {
  const token = request.headers.authorization?.replace("Bearer ", "") ?? null;
  if (isFirst() || !(await isToken(token))) {
    response.writeHead(401, { "x-shopify-retry-invalid-session-request": "1" }).end();
    return;
  }
  let body = "";
  for await (const chunk of request) body += String(chunk);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ hello: body }));
}

async function isToken(token: string | null): Promise<boolean> {
  if (token === null) return false;
  try {
    await jwtVerify(token, new TextEncoder().encode(TEST_SECRET), { audience: "key" });
    return true;
  } catch {
    return false;
  }
}

function appDocument(path: string): string {
  return `<!doctype html><html><head><title>Fake app</title>
<link rel="stylesheet" href="https://cdn.shopify.com/static/fonts/inter/v4/styles.css" />
</head><body><script src="https://cdn.shopify.com/shopifycloud/app-bridge.js" data-api-key="key"></script>
<ui-nav-menu><a href="/" rel="home">Home</a><a href="/customers">Customers</a><a href="/plan">Plan</a></ui-nav-menu>
<ui-title-bar title="Page ${path}"><button variant="primary" id="publish">Publish</button></ui-title-bar>
<ui-save-bar id="bar"><button variant="primary" id="save"></button><button id="discard"></button></ui-save-bar>
<ui-modal id="ask"><p>Really publish?</p><ui-title-bar title="Publish plan"><button variant="primary" id="yes">Yes</button></ui-title-bar></ui-modal>
<main><h1 id="where">${path}</h1><p id="out"></p>
<button id="toast">Toast</button><button id="fetch">Fetch</button><button id="leave">Leave</button><button id="dirty">Change</button>
<button id="open-modal">Publish</button>
<a id="order" href="shopify://admin/orders/1">Order 1</a> <a id="settings" href="https://admin.shopify.com/store/acme/settings" target="_top">Settings</a></main>
<script>
const out = (text) => (document.getElementById("out").textContent = text);
const click = (id, run) => document.getElementById(id).addEventListener("click", run);
const go = (path) => { history.pushState({}, "", path); document.getElementById("where").textContent = path; document.querySelector("body > ui-title-bar").setAttribute("title", "Page " + path); };
addEventListener("shopify:navigate", (event) => go(event.target.getAttribute("href")));
addEventListener("popstate", () => (document.getElementById("where").textContent = location.pathname));
click("toast", () => shopify.toast.show("Saved all", { duration: 60000 }));
click("fetch", async () => out((await (await fetch("/api/me", { method: "POST", body: "you" })).json()).hello));
click("leave", () => fetch("/api/leave"));
click("dirty", () => shopify.saveBar.show("bar"));
click("save", () => { out("saved"); shopify.saveBar.hide("bar"); });
click("discard", () => { out("discarded"); shopify.saveBar.hide("bar"); });
click("publish", () => out("publish clicked"));
click("open-modal", () => shopify.modal.show("ask"));
click("yes", () => { out("yes"); shopify.modal.hide("ask"); });
</script></body></html>`;
}
