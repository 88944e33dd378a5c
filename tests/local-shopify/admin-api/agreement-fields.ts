import { createHash } from "node:crypto";
import {
  type Agreement,
  agreementsOf,
  type Sale,
  type SaleSubject,
} from "#tests/local-shopify/world/sales-of-order.ts";
import { AdditionalFeeSource, DutySource } from "./charge-fields.ts";
import { connectionOf, type ConnectionSource, sequenceOf } from "./connection.ts";
import { defineType, GraphSource, type Resolver, stringArg, type TypeDefinition } from "./define-type.ts";
import { NotInLocalShopify } from "./errors.ts";
import { gid } from "./gid.ts";
import { sumOfTaxes, taxLinesOf } from "./line-fields.ts";
import {
  LineItemSource,
  type OrderSource,
  RefundSource,
  ShippingLineSource,
  type TaxLineSource,
} from "./order-sources.ts";
import { returnFee, ReturnSource } from "./return-fields.ts";

const AGREEMENT_TYPES = {
  ORDER: "OrderAgreement",
  ORDER_EDIT: "OrderEditAgreement",
  RETURN: "ReturnAgreement",
  REFUND: "RefundAgreement",
};

const SALE_TYPES: Readonly<Record<SaleSubject["type"], string>> = {
  PRODUCT: "ProductSale",
  GIFT_CARD: "GiftCardSale",
  TIP: "TipSale",
  DUTY: "DutySale",
  SHIPPING: "ShippingLineSale",
  ADJUSTMENT: "AdjustmentSale",
  FEE: "FeeSale",
  ADDITIONAL_FEE: "AdditionalFeeSale",
};

class AgreementSource extends GraphSource {
  readonly typename: string;
  readonly parent: OrderSource;
  readonly agreement: Agreement;

  constructor(parent: OrderSource, agreement: Agreement) {
    super();
    this.typename = AGREEMENT_TYPES[agreement.about.type];
    this.parent = parent;
    this.agreement = agreement;
  }
}

class SaleSource extends GraphSource {
  readonly typename: string;
  readonly parent: OrderSource;
  readonly sale: Sale;

  constructor(parent: OrderSource, sale: Sale) {
    super();
    this.typename = SALE_TYPES[sale.subject.type];
    this.parent = parent;
    this.sale = sale;
  }
}

class SaleTaxSource extends GraphSource {
  readonly typename = "SaleTax";
  readonly of: SaleSource;
  readonly index: number;
  readonly amount: bigint;
  readonly taxLine: TaxLineSource;

  constructor(of: SaleSource, part: { index: number; amount: bigint; taxLine: TaxLineSource }) {
    super();
    this.of = of;
    this.index = part.index;
    this.amount = part.amount;
    this.taxLine = part.taxLine;
  }
}

/** Answers `Order.agreements`. */
export const agreements: Resolver<OrderSource> = (source, args, context, info): ConnectionSource => {
  if (stringArg(args, "query") !== null) throw new NotInLocalShopify("Order.agreements(query:)");
  const all = agreementsOf(source.order, source.figures);
  const sequence = sequenceOf(all, (agreement) => new AgreementSource(source, agreement));
  return connectionOf(sequence, args, context, info);
};

const ofAgreement: Record<string, Resolver<AgreementSource>> = {
  id: ({ parent, agreement }) => gid("SalesAgreement", numberFor(parent, `agreement ${agreement.key}`)),
  happenedAt: ({ agreement }) => agreement.at,
  reason: ({ agreement }) => agreement.about.type,
  sales: ({ parent, agreement }, args, context, info) => {
    const sequence = sequenceOf(agreement.sales, (sale) => new SaleSource(parent, sale));
    return connectionOf(sequence, args, context, info);
  },
};

const ofSale: Record<string, Resolver<SaleSource>> = {
  id: ({ parent, sale }) => gid("Sale", numberFor(parent, `sale ${sale.key}`)),
  actionType: ({ sale }) => sale.action,
  lineType: ({ sale }) => sale.subject.type,
  quantity: ({ sale }) => sale.quantity,
  totalAmount: ({ parent, sale }) => parent.bag(sale.total),
  totalTaxAmount: ({ parent, sale }) => parent.bag(sale.tax),
  totalDiscountAmountBeforeTaxes: ({ parent, sale }) => parent.bag(sale.discountBeforeTaxes),
  totalDiscountAmountAfterTaxes: ({ parent, sale }) => parent.bag(sale.discountAfterTaxes),
  taxes: (source) => taxesOf(source),
};

