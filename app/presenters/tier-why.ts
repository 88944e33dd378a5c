import { shownBorders, type MoveWhy, type ShownBorders, type Undo } from "#app/core/tiers/explain-move.ts";
import { FACTORS } from "#app/core/tiers/policy.ts";
import type { Borders, Tier } from "#app/core/tiers/tier.ts";
import { KIND_LABELS } from "./entry-kinds.ts";
import { count, money, plural, points } from "./format.ts";
import { FACTOR_LABELS } from "./tier-policy.ts";

/** A measure of a run: an amount, or points. */
const measureInWords = (measure: bigint, by: ShownBorders["by"], currency: string): string =>
  by === "score" ? `${points(measure)} points` : money(measure, currency);

const absolute = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

const changeInWords = (change: bigint, by: ShownBorders["by"], currency: string): string => {
  const what = measureInWords(absolute(change), by, currency);
  const unit = by === "score" ? what : `${what} of profit contribution`;
  return change < 0n ? `${unit} less` : `another ${unit}`;
};

/** What it takes to be in a tier: the smallest change that is enough. */
export const undoInWords = (undo: Undo, tier: Tier, currency: string): string => {
  if (undo.kind === "unpin") return `It stays until the pin is taken away.`;
  if (undo.kind === "none") return `Nobody is in tier ${tier} or above it, so there is no border to cross.`;
  const { atOnce, lasting, by } = undo;
  const first = undo.profit > 0n ? `It has to make a profit, ${money(undo.profit, currency)} more; besides, ` : "";
  const once = `${changeInWords(atOnce, by, currency)} in the window`;
  const until = `tier ${tier} in the next run`;
  if (lasting === null) return sentence(`${first}${once} would make it ${until}.`);
  const during = plural(lasting.runs, "run");
  if (lasting.change === 0n) {
    return sentence(`${first}it is across the border already: ${during} more like this make it tier ${tier}.`);
  }
  const slow = changeInWords(lasting.change, by, currency);
  return sentence(`${first}${slow} in the window for ${during} would make it tier ${tier}; ${once}, ${until}.`);
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const causeInWords = ({ cause, value, rank }: MoveWhy): string => {
  switch (cause) {
    case "pin":
      return "It was pinned by hand.";
    case "unpin":
      return "The pin that held it was taken away or came to its end.";
    case "policy":
      return "The tier policy was changed: by the former one it would not have moved.";
    case "runs":
      return "It was on the other side of the border for enough runs in a row.";
    case "figures":
      if (value.before !== value.after) return "Its figures changed.";
      return rank.before === rank.after
        ? "Its own figures did not change; the border moved."
        : "Its own figures did not change; others passed it, or fell behind.";
  }
};

const signed = (amount: bigint, currency: string): string => `${amount > 0n ? "+" : ""}${money(amount, currency)}`;

const MOST_KINDS = 4;

const entriesInWords = ({ entries, otherEntries, value }: MoveWhy, currency: string): string[] => {
  if (value.before === value.after && entries.length === 0) return [];
  const named = entries
    .slice(0, MOST_KINDS)
    .map(({ kind, change }) => `${KIND_LABELS[kind]} ${signed(change, currency)}`);
  const smaller = entries.slice(MOST_KINDS).reduce((sum, { change }) => sum + change, 0n);
  const parts = [
    ...named,
    ...(smaller === 0n ? [] : [`others ${signed(smaller, currency)}`]),
    ...(otherEntries === 0n
      ? []
      : [`entries of before, learned of or corrected since ${signed(otherEntries, currency)}`]),
  ];
  const from = `Profit contribution ${money(value.before, currency)} → ${money(value.after, currency)}`;
  return [parts.length === 0 ? `${from}.` : `${from}: ${parts.join(", ")}.`];
};

const bordersInWords = ({ borders }: MoveWhy, currency: string): string[] => {
  const { before, after } = borders;
  return (["a", "b"] as const).flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (was === null || is === null || (was === is && before.by === after.by)) return [];
    const from = measureInWords(was, before.by, currency);
    return [`Border of tier ${name.toUpperCase()} ${from} → ${measureInWords(is, after.by, currency)}.`];
  });
};

const scoreInWords = ({ score: { before, after } }: MoveWhy): string[] => {
  if (!before || !after || before.points === after.points) return [];
  const changed = FACTORS.filter((factor) => before.factors[factor] !== after.factors[factor]).map(
    (factor) =>
      `${FACTOR_LABELS[factor].toLowerCase()} ${points(before.factors[factor])} → ${points(after.factors[factor])}`,
  );
  return [`Score ${points(before.points)} → ${points(after.points)}: ${changed.join(", ")}.`];
};

export interface MoveView {
  readonly from: Tier;
  readonly to: Tier;
  /** What it was due to, in a sentence. */
  readonly cause: string;
  /** The figures of it, a sentence each. */
  readonly details: readonly string[];
  /** What would undo it. */
  readonly undo: string | null;
}

export interface Move {
  readonly from: Tier;
  readonly to: Tier;
  readonly value: bigint;
  readonly why: MoveWhy | null;
}

/** A change of tier for people. */
export const presentMove = ({ from, to, value, why }: Move, currency: string): MoveView => {
  if (why === null) {
    const details = [`Profit contribution ${money(value, currency)}.`];
    return { from, to, cause: "What moved it was not recorded then.", details, undo: null };
  }
  const { before, after } = why.rank;
  return {
    from,
    to,
    cause: causeInWords(why),
    details: [
      ...entriesInWords(why, currency),
      ...scoreInWords(why),
      ...(before === after ? [] : [`Rank ${count(before)} → ${count(after)}.`]),
      ...bordersInWords(why, currency),
    ],
    undo: `Back to tier ${from}: ${undoInWords(why.undo, from, currency)}`,
  };
};

/** The borders of a run in a few words: "A from $30.00, B from $5.00". */
export const bordersInShort = (
  run: { readonly borders: Borders<bigint | null>; readonly ranking: Parameters<typeof shownBorders>[0]["ranking"] },
  currency: string,
): string => {
  const shown = shownBorders(run);
  const parts = (["a", "b"] as const).flatMap((name) => {
    const border = shown[name];
    return border === null ? [] : [`${name.toUpperCase()} from ${measureInWords(border, shown.by, currency)}`];
  });
  return parts.length === 0 ? "Nobody made a profit" : parts.join(", ");
};
