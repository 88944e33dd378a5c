import { gidOf, idOf, type GidKind } from "#app/core/ids/gid.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { Ask } from "./gateway.server.ts";
import {
  DISCOUNT_CREATE,
  DISCOUNT_DELETE,
  DISCOUNT_UPDATE,
  METAFIELDS_DELETE,
  METAFIELDS_SET,
} from "./operations/plan.ts";

/** Shopify takes so many metafields at once. */
export const MOST_METAFIELDS = 25;

const NAMESPACE = "$app";

/** Whose metafields carry parts of a plan. */
const OWNERS = {
  product: { kind: "Product", key: "groups", type: "list.number_integer" },
  variant: { kind: "ProductVariant", key: "floor", type: "number_integer" },
  customer: { kind: "Customer", key: "standing", type: "json" },
  location: { kind: "CompanyLocation", key: "standing", type: "json" },
  discount: { kind: "DiscountAutomaticNode", key: "plan", type: "json" },
} as const satisfies Record<string, { kind: GidKind; key: string; type: string }>;

export type MetafieldOwner = keyof typeof OWNERS;

/** What a metafield of an owner is to hold; null: nothing, it goes. */
export interface MetafieldChange {
  readonly owner: MetafieldOwner;
  readonly id: bigint;
  readonly value: string | null;
}

const identify = ({ owner, id }: Pick<MetafieldChange, "owner" | "id">) => {
  const { kind, key } = OWNERS[owner];
  return { ownerId: gidOf(kind, id), namespace: NAMESPACE, key };
};

/** Shopify's words for an owner that is not there any more. */
const isGone = (message: string): boolean => /(does|did|do) not exist|(could not|cannot) be found/i.test(message);

/** Which of the metafields an error is about: it is told as a number, or within the path ["metafields", "3", "ownerId"]. */
const placeOf = ({ elementIndex, field }: { elementIndex?: number | null; field?: readonly string[] | null }): number =>
  elementIndex ?? Number(field?.[1] ?? NaN);

const setAll = async (ask: Ask, changes: readonly MetafieldChange[]): Promise<void> => {
  if (changes.length === 0) return;
  const metafields = changes.map(({ value, ...one }) => ({
    ...identify(one),
    type: OWNERS[one.owner].type,
    value: value ?? "",
  }));
  const { metafieldsSet: payload } = await ask(METAFIELDS_SET, { metafields });
  const errors = payload?.userErrors ?? [];
  const [error] = errors;
  if (!error) {
    const written = payload?.metafields?.length ?? 0;
    // Read back: what Shopify says it holds is what was to be written.
    if (written !== changes.length)
      throw new ShopifyError("refused", `${written} of ${changes.length} metafields written`);
    return;
  }
  // All or none was written. Owners that were deleted meanwhile are left out, the others are written without them.
  const gone = new Set(errors.filter(({ message }) => isGone(message)).map(placeOf));
  const left = changes.filter((_, index) => !gone.has(index));
  if (gone.size === 0 || left.length === changes.length) throw new ShopifyError("refused", error.message);
  await setAll(ask, left);
};

/**
 * Writes and deletes metafields, as many at once as Shopify takes at most. Can be repeated.
 *
 * @throws ShopifyError
 */
export const changeMetafields = async (ask: Ask, changes: readonly MetafieldChange[]): Promise<void> => {
  await setAll(
    ask,
    changes.filter(({ value }) => value !== null),
  );
  const removed = changes.filter(({ value }) => value === null);
  if (removed.length === 0) return;
  const { metafieldsDelete: payload } = await ask(METAFIELDS_DELETE, { metafields: removed.map(identify) });
  const [error] = payload?.userErrors ?? [];
  if (!error) return;
  if (!isGone(error.message)) throw new ShopifyError("refused", error.message);
  // Of one owner that is gone nothing is left; the others are done without it.
  if (removed.length > 1) for (const one of removed) await changeMetafields(ask, [one]);
};

/** What an automatic discount of the app's is to be. */
export interface DiscountToWrite {
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly appliesOnSubscription: boolean;
  readonly combinesWith: {
    readonly orderDiscounts: boolean;
    readonly productDiscounts: boolean;
    readonly shippingDiscounts: boolean;
  };
}

/** By the handle in the extension's toml. */
const FUNCTION_HANDLE = "pareto-discount";

const inputOf = ({ startsAt, endsAt, combinesWith, ...discount }: DiscountToWrite) => ({
  ...discount,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt?.toISOString() ?? null,
  combinesWith: { ...combinesWith },
  // An order discount would be worked out after every other app's and could not be held above a floor.
  discountClasses: ["PRODUCT" as const],
  context: { all: "ALL" as const },
  ...(discount.appliesOnSubscription ? { recurringCycleLimit: 0 } : {}),
});

/** @returns the new discount's number */
export const createDiscount = async (ask: Ask, discount: DiscountToWrite): Promise<bigint> => {
  const input = { ...inputOf(discount), functionHandle: FUNCTION_HANDLE };
  const { discountAutomaticAppCreate: created } = await ask(DISCOUNT_CREATE, { discount: input });
  const [error] = created?.userErrors ?? [];
  if (error || !created?.automaticAppDiscount) throw new ShopifyError("refused", error?.message ?? "No discount");
  return idOf(created.automaticAppDiscount.discountId, "DiscountAutomaticNode");
};

/** @returns whether it is there still */
export const updateDiscount = async (ask: Ask, id: bigint, discount: DiscountToWrite): Promise<boolean> => {
  const gid = gidOf("DiscountAutomaticNode", id);
  const { discountAutomaticAppUpdate: updated } = await ask(DISCOUNT_UPDATE, { id: gid, discount: inputOf(discount) });
  const [error] = updated?.userErrors ?? [];
  if (error && !isGone(error.message)) throw new ShopifyError("refused", error.message);
  return error === undefined;
};

/** Deletes the discount; one that is there no more is deleted already. */
export const deleteDiscount = async (ask: Ask, id: bigint): Promise<void> => {
  const { discountAutomaticDelete: deleted } = await ask(DISCOUNT_DELETE, { id: gidOf("DiscountAutomaticNode", id) });
  const [error] = deleted?.userErrors ?? [];
  if (error && !isGone(error.message)) throw new ShopifyError("refused", error.message);
};
