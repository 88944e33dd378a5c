/** What the checkout says of a cart. Amounts are minor units of `currency`, the one that the buyer pays in. */
export interface CheckoutResult {
  readonly currency: string;
  /** What one unit of the shop's currency is worth in `currency`. */
  readonly presentmentRate: string;
  readonly lines: readonly CheckoutLine[];
  /** Lines after their own discounts. */
  readonly subtotalMinor: bigint;
  readonly orderDiscountMinor: bigint;
  readonly orderDiscounts: readonly AppliedDiscount[];
  /** In the prices where these include it, else on top of them. */
  readonly taxMinor: bigint;
  /** What is to be paid. Nothing is charged for shipping. */
  readonly totalMinor: bigint;
  /** The gateways that are offered; none where the order goes to the merchant as a draft. */
  readonly paymentMethods: readonly string[];
  /** The same, with the names that the buyer reads. */
  readonly methods: readonly CheckoutMethod[];
  /** A company's terms, as far as they are offered: it may pay later. */
  readonly terms: {
    readonly type: "NET" | "FIXED" | "RECEIPT" | "FULFILLMENT";
    readonly dueInDays: number | null;
  } | null;
  /** To be paid at once of an order on terms. */
  readonly depositPercent: string | null;
  readonly checkoutToDraft: boolean;
  /** One for each discount Function that was asked. */
  readonly functions: readonly FunctionReport[];
  /** One for each payment Function that was asked. */
  readonly paymentFunctions: readonly PaymentReport[];
  /** Of all discount Functions together; null when one of them could not be counted. */
  readonly instructions: number | null;
  readonly inputBytes: number;
  readonly outputBytes: number;
}

export interface CheckoutLine {
  readonly lineId: string;
  readonly variantId: number;
  readonly title: string;
  readonly quantity: number;
  readonly unitPriceMinor: bigint;
  /** The line's own discount over all its units. */
  readonly discountMinor: bigint;
  /** unitPrice x quantity - discount */
  readonly totalMinor: bigint;
  /** The discount that gave it, or null. */
  readonly discount: AppliedDiscount | null;
}

export interface AppliedDiscount {
  readonly discountId: number;
  readonly title: string;
  /** The words for the buyer; where the Function gave none, the discount's title. */
  readonly message: string;
  readonly amountMinor: bigint;
}

export interface CheckoutMethod {
  readonly gateway: string;
  readonly name: string;
  /** Paid outside the checkout, so that the order waits for its money. */
  readonly isManual: boolean;
}

export interface FunctionReport extends RunReport {
  readonly discountId: number;
}

export interface PaymentReport extends RunReport {
  readonly customizationId: number;
}

interface RunReport {
  readonly title: string;
  readonly handle: string;
  /** Why all that the Function would have given is lost, or null. */
  readonly lost: string | null;
  readonly instructions: number | null;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly log: readonly string[];
}

/** A line of checkout.jsonl. `rule` is the discount's title, `reason` the words that the buyer reads. */
export function checkoutJson(cart: string | null, result: CheckoutResult): Record<string, unknown> {
  return {
    cart,
    lines: result.lines.map((line) => ({
      variantId: line.variantId,
      quantity: line.quantity,
      unitPriceMinor: Number(line.unitPriceMinor),
      discountMinor: Number(line.discountMinor),
      rule: line.discount?.title ?? null,
      reason: line.discount?.message ?? null,
    })),
    orderDiscountMinor: Number(result.orderDiscountMinor),
    totalMinor: Number(result.totalMinor),
    paymentMethods: result.paymentMethods,
    terms: result.terms,
    instructions: result.instructions,
    inputBytes: result.inputBytes,
    outputBytes: result.outputBytes,
  };
}
