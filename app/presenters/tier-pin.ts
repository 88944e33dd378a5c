import { pinHolds, type TierPin } from "#app/core/tiers/pin.ts";
import type { PinFields } from "#app/core/tiers/pin-form.ts";
import type { Tier } from "#app/core/tiers/tier.ts";
import type { ShopDay } from "#app/core/time/shop-day.ts";
import { day } from "./format.ts";

export interface PinView {
  readonly tier: Tier;
  readonly reason: string;
  /** In words, until when it holds. */
  readonly until: string;
  readonly hasEnded: boolean;
}

/** A customer's pin for people. */
export const presentPin = (pin: TierPin, today: ShopDay): PinView => ({
  tier: pin.tier,
  reason: pin.reason,
  until: pin.until === null ? "until it is taken away" : `until ${day(pin.until)}`,
  hasEnded: !pinHolds(pin, today),
});

const textOf = (form: FormData, name: keyof PinFields): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};

export const pinFieldsOf = (form: FormData): PinFields => ({
  tier: textOf(form, "tier"),
  reason: textOf(form, "reason"),
  until: textOf(form, "until"),
});
