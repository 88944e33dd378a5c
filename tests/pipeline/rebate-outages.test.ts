import { describe, expect, test } from "vitest";
import { beginCall, confirmGiven, dismissRebate, intendAgain } from "#app/db/rebates/rebate-steps.server.ts";
import { REFUND_GIVE, STORE_CREDIT_GIVE, STORE_CREDIT_TAKE } from "#app/shopify/operations/rebates.ts";
import type { Ask } from "#app/shopify/gateway.server.ts";
import { NOW } from "#tests/local-shopify/test-shop.ts";
import { ledgerLines } from "#tests/setup/shop-rows.ts";
import { backOn, invoice, paidOn, rebateShops, TWO_TEN, type RebateShop } from "#tests/setup/rebate-shop.ts";

const { pool, open } = rebateShops();

const LATER = { now: () => new Date(NOW.getTime() + 180_000) };

const paidEarly = (): Promise<RebateShop> => open([invoice(1, { transactions: [paidOn(5)] })]);
const keyOf = ({ shop }: RebateShop) => ({ shopId: shop.id, orderId: 1n });
const calls = ({ shopify }: RebateShop, name: string): number => shopify.stats.get(name)?.calls ?? 0;

const creditByHand = (shop: RebateShop, amount: string) =>
  shop.graphql(`mutation { storeCreditAccountCredit(id: "gid://shopify/CompanyLocation/51",
    creditInput: { creditAmount: { amount: "${amount}", currencyCode: USD } }) { userErrors { message } } }`);

/** Asks as always, and ends the process when one operation has been carried out. */
const killedAfter = (ask: Ask, operation: string): Ask => {
  return async (asked, variables) => {
    const answer = await ask(asked, variables);
    if (asked === operation) throw new Error("killed");
    return answer;
  };
};

describe("Shopify's answer to a credit is lost", () => {
  test("the credit is found in the account, and not given twice", async () => {
    const shop = await paidEarly();
    shop.shopify.faults.loseAnswerOf("StoreCreditGive");
    expect(await shop.give()).toEqual({ afterMs: 120_000 });
    expect(await shop.rebate(1)).toBe("calling 60");
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60");
    expect(await shop.account()).toEqual(["0.6"]);
    expect(await shop.incentives(1)).toEqual(["2026-10-31 -60"]);
  });

  test("one that was credited by hand for another reason is not taken for it", async () => {
    const shop = await paidEarly();
    await creditByHand(shop, "0.61");
    shop.shopify.faults.failNext(1, 500);
    await shop.give();
    await shop.give(LATER);
    expect(await shop.rebate(1)).toBe("held/unclear 60");
    expect(await shop.account()).toEqual(["0.61"]);
  });

  test("two that might be it: a person has to look", async () => {
    const shop = await paidEarly();
    await creditByHand(shop, "0.60");
    shop.shopify.faults.loseAnswerOf("StoreCreditGive");
    await shop.give();
    await shop.give();
    expect(await shop.rebate(1)).toBe("held/unclear 60");
    expect(await shop.account()).toEqual(["0.6", "0.6"]);
  });

  test("an outage before it was carried out: asked once, waited for, then held", async () => {
    const shop = await paidEarly();
    shop.shopify.faults.failNext(1, 503);
    await shop.give();
    await shop.give();
    expect(await shop.rebate(1)).toBe("calling 60");
    expect(calls(shop, "StoreCreditGive")).toBe(0);
    await shop.give(LATER);
    await shop.give(LATER);
    await shop.work("catch_up");
    expect(await shop.rebate(1)).toBe("held/unclear 60");
    expect(await shop.account()).toEqual([]);
  });
});

describe("the process is killed", () => {
  test("between the intent and the call: the next one gives it", async () => {
    const shop = await paidEarly();
    const { rows } = await pool().query("SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'give_rebates'");
    expect(rows.length).toBeGreaterThan(0);
    await shop.give();
    expect(await shop.account()).toEqual(["0.6"]);
  });

  test("when it had begun to call and had not called: held, and the merchant has it given", async () => {
    const shop = await paidEarly();
    await beginCall(pool(), keyOf(shop), {
      amount: 60n,
      eligible: 3000n,
      ownerKind: "location",
      ownerId: 51n,
      now: NOW,
    });
    await shop.give(LATER);
    expect(await shop.rebate(1)).toBe("held/unclear 60");
    expect(await intendAgain(pool(), keyOf(shop), ["held"])).toBe(true);
    expect(await intendAgain(pool(), keyOf(shop), ["held"])).toBe(false);
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60");
    expect(await shop.account()).toEqual(["0.6"]);
  });

  test("when it had called and not written it down: the credit is found", async () => {
    const shop = await paidEarly();
    await expect(shop.give({ ask: killedAfter(shop.context.ask, STORE_CREDIT_GIVE) })).rejects.toThrow("killed");
    expect(await shop.rebate(1)).toBe("calling 60");
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60");
    expect(await shop.account()).toEqual(["0.6"]);
  });

  test("when it had taken back and not written it down: the debit is found", async () => {
    const shop = await paidEarly();
    await shop.give();
    shop.shopify.updateOrder(invoice(1, { transactions: [paidOn(5)], refunds: [backOn(20, 11)] }));
    await shop.hear(1);
    await expect(shop.give({ ask: killedAfter(shop.context.ask, STORE_CREDIT_TAKE) })).rejects.toThrow("killed");
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60 back 20/20");
    expect(await shop.account()).toEqual(["0.6", "-0.2"]);
  });
});

