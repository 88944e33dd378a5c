import { describe, expect, test } from "vitest";
import { generateWorld } from "./generator.ts";
import { parseWorld, type World, type WorldOrder, type WorldTransaction } from "./world.ts";

const NOW = new Date("2026-06-01T12:00:00Z");

const worldOf = (mix: "plain" | "everything", options: { currency: string; taxesIncluded: boolean }): World => {
  const objects = [...generateWorld({ seed: 11, customers: 1500, orders: 5000, now: NOW, mix, ...options })];
  return parseWorld(
    objects.map((object) => JSON.stringify(object)),
    { now: NOW },
  );
};

type Case = (order: WorldOrder, world: World) => boolean;

const paid = ({ kind, status }: WorldTransaction) => status === "SUCCESS" && (kind === "SALE" || kind === "CAPTURE");
const some =
  (what: (transaction: WorldTransaction) => boolean): Case =>
  (order) =>
    order.transactions.some(what);
const disputed =
  (status: string): Case =>
  (order) =>
    order.disputes.some((dispute) => dispute.status === status);
const keeps =
  (kind: string): Case =>
  (order) =>
    order.refunds.some(({ fees }) => fees?.some((fee) => fee.kind === kind));
const isForeign: Case = (order, world) => order.presentmentCurrency !== world.shop.currency;
const isExchange: Case = ({ refunds, edits }) =>
  refunds.some(({ returnedAt, createdAt }) => returnedAt !== undefined && edits.some(({ at }) => at === createdAt));

const CASES: readonly (readonly [string, Case])[] = [
  ["edits that add", ({ edits }) => edits.some(({ add }) => add.length > 0)],
  ["edits that remove", ({ edits }) => edits.some(({ remove }) => remove.length > 0)],
  ["edited orders of which something came back", (order) => order.edits.length > 0 && order.refunds.length > 0],
  ["exchanges", isExchange],
  ["returns opened before their refund", ({ refunds }) => refunds.some(({ returnedAt }) => returnedAt !== undefined)],
  ["restocking fees", keeps("RESTOCKING")],
  ["fees for shipping back", keeps("RETURN_SHIPPING")],
  ["duties", ({ lines }) => lines.some(({ duties }) => duties !== undefined)],
  ["duties given back", ({ refunds }) => refunds.some(({ duties }) => duties !== undefined)],
  ["additional fees", ({ additionalFees }) => additionalFees !== undefined],
  ["several shipping lines", ({ shippingLines }) => shippingLines !== undefined],
  ["tips", ({ tip }) => Number(tip) > 0],
  ["gift cards sold", ({ lines }) => lines.some(({ giftCard }) => giftCard)],
  ["deleted products", ({ lines }) => lines.some(({ deleted }) => deleted)],
  ["custom lines", ({ lines }) => lines.some(({ variantId, deleted }) => variantId === null && !deleted)],
  ["taxes told apart", ({ lines }) => lines.some(({ taxes }) => taxes !== undefined)],
  ["amounts with tax where the shop's have none, or the other way", (order) => order.taxesIncluded !== undefined],
  ["test orders", (order) => order.test],
  ["orders at the counter", ({ source }) => source === "pos"],
  ["draft orders", ({ source }) => source === "draft"],
  ["orders in another currency", isForeign],
  ["orders on terms", ({ terms }) => terms !== null],
  ["orders never paid", ({ transactions, cancelledAt }) => transactions.length === 0 && cancelledAt === null],
  ["orders cancelled unpaid", (order) => order.cancelledAt !== null && !order.transactions.some(paid)],
  ["orders cancelled and paid", (order) => order.cancelledAt !== null && order.transactions.some(paid)],
  ["authorizations given up", some(({ kind }) => kind === "VOID")],
  ["captures", some(({ kind }) => kind === "CAPTURE")],
  ["payments that failed", some(({ status }) => status === "FAILURE")],
  ["gift cards spent", some(({ gateway }) => gateway === "gift_card")],
  ["store credit spent", some(({ gateway }) => gateway === "store_credit")],
  ["cash rounded", some(({ rounding }) => rounding !== undefined)],
  ["settlements in another currency", some(({ settlement }) => settlement !== undefined)],
  ["exchange adjustments", some(({ exchangeAdjustment }) => exchangeAdjustment !== undefined)],
  ...["ACCEPTED", "LOST", "NEEDS_RESPONSE", "PREVENTED", "UNDER_REVIEW", "WON"].map(
    (status) => [`disputes ${status}`, disputed(status)] as const,
  ),
];

describe.each([
  { currency: "USD", taxesIncluded: false },
  { currency: "JPY", taxesIncluded: true },
  { currency: "KWD", taxesIncluded: false },
])("a world of everything in $currency", (options) => {
  const world = worldOf("everything", options);

  test.each(CASES)("has %s in one order of fifty at least", (_name, is) => {
    const share = world.orders.filter((order) => is(order, world)).length / world.orders.length;
    // A little less than the share that is aimed at: a seed may be unlucky.
    expect(share).toBeGreaterThan(0.016);
  });

  test("has costs that changed over time", () => {
    const changed = [...world.variants.values()].filter(({ variant }) => variant.costChanges.length > 0);
    expect(changed.length).toBeGreaterThan(world.variants.size / 4);
  });
});

test("a plain world has no edits, exchanges, fees, duties nor disputes, and costs that stay", () => {
  const world = worldOf("plain", { currency: "USD", taxesIncluded: false });
  const special = world.orders.filter(
    ({ edits, disputes, additionalFees, refunds, lines }) =>
      edits.length + disputes.length > 0 ||
      additionalFees !== undefined ||
      refunds.some(({ returnedAt }) => returnedAt !== undefined) ||
      lines.some(({ duties }) => duties !== undefined),
  );
  expect(special).toEqual([]);
  expect([...world.variants.values()].filter(({ variant }) => variant.costChanges.length > 0)).toEqual([]);
});
