/* global tell, on, shownPath, ownAddress */
// The stand-in for App Bridge, second part: the elements that draw in the admin around the frame.

// Not a <style> element: a node that the server did not send would break the hydration of the whole document.
const style = new CSSStyleSheet();
style.replaceSync(`
ui-nav-menu, s-app-nav, ui-title-bar, ui-save-bar, ui-modal { display: none !important; }
dialog.local-shopify-modal { border: 0; border-radius: 12px; padding: 0; width: min(620px, calc(100vw - 32px));
  max-height: calc(100vh - 64px); box-shadow: 0 8px 40px rgb(0 0 0 / 30%); color: #303030; }
dialog.local-shopify-modal[data-variant="small"] { width: min(420px, calc(100vw - 32px)); }
dialog.local-shopify-modal[data-variant="large"] { width: min(980px, calc(100vw - 32px)); }
dialog.local-shopify-modal[data-variant="max"] { width: 100vw; height: 100vh; max-width: none; max-height: none; border-radius: 0; }
dialog.local-shopify-modal::backdrop { background: rgb(0 0 0 / 50%); }
dialog.local-shopify-modal > header, dialog.local-shopify-modal > footer { display: flex; gap: 8px; align-items: center;
  padding: 12px 16px; background: #f3f3f3; position: sticky; top: 0; bottom: 0; z-index: 1; font: 600 14px system-ui, sans-serif; }
dialog.local-shopify-modal > header > span { flex: 1; }
dialog.local-shopify-modal > footer { justify-content: flex-end; background: #fff; border-top: 1px solid #e3e3e3; }
dialog.local-shopify-modal button.local-shopify-button { font: 600 13px system-ui, sans-serif; padding: 6px 12px;
  border: 1px solid #c9c9c9; border-radius: 8px; background: #fff; color: #303030; cursor: pointer; }
dialog.local-shopify-modal button.local-shopify-button[data-primary] { background: #303030; border-color: #303030; color: #fff; }
dialog.local-shopify-modal button.local-shopify-button[data-critical] { background: #c5221f; border-color: #c5221f; color: #fff; }
dialog.local-shopify-modal iframe { border: 0; width: 100%; height: 60vh; display: block; }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];

/** What a button or link inside one of the elements looks like to the admin. */
function describe(control) {
  return {
    label: control.textContent.trim(),
    variant: control.getAttribute("variant"),
    tone: control.getAttribute("tone"),
    disabled: control.hasAttribute("disabled") && control.getAttribute("disabled") !== "false",
    loading: control.hasAttribute("loading") && control.getAttribute("loading") !== "false",
  };
}

/** An element that reports to the admin whenever anything in it changes. */
class Reporting extends HTMLElement {
  connectedCallback() {
    this.observer = new MutationObserver(() => this.report());
    this.observer.observe(this, { childList: true, subtree: true, attributes: true, characterData: true });
    this.report();
  }

  disconnectedCallback() {
    this.observer.disconnect();
    // React moves between pages by mounting the next one first: report what is there now.
    queueMicrotask(() => this.gone());
  }
}

class NavMenu extends Reporting {
  report() {
    const links = [...this.querySelectorAll("a")].map((link) => ({
      label: link.textContent.trim(),
      path: shownPath(link.getAttribute("href") ?? "/"),
      isHome: link.getAttribute("rel") === "home",
    }));
    tell("nav", links);
  }

  gone() {
    if (!document.querySelector("ui-nav-menu, s-app-nav")) tell("nav", []);
  }
}

class TitleBar extends Reporting {
  controls() {
    return [...this.querySelectorAll("button, a")];
  }

  report() {
    // Inside a modal the title bar belongs to the modal.
    if (this.closest("ui-modal")) return;
    const actions = this.controls().map((control) => ({
      ...describe(control),
      group: control.closest("section")?.getAttribute("label") ?? null,
    }));
    tell("title-bar", { title: this.getAttribute("title"), actions });
  }

  gone() {
    const other = pageTitleBar();
    if (other) other.report();
    else tell("title-bar", null);
  }
}

function pageTitleBar() {
  return [...document.querySelectorAll("ui-title-bar")].find((element) => !element.closest("ui-modal"));
}

on("title-bar-click", (index) => pageTitleBar()?.controls()[index]?.click());

class SaveBar extends Reporting {
  showing = false;

  async show() {
    if (this.showing) return;
    this.showing = true;
    this.report();
    this.dispatchEvent(new CustomEvent("show"));
  }

  async hide() {
    if (!this.showing) return;
    this.showing = false;
    this.report();
    this.dispatchEvent(new CustomEvent("hide"));
  }

  async toggle() {
    await (this.showing ? this.hide() : this.show());
  }

  control(kind) {
    const buttons = [...this.querySelectorAll("button")];
    const save = buttons.find((button) => button.getAttribute("variant") === "primary");
    return kind === "save" ? save : buttons.find((button) => button !== save);
  }

  report() {
    const save = this.control("save");
    const discard = this.control("discard");
    tell("save-bar", {
      showing: this.showing,
      save: save ? describe(save) : null,
      discard: discard ? describe(discard) : null,
      confirmDiscard: this.hasAttribute("discardConfirmation"),
    });
  }

  gone() {
    if (this.showing) tell("save-bar", { showing: false });
    this.showing = false;
  }
}

on("save-bar-click", (kind) => {
  const bar = [...document.querySelectorAll("ui-save-bar")].find((element) => element.showing);
  if (bar) bar.control(kind)?.click();
  else if (kind === "save") dirtyForm?.requestSubmit();
  else dirtyForm?.reset();
});

// A form with data-save-bar shows the bar by itself as soon as something in it has changed.
let dirtyForm = null;

function setDirty(form) {
  if (dirtyForm === form) return;
  dirtyForm = form;
  const labels = form ? { save: { label: "Save" }, discard: { label: "Discard" } } : {};
  tell("save-bar", {
    showing: form !== null,
    ...labels,
    confirmDiscard: form?.hasAttribute("data-discard-confirmation"),
  });
}

for (const type of ["input", "change"]) {
  document.addEventListener(type, (event) => {
    const form = event.target.closest?.("form[data-save-bar]");
    if (form) setDirty(form);
  });
}
for (const type of ["submit", "reset"]) {
  document.addEventListener(type, (event) => {
    if (event.target === dirtyForm) setDirty(null);
  });
}

class Modal extends HTMLElement {
  #content;
  #dialog;

  /** Where React puts the children. */
  get content() {
    this.#content ??= document.createElement("div");
    return this.#content;
  }

  get variant() {
    return this.getAttribute("variant") ?? "base";
  }

  set variant(variant) {
    this.setAttribute("variant", variant);
  }

  get src() {
    return this.getAttribute("src") ?? undefined;
  }

  set src(src) {
    this.setAttribute("src", src);
  }

  get contentWindow() {
    return this.#dialog?.querySelector("iframe")?.contentWindow ?? null;
  }

  async show() {
    if (this.#dialog) return;
    const dialog = document.createElement("dialog");
    this.#dialog = dialog;
    dialog.className = "local-shopify-modal";
    dialog.dataset.variant = this.variant;
    dialog.addEventListener("close", () => this.hide());
    this.#draw(dialog);
    this.#observer.observe(this, { childList: true, subtree: true, attributes: true, characterData: true });
    document.body.append(dialog);
    dialog.showModal();
    this.dispatchEvent(new CustomEvent("show"));
  }

  async hide() {
    const dialog = this.#dialog;
    if (!dialog) return;
    this.#dialog = undefined;
    this.#observer.disconnect();
    dialog.close();
    // React still owns the content and takes it down itself.
    this.content.remove();
    dialog.remove();
    this.dispatchEvent(new CustomEvent("hide"));
  }

  async toggle() {
    await (this.#dialog ? this.hide() : this.show());
  }

  #observer = new MutationObserver(() => this.#draw(this.#dialog));

  #draw(dialog) {
    const titleBar = this.querySelector("ui-title-bar");
    const header = document.createElement("header");
    const title = document.createElement("span");
    title.textContent = titleBar?.getAttribute("title") ?? "";
    dialog.setAttribute("aria-label", title.textContent || "Dialog");
    const close = localButton("Close", () => this.hide());
    close.setAttribute("aria-label", "Close");
    close.textContent = "✕";
    header.append(title, close);
    const footer = document.createElement("footer");
    for (const control of titleBar?.controls() ?? []) {
      const { label, variant, tone, disabled } = describe(control);
      const button = localButton(label, () => control.click());
      button.disabled = disabled;
      button.toggleAttribute("data-primary", variant === "primary" && tone !== "critical");
      button.toggleAttribute("data-critical", tone === "critical");
      footer.append(button);
    }
    const body = dialog.querySelector("iframe") ?? (this.src ? this.#frame() : this.#body());
    if (dialog.firstChild && body.parentNode === dialog) {
      dialog.querySelector("header").replaceWith(header);
      dialog.querySelector("footer")?.remove();
    } else {
      dialog.replaceChildren(header, body);
    }
    if (footer.childElementCount > 0) dialog.append(footer);
  }

  #frame() {
    const frame = document.createElement("iframe");
    frame.title = "Dialog";
    frame.src = ownAddress(this.src).href;
    return frame;
  }

  #body() {
    // Plain HTML children move in; React has already put its own there.
    if (!this.content.hasChildNodes()) {
      this.content.append(...[...this.childNodes].filter((node) => !/^UI-(TITLE|SAVE)-BAR$/.test(node.nodeName)));
    }
    return this.content;
  }
}

function localButton(label, onClick) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "local-shopify-button";
  button.textContent = label;
  button.addEventListener("click", onClick);
  return button;
}

customElements.define("ui-nav-menu", NavMenu);
customElements.define("s-app-nav", class extends NavMenu {});
customElements.define("ui-title-bar", TitleBar);
customElements.define("ui-save-bar", SaveBar);
customElements.define("ui-modal", Modal);
