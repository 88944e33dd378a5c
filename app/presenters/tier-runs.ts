import type { CustomerKind } from "#app/core/customers/customer-key.ts";
import type { Ranking } from "#app/core/tiers/assign-tiers.ts";
import type { MoveWhy } from "#app/core/tiers/explain-move.ts";
import type { TierPolicy } from "#app/core/tiers/policy.ts";
import type { MoveCount } from "#app/core/tiers/preview.ts";
import type { TierRunSummary } from "#app/core/tiers/run-summary.ts";
import type { Borders, Tier } from "#app/core/tiers/tier.ts";
import { customerName } from "./customer-name.ts";
import { count, dateTime, money, plural } from "./format.ts";
import { windowText } from "./home.ts";
import { policyInWords } from "./tier-policy.ts";
import { bordersInShort, presentMove, type MoveView } from "./tier-why.ts";

interface Shop {
  readonly currency: string;
  readonly timeZone: string;
}

interface Run {
  readonly id: number;
  readonly asOf: Date;
  readonly policy: TierPolicy;
  readonly summary: TierRunSummary;
  readonly moved: number;
  readonly policyChanged: boolean;
}

export interface RunView {
  readonly id: string;
  readonly asOf: string;
  readonly window: string;
  readonly policy: string;
  readonly policyChanged: boolean;
  /** "A 12, B 30, C 200" */
  readonly counts: string;
  readonly borders: string;
  readonly moved: string;
}

const countsInWords = (counts: Readonly<Record<Tier, number>>): string =>
  (["A", "B", "C"] as const).map((tier) => `${tier} ${count(counts[tier])}`).join(", ");

export const presentRun = (run: Run, { currency, timeZone }: Shop): RunView => {
  const { A, B, C } = run.summary.tiers;
  return {
    id: String(run.id),
    asOf: dateTime(run.asOf, timeZone),
    window: windowText(run.summary.days),
    policy: policyInWords(run.policy),
    policyChanged: run.policyChanged,
    counts: countsInWords({ A: A.customers, B: B.customers, C: C.customers }),
    borders: bordersInShort(run.summary, currency),
    moved: run.moved === 0 ? "nobody moved" : `${plural(run.moved, "customer")} moved`,
  };
};

interface Named {
  readonly key: string;
  readonly kind: CustomerKind;
  readonly name: string | null;
  readonly email: string | null;
}

interface RunMove extends Named {
  readonly customerId: bigint;
  readonly from: Tier;
  readonly to: Tier;
  readonly value: bigint;
  readonly why: MoveWhy | null;
}

export interface RunMoveView extends MoveView {
  readonly customerId: string;
  readonly name: string;
}

export const presentRunMove = (move: RunMove, currency: string): RunMoveView => ({
  ...presentMove(move, currency),
  customerId: move.customerId.toString(),
  name: customerName(move),
});

interface Preview {
  readonly tiers: Readonly<Record<Tier, number>>;
  readonly borders: Borders<bigint | null>;
  readonly ranking: Ranking;
  readonly counts: readonly MoveCount[];
  readonly moved: number;
  readonly movers: readonly (Named & {
    readonly id: bigint;
    readonly from: Tier;
    readonly to: Tier;
    readonly value: bigint;
  })[];
}

export interface PreviewView {
  readonly policy: string;
  readonly counts: string;
  readonly borders: string;
  readonly moved: string;
  readonly groups: readonly { readonly from: Tier; readonly to: Tier; readonly text: string }[];
  readonly movers: readonly {
    readonly id: string;
    readonly name: string;
    readonly from: Tier;
    readonly to: Tier;
    readonly profit: string;
  }[];
  /** How many more would move than are listed; null when all are. */
  readonly more: string | null;
}

/** Who would move, for people. */
export const presentPreview = (preview: Preview, policy: TierPolicy, currency: string): PreviewView => ({
  policy: policyInWords(policy),
  counts: countsInWords(preview.tiers),
  borders: bordersInShort(preview, currency),
  moved: preview.moved === 0 ? "Nobody would change tier." : `${plural(preview.moved, "customer")} would change tier.`,
  groups: preview.counts.map(({ from, to, customers, value }) => ({
    from,
    to,
    text: `${plural(customers, "customer")}, ${money(value, currency)} of profit`,
  })),
  movers: preview.movers.map((mover) => ({
    id: mover.id.toString(),
    name: customerName(mover),
    from: mover.from,
    to: mover.to,
    profit: money(mover.value, currency),
  })),
  more: preview.moved > preview.movers.length ? `and ${count(preview.moved - preview.movers.length)} more` : null,
});
