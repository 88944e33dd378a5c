/* global where, config, tell, ask, on, shownPath, ownAddress, adminPath */
// The stand-in for App Bridge, last part: window.shopify, authenticated fetch, and navigation.

const plainFetch = window.fetch.bind(window);
const plainOpen = window.open.bind(window);

function idToken() {
  return ask("id-token");
}

/** Requests to the app itself carry an id token; a token that the app calls invalid is replaced once. */
async function appFetch(input, init) {
  const request = new Request(typeof input === "string" || input instanceof URL ? ownAddress(input) : input, init);
  if (new URL(request.url).origin !== location.origin || request.headers.has("authorization"))
    return plainFetch(request);
  const spare = request.clone();
  const response = await plainFetch(await authorized(request));
  const reauthorize = response.headers.get("X-Shopify-API-Request-Failure-Reauthorize-Url");
  if (reauthorize) {
    openAnywhere(reauthorize, "_top");
    // The page is on its way out: nobody should act on the refusal.
    return new Promise(() => {});
  }
  if (response.status !== 401 || !response.headers.has("X-Shopify-Retry-Invalid-Session-Request")) return response;
  return plainFetch(await authorized(spare));
}

async function authorized(request) {
  const headers = new Headers(request.headers);
  headers.set("Authorization", `Bearer ${await idToken()}`);
  headers.set("X-Requested-With", "XMLHttpRequest");
  return new Request(request, { headers });
}

/** window.open that knows the admin's addresses, which no browser does. */
function openAnywhere(address, target, features) {
  const path = address === undefined ? null : adminPath(address);
  if (path === null) return plainOpen(address === undefined ? undefined : ownAddress(address).href, target, features);
  tell("open-admin", { path, newTab: target === "_blank" || target === undefined || target === "" });
  return null;
}

document.addEventListener(
  "click",
  (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.hasAttribute("href"));
    if (!link || event.defaultPrevented || event.button !== 0) return;
    const path = adminPath(link.getAttribute("href"));
    if (path === null) return;
    event.preventDefault();
    tell("open-admin", { path, newTab: link.target === "_blank" || event.metaKey || event.ctrlKey });
  },
  true,
);

/** The admin asks for another page of the app: its router takes it, or the frame loads it. */
let routers = 0;
const plainListen = window.addEventListener;
window.addEventListener = function addEventListener(type, ...rest) {
  if (type === "shopify:navigate") routers += 1;
  return plainListen.call(this ?? window, type, ...rest);
};

function navigate(path) {
  if (routers === 0) {
    void visit(path);
    return;
  }
  const links = [...document.querySelectorAll("ui-nav-menu a, s-app-nav a")];
  const known = links.find((link) => shownPath(link.getAttribute("href") ?? "/") === path);
  const link =
    known ?? document.body.appendChild(Object.assign(document.createElement("a"), { href: path, hidden: true }));
  link.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true, cancelable: true }));
  if (!known) link.remove();
}

/** Loads a page of the app in the frame as the admin itself would: with the shop, the host and a fresh token. */
async function visit(address) {
  const url = ownAddress(address);
  for (const name of ["shop", "host", "locale"]) if (config[name]) url.searchParams.set(name, config[name]);
  url.searchParams.set("embedded", "1");
  url.searchParams.set("id_token", await idToken());
  location.replace(url);
}

on("navigate", navigate);

function reportPath() {
  tell("path", { path: shownPath(location.href), title: document.title });
}

for (const name of ["pushState", "replaceState"]) {
  const plain = history[name].bind(history);
  history[name] = (...args) => {
    plain(...args);
    reportPath();
  };
}
window.addEventListener("popstate", reportPath);
window.addEventListener("hashchange", reportPath);

let lastToast = 0;
const toasts = new Map();
const toast = {
  show(message, options = {}) {
    lastToast += 1;
    const id = `toast-${lastToast}`;
    toasts.set(id, options);
    const { duration = 5000, isError = false, action } = options;
    tell("toast", { id, message: String(message), duration, isError, action });
    return id;
  },
  hide(id) {
    tell("toast-hide", id);
  },
};
on("toast-action", (id) => toasts.get(id)?.onAction?.());
on("toast-gone", (id) => {
  toasts.get(id)?.onDismiss?.();
  toasts.delete(id);
});

/** show, hide and toggle for elements named by their id. */
function byId(tag) {
  const find = (id) => {
    const element = document.getElementById(id);
    if (element?.localName !== tag) throw new Error(`no <${tag} id="${id}"> on the page`);
    return element;
  };
  return {
    show: async (id) => find(id).show(),
    hide: async (id) => find(id).hide(),
    toggle: async (id) => find(id).toggle(),
  };
}

const ready = new Promise((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => resolve());
  else resolve();
});

const shopify = {
  config,
  origin: "https://admin.shopify.com",
  ready,
  environment: { mobile: false, embedded: window.parent !== window, pos: false, intent: false },
  idToken,
  user: () => ask("user"),
  loading: (isLoading = true) => tell("loading", isLoading),
  toast,
  modal: byId("ui-modal"),
  saveBar: { ...byId("ui-save-bar"), leaveConfirmation: () => ask("leave-confirmation") },
  scopes: { query: () => ask("scopes") },
};
const ABSENT =
  "resourcePicker picker scanner pos intents webVitals support reviews app shopifyQL tools setSignals".split(" ");
for (const name of ABSENT) {
  Object.defineProperty(shopify, name, {
    get() {
      throw new Error(`not in the local Shopify: shopify.${name}`);
    },
  });
}

/** A page that the app has sent to fetch a token (auth/session-token): come back with one. */
function bounce(reload) {
  const url = ownAddress(reload);
  if (url.origin !== location.origin) throw new Error("shopify-reload leads out of the app");
  void visit(url);
}

/** A page opened outside the admin goes into it. */
function embed() {
  if (!config.shop) return;
  const store = config.shop.replace(/\.myshopify\.com$/, "");
  location.replace(`${where.adminOrigin}/store/${store}/apps/app${shownPath(location.href)}`);
}

window.shopify = shopify;
window.fetch = appFetch;
window.open = openAnywhere;

const reload = new URLSearchParams(location.search).get("shopify-reload");
if (window.parent === window) embed();
else if (reload) bounce(reload);
else {
  reportPath();
  void ready.then(() => {
    reportPath();
    new MutationObserver(reportPath).observe(document.head, { childList: true, subtree: true, characterData: true });
    tell("ready");
  });
}
