import { type World, type WorldObject, parseWorld } from "./world.ts";

type Of<T extends WorldObject["type"]> = Extract<WorldObject, { type: T }>;

/** The instant at which the sample world is read. */
export const SAMPLE_NOW = new Date("2026-01-01T00:00:00Z");

/** One small object of each type, each free to be changed by a test before it is read. */
export interface Sample {
  shop: Of<"shop">;
  product: Of<"product">;
  customer: Of<"customer">;
  company: Of<"company">;
  order: Of<"order">;
}

export function sample(): Sample {
  return {
    shop: {
      type: "shop",
      domain: "acme.myshopify.com",
      name: "Acme",
      currency: "USD",
      timezone: "America/New_York",
      plan: "BASIC",
      taxesIncluded: false,
    },
    product: {
      type: "product",
      id: 1,
      title: "Mug",
      giftCard: false,
      createdAt: "2025-01-01T00:00:00Z",
      variants: [{ id: 11, sku: "MUG-1", title: "Blue", price: "10.00", unitCost: "4.20" }],
    },
    customer: {
      type: "customer",
      id: 1,
      firstName: "Ada",
      lastName: "Berg",
      email: "ada@example.com",
      countryCode: "GB",
      createdAt: "2025-01-01T00:00:00Z",
    },
    company: {
      type: "company",
      id: 1,
      name: "Co",
      contacts: [1],
      locations: [
        { id: 11, name: "HQ", terms: { type: "NET", dueInDays: 30 }, depositPercent: null, checkoutToDraft: false },
      ],
    },
    order: sampleOrder(),
  };
}

/** Three mugs at 10.00, 3.00 off, 5.00 shipping, paid, one sent back. */
export function sampleOrder(): Of<"order"> {
  return {
    type: "order",
    id: 1,
    name: "#1001",
    customerId: 1,
    companyLocationId: null,
    email: null,
    processedAt: "2025-02-01T12:00:00Z",
    presentmentCurrency: "USD",
    presentmentRate: "1",
    test: false,
    cancelledAt: null,
    lines: [sampleLine(1)],
    orderDiscount: "0.00",
    shipping: { price: "5.00", discount: "0.00", tax: "0.00" },
    tip: "0.00",
    terms: null,
    transactions: [
      { kind: "SALE", gateway: "shopify_payments", amount: "32.00", processedAt: "2025-02-01T12:00:00Z", fee: "1.23" },
      { kind: "REFUND", gateway: "shopify_payments", amount: "9.00", processedAt: "2025-02-10T12:00:00Z", fee: null },
    ],
    refunds: [
      {
        id: 1,
        createdAt: "2025-02-10T12:00:00Z",
        lines: [{ lineId: 1, quantity: 1, restockType: "RETURN", amount: "9.00", tax: "0.00" }],
        shipping: "0.00",
        adjustment: "0.00",
      },
    ],
  };
}

export function sampleLine(id: number): Of<"order">["lines"][number] {
  return {
    id,
    variantId: 11,
    title: "Mug",
    quantity: 3,
    unitPrice: "10.00",
    discount: "3.00",
    tax: "0.00",
    giftCard: false,
  };
}

/** Reads the objects of a sample, and more after them. */
export function readSample({ shop, product, customer, company, order }: Sample, ...more: unknown[]): World {
  const lines = [shop, product, customer, company, order, ...more].map((object) => JSON.stringify(object));
  return parseWorld(lines, { now: SAMPLE_NOW });
}
