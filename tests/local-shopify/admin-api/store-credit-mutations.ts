import { z } from "zod";
import { toMinor } from "#tests/local-shopify/world/money.ts";
import type { CreditAccount, CreditOwner } from "../store-credit/store-credit-book.ts";
import type { AdminContext } from "./context.ts";
import { type Args, defineType, GraphSource, stringArg } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { parseGid } from "./gid.ts";
import { isoSeconds } from "./shop-store.ts";
import { moveById, ownerOf } from "./store-credit-fields.ts";

interface Fault {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

class CreditErrorSource extends GraphSource {
  readonly typename = "StoreCreditAccountUserError";
  readonly fault: Fault;

  constructor(fault: Fault) {
    super();
    this.fault = fault;
  }
}

class CreditPayloadSource extends GraphSource {
  readonly typename = "StoreCreditAccountPayload";
  readonly move: GraphSource | null;
  readonly userErrors: readonly CreditErrorSource[];

  constructor(move: GraphSource | null, faults: readonly Fault[]) {
    super();
    this.move = move;
    this.userErrors = faults.map((fault) => new CreditErrorSource(fault));
  }
}

const payload = {
  storeCreditAccountTransaction: ({ move }: CreditPayloadSource) => move,
  userErrors: ({ userErrors }: CreditPayloadSource) => userErrors,
};
const userError = {
  code: ({ fault }: CreditErrorSource) => fault.code,
  field: ({ fault }: CreditErrorSource) => fault.field,
  message: ({ fault }: CreditErrorSource) => fault.message,
};

export const storeCreditPayloadTypes = [
  defineType("StoreCreditAccountCreditPayload", CreditPayloadSource, payload),
  defineType("StoreCreditAccountDebitPayload", CreditPayloadSource, payload),
  defineType("StoreCreditAccountCreditUserError", CreditErrorSource, userError),
  defineType("StoreCreditAccountDebitUserError", CreditErrorSource, userError),
];

const moneyInput = z.object({ amount: z.string(), currencyCode: z.string() });
const creditInputSchema = z.object({
  creditAmount: moneyInput,
  expiresAt: z.string().nullish(),
  notify: z.boolean().optional(),
});
const debitInputSchema = z.object({ debitAmount: moneyInput });

const refused = (code: string, field: string[], message: string) =>
  new CreditPayloadSource(null, [{ code, field, message }]);
const notFound = () => refused("ACCOUNT_NOT_FOUND", ["id"], "The store credit account could not be found.");
const tooLittle = (field: string) =>
  refused("NEGATIVE_OR_ZERO_AMOUNT", [field, "amount"], "A positive amount must be used.");
const mismatch = (field: string) =>
  refused(
    "MISMATCHING_CURRENCY",
    [field, "currencyCode"],
    "The currency provided does not match the currency of the store credit account.",
  );

/** Credits an account, or the account in the currency of a customer or company location. Takes no key: twice is twice. */
export function storeCreditAccountCredit(args: Args, context: AdminContext): GraphSource {
  const { creditAmount, expiresAt = null } = creditInputSchema.parse(args["creditInput"]);
  const to = creditTarget(stringArg(args, "id") ?? "", context);
  if (to instanceof CreditPayloadSource) return to;
  const { amount: text, currencyCode: currency } = creditAmount;
  if (to.account && to.account.currency !== currency) return mismatch("creditInput");
  if (currency !== context.store.currency) {
    return refused("UNSUPPORTED_CURRENCY", ["creditInput", "creditAmount"], "Currency is not supported");
  }
  const amount = toMinor(text, currency);
  if (amount <= 0n) return tooLittle("creditInput");
  const ends = expiresAt === null ? null : isoSeconds(new Date(expiresAt));
  if (ends !== null && ends <= isoSeconds(context.now)) {
    return refused("EXPIRES_AT_IN_PAST", ["creditInput", "expiresAt"], "The expiry date must be in the future.");
  }
  const id = context.store.storeCredit.nextMoveId;
  context.desk.creditStoreCredit({ owner: to.owner, currency, amount: String(amount), expiresAt: ends });
  return new CreditPayloadSource(moveById(id, "credit", context), []);
}

/** Debits an account; of an owner, the account in the currency. */
export function storeCreditAccountDebit(args: Args, context: AdminContext): GraphSource {
  const { debitAmount } = debitInputSchema.parse(args["debitInput"]);
  const { amount: text, currencyCode: currency } = debitAmount;
  const account = debitTarget(stringArg(args, "id") ?? "", currency, context);
  if (!account) return notFound();
  if (account.currency !== currency) return mismatch("debitInput");
  const amount = toMinor(text, currency);
  if (amount <= 0n) return tooLittle("debitInput");
  const { storeCredit } = context.store;
  if (storeCredit.statement(account.id, isoSeconds(context.now)).balance < amount) {
    const message = "The store credit account does not have sufficient funds to satisfy the request.";
    return refused("INSUFFICIENT_FUNDS", ["debitInput", "debitAmount"], message);
  }
  const id = storeCredit.nextMoveId;
  context.desk.debitStoreCredit({ accountId: account.id, amount: String(amount) });
  return new CreditPayloadSource(moveById(id, "debit", context), []);
}

function creditTarget(
  text: string,
  context: AdminContext,
): { owner: CreditOwner; account: CreditAccount | null } | CreditPayloadSource {
  const { type, id } = parseGid(text);
  if (type === "StoreCreditAccount") {
    const account = context.store.storeCredit.account(id);
    return account ? { owner: account.owner, account } : notFound();
  }
  if (type !== "Customer" && type !== "CompanyLocation") throw new NotInLocalShopify(`store credit of a ${type}`);
  const owner = { type, id } as const;
  if (ownerOf(owner, context)) return { owner, account: null };
  return refused("OWNER_NOT_FOUND", ["id"], "The owner of the store credit account could not be found.");
}

function debitTarget(text: string, currency: string, { store }: AdminContext): CreditAccount | null {
  const { type, id } = parseGid(text);
  if (type === "StoreCreditAccount") return store.storeCredit.account(id);
  if (type !== "Customer" && type !== "CompanyLocation") throw new NotInLocalShopify(`store credit of a ${type}`);
  return store.storeCredit.accountsOf({ type, id }).find((account) => account.currency === currency) ?? null;
}
