import { afterEach, describe, expect, test } from "vitest";
import { catalog, NOW, shopObject, TestShop, worldOf } from "../test-shop.ts";

const SCOPES = [
  "read_customers",
  "read_companies",
  "read_store_credit_accounts",
  "read_store_credit_account_transactions",
  "write_store_credit_account_transactions",
];

let shop: TestShop;
let now = NOW;
const world = () => worldOf(shopObject, ...catalog);

const open = async (grantedScopes: readonly string[] = SCOPES): Promise<void> => {
  now = NOW;
  shop = await TestShop.open(world(), { grantedScopes: [...grantedScopes], now: () => now });
};
afterEach(() => shop.stop());

interface Payload {
  storeCreditAccountTransaction: { id: string; balanceAfterTransaction: { amount: string } } | null;
  userErrors: { code: string; field: string[] }[];
}

const credit = async (id: string, amount: string, input: Record<string, unknown> = {}) => {
  const { data, errors } = await shop.graphql<{ storeCreditAccountCredit: Payload }>(
    `mutation ($id: ID!, $input: StoreCreditAccountCreditInput!) { storeCreditAccountCredit(id: $id, creditInput: $input) {
      storeCreditAccountTransaction { id balanceAfterTransaction { amount } } userErrors { code field } } }`,
    { id, input: { creditAmount: { amount, currencyCode: "USD" }, ...input } },
  );
  return { ...data?.storeCreditAccountCredit, error: errors?.[0]?.extensions?.["code"] };
};

const debit = async (id: string, amount: string, currencyCode = "USD") => {
  const { data } = await shop.graphql<{ storeCreditAccountDebit: Payload }>(
    `mutation ($id: ID!, $input: StoreCreditAccountDebitInput!) { storeCreditAccountDebit(id: $id, debitInput: $input) {
      storeCreditAccountTransaction { id balanceAfterTransaction { amount } } userErrors { code field } } }`,
    { id, input: { debitAmount: { amount, currencyCode } } },
  );
  return data?.storeCreditAccountDebit;
};

const ANN = "gid://shopify/Customer/1";
const HQ = "gid://shopify/CompanyLocation/51";

interface Node {
  __typename: string;
  amount: { amount: string };
  createdAt: string;
  balanceAfterTransaction: { amount: string };
  remainingAmount?: { amount: string };
}

/** An owner's transactions in short, oldest first: "Credit 5.0 left 2.0 = 5.0". */
const transactions = async (id: string): Promise<string[]> => {
  const { data, errors } = await shop.graphql<{
    node: { storeCreditAccounts: { nodes: { transactions: { nodes: Node[] } }[] } };
  }>(
    `query ($id: ID!) { node(id: $id) { ... on HasStoreCreditAccounts { storeCreditAccounts(first: 5) { nodes {
      id balance { amount currencyCode } transactions(first: 20) { nodes { __typename createdAt amount { amount }
        balanceAfterTransaction { amount } ... on StoreCreditAccountCreditTransaction { remainingAmount { amount } } } } } } } } }`,
    { id },
  );
  if (errors) throw new Error(errors[0]?.message);
  const accounts = data?.node.storeCreditAccounts.nodes ?? [];
  return accounts.flatMap((account) =>
    account.transactions.nodes.map((node) => {
      const kind = node.__typename.replace(/^StoreCreditAccount|Transaction$/g, "");
      const left = node.remainingAmount ? ` left ${node.remainingAmount.amount}` : "";
      return `${kind} ${node.amount.amount}${left} = ${node.balanceAfterTransaction.amount}`;
    }),
  );
};

