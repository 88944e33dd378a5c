import { gidOf, idOf, numberOf } from "#app/core/ids/gid.ts";
import { formatAmount, parseAmount } from "#app/core/money/money.ts";
import type { AccountMove, CreditOwner } from "#app/core/receivables/rebate.ts";
import { ShopifyError } from "#app/platform/errors.ts";
import type { Ask } from "./gateway.server.ts";
import { currencyCodeOf, moneyInput } from "./money-input.ts";
import {
  REFUND_GIVE,
  STORE_CREDIT,
  STORE_CREDIT_ACCOUNTS,
  STORE_CREDIT_GIVE,
  STORE_CREDIT_TAKE,
  STORE_CREDIT_TRANSACTIONS,
} from "./operations/rebates.ts";

/** What Shopify did when it was asked to move money, or why it refused. */
export type Moved<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly message: string };

export interface Money {
  readonly amount: bigint;
  readonly currency: string;
}

const ownerGid = ({ kind, id }: CreditOwner): string =>
  kind === "location" ? gidOf("CompanyLocation", id) : gidOf("Customer", id);

/**
 * Credits store credit to an owner's account in the currency, which is made where there is none. Takes no key: it is asked
 * once, and where it throws `unavailable` or `refused` nobody knows what became of it.
 *
 * @throws ShopifyError
 */
