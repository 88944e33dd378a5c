import { z } from "zod";
import { planFromJson, type PlanJson, type ReadPlan } from "#app/core/plan/plan-json.ts";
import { shapeInWords } from "./plan-schema-words.ts";

/** The shape of a plan as merchants, files and the database write it; docs/plan.schema.json is made from this. */

const percent = z
  .string({ error: 'is not a text such as "2.5"' })
  .regex(/^\d{1,3}(\.\d{1,2})?$/, { error: 'is not a percentage such as "2.5"' });
const amount = z
  .string({ error: 'is not a text such as "2.50"' })
  .regex(/^\d{1,12}(\.\d{1,6})?$/, { error: 'is not an amount such as "2.50"' });
const handle = z.string().min(1).max(255);

const collections = z
  .array(handle)
  .min(1)
  .max(100)
  .describe("Handles of collections whose products it covers. Without it: every product.")
  .optional();

const MOST_STEPS = 50;

const steps = z
  .array(
    z
      .strictObject({
        from: z
          .union([z.int().nonnegative(), amount])
          .describe("From how many units or orders, or from which amount in the shop's currency, on."),
        percent: percent.optional(),
        amountOff: amount.describe("Off each unit, in the shop's currency.").optional(),
        fixedPrice: amount
          .describe("Of each unit, in the shop's currency; one above the price gives nothing.")
          .optional(),
      })
      .describe("A threshold and one of percent, amountOff and fixedPrice."),
  )
  .min(1)
  .max(MOST_STEPS);

const quantityBreak = z
  .strictObject({
    kind: z.literal("quantity-break"),
    per: z.literal("order").optional(),
    scope: z
      .enum(["variant", "product", "collection", "cart"])
      .describe("What is counted together: a variant, all variants of a product, a collection, or the whole cart."),
    measure: z.enum(["units", "amount"]),
    collections,
    steps,
  })
  .describe("More in one cart, more discount.");

const cumulative = z
  .strictObject({
    kind: z.literal("cumulative"),
    window: z
      .union([
        z.strictObject({ days: z.int().min(1).max(3650) }),
        z.strictObject({ calendar: z.enum(["month", "quarter", "year"]) }),
        z.enum(["lifetime", "all"]),
      ])
      .describe("The last days, the calendar period that today is in, or all time."),
    measure: z.enum(["net-sales", "units", "orders"]),
    collections: collections.describe("On which products it is given; all purchases count."),
    steps,
  })
  .describe("More bought over a time, more discount; what comes back is taken off.");

const tierPrice = z
  .strictObject({
    kind: z.literal("tier-price"),
    tiers: z.strictObject({
      A: percent.optional(),
      B: percent.optional(),
      C: percent.optional(),
      key: percent.describe("Of key accounts; without it they get that of A.").optional(),
    }),
    companies: z.record(z.string(), percent).describe("Of single companies, by their number at Shopify.").optional(),
    collections,
  })
  .describe("A percentage by the customer's tier. Customers marked to be pruned get none.");

const payNow = z
  .strictObject({
    kind: z.literal("pay-now"),
    percent,
    methods: z
      .array(z.string().min(1).max(100))
      .min(1)
      .max(30)
      .describe("Names of payment methods that count as paying now, as buyers read them. Without it: common ones.")
      .optional(),
  })
  .describe(
    "A percentage for buyers who commit at checkout to pay now: instead of later, or of by a manual method. One at most.",
  );

const days = z.int().min(0).max(3650);

const earlyPaymentAfter = z
  .strictObject({
    kind: z.literal("early-payment-after"),
    percent: percent.describe("Of the merchandise on the invoice, for whoever has none by tier.").optional(),
    tiers: z
      .strictObject({
        A: percent.optional(),
        B: percent.optional(),
        C: percent.optional(),
        key: percent.describe("Of key accounts; without it they get that of A.").optional(),
      })
      .optional(),
    discountDays: days.describe("Within how many days of its issue an invoice has to be paid."),
    netDays: days.describe("After how many days it is due anyway."),
    paidAs: z.enum(["store-credit", "refund"]).describe("How it is given; store credit by default.").optional(),
    creditDays: days
      .nullable()
      .describe("How long the store credit can be spent: 365 days by default; null: for ever.")
      .optional(),
  })
  .describe("Early payment after the order, as 2/10 net 30. One at most.");

const KINDS = [quantityBreak, cumulative, tierPrice, payNow, earlyPaymentAfter] as const;

const KIND_NAMES = KINDS.map(({ shape }) => shape.kind.value).join(", ");

export const planSchema: z.ZodType<PlanJson> = z
  .strictObject({
    title: z.string().min(1).max(255).optional(),
    parts: z
      .array(
        z.discriminatedUnion("kind", KINDS, {
          error: ({ code }) =>
            code === "invalid_union" ? `is none of the kinds that there are: ${KIND_NAMES}` : undefined,
        }),
        { error: ({ input }) => (input === undefined ? "the plan has no parts" : "the plan's parts are not a list") },
      )
      .max(40, { error: "the plan has more than 40 parts" }),
    meet: z
      .enum(["best", "add"])
      .describe("Where several parts cover a line the largest wins (best, the default), or they are added up (add).")
      .optional(),
    limits: z
      .strictObject({
        minMarginPercent: percent
          .describe("Of the price net of tax, what has to be left over the unit cost.")
          .optional(),
        minOverCost: amount.describe("What a unit has to bring over its cost, in the shop's currency.").optional(),
        maxPercent: percent.describe("The most that all parts may give together.").optional(),
        highestTaxPercent: percent
          .describe("Where prices include tax: the highest rate of any product, to keep the margin net of tax.")
          .optional(),
      })
      .optional(),
    schedule: z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() }).optional(),
    exclude: z.strictObject({ collections: z.array(handle).max(100).optional() }).optional(),
    include: z
      .strictObject({
        giftCards: z.boolean().optional(),
        subscriptions: z.boolean().optional(),
        pointOfSale: z.boolean().optional(),
        salePriced: z.boolean().describe("Lines with a compare-at price above their price.").optional(),
        catalogBreaks: z
          .boolean()
          .describe("Quantity breaks for companies whose catalog has quantity breaks of its own.")
          .optional(),
      })
      .describe("What is left out unless it is taken in here.")
      .optional(),
    combinesWith: z
      .strictObject({
        orderDiscounts: z.boolean().optional(),
        productDiscounts: z.boolean().optional(),
        shippingDiscounts: z.boolean().optional(),
      })
      .describe("With which other discounts it may be combined. With a margin limit: better none.")
      .optional(),
  })
  .meta({ title: "Discount plan", description: "What `npm run scenario -- --plan` and the app's plan page read." });

/** A plan of unknown shape. @returns what is wrong with it, by its place, or the plan */
export const parsePlan = (raw: unknown, currency: string): ReadPlan => {
  const shape = planSchema.safeParse(raw, { error: shapeInWords });
  if (shape.success) return planFromJson(shape.data, currency);
  const faults = shape.error.issues.map(({ path, message }) => ({ at: path.join(".") || "plan", reason: message }));
  return { ok: false, faults };
};
