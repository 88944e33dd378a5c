import type { AppDiscount, Discount, NativeDiscount } from "../discounts/discount.ts";
import { statusOf } from "../discounts/discount.ts";
import type { FunctionExtension } from "../functions/extensions.ts";
import { DISCOUNT_API, PAYMENT_API } from "../functions/function-schema.ts";
import type { Sequence } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource, type Resolver } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { metafieldFields } from "./metafield-fields.ts";
import { objectSequence } from "./object-list.ts";
import { isoSeconds } from "./shop-store.ts";

/** A discount as the node that Shopify's lists hold. */
export class DiscountNodeSource extends GraphSource {
  readonly typename: "DiscountNode" | "DiscountAutomaticNode";
  readonly discount: Discount;

  constructor(discount: Discount, typename: DiscountNodeSource["typename"]) {
    super();
    this.discount = discount;
    this.typename = typename;
  }
}

export class AppDiscountSource extends GraphSource {
  readonly typename = "DiscountAutomaticApp";
  readonly discount: AppDiscount;

  constructor(discount: AppDiscount) {
    super();
    this.discount = discount;
  }
}

class NativeDiscountSource extends GraphSource {
  readonly typename = "DiscountAutomaticBasic";
  readonly discount: NativeDiscount;

  constructor(discount: NativeDiscount) {
    super();
    this.discount = discount;
  }
}

class CombinesWithSource extends GraphSource {
  readonly typename = "DiscountCombinesWith";
  readonly combinesWith: Discount["combinesWith"];

  constructor(combinesWith: Discount["combinesWith"]) {
    super();
    this.combinesWith = combinesWith;
  }
}

export class FunctionSource extends GraphSource {
  readonly typename: "AppDiscountType" | "ShopifyFunction";
  readonly extension: FunctionExtension;
  readonly discount: AppDiscount | null;

  constructor(extension: FunctionExtension, typename: FunctionSource["typename"], discount: AppDiscount | null) {
    super();
    this.extension = extension;
    this.typename = typename;
    this.discount = discount;
  }
}

class NativeValueSource extends GraphSource {
  readonly typename: "DiscountCustomerGets" | "DiscountPercentage" | "AllDiscountItems" | "DiscountCollections";
  readonly discount: NativeDiscount;

  constructor(discount: NativeDiscount, typename: NativeValueSource["typename"]) {
    super();
    this.discount = discount;
    this.typename = typename;
  }
}

class EveryBuyerSource extends GraphSource {
  readonly typename = "DiscountBuyerSelectionAll";
}

/** What every automatic discount answers. */
function commonFields<S extends GraphSource & { readonly discount: Discount }>(): Record<string, Resolver<S>> {
  return {
    title: ({ discount }) => discount.title,
    status: ({ discount }, _args, { now }) => statusOf(discount, isoSeconds(now)),
    startsAt: ({ discount }) => discount.startsAt,
    endsAt: ({ discount }) => discount.endsAt,
    createdAt: ({ discount }) => discount.createdAt,
    updatedAt: ({ discount }) => discount.updatedAt,
    discountClasses: ({ discount }) => discount.classes,
    combinesWith: ({ discount }) => new CombinesWithSource(discount.combinesWith),
    context: () => new EveryBuyerSource(),
    tags: () => [],
    asyncUsageCount: ({ discount }, _args, { store }) => store.discounts.usesOf(discount.id),
  };
}

const nodeId = ({ discount }: { readonly discount: Discount }) => gid("DiscountAutomaticNode", discount.id);
const functionFields: Record<string, Resolver<FunctionSource>> = {
  title: ({ extension }) => extension.title,
  description: ({ extension }) => extension.description,
  appKey: (_source, _args, { apiKey }) => apiKey,
};