describe("store credit", () => {
  test("is credited to a customer or a company's location, as often as it is asked for", async () => {
    await open();
    await credit(ANN, "5.00");
    await credit(ANN, "5.00");
    await credit(HQ, "7.00");
    expect(await transactions(ANN)).toEqual(["Credit 5.0 left 5.0 = 5.0", "Credit 5.0 left 5.0 = 10.0"]);
    expect(await transactions(HQ)).toEqual(["Credit 7.0 left 7.0 = 7.0"]);
  });

  test("is debited from what ends soonest, and what ends unused expires", async () => {
    await open();
    await credit(ANN, "5.00");
    await credit(ANN, "4.00", { expiresAt: "2026-10-31T12:30:00Z" });
    await debit(ANN, "3.00");
    expect(await transactions(ANN)).toEqual([
      "Credit 5.0 left 5.0 = 5.0",
      "Credit 4.0 left 1.0 = 9.0",
      "Debit -3.0 = 6.0",
    ]);
    now = new Date("2026-10-31T12:45:00Z");
    expect(await transactions(ANN)).toEqual([
      "Credit 5.0 left 5.0 = 5.0",
      "Credit 4.0 left 0.0 = 9.0",
      "Debit -3.0 = 6.0",
      "Expiration -1.0 = 5.0",
    ]);
  });

  test("is refused with the schema's codes", async () => {
    await open();
    const codeOf = (answer: { userErrors?: { code: string }[] } | undefined) => answer?.userErrors?.[0]?.code;
    expect(codeOf(await credit("gid://shopify/Customer/99", "1.00"))).toBe("OWNER_NOT_FOUND");
    expect(codeOf(await credit("gid://shopify/StoreCreditAccount/99", "1.00"))).toBe("ACCOUNT_NOT_FOUND");
    expect(codeOf(await credit(ANN, "0.00"))).toBe("NEGATIVE_OR_ZERO_AMOUNT");
    expect(codeOf(await credit(ANN, "1.00", { expiresAt: "2026-10-31T11:00:00Z" }))).toBe("EXPIRES_AT_IN_PAST");
    const euros = { creditAmount: { amount: "1.00", currencyCode: "EUR" } };
    expect(codeOf(await credit(ANN, "1.00", euros))).toBe("UNSUPPORTED_CURRENCY");
    await credit(ANN, "1.00");
    expect(codeOf(await credit("gid://shopify/StoreCreditAccount/1", "1.00", euros))).toBe("MISMATCHING_CURRENCY");
    expect(codeOf(await debit(ANN, "1.01"))).toBe("INSUFFICIENT_FUNDS");
    expect(codeOf(await debit("gid://shopify/StoreCreditAccount/1", "1.00", "EUR"))).toBe("MISMATCHING_CURRENCY");
    expect(codeOf(await debit(HQ, "1.00"))).toBe("ACCOUNT_NOT_FOUND");
    expect(await transactions(ANN)).toEqual(["Credit 1.0 left 1.0 = 1.0"]);
  });

  test("needs its scopes: to read accounts, to read what happened in them, to credit", async () => {
    await open(SCOPES.slice(0, 2));
    expect((await credit(ANN, "1.00")).error).toBe("ACCESS_DENIED");
    await expect(transactions(ANN)).rejects.toThrow("Access denied for storeCreditAccounts");
    await shop.stop();
    await open();
    await credit(ANN, "1.00");
    shop.shopify.oauth.revokeScopes(SCOPES.slice(3));
    await expect(transactions(ANN)).rejects.toThrow("Access denied for transactions");
  });

  test("is the same after a restart", async () => {
    await open();
    await credit(ANN, "5.00");
    await debit(ANN, "2.00");
    const before = await transactions(ANN);
    await shop.restart(world());
    expect(await transactions(ANN)).toEqual(before);
  });

  test("an answer that is lost was carried out", async () => {
    await open();
    shop.shopify.faults.loseAnswerOf("storeCreditAccountCredit");
    await expect(credit(ANN, "5.00")).rejects.toThrow("socket hang up");
    expect(await transactions(ANN)).toEqual(["Credit 5.0 left 5.0 = 5.0"]);
    expect((await credit(ANN, "1.00")).storeCreditAccountTransaction?.balanceAfterTransaction.amount).toBe("6.0");
  });
});
