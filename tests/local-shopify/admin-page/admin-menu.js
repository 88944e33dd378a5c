// The menu button of narrow screens, on every page of the admin.
const opener = document.querySelector("[data-menu]");
const toggle = (open) => {
  document.body.classList.toggle("nav-open", open);
  opener.setAttribute("aria-expanded", String(open));
};
opener.addEventListener("click", () => toggle(!document.body.classList.contains("nav-open")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("nav-open")) {
    toggle(false);
    opener.focus();
  }
});

// A page of the admin inside a frame (an app redirected there) takes the whole window, as Shopify's does.
if (window.top !== window) window.top.location.href = location.href;
