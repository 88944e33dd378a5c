/** How likely each special case is, as a share of what it can happen to. */
export interface Mix {
  pos: number;
  testOrder: number;
  giftCardLine: number;
  /** Of companies' lines. */
  customLine: number;
  /** Of other lines. */
  consumerCustomLine: number;
  /** A product that has been deleted since; of the orders in the shop's first third. */
  deletedLine: number;
  tip: number;
  /** A tip at the counter. */
  posTip: number;
  additionalFee: number;
  severalShippingLines: number;
  /** Of orders that cross a border. */
  duties: number;
  /** Tax said line by line, by who takes it. */
  taxDetails: number;
  subscription: number;
  draft: number;
  otherTaxMode: number;
  /** Paid in a currency that is not even the buyer's own. */
  foreignCurrency: number;
  edit: number;
  /** Of orders that could be sent back. */
  exchange: number;
  secondReturn: number;
  /** Of returns that are refunded: opened first, refunded later. */
  openedReturn: number;
  /** Of returns that are opened. */
  returnFee: number;
  /** Of what comes back of an order with duties. */
  dutiesBack: number;
  cancelled: number;
  /** Of cancelled orders. */
  cancelledUnpaid: number;
  cancelledPartlyPaid: number;
  neverPaid: number;
  giftCardPayment: number;
  storeCreditPayment: number;
  failedPayment: number;
  voidedAuthorization: number;
  /** Of payments at the counter. */
  cash: number;
  /** Of payments in cash. */
  rounding: number;
  /** Of payments through Shopify in another currency than the shop's. */
  foreignSettlement: number;
  /** Of captures and refunds in another currency than the shop's. */
  exchangeAdjustment: number;
  dispute: number;
  /** Of disputes: decided or not whatever their age. */
  oddDispute: number;
  /** Of disputes: no money moved through Shopify. */
  disputeWithoutFee: number;
  /** Of variants: their cost changed over time. */
  costChanges: number;
  /** How many times likelier returns are than usual. */
  returns: number;
}

/** What shops see. */
export const USUAL: Mix = {
  pos: 0.04,
  testOrder: 0.002,
  giftCardLine: 0.012,
  customLine: 0.015,
  consumerCustomLine: 0,
  deletedLine: 0.05,
  tip: 0.01,
  posTip: 0.15,
  additionalFee: 0.005,
  severalShippingLines: 0.01,
  duties: 0.35,
  taxDetails: 0.02,
  subscription: 0.01,
  draft: 0.005,
  otherTaxMode: 0.002,
  foreignCurrency: 0,
  edit: 0.02,
  exchange: 0.012,
  secondReturn: 0.03,
  openedReturn: 0.3,
  returnFee: 0.25,
  dutiesBack: 0.5,
  cancelled: 0.012,
  cancelledUnpaid: 0.4,
  cancelledPartlyPaid: 0.15,
  neverPaid: 0.004,
  giftCardPayment: 0.02,
  storeCreditPayment: 0.01,
  failedPayment: 0.02,
  voidedAuthorization: 0.003,
  cash: 0.4,
  rounding: 0.8,
  foreignSettlement: 0.1,
  exchangeAdjustment: 0.8,
  dispute: 0.005,
  oddDispute: 0,
  disputeWithoutFee: 0.05,
  costChanges: 0.15,
  returns: 1,
};

/** Every special case in some percent of the orders at least, so that some thousand orders hold every combination. */
export const EVERYTHING: Mix = {
  pos: 0.2,
  testOrder: 0.03,
  giftCardLine: 0.08,
  customLine: 0.12,
  consumerCustomLine: 0.04,
  deletedLine: 0.25,
  tip: 0.2,
  posTip: 0.4,
  additionalFee: 0.2,
  severalShippingLines: 0.2,
  duties: 0.85,
  taxDetails: 0.3,
  subscription: 0.1,
  draft: 0.1,
  otherTaxMode: 0.15,
  foreignCurrency: 0.3,
  edit: 0.3,
  exchange: 0.12,
  secondReturn: 0.95,
  openedReturn: 0.5,
  returnFee: 0.6,
  dutiesBack: 0.8,
  cancelled: 0.12,
  cancelledUnpaid: 0.3,
  cancelledPartlyPaid: 0.35,
  neverPaid: 0.04,
  giftCardPayment: 0.12,
  storeCreditPayment: 0.12,
  failedPayment: 0.1,
  voidedAuthorization: 0.08,
  cash: 0.6,
  rounding: 0.9,
  foreignSettlement: 0.4,
  exchangeAdjustment: 0.8,
  dispute: 0.32,
  oddDispute: 0.9,
  disputeWithoutFee: 0.15,
  costChanges: 0.6,
  returns: 4,
};

const NOTHING_SPECIAL = {
  additionalFee: 0,
  severalShippingLines: 0,
  duties: 0,
  taxDetails: 0,
  subscription: 0,
  draft: 0,
  otherTaxMode: 0,
  edit: 0,
  exchange: 0,
  secondReturn: 0,
  openedReturn: 0,
  returnFee: 0,
  dutiesBack: 0,
  cancelledPartlyPaid: 0,
  neverPaid: 0,
  storeCreditPayment: 0,
  voidedAuthorization: 0,
  rounding: 0,
  foreignSettlement: 0,
  exchangeAdjustment: 0,
  dispute: 0,
  costChanges: 0,
} satisfies Partial<Mix>;

export type MixName = keyof typeof MIXES;

/** `plain` has what every shop has: orders, discounts, tips, refunds, cancellations; nobody edits, disputes or exchanges. */
export const MIXES = { plain: { ...USUAL, ...NOTHING_SPECIAL }, usual: USUAL, everything: EVERYTHING };
