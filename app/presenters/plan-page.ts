import type { PlanJson } from "#app/core/plan/plan-json.ts";
import type { PlanFault } from "#app/core/plan/plan-reader.ts";
import type { PlanPage } from "#app/plan.server.ts";
import { plural } from "./format.ts";
import { presentChanges, presentPublication, presentVersion, type PublicationView, type VersionView } from "./plan.ts";
import { presentSync, type SyncView } from "./sync.ts";

export interface PlanWorkView {
  readonly title: string;
  readonly sync: SyncView;
}

export interface PlanPageView {
  readonly plan: PlanJson;
  /** 0 before one was saved. */
  readonly version: number;
  readonly collections: PlanPage["collections"];
  readonly example: PlanPage["example"];
  readonly versions: readonly VersionView[];
  readonly publication: PublicationView;
  /** What is under way, or has failed; null where there is nothing of either. */
  readonly work: PlanWorkView | null;
  /** Orders that got the pay-now discount and were not paid; null: none. */
  readonly unpaid: string | null;
  readonly shop: { readonly currency: string; readonly taxesIncluded: boolean; readonly today: number };
}

const presentWork = (work: PlanPage["work"]): PlanWorkView | null => {
  if (!work || work.status === "finished") return null;
  const isWithdrawal = work.stages.some(({ name }) => name.startsWith("withdraw-"));
  return {
    title: isWithdrawal ? "Taking the plan away from Shopify" : "Bringing the plan to Shopify",
    sync: presentSync(work),
  };
};

export const presentPlanPage = (
  { plan, version, collections, example, ...page }: PlanPage,
  shop: { currency: string; taxesIncluded: boolean; timeZone: string },
  today: number,
): PlanPageView => ({
  plan,
  version,
  collections,
  example,
  versions: page.versions.map((one) => presentVersion(one, shop.timeZone)),
  publication: presentPublication(page.publication, version, shop.timeZone),
  work: presentWork(page.work),
  unpaid:
    page.unpaid === 0 ? null : `${plural(page.unpaid, "order")} got the discount for paying now without being paid`,
  shop: { currency: shop.currency, taxesIncluded: shop.taxesIncluded, today },
});

/** What the page's forms answer. */
export type PlanAnswer =
  | { readonly kind: "saved"; readonly version: number }
  | { readonly kind: "refused"; readonly faults: readonly PlanFault[] }
  | { readonly kind: "read"; readonly plan: PlanJson }
  | { readonly kind: "queued" }
  /** What publishing would change, and what taking everything away would remove. */
  | { readonly kind: "counted"; readonly publish: readonly string[]; readonly withdraw: readonly string[] };

type Counts = Readonly<Record<"product" | "variant" | "customer" | "location", number>>;

interface PlannedChanges {
  readonly publish: Counts | null;
  readonly withdraw: Counts;
  /** Whether a payment customization comes or stays, and whether one goes. */
  readonly payNow: { readonly publish: boolean; readonly withdraw: boolean };
}

const presentRemovals = (counts: Counts, hasPayNow: boolean): string[] => [
  "The discount itself, with the plan",
  ...(hasPayNow ? ["The payment customization “Pay now”"] : []),
  ...(
    [
      [counts.variant, "lowest price of a variant", "lowest prices of variants"],
      [
        counts.product,
        "product's collections, as the plan knows them",
        "products' collections, as the plan knows them",
      ],
      [counts.customer, "customer's entitlement", "customers' entitlements"],
      [counts.location, "company location's entitlement", "company locations' entitlements"],
    ] as const
  ).flatMap(([number, one, many]) => (number === 0 ? [] : [plural(number, one, many)])),
];

export const presentCounts = ({ publish, withdraw, payNow }: PlannedChanges): PlanAnswer => ({
  kind: "counted",
  publish: publish ? presentChanges(publish, payNow.publish) : [],
  withdraw: presentRemovals(withdraw, payNow.withdraw),
});
