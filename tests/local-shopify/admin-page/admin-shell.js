// The admin's side in the browser: frames the app, and does for it what it asks by message.
// Everything that the app says comes from the frame's own window and origin, or is not listened to.

const root = document.querySelector("[data-app-frame]");
const { appOrigin, frameSrc, appBase, store, shopName, tokenUrl } = root.dataset;
const part = (name) => document.querySelector(`[data-part="${name}"]`);

// Made here and not in the HTML, so that no browser restores an old address with an old token in it.
const frame = document.createElement("iframe");
frame.title = root.dataset.appName;
frame.allow = "clipboard-write";
frame.src = frameSrc;
root.append(frame);

const say = (type, payload) => frame.contentWindow?.postMessage({ localShopify: true, type, payload }, appOrigin);

const state = { nav: [], path: root.dataset.path, titleBar: null, pageTitle: "", saveBar: { showing: false } };

const answers = {
  "id-token": async () => {
    const response = await fetch(tokenUrl, { method: "POST" });
    if (!response.ok) throw new Error(`the admin gave no id token (${response.status})`);
    return response.text();
  },
  user: async () => ({ accountAccess: "Full access" }),
  scopes: async () => (await fetch(root.dataset.scopesUrl)).json(),
  "leave-confirmation": () => leaveConfirmation(),
};

const told = {
  ready: () => loading(false),
  loading,
  nav(links) {
    state.nav = links;
    drawNav();
  },
  path({ path, title }) {
    state.path = path;
    state.pageTitle = title;
    history.replaceState(null, "", appBase + (path === "/" ? "" : path));
    drawTitle();
    drawNav();
  },
  "title-bar"(titleBar) {
    state.titleBar = titleBar;
    drawTitle();
  },
  "save-bar"(saveBar) {
    state.saveBar = saveBar;
    drawSaveBar();
  },
  toast: showToast,
  "toast-hide": (id) => document.getElementById(id)?.dismiss(),
  "open-admin"({ path, newTab }) {
    const address = `/store/${store}${path}`;
    if (newTab) window.open(address, "_blank");
    else location.assign(address);
  },
};

window.addEventListener("message", async ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== appOrigin || !data?.localShopify) return;
  const { type, payload, id } = data;
  if (id === undefined) return void told[type]?.(payload);
  const reply = (answer) => frame.contentWindow?.postMessage({ localShopify: true, replyTo: id, ...answer }, appOrigin);
  try {
    if (!answers[type]) throw new Error(`not in the local Shopify: ${type}`);
    reply({ payload: await answers[type](payload) });
  } catch (error) {
    reply({ error: error.message });
  }
});

frame.addEventListener("load", () => loading(false));
loading(true);

