import type { PlanWarning } from "#app/core/plan/warnings.ts";
import { count, dateTime, plural } from "./format.ts";

/** What the page says of a plan that works but is hardly meant. */
const WARNINGS: Readonly<Record<PlanWarning["code"], string>> = {
  "no-parts": "The plan has no parts: it gives nobody anything.",
  "falling-steps": "A later step gives less than the one before: who buys more pays more.",
  "gives-nothing": "None of the steps gives anything.",
  "over-the-cap": "A step gives more than the plan's highest percentage, and is cut to it.",
  "is-over": "The last day has passed: nobody gets anything any more.",
  "combines-over-floor":
    "The plan may be combined with other discounts. Its margin is kept against its own discounts alone: together with others a price may fall below it.",
  "no-floor": "No margin is set: a discount may go below the unit cost.",
  "tax-unknown":
    "Your prices include tax, and no tax rate is set: the margin is kept with the tax in it, not net of it.",
};

export interface WarningView {
  readonly at: string;
  readonly text: string;
}

/** "Part 2: ..." of a warning about the second part. */
export const presentWarning = ({ at, code }: PlanWarning): WarningView => {
  const part = /^parts\.(\d+)$/.exec(at)?.[1];
  return { at, text: part === undefined ? WARNINGS[code] : `Part ${Number(part) + 1}: ${WARNINGS[code]}` };
};

/** What another automatic discount means for the plan's. */
export const presentOther = ({ title, isApp, combinesWithProducts }: OtherDiscount): string => {
  const what = isApp ? `“${title}”, of another app, whose amounts are not known here,` : `“${title}”`;
  return combinesWithProducts
    ? `${what} may be combined with product discounts: where the plan allows it too, a cart gets both.`
    : `${what} may not be combined with product discounts: a cart gets the better of the two.`;
};

interface OtherDiscount {
  readonly title: string;
  readonly isApp: boolean;
  readonly combinesWithProducts: boolean;
}

const DRIFT: Readonly<Record<string, string>> = {
  deleted: "It was deleted.",
  inactive: "It was switched off.",
  title: "It has another title.",
  dates: "It begins or ends on another day.",
  combination: "It may be combined with other discounts than the plan says.",
  class: "It is of another class.",
  plan: "It carries another plan.",
};

/** Why a plan's pay-now part is off although it was published, and what to do. */
const PAY_NOW_OFF: Readonly<Record<string, string>> = {
  "no-scope": "The app may not customize payments: open the app again and grant the access that it asks for.",
  "not-eligible": "Shopify does not let this shop customize payments by apps.",
  full: "The shop has as many active payment customizations as Shopify allows: switch one off, then publish again.",
  refused: "Shopify refused the payment customization: publish again.",
  disabled: "Somebody has switched off the payment customization “Pay now” in the settings of payments: publish again.",
  changed: "Somebody has changed the payment customization “Pay now”: publish again.",
  deleted: "Somebody has deleted the payment customization “Pay now”: publish again.",
};

const presentPayNow = (payNow: string | null): PublicationView["payNow"] => {
  if (payNow === null) return null;
  if (payNow === "on") {
    const text = "Pay now is on: buyers who ask for it are shown no way to pay later.";
    return { isOn: true, text };
  }
  const text = `Pay now is off: nothing would hold buyers to it. ${PAY_NOW_OFF[payNow] ?? ""}`.trim();
  return { isOn: false, text };
};

export interface PublicationView {
  readonly tone: "success" | "warning" | "info";
  readonly title: string;
  readonly text: string;
  readonly drift: readonly string[];
  /** How the plan's pay-now part stands; null where it has none, or it is on its way. */
  readonly payNow: { readonly isOn: boolean; readonly text: string } | null;
  /** Whether anything of a plan is at Shopify. */
  readonly isThere: boolean;
}

interface Publication {
  readonly discountId: bigint | null;
  readonly version: number | null;
  readonly publishedAt: Date | null;
  readonly checkedAt: Date | null;
  readonly drift: readonly string[];
  readonly customizationId: bigint | null;
  readonly payNow: string | null;
}

/** Where the plan stands at Shopify, for people. */
export const presentPublication = (
  publication: Publication,
  latestVersion: number,
  timeZone: string,
): PublicationView => {
  const { version, publishedAt, checkedAt, discountId } = publication;
  const drift = publication.drift.map((what) => DRIFT[what] ?? what);
  const isThere = version !== null || discountId !== null || publication.customizationId !== null;
  const payNow = publishedAt === null ? null : presentPayNow(publication.payNow);
  if (version === null) {
    const text = "Nobody gets a discount from a plan until one is published.";
    return { tone: "info", title: "Not published", text, drift: [], payNow, isThere };
  }
  const checked = checkedAt === null ? "" : ` Last found so at Shopify ${dateTime(checkedAt, timeZone)}.`;
  if (drift.length > 0) {
    const text = `Somebody has changed the discount at Shopify since version ${version} was published. Publish again to put it right.`;
    return { tone: "warning", title: "Not as it was published", text, drift, payNow, isThere };
  }
  if (publishedAt === null) {
    return {
      tone: "info",
      title: `Version ${version} is on its way`,
      text:
        discountId === null
          ? "Nobody gets a discount from it until all of it is there."
          : "Until it is there, the one before holds.",
      drift,
      payNow,
      isThere,
    };
  }
  const behind = latestVersion > version ? ` Version ${latestVersion} is saved and not published yet.` : "";
  return {
    tone: "success",
    title: `Version ${version} is in force`,
    text: `Since ${dateTime(publishedAt, timeZone)}.${checked}${behind}`,
    drift,
    payNow,
    isThere,
  };
};

export interface VersionView {
  readonly version: number;
  readonly text: string;
}

export const presentVersion = (
  {
    version,
    savedAt,
    savedBy,
    publishedAt,
  }: { version: number; savedAt: Date; savedBy: string; publishedAt: Date | null },
  timeZone: string,
): VersionView => ({
  version,
  text: `Saved ${dateTime(savedAt, timeZone)} by ${savedBy === "app" ? "Pareto" : `staff member ${savedBy}`}${
    publishedAt === null ? "" : `, published ${dateTime(publishedAt, timeZone)}`
  }`,
});

/** What publishing would change at Shopify. */
export const presentChanges = (
  counts: Readonly<Record<"product" | "variant" | "customer" | "location", number>>,
  hasPayNow: boolean,
): string[] => {
  const lines = [
    [counts.variant, "lowest price of a variant", "lowest prices of variants"],
    [counts.product, "product's collections", "products' collections"],
    [counts.customer, "customer's entitlement", "customers' entitlements"],
    [counts.location, "company location's entitlement", "company locations' entitlements"],
  ] as const;
  const changed = lines.flatMap(([number, one, many]) => (number === 0 ? [] : [plural(number, one, many)]));
  const calls = Math.ceil(Object.values(counts).reduce((sum, number) => sum + number, 0) / 25) + 2;
  return [
    ...changed,
    ...(hasPayNow
      ? ["The payment customization “Pay now”, which hides other ways to pay from who asks to pay now"]
      : []),
    `The discount itself, with the plan (about ${count(calls)} calls to Shopify in all)`,
  ];
};
