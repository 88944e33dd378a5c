import { z } from "zod";

export const DISCOUNT_CLASSES = ["PRODUCT", "ORDER", "SHIPPING"] as const;
export type DiscountClass = (typeof DISCOUNT_CLASSES)[number];

const combinesWithSchema = z.strictObject({
  productDiscounts: z.boolean(),
  orderDiscounts: z.boolean(),
  shippingDiscounts: z.boolean(),
});

/** The classes of other discounts that a discount goes together with. */
export type CombinesWith = z.output<typeof combinesWithSchema>;

const common = {
  id: z.int().positive(),
  title: z.string().min(1),
  startsAt: z.string(),
  endsAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  classes: z.array(z.enum(DISCOUNT_CLASSES)).min(1),
  combinesWith: combinesWithSchema,
};

const appDiscountSchema = z.strictObject({
  kind: z.literal("app"),
  ...common,
  functionHandle: z.string(),
  appliesOnOneTimePurchase: z.boolean(),
  appliesOnSubscription: z.boolean(),
  recurringCycleLimit: z.int().nonnegative(),
});

const nativeDiscountSchema = z.strictObject({
  kind: z.literal("native"),
  ...common,
  /** Decimal, above 0 and at most 100. */
  percent: z.string(),
  /** A collection's handle; null: all products. */
  collection: z.string().nullable(),
});

export const discountSchema = z.discriminatedUnion("kind", [appDiscountSchema, nativeDiscountSchema]);

/** An automatic discount whose rule is an app's Function. */
export type AppDiscount = z.output<typeof appDiscountSchema>;
/** An automatic discount of Shopify's own: a percentage. */
export type NativeDiscount = z.output<typeof nativeDiscountSchema>;
export type Discount = z.output<typeof discountSchema>;

export type DiscountStatus = "ACTIVE" | "SCHEDULED" | "EXPIRED";

/** Instants are kept as 2026-10-31T12:00:00Z, and so compare as text. */
export function statusOf({ startsAt, endsAt }: Pick<Discount, "startsAt" | "endsAt">, now: string): DiscountStatus {
  if (endsAt !== null && endsAt <= now) return "EXPIRED";
  return startsAt > now ? "SCHEDULED" : "ACTIVE";
}

/** All automatic discounts of a shop. They come while the shop is open: a world file holds none. */
export class DiscountStore {
  private readonly discounts = new Map<number, Discount>();
  private readonly uses = new Map<number, number>();
  private lastId = 0;

  /** Numbers are never given twice. */
  get nextId(): number {
    return this.lastId + 1;
  }

  get(id: number): Discount | undefined {
    return this.discounts.get(id);
  }

  /** Upwards by id. */
  all(): Discount[] {
    return [...this.discounts.values()].sort((a, b) => a.id - b.id);
  }

  active(now: string): Discount[] {
    return this.all().filter((discount) => statusOf(discount, now) === "ACTIVE");
  }

  save(discount: Discount): void {
    this.discounts.set(discount.id, discount);
    this.lastId = Math.max(this.lastId, discount.id);
  }

  /** An order was placed with it. */
  used(id: number): void {
    this.uses.set(id, this.usesOf(id) + 1);
  }

  usesOf(id: number): number {
    return this.uses.get(id) ?? 0;
  }

  delete(id: number): void {
    this.discounts.delete(id);
  }
}
