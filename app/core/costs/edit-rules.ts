import type { ChargeRule, CostRule, CreditCostRule, FallbackMarginRule } from "./cost-rules.ts";
import { isCharge } from "./rule-json.ts";

/** A change of one rule in a list, as the page's forms make it. Places are counted from 0. */
export type RuleEdit =
  | { readonly kind: "add"; readonly rule: ChargeRule }
  | { readonly kind: "change"; readonly place: number; readonly rule: ChargeRule }
  | { readonly kind: "remove"; readonly place: number }
  /** There is one credit cost and one fallback margin a day: it takes the place of the one from the same day. */
  | { readonly kind: "set"; readonly rule: CreditCostRule | FallbackMarginRule };

/** The list after the edit; as it was where there is no such rule at the place. */
export const editRules = (rules: readonly CostRule[], edit: RuleEdit): CostRule[] => {
  switch (edit.kind) {
    case "add":
      return [...rules, edit.rule];
    case "change":
      return rules.map((rule, place) => (place === edit.place && isCharge(rule) ? edit.rule : rule));
    case "remove":
      return rules.filter((_rule, place) => place !== edit.place);
    case "set":
      return [...rules.filter(({ kind, from }) => kind !== edit.rule.kind || from !== edit.rule.from), edit.rule];
  }
};
