import { ZodError } from "zod";
import type { DiscountDesk } from "../discounts/discount-desk.ts";

type Change = (desk: DiscountDesk, form: URLSearchParams) => string;

const idOf = (form: URLSearchParams) => Number(form.get("id"));

const CHANGES: Readonly<Record<string, Change>> = {
  rename(desk, form) {
    desk.rename(idOf(form), form.get("title") ?? "");
    return "It has another title.";
  },
  off(desk, form) {
    desk.deactivate(idOf(form));
    return "It is switched off.";
  },
  on(desk, form) {
    desk.activate(idOf(form));
    return "It is switched on.";
  },
  delete(desk, form) {
    desk.delete(idOf(form));
    return "It is deleted.";
  },
  add(desk, form) {
    const collection = form.get("collection") ?? "";
    const rival = desk.saveRival({
      title: form.get("title") ?? "",
      percent: form.get("percent") ?? "",
      scope: collection === "" ? "all" : { collection },
      class: form.get("class") === "ORDER" ? "ORDER" : "PRODUCT",
      combinesWith: { productDiscounts: form.has("productDiscounts"), orderDiscounts: form.has("orderDiscounts") },
    });
    return `${rival.title} is saved.`;
  },
};

/** Changes the shop's discounts as a form asks for, and says what came of it; null when there is no such form. */
export function changeDiscount(desk: DiscountDesk, what: string, form: URLSearchParams): string | null {
  const change = CHANGES[what];
  if (!change) return null;
  try {
    return change(desk, form);
  } catch (error) {
    if (error instanceof ZodError) return `Not done: ${error.issues.map(({ message }) => message).join("; ")}`;
    return `Not done: ${error instanceof Error ? error.message : String(error)}`;
  }
}
