import type { LineFault } from "#app/core/costs/cost-lines.ts";
import type { ImportPlan } from "#app/core/costs/import-plan.ts";
import { count, plural } from "./format.ts";

/** A file of unit costs as the page shows it: refused, looked at, or imported. */
export type CostImportView =
  | { readonly state: "refused"; readonly reasons: readonly string[] }
  | {
      readonly state: "checked" | "imported";
      readonly tone: "success" | "info" | "warning";
      readonly title: string;
      readonly summary: string;
      readonly overtaken: string | null;
      /** Lines that cannot be imported; null where all can. */
      readonly bad: string | null;
      readonly faults: readonly {
        readonly line: string;
        readonly column: string;
        readonly text: string;
        readonly reason: string;
      }[];
      readonly more: string | null;
      /** What the button says that imports; null where there is nothing to import. */
      readonly confirm: string | null;
      readonly digest: string;
    };

interface Checked {
  readonly digest: string;
  readonly count: number;
  readonly plan: ImportPlan;
  readonly faults: readonly LineFault[];
}

const MOST_FAULTS = 100;

const headOf = (
  { plan, count: lines }: Checked,
  isImported: boolean,
): { readonly tone: "success" | "info" | "warning"; readonly title: string } => {
  if (lines === 0) return { tone: "warning", title: "This file has no lines below its header" };
  if (plan.goodLines === 0) return { tone: "warning", title: "No line of this file can be imported" };
  return isImported ? { tone: "success", title: "Imported" } : { tone: "info", title: "What this file would do" };
};

const summaryOf = ({ plan }: Checked, isImported: boolean): string => {
  if (plan.goodLines === 0) return "Nothing is written. Correct the file and choose it again.";
  const lines = `${plural(plan.goodLines, "line")} of ${plural(plan.variants, "variant")}`;
  const changes = plan.changes.length;
  if (changes === 0) return `${lines}: all as it is already, so nothing ${isImported ? "was" : "would be"} changed.`;
  if (isImported) return `${lines}: ${plural(changes, "unit cost")} imported. Profit is being worked out again.`;
  return `${lines}, of which ${count(changes)} ${changes === 1 ? "changes" : "change"} something. Nothing is written yet.`;
};

const overtakenText = (variants: number): string =>
  `Shopify has shown another cost of ${plural(variants, "variant")} since then, and that one holds today. ` +
  "To have yours hold instead, give the line a later day in the column “from”.";

/** What a file of unit costs would do, or has done. */
export const presentCostImport = (checked: Checked, state: "checked" | "imported"): CostImportView => {
  const { digest, plan, faults } = checked;
  const bad = new Set(faults.map(({ line }) => line)).size;
  const hidden = faults.length - MOST_FAULTS;
  return {
    state,
    ...headOf(checked, state === "imported"),
    summary: summaryOf(checked, state === "imported"),
    overtaken: plan.overtaken === 0 ? null : overtakenText(plan.overtaken),
    bad:
      bad === 0
        ? null
        : `${plural(bad, "line")} of ${count(checked.count)} ${state === "imported" ? "left out" : "cannot be imported"}`,
    faults: faults.slice(0, MOST_FAULTS).map((fault) => ({ ...fault, line: count(fault.line) })),
    more: hidden > 0 ? `and ${plural(hidden, "more fault")}: the file of all has them.` : null,
    confirm:
      state === "imported" || plan.changes.length === 0
        ? null
        : bad === 0
          ? `Import ${plural(plan.goodLines, "line")}`
          : `Import the ${plural(plan.goodLines, "good line")}`,
    digest,
  };
};
