import { expect, test } from "vitest";
import {
  tipLines,
  toChanges,
  type AgreementRow,
  type ChangeRows,
  type SaleRow,
} from "#app/shopify/mappers/order-changes.ts";
import type { RefundRow } from "#app/shopify/mappers/rows.ts";

const gid = (type: string, id: number): string => `gid://shopify/${type}/${id}`;
const amount = (text: string) => ({ shopMoney: { amount: text } });
const NONE = { nodes: [] };

const sale = (lineId: number, quantity: number, typename = "ProductSale"): SaleRow => ({
  __typename: typename,
  id: gid("Sale", lineId * 100 + quantity),
  quantity,
  lineItem: { id: gid("LineItem", lineId) },
});

const agreement = (typename: string, id: number, ...sales: SaleRow[]): AgreementRow => ({
  __typename: typename,
  id: gid("SalesAgreement", id),
  happenedAt: `2026-10-0${id}T12:00:00Z`,
  sales,
});

const refund = (part: Partial<RefundRow> = {}): RefundRow => ({
  id: gid("Refund", 1),
  createdAt: "2026-10-05T12:00:00Z",
  processedAt: "2026-10-05T12:00:00Z",
  refundLineItems: NONE,
  refundShippingLines: NONE,
  orderAdjustments: NONE,
  ...part,
});

const returned = (lineId: number, quantity: number, restockType = "RETURN") => ({
  quantity,
  restockType,
  lineItem: { id: gid("LineItem", lineId) },
  subtotalSet: amount("10.0"),
  totalTaxSet: amount("0.8"),
});

const changesOf = (rows: Partial<ChangeRows>) =>
  toChanges({ refunds: [], agreements: [], returnFees: [], ...rows }, "USD");

test("lines that an edit or an exchange brought are added, more units of a line that was there are not", () => {
  const { added } = changesOf({
    agreements: [
      agreement("OrderAgreement", 1, sale(1, 2)),
      agreement("OrderEditAgreement", 2, sale(1, 1), sale(2, 1)),
      agreement("ReturnAgreement", 3, sale(3, 1)),
    ],
  });
  expect([...added]).toEqual([
    [2n, { type: "edit", id: 2n, at: Date.parse("2026-10-02T12:00:00Z") }],
    [3n, { type: "return", id: 3n, at: Date.parse("2026-10-03T12:00:00Z") }],
  ]);
});

test("units that an edit takes off are removals, those that a refund takes back are the refund's", () => {
  const { removals } = changesOf({
    refunds: [refund({ refundLineItems: { nodes: [returned(1, 1)] } })],
    agreements: [
      agreement("OrderAgreement", 1, sale(1, 4)),
      agreement("OrderEditAgreement", 2, sale(1, -2)),
      agreement("RefundAgreement", 3, sale(1, -1)),
    ],
  });
  expect(removals.map(({ lineId, quantity, event }) => [lineId, quantity, event.type])).toEqual([[1n, 2, "edit"]]);
});

test("units of a return are told by the refund that names them, and are a removal until there is one", () => {
  const agreements = [agreement("OrderAgreement", 1, sale(1, 4)), agreement("ReturnAgreement", 2, sale(1, -3))];
  const units = (refunds: RefundRow[]) => changesOf({ refunds, agreements }).removals.map(({ quantity }) => quantity);
  expect(units([])).toEqual([3]);
  expect(units([refund({ refundLineItems: { nodes: [returned(1, 1)] } })])).toEqual([2]);
  expect(units([refund({ refundLineItems: { nodes: [returned(1, 3)] } })])).toEqual([]);
});

test("units of a return left when it was opened, those that a refund took back itself left with the refund", () => {
  const opened = agreement("ReturnAgreement", 2, sale(1, -1));
  const left = (...agreements: AgreementRow[]) =>
    changesOf({
      refunds: [refund({ refundLineItems: { nodes: [returned(1, 1)] } })],
      agreements: [agreement("OrderAgreement", 1, sale(1, 4)), ...agreements],
    }).refunds[0]?.lines[0]?.leftAt;
  expect(left(opened, agreement("RefundAgreement", 5))).toBe(Date.parse("2026-10-02T12:00:00Z"));
  expect(left(opened, agreement("RefundAgreement", 5, sale(1, -1)))).toBeUndefined();
  expect(left(agreement("RefundAgreement", 5, sale(1, -1)))).toBeUndefined();
});

test("a fee kept of a return is dated by the return, with the tax of its sale", () => {
  const fee = { id: gid("RestockingFee", 5), returnId: gid("Return", 4), createdAt: "2026-10-03T12:00:00Z" };
  const feeSale: SaleRow = {
    __typename: "FeeSale",
    id: gid("Sale", 9),
    fee: { id: fee.id },
    totalTaxAmount: amount("0.08"),
  };
  const { returnFees } = changesOf({
    agreements: [agreement("ReturnAgreement", 2, feeSale)],
    returnFees: [{ ...fee, amountSet: amount("1.0") }],
  });
  expect(returnFees).toEqual([
    { event: { type: "return", id: 4n, at: Date.parse("2026-10-03T12:00:00Z") }, amount: 100n, tax: 8n },
  ]);
});

test("a refund is read with its shipping, duties and adjustments added up, each with its tax", () => {
  const { refunds } = changesOf({
    refunds: [
      refund({
        duties: [{ amountSet: amount("1.0") }, { amountSet: amount("0.5") }],
        refundLineItems: { nodes: [returned(1, 2, "NO_RESTOCK"), returned(2, 1, "SOMETHING_NEW")] },
        refundShippingLines: {
          nodes: [
            { subtotalAmountSet: amount("4.0"), taxAmountSet: amount("0.33") },
            { subtotalAmountSet: amount("0.5"), taxAmountSet: amount("0.03") },
          ],
        },
        orderAdjustments: { nodes: [{ amountSet: amount("-1.0"), taxAmountSet: amount("-0.08") }] },
      }),
    ],
  });
  expect(refunds).toMatchObject([
    {
      lines: [
        { lineId: 1n, quantity: 2, restockType: "NO_RESTOCK", amount: 1000n, tax: 80n },
        { lineId: 2n, quantity: 1, restockType: "RETURN" },
      ],
      shipping: { amount: 450n, tax: 36n },
      duties: 150n,
      adjustment: -100n,
      adjustmentTax: -8n,
    },
  ]);
});

test("tips are told from goods by their sales, and unknown sales are counted", () => {
  const agreements = [
    agreement("OrderAgreement", 1, sale(1, 1), sale(2, 1, "TipSale"), {
      __typename: "UnknownSale",
      id: gid("Sale", 3),
    }),
  ];
  expect([...tipLines(agreements)]).toEqual([gid("LineItem", 2)]);
  expect(changesOf({ agreements })).toMatchObject({ unknownSales: 1, removals: [] });
});
