// Quantities and choices are sent as they change, so that the buttons for it are needed without scripts alone.
for (const button of document.querySelectorAll("[data-no-script]")) button.hidden = true;
for (const field of document.querySelectorAll("[data-auto-submit]")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}
