/* global where */
// The stand-in for App Bridge, first part: the line to the admin page around the frame.
// Served as one script with the parts that follow, with `where` (the two origins) in front.

const script = document.currentScript;
const pending = new Map();
const listeners = new Map();
let lastId = 0;

/** Tells the admin something, with no answer. */
function tell(type, payload) {
  if (window.parent !== window) window.parent.postMessage({ localShopify: true, type, payload }, where.adminOrigin);
}

/** Asks the admin something; resolves with its answer. */
function ask(type, payload) {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    pending.set(id, { resolve, reject });
    window.parent.postMessage({ localShopify: true, type, payload, id }, where.adminOrigin);
  });
}

/** Calls back when the admin says something of that type. */
function on(type, listener) {
  listeners.set(type, listener);
}

window.addEventListener("message", (event) => {
  if (event.origin !== where.adminOrigin || event.source !== window.parent || !event.data?.localShopify) return;
  const { type, payload, replyTo, error } = event.data;
  if (replyTo === undefined) {
    listeners.get(type)?.(payload);
    return;
  }
  const asked = pending.get(replyTo);
  pending.delete(replyTo);
  if (error === undefined) asked?.resolve(payload);
  else asked?.reject(new Error(error));
});

// What Shopify hands over in the address of the first page holds for the pages after it too.
const KEPT = ["shop", "host", "locale"];
const FRAME_PARAMS = [...KEPT, "embedded", "timestamp", "session", "id_token", "hmac", "appLoadId"];
const KEY = "local-shopify-app-bridge";

function frameConfig() {
  const given = new URLSearchParams(location.search);
  const config = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  for (const name of KEPT) if (given.get(name)) config[name] = given.get(name);
  sessionStorage.setItem(KEY, JSON.stringify(config));
  return config;
}

const config = {
  ...frameConfig(),
  apiKey:
    script?.dataset.apiKey ?? document.querySelector('meta[name="shopify-api-key"]')?.getAttribute("content") ?? "",
};

/** The page's path as the admin's address bar shows it: without what belongs to the frame. */
function shownPath(address) {
  const url = new URL(address, location.href);
  for (const name of FRAME_PARAMS) url.searchParams.delete(name);
  return url.pathname + url.search + url.hash;
}

/** The app's own address of a page, wherever the app believes itself to be. */
function ownAddress(address) {
  const url = new URL(address, location.href);
  return url.origin === where.publicOrigin ? new URL(url.pathname + url.search + url.hash, location.origin) : url;
}

/** Where in the admin an address leads (shopify://admin/orders/1 gives /orders/1), or null when it leads elsewhere. */
function adminPath(address) {
  const store = /^[^/]*\/\/[^/]+\/store\/[^/]+(\/.*)?$/;
  const text = String(address);
  const short = /^shopify:\/*admin(\/.*)?$/i.exec(text);
  if (short) return short[1] ?? "/";
  const isAdmin = text.startsWith("https://admin.shopify.com/") || text.startsWith(`${where.adminOrigin}/`);
  if (isAdmin) return store.exec(text) ? (store.exec(text)[1] ?? "/") : null;
  const shop = /^https:\/\/([a-z0-9-]+\.myshopify\.com)\/admin(\/.*)?$/.exec(text);
  return shop && shop[1] === config.shop ? (shop[2] ?? "/") : null;
}
