import { z } from "zod";

/** Whose account it is. */
export const creditOwnerSchema = z.object({ type: z.enum(["Customer", "CompanyLocation"]), id: z.number() });
export type CreditOwner = z.output<typeof creditOwnerSchema>;

export interface CreditAccount {
  readonly id: number;
  readonly owner: CreditOwner;
  readonly currency: string;
}

export interface Credit {
  readonly kind: "credit";
  readonly id: number;
  readonly accountId: number;
  readonly amount: bigint;
  readonly at: string;
  readonly expiresAt: string | null;
}

export interface Debit {
  readonly kind: "debit";
  readonly id: number;
  readonly accountId: number;
  readonly amount: bigint;
  readonly at: string;
}

/** What was left of a credit at its end. Shopify gives it no number. */
export interface Expiration {
  readonly kind: "expiration";
  readonly credit: Credit;
  readonly amount: bigint;
  readonly at: string;
}

/** A transaction of an account with the balance after it. */
export interface Booked {
  readonly move: Credit | Debit | Expiration;
  readonly balance: bigint;
}

/** An account as it is at an instant. */
export interface Statement {
  /** Oldest first. */
  readonly booked: readonly Booked[];
  readonly balance: bigint;
  /** What is left of each credit, by its number. */
  readonly remaining: ReadonlyMap<number, bigint>;
}

/** The shop's store credit: an account for each owner and currency, and what was credited and debited, never changed. */
export class StoreCreditBook {
  private readonly accounts: CreditAccount[] = [];
  private readonly moves: (Credit | Debit)[] = [];

  account(id: number): CreditAccount | null {
    return this.accounts.find((account) => account.id === id) ?? null;
  }

  accountsOf({ type, id }: CreditOwner): readonly CreditAccount[] {
    return this.accounts.filter(({ owner }) => owner.type === type && owner.id === id);
  }

  move(id: number, kind: "credit"): Credit | null;
  move(id: number, kind: "debit"): Debit | null;
  move(id: number, kind: "credit" | "debit"): Credit | Debit | null {
    return this.moves.find((move) => move.id === id && move.kind === kind) ?? null;
  }

  get nextMoveId(): number {
    return this.moves.length + 1;
  }

  /** Credits an owner's account in a currency, which is made where there is none yet. */
  credit(owner: CreditOwner, currency: string, credit: Pick<Credit, "amount" | "at" | "expiresAt">): Credit {
    const account = this.accountsOf(owner).find((one) => one.currency === currency) ?? this.open(owner, currency);
    const move: Credit = { kind: "credit", id: this.nextMoveId, accountId: account.id, ...credit };
    this.moves.push(move);
    return move;
  }

  /** @throws Error when the account does not hold so much */
  debit(accountId: number, amount: bigint, at: string): Debit {
    if (this.statement(accountId, at).balance < amount)
      throw new Error(`account ${accountId} holds less than ${amount}`);
    const move: Debit = { kind: "debit", id: this.nextMoveId, accountId, amount, at };
    this.moves.push(move);
    return move;
  }

  /** An account at an instant: debits use up the credits that end soonest, then the oldest. */
  statement(accountId: number, at: string): Statement {
    const moves = this.moves.filter((move) => move.accountId === accountId && move.at <= at);
    const credits = moves.filter((move) => move.kind === "credit");
    const remaining = new Map(credits.map(({ id, amount }) => [id, amount]));
    const ends = credits.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= at);
    const happenings = [
      ...moves.map((move) => ({ at: move.at, move })),
      ...ends.map((credit) => ({ at: credit.expiresAt ?? at, end: credit })),
    ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const booked: Booked[] = [];
    let balance = 0n;
    const book = (move: Booked["move"], change: bigint) => {
      balance += change;
      booked.push({ move, balance });
    };
    for (const happening of happenings) {
      if ("end" in happening) {
        const left = remaining.get(happening.end.id) ?? 0n;
        remaining.set(happening.end.id, 0n);
        if (left > 0n) book({ kind: "expiration", credit: happening.end, amount: left, at: happening.at }, -left);
      } else if (happening.move.kind === "credit") book(happening.move, happening.move.amount);
      else {
        useUp(happening.move, credits, remaining);
        book(happening.move, -happening.move.amount);
      }
    }
    return { booked, balance, remaining };
  }

  private open(owner: CreditOwner, currency: string): CreditAccount {
    const account = { id: this.accounts.length + 1, owner, currency };
    this.accounts.push(account);
    return account;
  }
}

function useUp(debit: Debit, credits: readonly Credit[], remaining: Map<number, bigint>): void {
  const NEVER = "9999";
  const open = credits
    .filter(({ at }) => at <= debit.at)
    .sort((a, b) =>
      (a.expiresAt ?? NEVER) < (b.expiresAt ?? NEVER) ? -1 : a.expiresAt === b.expiresAt ? a.id - b.id : 1,
    );
  let left = debit.amount;
  for (const { id } of open) {
    const there = remaining.get(id) ?? 0n;
    const part = there < left ? there : left;
    remaining.set(id, there - part);
    left -= part;
  }
}