describe("a held one", () => {
  const held = async (): Promise<RebateShop> => {
    const shop = await paidEarly();
    shop.shopify.faults.failNext(1, 500);
    await shop.give();
    await shop.give(LATER);
    expect(await shop.rebate(1)).toBe("held/unclear 60");
    return shop;
  };

  test("is given when the merchant says so: booked, without asking Shopify", async () => {
    const shop = await held();
    expect(await confirmGiven(pool(), keyOf(shop), NOW)).toBe(true);
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60");
    expect(await shop.incentives(1)).toEqual(["2026-10-31 -60"]);
    expect(await shop.account()).toEqual([]);
  });

  test("that has shown up in the account meanwhile is not given again, whatever the merchant says", async () => {
    const shop = await held();
    await creditByHand(shop, "0.60");
    await intendAgain(pool(), keyOf(shop), ["held"]);
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60");
    expect(await shop.account()).toEqual(["0.6"]);
  });

  test("that is dismissed is never given", async () => {
    const shop = await held();
    expect(await dismissRebate(pool(), keyOf(shop))).toBe(true);
    await shop.hear(1);
    await shop.work("catch_up");
    await shop.give();
    expect(await shop.rebate(1)).toBe("dismissed/unclear 60");
    expect(await shop.account()).toEqual([]);
  });
});

test("what Shopify refuses is shown with its words, and asked for again only when the merchant says so", async () => {
  const shop = await paidEarly();
  await pool().query("UPDATE early_payment_rebate SET currency = 'EUR' WHERE shop_id = $1", [shop.shop.id]);
  await shop.give();
  expect(await shop.rebate(1)).toBe("refused 60");
  await shop.give();
  expect(calls(shop, "StoreCreditGive")).toBe(1);
});

test("store credit that nobody spends by its end comes back in the ledger", async () => {
  const plan = { parts: [{ ...TWO_TEN.parts[0], creditDays: 30 }] };
  let now = NOW;
  const shop = await open([invoice(1, { transactions: [paidOn(5)] })], plan, { now: () => now });
  await shop.give();
  now = new Date("2026-12-05T12:00:00Z");
  await shop.give({ now: () => now, ask: await shop.askAnew() });
  expect(await shop.incentives(1)).toEqual(["2026-10-31 -60", "2026-11-30 60"]);
});

describe("paid as a refund", () => {
  const REFUND = { parts: [{ ...TWO_TEN.parts[0], paidAs: "refund" }] };

  test("the refund is made once although its answer is lost, lowers what was taken, and does not take itself back", async () => {
    const shop = await open([invoice(1, { transactions: [paidOn(5)] })], REFUND);
    shop.shopify.faults.loseAnswerOf("RefundGive");
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60");
    expect(shop.shopify.world.ordersById.get(1)?.refunds).toHaveLength(1);
    await shop.hear(1);
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60");
    const lines = await ledgerLines(pool(), shop.shop.id, 1);
    expect(lines.filter((line) => /refund_adjustment|incentive/.test(line))).toEqual([
      "1 - refund_adjustment refund:1 2026-10-31 -60 actual",
    ]);
    await shop.work("reconcile");
    const { rows } = await pool().query("SELECT 1 FROM reconciliation_difference WHERE shop_id = $1", [shop.shop.id]);
    expect(rows).toEqual([]);
  });

  test("killed after the call: the same refund is asked for again, and is one", async () => {
    const shop = await open([invoice(1, { transactions: [paidOn(5)] })], REFUND);
    await expect(shop.give({ ask: killedAfter(shop.context.ask, REFUND_GIVE) })).rejects.toThrow("killed");
    await shop.hear(1);
    await shop.give();
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60");
    expect(shop.shopify.world.ordersById.get(1)?.refunds).toHaveLength(1);
  });

  test("what comes back later is owed: a refund cannot be taken back", async () => {
    const shop = await open([invoice(1, { transactions: [paidOn(5)] })], REFUND);
    await shop.give();
    const [paid, ...others] = shop.shopify.world.ordersById.get(1)?.transactions ?? [];
    const refunds = [...(shop.shopify.world.ordersById.get(1)?.refunds ?? []), backOn(30, 11)];
    shop.shopify.updateOrder(invoice(1, { transactions: [paid ?? paidOn(5), ...others], refunds }));
    await shop.hear(1);
    await shop.give();
    expect(await shop.rebate(1)).toBe("given 60 back 0/20 paid-as-refund");
  });
});
