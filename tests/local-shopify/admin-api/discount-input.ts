import { z } from "zod";
import { type AppDiscount, DISCOUNT_CLASSES, statusOf } from "../discounts/discount.ts";
import type { MetafieldWrite } from "../metafields/metafield-store.ts";
import type { AdminContext } from "./context.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import type { MetafieldFault } from "./metafield-mutations.ts";
import { faultOf, metafieldOfInput, writeOf } from "./metafield-of-input.ts";
import { isoSeconds } from "./shop-store.ts";

export interface DiscountFault {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

const MOST_ACTIVE = 25;
const LONGEST_TITLE = 255;
/** The targets that make a Function one that discounts. */
const TARGET = /^cart[.](lines|delivery-options)[.]discounts[.]generate[.]run$/;

const inputSchema = z.object({
  title: z.string().nullish(),
  functionHandle: z.string().nullish(),
  functionId: z.string().nullish(),
  startsAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  discountClasses: z.array(z.enum(DISCOUNT_CLASSES)).nullish(),
  combinesWith: z
    .object({
      productDiscounts: z.boolean().nullish(),
      orderDiscounts: z.boolean().nullish(),
      shippingDiscounts: z.boolean().nullish(),
      productDiscountsWithTagsOnSameCartLine: z.unknown().optional(),
    })
    .nullish(),
  appliesOnOneTimePurchase: z.boolean().nullish(),
  appliesOnSubscription: z.boolean().nullish(),
  recurringCycleLimit: z.int().nullish(),
  context: z.record(z.string(), z.unknown()).nullish(),
  tags: z.array(z.string()).nullish(),
  metafields: z.array(metafieldOfInput).nullish(),
});

type Input = z.output<typeof inputSchema>;
type MetafieldInput = z.output<typeof metafieldOfInput>;

/** What a mutation would make of a discount, or all reasons why it does not. */
export type DraftDiscount =
  | { readonly ok: true; readonly discount: AppDiscount; readonly metafields: readonly MetafieldWrite[] }
  | { readonly ok: false; readonly faults: readonly DiscountFault[] };

/**
 * Reads a DiscountAutomaticAppInput onto a discount, or as a new one. What an update leaves out stays as it was, but for
 * what the schema has a default for: that is set to it.
 *
 * @throws NotInLocalShopify on what only Shopify can do: tags, and contexts other than all buyers
 */
export function draftDiscount(given: unknown, before: AppDiscount | null, context: AdminContext): DraftDiscount {
  const input = inputSchema.parse(given);
  refuseForeignParts(input);
  const found = functionOf(input, before, context);
  const id = before?.id ?? context.store.discounts.nextId;
  const metafields = (input.metafields ?? []).map((one) => writeOf(one, gid("DiscountAutomaticNode", id), context));
  const discount = found.handle === null ? null : applied(input, { id, before, handle: found.handle }, context);
  const faults = [
    ...found.faults,
    ...titleFaults(input, before, context),
    ...periodFaults(input, before),
    ...(input.discountClasses?.length || before
      ? []
      : [fault("BLANK", "discountClasses", "Discount classes can't be blank")]),
    ...(discount ? discountFaults(discount, context) : []),
    ...(input.metafields ?? []).flatMap((one, index) => metafieldFaults(one, index, context)),
  ];
  if (faults.length > 0 || !discount) return { ok: false, faults };
  return { ok: true, discount, metafields };
}

const NONE = { productDiscounts: false, orderDiscounts: false, shippingDiscounts: false };
/** What a new discount has where the input says nothing and the schema has no default. */
const FRESH = { title: "", startsAt: "", endsAt: null, createdAt: null, classes: [], combinesWith: NONE };

function applied(
  input: Input,
  { id, before, handle }: { id: number; before: AppDiscount | null; handle: string },
  { now }: AdminContext,
): AppDiscount {
  const at = isoSeconds(now);
  const base = {
    appliesOnOneTimePurchase: true,
    appliesOnSubscription: true,
    recurringCycleLimit: 1,
    ...(before ?? FRESH),
  };
  return {
    kind: "app",
    id,
    title: input.title ?? base.title,
    startsAt: instant(input.startsAt) ?? base.startsAt,
    endsAt: input.endsAt === undefined ? base.endsAt : instant(input.endsAt),
    createdAt: base.createdAt ?? at,
    updatedAt: at,
    classes: input.discountClasses ?? base.classes,
    combinesWith: input.combinesWith ? combinationOf(input.combinesWith) : base.combinesWith,
    functionHandle: handle,
    appliesOnOneTimePurchase: input.appliesOnOneTimePurchase ?? base.appliesOnOneTimePurchase,
    appliesOnSubscription: input.appliesOnSubscription ?? base.appliesOnSubscription,
    recurringCycleLimit: input.recurringCycleLimit ?? base.recurringCycleLimit,
  };
}

function combinationOf(given: NonNullable<Input["combinesWith"]>): AppDiscount["combinesWith"] {
  return {
    productDiscounts: given.productDiscounts === true,
    orderDiscounts: given.orderDiscounts === true,
    shippingDiscounts: given.shippingDiscounts === true,
  };
}

function refuseForeignParts({ tags, context, combinesWith }: Input): void {
  if (tags && tags.length > 0) throw new NotInLocalShopify("tags of discounts");
  if (combinesWith?.productDiscountsWithTagsOnSameCartLine) throw new NotInLocalShopify("discounts combined by tags");
  if (context && context["all"] !== "ALL") throw new NotInLocalShopify("discounts for some buyers or markets");
}

function functionOf(input: Input, before: AppDiscount | null, { extensions, appId }: AdminContext) {
  const { functionHandle, functionId } = input;
  if (functionHandle && functionId) {
    const message = "Only one of function_id or function_handle can be provided, not both.";
    return { handle: null, faults: [{ code: "MULTIPLE_FUNCTION_IDENTIFIERS", field: [], message }] };
  }
  if (!functionHandle && !functionId) {
    if (before) return { handle: before.functionHandle, faults: [] };
    const message = "Either function_id or function_handle must be provided.";
    return { handle: null, faults: [fault("MISSING_FUNCTION_IDENTIFIER", "functionHandle", message)] };
  }
  const found = extensions.find(({ handle, id }) => (functionHandle ? handle === functionHandle : id === functionId));
  if (found?.targets.some(({ target }) => TARGET.test(target))) return { handle: found.handle, faults: [] };
  const message = found
    ? "Unexpected Function API. The provided function must implement one of the following extension targets: [cart.lines.discounts.generate.run, cart.delivery-options.discounts.generate.run]."
    : `Function ${functionHandle ?? functionId} not found. Ensure that it is released in the current app (${appId}), and that the app is installed.`;
  return { handle: null, faults: [fault("INVALID", functionHandle ? "functionHandle" : "functionId", message)] };
}

function titleFaults({ title }: Input, before: AppDiscount | null, { discounts }: AdminContext): DiscountFault[] {
  if (title === undefined && before) return [];
  if (!title || title.trim() === "") return [fault("BLANK", "title", "Title can't be blank")];
  if (title.length > LONGEST_TITLE) {
    return [fault("TOO_LONG", "title", `Title is too long (maximum is ${LONGEST_TITLE} characters)`)];
  }
  if (!discounts.isTitleTaken(title, before?.id ?? null)) return [];
  return [fault("TAKEN", "title", "Title must be unique for automatic discount.")];
}

function periodFaults(input: Input, before: AppDiscount | null): DiscountFault[] {
  const startsAt = instant(input.startsAt) ?? before?.startsAt;
  const endsAt = input.endsAt === undefined ? before?.endsAt : instant(input.endsAt);
  if (startsAt === undefined) return [fault("BLANK", "startsAt", "Starts at can't be blank")];
  if (!endsAt || endsAt > startsAt) return [];
  return [fault("INVALID", "endsAt", "Ends at needs to be after starts_at")];
}

function discountFaults(discount: AppDiscount, { store, now }: AdminContext): DiscountFault[] {
  const faults: DiscountFault[] = [];
  const { appliesOnOneTimePurchase, appliesOnSubscription, recurringCycleLimit, classes, combinesWith } = discount;
  if (!appliesOnOneTimePurchase && !appliesOnSubscription) {
    const message = "A discount cannot have both appliesOnOneTimePurchase and appliesOnSubscription set to false.";
    faults.push(fault("APPLIES_ON_NOTHING", "appliesOnSubscription", message));
  }
  if (recurringCycleLimit < 0) {
    const message = "Recurring cycle limit must be a valid integer greater than or equal to 0.";
    faults.push(fault("RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER", "recurringCycleLimit", message));
  }
  if (!appliesOnSubscription && recurringCycleLimit !== 1) {
    const message = "Recurring cycle limit must be 1 when discount does not apply to subscription items.";
    faults.push(fault("MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS", "recurringCycleLimit", message));
  }
  if (classes.length === 1 && classes[0] === "SHIPPING" && combinesWith.shippingDiscounts) {
    const message = "The combinesWith settings are not valid for the discount class.";
    faults.push(fault("INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS", "combinesWith", message));
  }
  const at = isoSeconds(now);
  const others = store.discounts.active(at).filter(({ kind, id }) => kind === "app" && id !== discount.id);
  if (others.length >= MOST_ACTIVE && statusOf(discount, at) === "ACTIVE") faults.push(tooManyActive());
  return faults;
}

/** One more than the 25 app discounts that may be active at a time. */
export function tooManyActive(): DiscountFault {
  const message = `Reached the maximum of ${MOST_ACTIVE} active app discounts.`;
  return { code: "MAX_APP_DISCOUNTS", field: [], message };
}

export function isFull({ store, now }: AdminContext): boolean {
  return store.discounts.active(isoSeconds(now)).filter(({ kind }) => kind === "app").length >= MOST_ACTIVE;
}

function metafieldFaults(one: MetafieldInput, index: number, context: AdminContext): DiscountFault[] {
  const found = faultOf(one, context);
  return found ? [asDiscountFault(found, index)] : [];
}

/** The codes of the two enums are not the same. */
function asDiscountFault({ code, field, message }: MetafieldFault, index: number): DiscountFault {
  const known = ["BLANK", "TOO_LONG", "TOO_SHORT"].includes(code) ? code : "INVALID";
  return { code: known, field: ["metafields", String(index), ...(field === null ? [] : [field])], message };
}

function fault(code: string, field: string, message: string): DiscountFault {
  return { code, field: [field], message };
}

function instant(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new NotInLocalShopify(`the instant "${text}"`);
  return isoSeconds(at);
}
