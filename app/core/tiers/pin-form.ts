import { formatDay, parseDay, type ShopDay } from "../time/shop-day.ts";
import type { TierPin } from "./pin.ts";
import type { Tier } from "./tier.ts";

export interface PinFields {
  readonly tier: string;
  readonly reason: string;
  /** A day as "2026-12-31", or nothing. */
  readonly until: string;
}

export type PinFaults = Partial<Readonly<Record<keyof PinFields, string>>>;

export type PinRead = { readonly ok: true; readonly pin: TierPin } | { readonly ok: false; readonly faults: PinFaults };

const TIERS: readonly Tier[] = ["A", "B", "C"];
export const LONGEST_REASON = 500;

const dayOf = (text: string): ShopDay | null => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = parseDay(text);
  // 2026-02-30 is no day, though a clock would count on to March.
  return Number.isFinite(day) && formatDay(day) === text ? day : null;
};

/** A pin from a form. @param today the shop's day: a pin that has ended already is refused */
export const pinFromFields = ({ tier, reason, until }: PinFields, today: ShopDay): PinRead => {
  const chosen = TIERS.find((one) => one === tier);
  const because = reason.trim();
  const text = until.trim();
  const day = text === "" ? null : dayOf(text);
  const faults: PinFaults = {
    ...(chosen ? {} : { tier: "Choose a tier." }),
    ...(because === "" ? { reason: "Say why: whoever looks at this customer next will want to know." } : {}),
    ...(because.length > LONGEST_REASON ? { reason: `Say it in ${LONGEST_REASON} characters.` } : {}),
    ...(text !== "" && day === null ? { until: "Give a day as 2026-12-31, or leave it empty." } : {}),
    ...(day !== null && day < today ? { until: "This day is over." } : {}),
  };
  if (!chosen || Object.keys(faults).length > 0) return { ok: false, faults };
  return { ok: true, pin: { tier: chosen, reason: because, until: day } };
};