export const agreementTypes: TypeDefinition[] = [
  defineType("OrderAgreement", AgreementSource, { ...ofAgreement, order: ({ parent }) => parent }),
  defineType("OrderEditAgreement", AgreementSource, ofAgreement),
  defineType("ReturnAgreement", AgreementSource, {
    ...ofAgreement,
    return: ({ parent, agreement: { about } }) => ("refund" in about ? new ReturnSource(parent, about.refund) : null),
  }),
  defineType("RefundAgreement", AgreementSource, {
    ...ofAgreement,
    refund: ({ parent, agreement: { about } }) => ("refund" in about ? new RefundSource(parent, about.refund) : null),
  }),
  defineType("ProductSale", SaleSource, { ...ofSale, lineItem: (source) => lineItemOf(source) }),
  defineType("GiftCardSale", SaleSource, { ...ofSale, lineItem: (source) => lineItemOf(source) }),
  defineType("TipSale", SaleSource, { ...ofSale, lineItem: ({ parent }) => parent.tipLine }),
  defineType("DutySale", SaleSource, {
    ...ofSale,
    duty: ({ parent, sale: { subject } }) => (subject.type === "DUTY" ? new DutySource(parent, subject.line) : null),
  }),
  defineType("ShippingLineSale", SaleSource, { ...ofSale, shippingLine: (source) => shippingLineOf(source) }),
  defineType("AdjustmentSale", SaleSource, ofSale),
  defineType("FeeSale", SaleSource, {
    ...ofSale,
    fee: ({ parent, sale: { subject } }) =>
      subject.type === "FEE" ? returnFee(parent, subject.refund, subject.index) : null,
  }),
  defineType("AdditionalFeeSale", SaleSource, {
    ...ofSale,
    additionalFee: ({ parent, sale: { subject } }) =>
      subject.type === "ADDITIONAL_FEE"
        ? new AdditionalFeeSource(parent, subject.fee, { index: subject.index, isSale: true })
        : null,
  }),
  defineType("SaleTax", SaleTaxSource, {
    id: ({ of, index }) => gid("SaleTax", numberFor(of.parent, `tax ${index} of ${of.sale.key}`)),
    amount: ({ of, amount }) => of.parent.bag(amount),
    taxLine: ({ taxLine }) => taxLine,
  }),
];

function lineItemOf({ parent, sale: { subject } }: SaleSource): LineItemSource | null {
  return "line" in subject ? new LineItemSource(parent, subject.line) : null;
}

function shippingLineOf({ parent, sale: { subject } }: SaleSource): ShippingLineSource | null {
  return subject.type === "SHIPPING" ? new ShippingLineSource(parent, subject.shipping, subject.index) : null;
}

/** A sale's tax over the taxes of what it is about, in their proportion; the last takes what does not divide. */
function taxesOf(source: SaleSource): SaleTaxSource[] {
  const { parent, sale } = source;
  if (sale.tax === 0n) return [];
  const { subject } = sale;
  const isOfLine = subject.type === "PRODUCT" || subject.type === "GIFT_CARD";
  const taxLines = isOfLine ? taxLinesOf(new LineItemSource(parent, subject.line)) : sumOfTaxes(parent, abs(sale.tax));
  const whole = taxLines.reduce((sum, { amount }) => sum + amount.minor, 0n);
  let left = sale.tax;
  return taxLines.map((taxLine, index) => {
    const isLast = index === taxLines.length - 1;
    const amount = isLast ? left : (sale.tax * taxLine.amount.minor) / whole;
    left -= amount;
    return new SaleTaxSource(source, { index, amount, taxLine });
  });
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/**
 * The world does not number agreements and sales, and their ids have to be the shop's only ones and stay as they are when
 * the order changes: 62 bits of what the order and the key say.
 */
function numberFor({ order }: OrderSource, key: string): string {
  const digest = createHash("sha256").update(`${order.id} ${key}`).digest();
  return String(digest.readBigUInt64BE(0) >> 2n);
}
