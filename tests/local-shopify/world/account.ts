// What is owed on an order and what has been paid of it, as time goes on. Amounts are whole minor units of the shop's
// currency, instants seconds since the epoch.

export interface Payment {
  kind: "SALE" | "AUTHORIZATION" | "CAPTURE" | "REFUND" | "VOID";
  gateway: string;
  amount: number;
  at: number;
  fee: number | null;
  status: "SUCCESS" | "FAILURE";
}

/** Something that changes what is owed or paid. */
export interface Happening {
  at: number;
  run(account: Account): void;
}

export class Account {
  readonly payments: Payment[] = [];
  private owed = 0;
  private received = 0;
  private refunded = 0;
  private readonly givenBack = new Map<Payment, number>();

  /** Lets everything happen in order of time; at one instant, in the order given. */
  play(happenings: readonly Happening[]): void {
    for (const happening of happenings.toSorted((a, b) => a.at - b.at)) happening.run(this);
  }

  owe(amount: number): void {
    this.owed += amount;
  }

  /** Left to pay; below 0 when too much was paid. */
  get open(): number {
    return this.owed - this.received + this.refunded;
  }

  get isPaidAtAll(): boolean {
    return this.received > 0;
  }

  note(payment: Omit<Payment, "fee" | "status"> & Partial<Pick<Payment, "fee" | "status">>): void {
    const whole = { fee: null, status: "SUCCESS" as const, ...payment };
    this.payments.push(whole);
    if (isMoney(whole)) this.received += whole.amount;
  }

  /** Pays back what was paid beyond what is owed, to where it came from. Nothing paid, nothing to give back. */
  giveBack(at: number): void {
    let left = Math.max(0, -this.open);
    this.refunded += left;
    for (const payment of this.payments.filter(isMoney)) {
      const before = this.givenBack.get(payment) ?? 0;
      const amount = Math.min(left, payment.amount - before);
      if (amount === 0) continue;
      left -= amount;
      this.givenBack.set(payment, before + amount);
      this.payments.push({ kind: "REFUND", gateway: payment.gateway, amount, at, fee: null, status: "SUCCESS" });
    }
  }
}

function isMoney({ kind, status }: Payment): boolean {
  return status === "SUCCESS" && (kind === "SALE" || kind === "CAPTURE");
}
