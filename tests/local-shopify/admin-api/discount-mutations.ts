import type { AppDiscount, Discount } from "../discounts/discount.ts";
import { statusOf } from "../discounts/discount.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource, stringArg } from "./define-type.ts";
import { AppDiscountSource, DiscountNodeSource } from "./discount-fields.ts";
import { type DiscountFault, draftDiscount, isFull, tooManyActive } from "./discount-input.ts";
import { gid, idOfType } from "./gid.ts";
import { isoSeconds } from "./shop-store.ts";

class DiscountErrorSource extends GraphSource {
  readonly typename = "DiscountUserError";
  readonly error: DiscountFault;

  constructor(error: DiscountFault) {
    super();
    this.error = error;
  }
}

class PayloadSource extends GraphSource {
  readonly typename = "DiscountPayload";
  readonly discount: Discount | null;
  readonly userErrors: readonly DiscountErrorSource[];

  constructor(discount: Discount | null, faults: readonly DiscountFault[]) {
    super();
    this.discount = discount;
    this.userErrors = faults.map((error) => new DiscountErrorSource(error));
  }
}

const GONE: DiscountFault = { code: "INVALID", field: ["id"], message: "Automatic discount does not exist." };

const appPayload = {
  automaticAppDiscount: ({ discount }: PayloadSource) =>
    discount?.kind === "app" ? new AppDiscountSource(discount) : null,
  userErrors: ({ userErrors }: PayloadSource) => userErrors,
};
const nodePayload = {
  automaticDiscountNode: ({ discount }: PayloadSource) =>
    discount && new DiscountNodeSource(discount, "DiscountAutomaticNode"),
  userErrors: ({ userErrors }: PayloadSource) => userErrors,
};

export const discountPayloadTypes = [
  defineType("DiscountAutomaticAppCreatePayload", PayloadSource, appPayload),
  defineType("DiscountAutomaticAppUpdatePayload", PayloadSource, appPayload),
  defineType("DiscountAutomaticActivatePayload", PayloadSource, nodePayload),
  defineType("DiscountAutomaticDeactivatePayload", PayloadSource, nodePayload),
  defineType("DiscountAutomaticDeletePayload", PayloadSource, {
    deletedAutomaticDiscountId: ({ discount }) => discount && gid("DiscountAutomaticNode", discount.id),
    userErrors: ({ userErrors }) => userErrors,
  }),
  defineType("DiscountUserError", DiscountErrorSource, {
    code: ({ error }) => error.code,
    field: ({ error }) => error.field,
    message: ({ error }) => error.message,
    extraInfo: () => null,
  }),
];

export function discountAppCreate(args: Args, context: AdminContext): GraphSource {
  return saved(args, null, context);
}

export function discountAppUpdate(args: Args, context: AdminContext): GraphSource {
  const discount = discountOf(args, context);
  if (discount?.kind !== "app") return new PayloadSource(null, [GONE]);
  return saved(args, discount, context);
}

export function discountActivate(args: Args, context: AdminContext): GraphSource {
  const discount = discountOf(args, context);
  if (!discount) return new PayloadSource(null, [GONE]);
  const isActive = statusOf(discount, isoSeconds(context.now)) === "ACTIVE";
  if (discount.kind === "app" && !isActive && isFull(context)) return new PayloadSource(null, [tooManyActive()]);
  if (context.discounts.isTitleTaken(discount.title, discount.id)) {
    const message = "Title must be unique for automatic discount.";
    return new PayloadSource(null, [{ code: "TAKEN", field: ["id"], message }]);
  }
  context.discounts.activate(discount.id);
  return new PayloadSource(context.store.discounts.get(discount.id) ?? null, []);
}

export function discountDeactivate(args: Args, context: AdminContext): GraphSource {
  const discount = discountOf(args, context);
  if (!discount) return new PayloadSource(null, [GONE]);
  context.discounts.deactivate(discount.id);
  return new PayloadSource(context.store.discounts.get(discount.id) ?? null, []);
}

export function discountDelete(args: Args, context: AdminContext): GraphSource {
  const discount = discountOf(args, context);
  if (!discount) return new PayloadSource(null, [GONE]);
  context.discounts.delete(discount.id);
  return new PayloadSource(discount, []);
}

function saved(args: Args, before: AppDiscount | null, context: AdminContext): GraphSource {
  const draft = draftDiscount(args["automaticAppDiscount"], before, context);
  if (!draft.ok) {
    const faults = draft.faults.map((one) => ({ ...one, field: ["automaticAppDiscount", ...one.field] }));
    return new PayloadSource(null, faults);
  }
  context.desk.saveDiscount(draft.discount, draft.metafields);
  return new PayloadSource(draft.discount, []);
}

function discountOf(args: Args, { store }: AdminContext): Discount | undefined {
  return store.discounts.get(idOfType(stringArg(args, "id") ?? "", "DiscountAutomaticNode"));
}