export const discountTypes = [
  defineType("DiscountNode", DiscountNodeSource, {
    id: nodeId,
    discount: ({ discount }) => discountSource(discount),
    ...metafieldFields<DiscountNodeSource>(nodeId),
  }),
  defineType("DiscountAutomaticNode", DiscountNodeSource, {
    id: nodeId,
    automaticDiscount: ({ discount }) => discountSource(discount),
    ...metafieldFields<DiscountNodeSource>(nodeId),
  }),
  defineType("DiscountAutomaticApp", AppDiscountSource, {
    ...commonFields<AppDiscountSource>(),
    discountId: nodeId,
    appliesOnOneTimePurchase: ({ discount }) => discount.appliesOnOneTimePurchase,
    appliesOnSubscription: ({ discount }) => discount.appliesOnSubscription,
    recurringCycleLimit: ({ discount }) => discount.recurringCycleLimit,
    appDiscountType: ({ discount }, _args, { extensions }) => {
      const extension = extensions.find(({ handle }) => handle === discount.functionHandle);
      if (!extension) throw new NotInLocalShopify(`a discount whose Function ${discount.functionHandle} is gone`);
      return new FunctionSource(extension, "AppDiscountType", discount);
    },
    // Nothing is kept of failed runs: a checkout says what failed.
    errorHistory: () => null,
  }),
  defineType("DiscountAutomaticBasic", NativeDiscountSource, {
    ...commonFields<NativeDiscountSource>(),
    recurringCycleLimit: () => 0,
    minimumRequirement: () => null,
    customerGets: ({ discount }) => new NativeValueSource(discount, "DiscountCustomerGets"),
  }),
  defineType("DiscountCombinesWith", CombinesWithSource, {
    productDiscounts: ({ combinesWith }) => combinesWith.productDiscounts,
    orderDiscounts: ({ combinesWith }) => combinesWith.orderDiscounts,
    shippingDiscounts: ({ combinesWith }) => combinesWith.shippingDiscounts,
    productDiscountsWithTagsOnSameCartLine: () => null,
  }),
  defineType("DiscountBuyerSelectionAll", EveryBuyerSource, { all: () => "ALL" }),
  defineType("AppDiscountType", FunctionSource, {
    ...functionFields,
    functionId: ({ extension }) => extension.id,
    discountClasses: ({ discount }) => discount?.classes ?? [],
  }),
  defineType("ShopifyFunction", FunctionSource, {
    ...functionFields,
    id: ({ extension }) => extension.id,
    handle: ({ extension }) => extension.handle,
    apiVersion: ({ extension }) => extension.apiVersion,
    apiType: ({ extension }) => apiTypeOf(extension),
    useCreationUi: ({ extension }) => extension.uiPaths.create !== null,
  }),
  defineType("DiscountCustomerGets", NativeValueSource, {
    appliesOnOneTimePurchase: () => true,
    appliesOnSubscription: () => false,
    value: ({ discount }) => new NativeValueSource(discount, "DiscountPercentage"),
    // An order discount is off everything; a product discount names collections, be it the one of all products.
    items: ({ discount }) =>
      new NativeValueSource(discount, discount.classes.includes("ORDER") ? "AllDiscountItems" : "DiscountCollections"),
  }),
  defineType("DiscountPercentage", NativeValueSource, {
    percentage: ({ discount }) => Number(discount.percent) / 100,
  }),
  defineType("AllDiscountItems", NativeValueSource, { allItems: () => true }),
];

function discountSource(discount: Discount): GraphSource {
  return discount.kind === "app" ? new AppDiscountSource(discount) : new NativeDiscountSource(discount);
}

/** A Function is for payments, or else for discounts. */
function apiTypeOf({ targets }: FunctionExtension): string {
  const isPayment = targets.some(({ target }) => target === PAYMENT_API.target);
  return (isPayment ? PAYMENT_API : DISCOUNT_API).apiType;
}

/** The app's Functions; `apiType` may ask for one kind. */
export function functionSequence(args: Args, { extensions }: AdminContext): Sequence<FunctionExtension> {
  if (typeof args["useCreationUi"] === "boolean") throw new NotInLocalShopify("Functions by useCreationUi");
  const apiType = args["apiType"];
  const isAsked = (extension: FunctionExtension) => apiTypeOf(extension) === apiType;
  const items = apiType === undefined || apiType === null ? extensions : extensions.filter(isAsked);
  return {
    items,
    key: (_item, index) => ({ value: index, id: index }),
    source: (extension) => new FunctionSource(extension, "ShopifyFunction", null),
  };
}

/** The shop's discounts; all of them are automatic. */
export function discountSequence(
  args: Args,
  { store, now }: AdminContext,
  typename: DiscountNodeSource["typename"],
): Sequence<Discount> {
  const nowText = isoSeconds(now);
  return objectSequence(args, {
    what: "discounts",
    all: store.discounts.all(),
    id: ({ id }) => id,
    search: {
      instants: {
        created_at: ({ createdAt }) => createdAt,
        updated_at: ({ updatedAt }) => updatedAt,
        starts_at: ({ startsAt }) => startsAt,
      },
      ids: { id: ({ id }) => id },
      texts: {
        title: ({ title }) => title,
        status: (discount) => statusOf(discount, nowText),
        method: () => "automatic",
        discount_class: ({ classes }) => classes,
        discount_type: ({ kind }) => (kind === "app" ? "app" : "percentage"),
      },
    },
    sortKeys: {
      CREATED_AT: ({ createdAt }) => createdAt,
      UPDATED_AT: ({ updatedAt }) => updatedAt,
      STARTS_AT: ({ startsAt }) => startsAt,
      TITLE: ({ title }) => title,
    },
    source: (discount) => new DiscountNodeSource(discount, typename),
  });
}
