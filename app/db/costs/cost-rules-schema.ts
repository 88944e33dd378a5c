import { z } from "zod";
import { CHARGE_KINDS, type CostRule } from "#app/core/costs/cost-rules.ts";
import {
  AMOUNT_PATTERN,
  COUNTRY_PATTERN,
  LONGEST_GATEWAY,
  MOST_RULES,
  PERCENT_PATTERN,
  rulesFromJson,
  type CostRuleJson,
  type Read,
} from "#app/core/costs/rule-json.ts";

const text = (pattern: RegExp, example: string) =>
  z
    .string({ error: `is not a text such as "${example}"` })
    .regex(pattern, { error: `is not a text such as "${example}"` });

const amount = text(AMOUNT_PATTERN, "2.50");
const percent = text(PERCENT_PATTERN, "2.5");
const from = z.iso
  .date({ error: "is not a day such as 2025-01-31" })
  .describe("The first day on which it holds. Without it, it holds for all time.")
  .optional();

const condition = z
  .strictObject({
    gateway: z.string().min(1).max(LONGEST_GATEWAY).describe("The payment gateway, as Shopify names it.").optional(),
    country: z.array(text(COUNTRY_PATTERN, "GB")).describe("Where the order is sent; one of these.").optional(),
    tier: z
      .array(z.enum(["A", "B", "C"]))
      .describe("The customer's tier in the latest run; one of these.")
      .optional(),
  })
  .describe("To which orders it applies; what is left out is met by all.");

const charge = z
  .strictObject({
    kind: z.enum(CHARGE_KINDS),
    perOrder: amount.optional(),
    perLine: amount.optional(),
    perUnit: amount.optional(),
    perKg: amount.optional(),
    percent: percent
      .describe("Of net sales; for return_handling of what came back, for payment_fee of the payment.")
      .optional(),
    when: condition.optional(),
    from,
  })
  .describe("A cost by order, line, unit, kilogram and percentage, in the shop's currency.");

const creditCost = z
  .strictObject({ kind: z.literal("credit_cost"), annualPercent: percent, from })
  .describe("What financing an open invoice costs a year, of the open amount.");

const fallbackMargin = z
  .strictObject({ kind: z.literal("fallback_margin"), percent, from })
  .describe("The margin assumed for goods whose unit cost nobody gave.");

/** The cost rules of a shop as JSON. What the currency decides, `parseCostRules` checks. */
export const costRulesSchema: z.ZodType<CostRuleJson[]> = z
  .array(
    z.discriminatedUnion("kind", [charge, creditCost, fallbackMargin], {
      error:
        "is not a kind of rule: shipping_cost, handling_cost, return_handling, payment_fee, cost_to_serve, credit_cost or fallback_margin",
    }),
    { error: "The rules are not a list." },
  )
  .max(MOST_RULES, { error: `There can be ${MOST_RULES} rules.` });

/** The rules that JSON holds, or everything that is wrong with it, rule by rule and field by field. */
export const parseCostRules = (json: unknown, currency: string): Read<CostRule[]> => {
  const read = costRulesSchema.safeParse(json);
  if (read.success) return rulesFromJson(read.data, currency);
  const faults = read.error.issues.map((issue) => {
    const [rule, ...field] = issue.path;
    const unknown = issue.code === "unrecognized_keys" ? issue.keys.join(", ") : null;
    return {
      rule: typeof rule === "number" ? rule : null,
      field: [...field, ...(unknown === null ? [] : [unknown])].join("."),
      reason: unknown === null ? issue.message : "is not part of this kind of rule",
    };
  });
  return { ok: false, faults };
};
