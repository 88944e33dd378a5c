import type { TierWindow } from "./policy.ts";

const LONGEST_DAYS = 36_500;

export type WindowForm =
  { readonly ok: true; readonly window: TierWindow } | { readonly ok: false; readonly message: string };

/** A window from a form's two fields: `all`, or `days` with their number. */
export const windowFromForm = (kind: string | null, days: string | null): WindowForm => {
  if (kind === "all") return { ok: true, window: { kind: "all" } };
  if (kind !== "days") return { ok: false, message: "Choose a window." };
  const number = /^\d{1,6}$/.test((days ?? "").trim()) ? Number(days) : 0;
  if (number < 1 || number > LONGEST_DAYS)
    return { ok: false, message: `Give a number of days from 1 to ${LONGEST_DAYS}.` };
  return { ok: true, window: { kind: "days", days: number } };
};
