import type { Order } from "../orders/order.ts";

/** Why an order is not replayed, in the order in which it is looked for. */
export const OUTSIDE = [
  "test",
  "cancelled",
  /** What happened to it after it was placed has not been read. */
  "not-read",
  /** What was bought is no longer what the checkout priced. */
  "edited",
  /** Prices of drafts and at the till are the staff's. */
  "draft",
  "point-of-sale",
  /** Nothing in it is a variant of the catalog. */
  "custom-lines",
] as const;

export type Outside = (typeof OUTSIDE)[number];

const DRAFT_SOURCES: ReadonlySet<string> = new Set(["shopify_draft_order", "draft_order"]);

const isEdited = ({ changes }: Order): boolean =>
  changes !== null && (changes.added.size > 0 || changes.removals.some(({ event }) => event.type === "edit"));

const HOLDS: Readonly<Record<Outside, (order: Order) => boolean>> = {
  test: ({ test }) => test,
  cancelled: ({ cancelledAt }) => cancelledAt !== null,
  "not-read": ({ changes }) => changes === null,
  edited: isEdited,
  draft: ({ origin }) => origin.source !== null && DRAFT_SOURCES.has(origin.source),
  "point-of-sale": ({ origin }) => origin.source === "pos",
  "custom-lines": ({ lines }) => lines.every(({ variantId }) => variantId === null),
};

/** Why an order is outside a back-test; null: it is replayed. */
export const outsideOf = (order: Order): Outside | null => OUTSIDE.find((why) => HOLDS[why](order)) ?? null;