export const giveStoreCredit = async (
  ask: Ask,
  owner: CreditOwner,
  { expiresAt, ...money }: Money & { readonly expiresAt: Date | null },
): Promise<Moved<{ readonly id: bigint; readonly at: Date; readonly expiresAt: Date | null }>> => {
  const creditInput = {
    creditAmount: moneyInput(money.amount, money.currency),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
  const { storeCreditAccountCredit: answer } = await ask(STORE_CREDIT_GIVE, { id: ownerGid(owner), creditInput });
  const [error] = answer?.userErrors ?? [];
  if (error) return { ok: false, message: error.message };
  const given = answer?.storeCreditAccountTransaction;
  if (!given) throw new ShopifyError("refused", "Shopify answered without a transaction");
  return {
    ok: true,
    id: idOf(given.id, "StoreCreditAccountCreditTransaction"),
    at: new Date(given.createdAt),
    expiresAt: given.expiresAt ? new Date(given.expiresAt) : null,
  };
};

/** Debits an account. As with crediting, it is asked once. @throws ShopifyError */
export const takeStoreCredit = async (
  ask: Ask,
  accountId: bigint,
  money: Money,
): Promise<Moved<{ readonly id: bigint; readonly at: Date }>> => {
  const id = gidOf("StoreCreditAccount", accountId);
  const { storeCreditAccountDebit: answer } = await ask(STORE_CREDIT_TAKE, {
    id,
    debitInput: { debitAmount: moneyInput(money.amount, money.currency) },
  });
  const [error] = answer?.userErrors ?? [];
  if (error) return { ok: false, message: error.message };
  const taken = answer?.storeCreditAccountTransaction;
  if (!taken) throw new ShopifyError("refused", "Shopify answered without a transaction");
  return { ok: true, id: idOf(taken.id, "StoreCreditAccountDebitTransaction"), at: new Date(taken.createdAt) };
};

export interface CreditAtShopify {
  readonly accountId: bigint;
  /** Not spent, taken back or expired yet. */
  readonly remaining: bigint;
  readonly balance: bigint;
}

/** A credit as it is now; null where Shopify does not have it. @throws ShopifyError */
export const readCredit = async (ask: Ask, id: bigint): Promise<CreditAtShopify | null> => {
  const { node } = await ask(STORE_CREDIT, { id: gidOf("StoreCreditAccountCreditTransaction", id) });
  if (node?.__typename !== "StoreCreditAccountCreditTransaction") return null;
  const { account, remainingAmount } = node;
  return {
    accountId: idOf(account.id, "StoreCreditAccount"),
    remaining: parseAmount(remainingAmount.amount, remainingAmount.currencyCode),
    balance: parseAmount(account.balance.amount, account.balance.currencyCode),
  };
};

/** The account of an owner in a currency; null where there is none. @throws ShopifyError */
export const accountOf = async (ask: Ask, owner: CreditOwner, currency: string): Promise<bigint | null> => {
  const { node } = await ask(STORE_CREDIT_ACCOUNTS, { id: ownerGid(owner) });
  if (!node || !("storeCreditAccounts" in node)) return null;
  const account = node.storeCreditAccounts.nodes.find(({ balance }) => balance.currencyCode === currency);
  return account ? idOf(account.id, "StoreCreditAccount") : null;
};

/** A move in an account: a credit, a debit by hand or by an app, or a credit's end. */
export interface AccountEntry extends AccountMove {
  readonly kind: "credit" | "debit" | "expiration" | "other";
}

/** How many pages of an account's transactions are looked through at most. */
const MOST_PAGES = 20;

const minor = (text: string, currency: string): bigint => {
  const amount = parseAmount(text, currency);
  return amount < 0n ? -amount : amount;
};

const KINDS: Readonly<Record<string, AccountEntry["kind"]>> = {
  StoreCreditAccountCreditTransaction: "credit",
  StoreCreditAccountDebitTransaction: "debit",
  StoreCreditAccountExpirationTransaction: "expiration",
};

type Listed = NonNullable<
  Awaited<ReturnType<typeof askTransactions>>["storeCreditAccount"]
>["transactions"]["nodes"][number];

/** A transaction as Shopify lists it; null for one without a number, which none of the app's is. */
const entryOf = (node: Listed): AccountEntry | null => {
  const isEnd = "creditTransaction" in node;
  const of = "id" in node ? node.id : isEnd ? node.creditTransaction.id : null;
  if (of === null) return null;
  // Paying for an order is not taking credit back.
  const kind = (node.event === "ADJUSTMENT" || isEnd ? KINDS[node.__typename] : null) ?? "other";
  const { amount, currencyCode: currency } = node.amount;
  return { kind, id: numberOf(of), amount: minor(amount, currency), currency, at: Date.parse(node.createdAt) };
};

/** What happened in an account since an instant, latest first; of expirations the number of the credit. @throws ShopifyError */
export const accountEntries = async (ask: Ask, accountId: bigint, since: number): Promise<AccountEntry[]> => {
  const entries: AccountEntry[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { storeCreditAccount: account } = await askTransactions(ask, accountId, after);
    const { nodes = [], pageInfo } = account?.transactions ?? {};
    const young = nodes.filter(({ createdAt }) => Date.parse(createdAt) >= since);
    entries.push(...young.map(entryOf).filter((entry) => entry !== null));
    if (!pageInfo?.hasNextPage || young.length < nodes.length) return entries;
    after = pageInfo.endCursor ?? null;
  }
  return entries;
};

const askTransactions = (ask: Ask, accountId: bigint, after: string | null) =>
  ask(STORE_CREDIT_TRANSACTIONS, { id: gidOf("StoreCreditAccount", accountId), after });

/** A refund of money alone, over payments of the order. */
export interface MoneyRefund {
  readonly orderId: bigint;
  readonly currency: string;
  readonly parts: readonly { readonly id: bigint; readonly gateway: string; readonly amount: bigint }[];
  readonly note: string;
  /** The same key and the same refund give the refund that is there already. */
  readonly key: string;
}

/** Gives a refund. Can be repeated with its key. @throws ShopifyError */
export const giveRefund = async (
  ask: Ask,
  { orderId, currency, parts, note, key }: MoneyRefund,
): Promise<Moved<{ readonly id: bigint; readonly at: Date | null }>> => {
  const order = gidOf("Order", orderId);
  const transactions = parts.map(({ id, gateway, amount }) => ({
    orderId: order,
    parentId: gidOf("OrderTransaction", id),
    gateway,
    kind: "REFUND" as const,
    amount: formatAmount(amount, currency),
  }));
  const input = { orderId: order, note, currency: currencyCodeOf(currency), transactions };
  const { refundCreate: answer } = await ask(REFUND_GIVE, { input, key });
  const [error] = answer?.userErrors ?? [];
  if (error) return { ok: false, message: error.message };
  if (!answer?.refund) throw new ShopifyError("refused", "Shopify answered without a refund");
  const { id, createdAt } = answer.refund;
  return { ok: true, id: idOf(id, "Refund"), at: createdAt ? new Date(createdAt) : null };
};
