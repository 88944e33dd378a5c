import type {
  Booked,
  Credit,
  CreditAccount,
  CreditOwner,
  Debit,
  Expiration,
} from "../store-credit/store-credit-book.ts";
import { connectionOf, type Sequence } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { MoneySource } from "./money-source.ts";
import { isoSeconds } from "./shop-store.ts";
import { CompanyLocationSource, CustomerSource } from "./sources.ts";

export class StoreCreditAccountSource extends GraphSource {
  readonly typename = "StoreCreditAccount";
  readonly account: CreditAccount;

  constructor(account: CreditAccount) {
    super();
    this.account = account;
  }
}

/** A transaction of an account, with the balance after it. */
abstract class MoveSource extends GraphSource {
  readonly account: CreditAccount;
  readonly balance: bigint;

  constructor(account: CreditAccount, balance: bigint) {
    super();
    this.account = account;
    this.balance = balance;
  }
}

export class CreditSource extends MoveSource {
  readonly typename = "StoreCreditAccountCreditTransaction";
  readonly move: Credit;

  constructor(account: CreditAccount, balance: bigint, move: Credit) {
    super(account, balance);
    this.move = move;
  }
}

export class DebitSource extends MoveSource {
  readonly typename = "StoreCreditAccountDebitTransaction";
  readonly move: Debit;

  constructor(account: CreditAccount, balance: bigint, move: Debit) {
    super(account, balance);
    this.move = move;
  }
}

class ExpirationSource extends MoveSource {
  readonly typename = "StoreCreditAccountExpirationTransaction";
  readonly move: Expiration;

  constructor(account: CreditAccount, balance: bigint, move: Expiration) {
    super(account, balance);
    this.move = move;
  }
}

const statementOf = ({ id }: CreditAccount, { store, now }: AdminContext) =>
  store.storeCredit.statement(id, isoSeconds(now));

const money = (minor: bigint, { currency }: CreditAccount) => new MoneySource(minor, currency);

/** What all transactions show. Debits and expirations are negative, as they change the balance. */
const shared = {
  account: ({ account }: MoveSource) => new StoreCreditAccountSource(account),
  balanceAfterTransaction: ({ account, balance }: MoveSource) => money(balance, account),
  // Nothing in the local Shopify pays with store credit or refunds to it.
  event: () => "ADJUSTMENT",
  origin: () => null,
};

export const storeCreditTypes = [
  defineType("StoreCreditAccount", StoreCreditAccountSource, {
    id: ({ account }) => gid("StoreCreditAccount", account.id),
    balance: ({ account }, _args, context) => money(statementOf(account, context).balance, account),
    owner: ({ account }, _args, context) => ownerOf(account.owner, context),
    transactions: ({ account }, args, context, info) =>
      connectionOf(moveSequence(account, args, context), args, context, info),
  }),
  defineType("StoreCreditAccountCreditTransaction", CreditSource, {
    ...shared,
    id: ({ move }) => gid("StoreCreditAccountCreditTransaction", move.id),
    amount: ({ account, move }) => money(move.amount, account),
    createdAt: ({ move }) => move.at,
    expiresAt: ({ move }) => move.expiresAt,
    remainingAmount: ({ account, move }, _args, context) =>
      money(statementOf(account, context).remaining.get(move.id) ?? 0n, account),
  }),
  defineType("StoreCreditAccountDebitTransaction", DebitSource, {
    ...shared,
    id: ({ move }) => gid("StoreCreditAccountDebitTransaction", move.id),
    amount: ({ account, move }) => money(-move.amount, account),
    createdAt: ({ move }) => move.at,
  }),
  defineType("StoreCreditAccountExpirationTransaction", ExpirationSource, {
    ...shared,
    amount: ({ account, move }) => money(-move.amount, account),
    createdAt: ({ move }) => move.at,
    creditTransaction: ({ account, balance, move }) => new CreditSource(account, balance, move.credit),
  }),
];

/** The transactions of an account, by their instants. */
function moveSequence(account: CreditAccount, args: Args, context: AdminContext): Sequence<Booked> {
  if (stringArg(args, "query")) throw new NotInLocalShopify("searching store credit transactions");
  if (args["sortKey"] !== "CREATED_AT") throw new NotInLocalShopify("store credit transactions by their end");
  return {
    items: statementOf(account, context).booked,
    source: (booked) => sourceOf(account, booked),
    key: ({ move }, index) => ({ value: move.at, id: index }),
  };
}

function sourceOf(account: CreditAccount, { move, balance }: Booked): GraphSource {
  if (move.kind === "credit") return new CreditSource(account, balance, move);
  return move.kind === "debit" ? new DebitSource(account, balance, move) : new ExpirationSource(account, balance, move);
}

/** An owner's accounts, as the field `storeCreditAccounts` of customers and company locations has them. */
export function accountSequence(owner: CreditOwner, args: Args, { store }: AdminContext): Sequence<CreditAccount> {
  if (stringArg(args, "query")) throw new NotInLocalShopify("searching store credit accounts");
  return {
    items: store.storeCredit.accountsOf(owner),
    source: (account) => new StoreCreditAccountSource(account),
    key: ({ id }) => ({ value: id, id }),
  };
}

/** A credit or debit by its number, with the balance after it. */
export function moveById(id: number, kind: "credit" | "debit", context: AdminContext): GraphSource | null {
  const { storeCredit } = context.store;
  const move = kind === "credit" ? storeCredit.move(id, "credit") : storeCredit.move(id, "debit");
  const account = move && storeCredit.account(move.accountId);
  if (!move || !account) return null;
  const booked = statementOf(account, context).booked.find((one) => one.move === move);
  return booked ? sourceOf(account, booked) : null;
}

export function ownerOf({ type, id }: CreditOwner, { store, now }: AdminContext): GraphSource | null {
  if (type === "Customer") {
    const customer = store.customer(id, now);
    return customer && new CustomerSource(customer);
  }
  const place = store.world.locations.get(id);
  return place ? new CompanyLocationSource(place) : null;
}
