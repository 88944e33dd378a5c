import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { catalog, NOW, order, shopObject, TestShop, WebhookReceiver, worldOf } from "../test-shop.ts";

const TOPICS = ["orders/updated", "refunds/create", "order_transactions/create"];
const SCOPES = ["write_orders", "read_customers", "read_products"];

const sale = (amount: string) =>
  ({ kind: "SALE", gateway: "manual", amount, processedAt: "2026-10-05T10:00:00Z", fee: null }) as const;
const world = () =>
  worldOf(shopObject, ...catalog, order(1, { transactions: [sale("20.00"), sale("10.00")] }), order(2));

let shop: TestShop;
let receiver: WebhookReceiver;

const open = async (grantedScopes: readonly string[] = SCOPES): Promise<void> => {
  receiver = await new WebhookReceiver().open();
  const options = { grantedScopes: [...grantedScopes], appUrl: receiver.url, now: () => NOW, webhookSpeed: 100 };
  shop = await TestShop.open(world(), options, TOPICS);
};

beforeEach(() => open());
afterEach(async () => {
  receiver.close();
  await shop.stop();
});

interface Refunded {
  refundCreate: {
    refund: { id: string; totalRefundedSet: { shopMoney: { amount: string } } } | null;
    userErrors: { field: string[]; message: string }[];
  };
}

const part = (amount: string, changes: Record<string, unknown> = {}) => ({
  orderId: "gid://shopify/Order/1",
  parentId: "gid://shopify/OrderTransaction/1000",
  gateway: "manual",
  kind: "REFUND",
  amount,
  ...changes,
});

const FIELDS = "{ refund { id totalRefundedSet { shopMoney { amount } } } userErrors { field message } }";

const refund = (key: string | null, transactions: unknown[], input: Record<string, unknown> = {}) => {
  const declared = key === null ? "($input: RefundInput!)" : "($input: RefundInput!, $key: String!)";
  const directive = key === null ? "" : " @idempotent(key: $key)";
  return shop.graphql<Refunded>(`mutation ${declared} { refundCreate(input: $input)${directive} ${FIELDS} }`, {
    input: { orderId: "gid://shopify/Order/1", transactions, ...input },
    ...(key === null ? {} : { key }),
  });
};

describe("a refund of money", () => {
  test("is made, and told of", async () => {
    const { data } = await refund("a", [part("0.60")]);
    expect(data?.refundCreate).toEqual({
      refund: { id: "gid://shopify/Refund/1", totalRefundedSet: { shopMoney: { amount: "0.6" } } },
      userErrors: [],
    });
    expect(shop.shopify.world.ordersById.get(1)?.transactions.at(-1)).toMatchObject({ kind: "REFUND", amount: "0.60" });
    await shop.shopify.webhooks.settled();
    expect(receiver.topics.toSorted()).toEqual(["order_transactions/create", "orders/updated", "refunds/create"]);
  });

  test("asked for again with its key is the same one, also after a restart", async () => {
    const first = await refund("a", [part("0.60")]);
    expect((await refund("a", [part("0.60")])).data).toEqual(first.data);
    await shop.restart(world());
    expect((await refund("a", [part("0.60")])).data).toEqual(first.data);
    expect(shop.shopify.world.ordersById.get(1)?.refunds).toHaveLength(1);
  });

  test("with a key that was used for another one, or without a key, is an error", async () => {
    await refund("a", [part("0.60")]);
    const other = await refund("a", [part("0.61")]);
    expect(other.errors?.[0]?.extensions?.["code"]).toBe("IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
    expect((await refund(null, [part("0.60")])).errors?.[0]?.message).toContain("@idempotent directive is required");
    expect((await refund(" ", [part("0.60")])).errors).toHaveLength(1);
  });

  test("of more than was paid, or to what was no payment, is refused", async () => {
    const messageOf = async (transactions: unknown[]) =>
      (await refund(crypto.randomUUID(), transactions)).data?.refundCreate.userErrors[0]?.message;
    expect(await messageOf([part("20.01")])).toBe("Refund amount is greater than the payment");
    expect(await messageOf([part("20.00"), part("20.00")])).toBe("Refund amount is greater than what is refundable");
    expect(await messageOf([part("1.00", { gateway: "cash" })])).toBe("Gateway is another one");
    expect(await messageOf([part("1.00", { kind: "SALE" })])).toBe("Kind must be REFUND");
    expect(await messageOf([part("0.00")])).toBe("Amount must be greater than 0");
    expect(await messageOf([part("1.00", { parentId: "gid://shopify/OrderTransaction/2000" })])).toBe(
      "Parent transaction cannot be refunded",
    );
    expect(await messageOf([])).toBe("Refund must have line items or transactions");
    expect(shop.shopify.world.ordersById.get(1)?.refunds).toEqual([]);
  });

  test("needs write_orders", async () => {
    await shop.stop();
    receiver.close();
    await open(["read_orders", "read_customers", "read_products"]);
    expect((await refund("a", [part("0.60")])).errors?.[0]?.extensions?.["code"]).toBe("ACCESS_DENIED");
  });

  test("with lines, which the local Shopify does not make, is refused by name", async () => {
    const refundLineItems = [{ lineItemId: "gid://shopify/LineItem/11", quantity: 1 }];
    const { errors } = await refund("a", [part("0.60")], { refundLineItems });
    expect(errors?.[0]?.message).toBe("not in the local Shopify: refundCreate with refundLineItems");
  });
});
