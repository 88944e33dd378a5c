import type { CostRuleJson } from "#app/core/costs/rule-json.ts";
import { catalog, order, shopObject } from "#tests/local-shopify/test-shop.ts";
import type { WorldObject } from "#tests/local-shopify/world/world.ts";

type Of<T extends WorldObject["type"]> = Extract<WorldObject, { type: T }>;
export type OrderInput = Of<"order">;
type RefundInput = NonNullable<OrderInput["refunds"]>[number];
type TransactionInput = NonNullable<OrderInput["transactions"]>[number];

/** An order whose ledger was worked out by hand. */
export interface ByHand {
  readonly name: string;
  readonly order: OrderInput;
  /** "line kind day amount", in minor units; ` unknown` after what nobody gave. In any order. */
  readonly ledger: readonly string[];
  /** Left out: it counts towards profit. */
  readonly counts?: false;
}

/** A shop of such orders. */
export interface HandShop {
  readonly shop: Of<"shop">;
  readonly rules?: readonly CostRuleJson[];
  /** Unit costs from a file: variant, the day from which it holds, minor units. */
  readonly importedCosts?: readonly (readonly [variant: bigint, from: string, amount: bigint])[];
  readonly orders: readonly ByHand[];
}

export const usd = shopObject;

export const PAID_AT = "2026-10-01T10:00:00Z";
/** In New York it is still the fourth. */
export const FOURTH = "2026-10-05T02:00:00Z";
export const SIXTH = "2026-10-06T12:00:00Z";
export const noon = (day: number): string => `2026-10-${String(day).padStart(2, "0")}T12:00:00Z`;

/** A mug at 10.00 that cost 4.20 (300 g), a cap without a cost, a poster that cost 0.00, a gift card, a kettle that cost 7.35 (2 kg). */
export const goods: readonly WorldObject[] = [
  ...catalog,
  ...(
    [
      [3, "Poster", 31, "0.00", 0],
      [4, "Gift card", 41, null, 0],
      [5, "Kettle", 51, "7.35", 2000],
    ] as const
  ).map(([id, title, variantId, unitCost, weightGrams]): WorldObject => ({
    type: "product",
    id,
    title,
    giftCard: title === "Gift card",
    createdAt: "2025-01-01T00:00:00Z",
    variants: [{ id: variantId, sku: null, title, price: "1.00", unitCost, weightGrams }],
  })),
];

export const MUG = 11;
export const CAP = 21;
export const POSTER = 31;
export const CARD = 41;
export const KETTLE = 51;

/** A line's place on the order, and what is not as for one mug at 10.00. */
export const item = (
  id: number,
  quantity: number,
  unitPrice: string,
  changes: Partial<OrderInput["lines"][number]> = {},
): OrderInput["lines"][number] => ({
  id,
  variantId: MUG,
  title: "Mug",
  quantity,
  unitPrice,
  discount: "0",
  tax: "0",
  giftCard: false,
  ...changes,
});

export const bought = (id: number, changes: Partial<OrderInput>): OrderInput =>
  order(id, { orderDiscount: "0", shipping: { price: "0", discount: "0", tax: "0" }, tip: "0", ...changes });

export const moved = (
  kind: TransactionInput["kind"],
  amount: string,
  changes: Partial<TransactionInput> = {},
): TransactionInput => ({
  kind,
  gateway: "shopify_payments",
  amount,
  processedAt: PAID_AT,
  fee: null,
  ...changes,
});

export const refunded = (id: number, createdAt: string, changes: Partial<RefundInput>): RefundInput => ({
  id,
  createdAt,
  lines: [],
  shipping: "0",
  adjustment: "0",
  ...changes,
});

type RefundedLine = RefundInput["lines"][number];

/** Units of a line that come back; put back on the shelf and without tax, unless it is said. */
export const back = (
  lineId: number,
  quantity: number,
  amount: string,
  { tax = "0", restockType = "RETURN" }: Partial<Pick<RefundedLine, "tax" | "restockType">> = {},
): RefundedLine => ({ lineId, quantity, restockType, amount, tax });