function loading(isLoading) {
  part("loading").hidden = !isLoading;
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function drawNav() {
  const here = state.path.split(/[?#]/)[0];
  const links = state.nav.filter(({ isHome }) => !isHome);
  const best = links
    .map(({ path }) => path.split(/[?#]/)[0])
    .filter((path) => here === path || (path !== "/" && here.startsWith(`${path}/`)))
    .sort((a, b) => b.length - a.length)[0];
  const items = links.map(({ label, path }) => {
    const link = element("a", { href: appBase + (path === "/" ? "" : path), textContent: label });
    if (path.split(/[?#]/)[0] === best) link.setAttribute("aria-current", "page");
    link.addEventListener("click", (event) => void goTo(event, path));
    return element("li", {}, link);
  });
  part("app-nav").replaceChildren(...items);
  part("app-nav").hidden = items.length === 0;
  if (best === undefined) part("app-link").setAttribute("aria-current", "page");
  else part("app-link").removeAttribute("aria-current");
}

part("app-link").addEventListener("click", (event) => {
  void goTo(event, state.nav.find(({ isHome }) => isHome)?.path ?? "/");
});

async function goTo(event, path) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  document.body.classList.remove("nav-open");
  await leaveConfirmation();
  say("navigate", path);
}

function drawTitle() {
  const { titleBar, pageTitle } = state;
  const title = titleBar?.title || pageTitle || root.dataset.appName;
  part("title").textContent = title;
  document.title = `${title} · ${root.dataset.appName} · ${shopName}`;
  const actions = titleBar?.actions ?? [];
  const controls = actions.flatMap((action, index) => {
    if (action.variant === "breadcrumb" || action.group) return [];
    return [button(action, () => say("title-bar-click", index))];
  });
  const groups = [...new Set(actions.map(({ group }) => group).filter(Boolean))].map((group) => {
    const menu = element("div", { className: "menu" });
    actions.forEach((action, index) => {
      if (action.group === group) menu.append(button(action, () => say("title-bar-click", index)));
    });
    return element("details", { className: "menu-holder" }, element("summary", { textContent: group }), menu);
  });
  part("actions").replaceChildren(...groups, ...controls);
  const back = actions.findIndex(({ variant }) => variant === "breadcrumb");
  part("back").replaceChildren(
    ...(back < 0 ? [] : [button({ label: `← ${actions[back].label}` }, () => say("title-bar-click", back))]),
  );
}

function button({ label, variant, tone, disabled, loading: busy }, onClick) {
  const made = element("button", { type: "button", textContent: label, className: "button" });
  made.classList.toggle("primary", variant === "primary");
  made.classList.toggle("critical", tone === "critical");
  made.disabled = Boolean(disabled || busy);
  if (busy) made.setAttribute("aria-busy", "true");
  made.addEventListener("click", onClick);
  return made;
}

function drawSaveBar() {
  const { showing, save, discard, confirmDiscard } = state.saveBar;
  part("save-bar").hidden = !showing;
  if (!showing) return;
  const buttons = [];
  // Buttons without text get Shopify's own words.
  if (discard)
    buttons.push(button({ ...discard, label: discard.label || "Discard" }, () => discardChanges(confirmDiscard)));
  const saveLabel = save?.label || "Save";
  if (save)
    buttons.push(button({ ...save, label: saveLabel, variant: "primary" }, () => say("save-bar-click", "save")));
  part("save-bar-actions").replaceChildren(...buttons);
}

async function discardChanges(confirmFirst) {
  if (confirmFirst && !(await confirmed("Discard all unsaved changes?", "Discard changes"))) return;
  say("save-bar-click", "discard");
}

/** Resolves when nothing is unsaved, or the person agrees to lose it; stays open otherwise, as Shopify's does. */
function leaveConfirmation() {
  if (!state.saveBar.showing) return Promise.resolve();
  return new Promise((resolve) => {
    void confirmed("Leave page with unsaved changes?", "Leave page").then((leaves) => {
      if (!leaves) return;
      state.saveBar = { showing: false };
      drawSaveBar();
      resolve();
    });
  });
}

function confirmed(question, yes) {
  const dialog = element("dialog", { className: "confirm" });
  dialog.setAttribute("aria-label", question);
  return new Promise((resolve) => {
    const stay = button({ label: "Stay" }, () => dialog.close("no"));
    const go = button({ label: yes, tone: "critical" }, () => dialog.close("yes"));
    dialog.append(element("p", { textContent: question }), element("div", { className: "row" }, stay, go));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function showToast({ id, message, duration, isError, action }) {
  const toast = element("div", { className: "toast", id }, element("span", { textContent: message }));
  toast.classList.toggle("error", isError);
  toast.setAttribute("role", isError ? "alert" : "status");
  if (action) {
    toast.append(
      button({ label: action }, () => {
        say("toast-action", id);
        toast.dismiss();
      }),
    );
  }
  const close = button({ label: "✕" }, () => toast.dismiss());
  close.setAttribute("aria-label", "Dismiss");
  toast.append(close);
  const timer = setTimeout(() => toast.dismiss(), duration);
  toast.dismiss = () => {
    clearTimeout(timer);
    toast.remove();
    say("toast-gone", id);
  };
  part("toasts").append(toast);
}
