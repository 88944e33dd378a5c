import { readFileSync } from "node:fs";
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
  createServer,
  request as httpRequest,
} from "node:http";
import { pipeline } from "node:stream";
import { replaceStream } from "./replace-stream.ts";

/** The proxy's own paths; no route of the app begins so. */
const OWN = "/__local-shopify";
const SCRIPTS = ["app-bridge-channel.js", "app-bridge-elements.js", "app-bridge-stand-in.js"];
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

export interface AppProxy {
  /** The app's origin as the browser sees it, such as http://localhost:4001. */
  origin: string;
  close(): Promise<void>;
}

interface Addresses {
  /** Where the app listens. */
  upstream: URL;
  /** Where the app believes that it is: its SHOPIFY_APP_URL. */
  publicUrl: URL;
  adminOrigin: string;
  appOrigin: string;
}

/**
 * Serves the app, unchanged, on a loopback origin of its own, with Shopify's addresses swapped for local ones: the App
 * Bridge script and fonts on cdn.shopify.com, links and redirects to admin.shopify.com, and who may frame the app.
 */
export async function startAppProxy(options: {
  appUrl: string;
  publicUrl: string;
  adminOrigin: string;
  port: number;
}): Promise<AppProxy> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  const addresses: Addresses = {
    upstream: new URL(options.appUrl),
    publicUrl: new URL(options.publicUrl),
    adminOrigin: options.adminOrigin,
    appOrigin: `http://localhost:${address.port}`,
  };
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith(`${OWN}/`)) serveOwn(request, response, addresses);
    else forward(request, response, addresses);
  });
  return {
    origin: addresses.appOrigin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function serveOwn(request: IncomingMessage, response: ServerResponse, addresses: Addresses): void {
  const path = request.url?.split("?")[0];
  if (path === `${OWN}/cdn/shopifycloud/app-bridge.js`) {
    response.writeHead(200, { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache" });
    response.end(appBridgeScript(addresses));
    return;
  }
  if (path?.startsWith(`${OWN}/cdn/static/fonts/`)) {
    // The page falls back to the fonts of the machine.
    response.writeHead(200, { "content-type": "text/css; charset=utf-8" });
    response.end();
    return;
  }
  response.writeHead(404, { "content-type": "text/plain" });
  response.end("not in the local Shopify's CDN");
}

function appBridgeScript(addresses: Addresses): string {
  const where = { adminOrigin: addresses.adminOrigin, publicOrigin: addresses.publicUrl.origin };
  const parts = SCRIPTS.map((name) => readFileSync(new URL(name, import.meta.url), "utf8"));
  return `(() => {\n"use strict";\nconst where = ${JSON.stringify(where)};\n${parts.join("\n")}\n})();\n`;
}

function forward(request: IncomingMessage, response: ServerResponse, addresses: Addresses): void {
  const upstream = httpRequest(
    {
      host: addresses.upstream.hostname,
      port: addresses.upstream.port,
      method: request.method,
      path: request.url,
      headers: requestHeaders(request.headers, addresses),
    },
    (answer) => {
      const rewrites = swaps(addresses);
      const isPage = /^text\/html\b/.test(answer.headers["content-type"] ?? "");
      const headers = responseHeaders(answer.headers, { addresses, rewrites, isPage });
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
      // An answer cut short must not look complete: pipeline then destroys the response.
      if (isPage) pipeline(answer, replaceStream(rewrites), response, () => {});
      else pipeline(answer, response, () => {});
    },
  );
  upstream.on("error", (error) => {
    if (response.headersSent) return void response.destroy(error);
    response.writeHead(502, { "content-type": "text/html; charset=utf-8", "retry-after": "2" });
    response.end("<!doctype html><title>Starting</title><p>The app does not answer yet. Reload in a moment.</p>");
  });
  response.on("close", () => upstream.destroy());
  pipeline(request, upstream, () => {});
}

function requestHeaders(headers: IncomingHttpHeaders, addresses: Addresses): OutgoingHttpHeaders {
  const { publicUrl, appOrigin } = addresses;
  const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name));
  const asSeenByApp = (value: string) => value.replace(appOrigin, publicUrl.origin);
  return {
    ...Object.fromEntries(kept),
    host: publicUrl.host,
    "x-forwarded-host": publicUrl.host,
    "x-forwarded-proto": publicUrl.protocol.slice(0, -1),
    // What is rewritten must arrive unpacked.
    "accept-encoding": "identity",
    ...(headers.origin === undefined ? {} : { origin: asSeenByApp(headers.origin) }),
    ...(headers.referer === undefined ? {} : { referer: asSeenByApp(headers.referer) }),
  };
}

function swaps(addresses: Addresses): (readonly [string, string])[] {
  const { adminOrigin, appOrigin, publicUrl } = addresses;
  const pairs: (readonly [string, string])[] = [
    ["https://cdn.shopify.com", `${appOrigin}${OWN}/cdn`],
    ["https://admin.shopify.com", adminOrigin],
  ];
  if (publicUrl.origin !== appOrigin) pairs.push([publicUrl.origin, appOrigin]);
  return pairs;
}

function responseHeaders(
  headers: IncomingHttpHeaders,
  how: { addresses: Addresses; rewrites: readonly (readonly [string, string])[]; isPage: boolean },
): OutgoingHttpHeaders {
  const { adminOrigin } = how.addresses;
  const swap = (text: string) => how.rewrites.reduce((all, [find, replace]) => all.replaceAll(find, replace), text);
  const result: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || HOP_BY_HOP.has(name) || name === "x-frame-options") continue;
    if (how.isPage && name === "content-length") continue;
    if (name === "content-security-policy") result[name] = framedBy(String(value), adminOrigin);
    else if (name === "location" || name === "x-shopify-api-request-failure-reauthorize-url") {
      result[name] = shopToAdmin(swap(String(value)), adminOrigin);
    } else result[name] = name === "link" ? swap(String(value)) : value;
  }
  return result;
}

function framedBy(policy: string, adminOrigin: string): string {
  return policy.replace(/frame-ancestors[^;]*/, `frame-ancestors ${adminOrigin}`);
}

/** https://acme.myshopify.com/admin/oauth/install is /store/acme/oauth/install of the admin. */
function shopToAdmin(location: string, adminOrigin: string): string {
  return location.replace(/^https:\/\/([a-z0-9-]+)\.myshopify\.com\/admin/, `${adminOrigin}/store/$1`);
}
