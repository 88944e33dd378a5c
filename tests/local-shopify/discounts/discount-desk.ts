import { z } from "zod";
import { isoSeconds } from "../admin-api/shop-store.ts";
import type { MetafieldWrite } from "../metafields/metafield-store.ts";
import type { FunctionExtension } from "../functions/extensions.ts";
import { PAYMENT_API } from "../functions/function-schema.ts";
import { type Discount, type DiscountStatus, type DiscountStore, type NativeDiscount, statusOf } from "./discount.ts";

const percent = z
  .string()
  .regex(/^\d+(\.\d+)?$/, "must be a decimal string such as 10")
  .refine((text) => Number(text) > 0 && Number(text) <= 100, "must be above 0 and at most 100");

const rivalSchema = z.strictObject({
  title: z.string().min(1),
  percent,
  /** All products, or the handle of a collection. */
  scope: z.union([z.literal("all"), z.strictObject({ collection: z.string().min(1) })]).default("all"),
  class: z.enum(["PRODUCT", "ORDER"]).default("PRODUCT"),
  combinesWith: z
    .strictObject({
      productDiscounts: z.boolean().default(false),
      orderDiscounts: z.boolean().default(false),
      shippingDiscounts: z.boolean().default(false),
    })
    .prefault({}),
});

/** A native automatic discount as a merchant enters it. */
export type RivalDiscount = z.input<typeof rivalSchema>;

export interface DiscountDeskOptions {
  readonly discounts: DiscountStore;
  readonly extensions: readonly FunctionExtension[];
  readonly now: () => Date;
  save(discount: Discount, metafields?: readonly MetafieldWrite[]): void;
  remove(id: number): void;
}

/** Where a merchant, or whoever works for one, changes the shop's automatic discounts. */
export class DiscountDesk {
  private readonly options: DiscountDeskOptions;

  constructor(options: DiscountDeskOptions) {
    this.options = options;
  }

  all(): readonly Discount[] {
    return this.options.discounts.all();
  }

  /** Adds a native automatic discount, or changes the one with its title. */
  saveRival(rival: RivalDiscount): NativeDiscount {
    const { discounts } = this.options;
    const { title, percent: off, scope, class: only, combinesWith } = rivalSchema.parse(rival);
    if (only === "ORDER" && scope !== "all") throw new Error("an order discount is for all products");
    const before = discounts.all().find((one) => one.title === title);
    if (before && before.kind !== "native") throw new Error(`"${title}" is an app's discount`);
    const now = this.nowText();
    const after: NativeDiscount = {
      kind: "native",
      id: before?.id ?? discounts.nextId,
      title,
      startsAt: before?.startsAt ?? now,
      endsAt: before?.endsAt ?? null,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
      classes: [only],
      combinesWith,
      percent: off,
      collection: scope === "all" ? null : scope.collection,
    };
    this.options.save(after);
    return after;
  }

  removeRival(title: string): void {
    const rival = this.all().find((one) => one.title === title && one.kind === "native");
    if (!rival) throw new Error(`there is no native discount "${title}"`);
    this.options.remove(rival.id);
  }

  rename(id: number, title: string): void {
    const discount = this.found(id);
    if (title.trim() === "") throw new Error("a discount needs a title");
    if (this.isTitleTaken(title, id)) throw new Error(`there is another discount "${title}"`);
    this.options.save({ ...discount, title, updatedAt: this.nowText() });
  }

  /** One that is active stays as it is; one yet to come begins now; one that ended goes on without an end. */
  activate(id: number): void {
    const discount = this.found(id);
    const now = this.nowText();
    const status = statusOf(discount, now);
    if (status === "ACTIVE") return;
    const startsAt = discount.startsAt > now ? now : discount.startsAt;
    this.options.save({ ...discount, startsAt, endsAt: null, updatedAt: now });
  }

  /** It ends now. */
  deactivate(id: number): void {
    const discount = this.found(id);
    const now = this.nowText();
    if (statusOf(discount, now) === "EXPIRED") return;
    const startsAt = discount.startsAt > now ? now : discount.startsAt;
    this.options.save({ ...discount, startsAt, endsAt: now, updatedAt: now });
  }

  delete(id: number): void {
    this.found(id);
    this.options.remove(id);
  }

  /** Whether another automatic discount that has not ended bears a title. */
  isTitleTaken(title: string, exceptId: number | null): boolean {
    const now = this.nowText();
    return this.all().some((one) => one.id !== exceptId && one.title === title && statusOf(one, now) !== "EXPIRED");
  }

  /** Where in the app a discount is shown, or null for one that is not an app's. */
  detailsPath(discount: Discount): string | null {
    if (discount.kind !== "app") return null;
    const extension = this.options.extensions.find(({ handle }) => handle === discount.functionHandle);
    const path = extension?.uiPaths.details ?? null;
    return path && path.replace(":functionId", extension?.id ?? "").replace(":id", String(discount.id));
  }

  /** Where in the app discounts are made, with the Function that they are made for. */
  createPaths(): { readonly title: string; readonly path: string }[] {
    const isForDiscounts = ({ targets }: FunctionExtension) =>
      !targets.some(({ target }) => target === PAYMENT_API.target);
    return this.options.extensions
      .filter(isForDiscounts)
      .flatMap(({ title, id, uiPaths }) =>
        uiPaths.create === null ? [] : [{ title, path: uiPaths.create.replace(":functionId", id) }],
      );
  }

  statusOf(discount: Discount): DiscountStatus {
    return statusOf(discount, this.nowText());
  }

  private found(id: number): Discount {
    const discount = this.options.discounts.get(id);
    if (!discount) throw new Error(`there is no discount ${id}`);
    return discount;
  }

  private nowText(): string {
    return isoSeconds(this.options.now());
  }
}
