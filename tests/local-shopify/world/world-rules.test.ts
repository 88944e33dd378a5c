import { describe, expect, test } from "vitest";
import { SAMPLE_NOW, type Sample, readSample, sample, sampleLine, sampleOrder } from "./sample-world.ts";
import { WorldError } from "./world-error.ts";
import { parseWorld } from "./world.ts";

/** The error of a world in which something was changed; fails when there is none. */
function refusal(change: (world: Sample) => unknown, ...more: unknown[]): WorldError {
  const world = sample();
  change(world);
  try {
    readSample(world, ...more);
  } catch (error) {
    if (error instanceof WorldError) return error;
    throw error;
  }
  return expect.fail("the world was not refused");
}

const nothing = () => {};
const line = (world: Sample) => world.order.lines[0] ?? expect.fail("no line");
const refund = (world: Sample) => world.order.refunds?.[0] ?? expect.fail("no refund");
const bare = (world: Sample) => Object.assign(world.order, { refunds: [], transactions: [] });

describe("a world is refused, with its line, path and reason, when", () => {
  const cases: readonly (readonly [
    string,
    (world: Sample) => unknown,
    { line: number; path: string; reason: RegExp },
  ])[] = [
    [
      "a field is unknown",
      (w) => Object.assign(w.customer, { nickname: "A" }),
      { line: 3, path: "$", reason: /nickname/ },
    ],
    [
      "a type is unknown",
      (w) => Object.assign(w.customer, { type: "person" }),
      { line: 3, path: "$.type", reason: /./ },
    ],
    ["a field is missing", (w) => Object.assign(w.order, { tip: undefined }), { line: 5, path: "$.tip", reason: /./ }],
    ["an amount is a number", (w) => Object.assign(w.order, { tip: 1 }), { line: 5, path: "$.tip", reason: /string/ }],
    ["an amount is negative", (w) => (w.order.tip = "-1.00"), { line: 5, path: "$.tip", reason: /decimal string/ }],
    ["an id is above 2^53", (w) => (w.order.id = 2 ** 54), { line: 5, path: "$.id", reason: /./ }],
    ["an id is a fraction", (w) => (w.order.id = 1.5), { line: 5, path: "$.id", reason: /./ }],
    ["an id is 0", (w) => (w.order.id = 0), { line: 5, path: "$.id", reason: /./ }],
    [
      "a day does not exist",
      (w) => (w.order.processedAt = "2025-02-30T00:00:00Z"),
      { line: 5, path: "$.processedAt", reason: /instant/ },
    ],
    [
      "the currency is none",
      (w) => (w.shop.currency = "XQX"),
      { line: 1, path: "$.currency", reason: /not a currency/ },
    ],
    [
      "the time zone is none",
      (w) => (w.shop.timezone = "Mars/Olympus"),
      { line: 1, path: "$.timezone", reason: /time zone/ },
    ],
    [
      "the domain is not Shopify's",
      (w) => (w.shop.domain = "acme.com"),
      { line: 1, path: "$.domain", reason: /myshopify/ },
    ],
    [
      "a price has too many decimals",
      (w) => Object.assign(w.product.variants[0] ?? {}, { price: "1.005" }),
      { line: 2, path: "$.variants[0].price", reason: /decimals/ },
    ],
    ["a product has no variant", (w) => (w.product.variants = []), { line: 2, path: "$.variants", reason: /./ }],
    [
      "variants share an id",
      (w) => w.product.variants.push({ ...(w.product.variants[0] ?? expect.fail()) }),
      { line: 2, path: "$.variants[1].id", reason: /already/ },
    ],
    [
      "cost changes are out of order",
      (w) =>
        Object.assign(w.product.variants[0] ?? {}, {
          costChanges: ["2025-05-01T00:00:00Z", "2025-04-01T00:00:00Z"].map((at) => ({ at, unitCost: "1" })),
        }),
      { line: 2, path: "$.variants[0].costChanges[1].at", reason: /order of time/ },
    ],
    ["a contact is nobody", (w) => (w.company.contacts = [7]), { line: 4, path: "$.contacts[0]", reason: /not above/ }],
    [
      "net terms lack days",
      (w) => Object.assign(w.company.locations[0] ?? {}, { terms: { type: "NET", dueInDays: null } }),
      { line: 4, path: "$.locations[0].terms.dueInDays", reason: /need days/ },
    ],
    [
      "a catalog names no variant",
      (w) => Object.assign(w.company.locations[0] ?? {}, { catalogPrices: [{ variantId: 9, price: "1" }] }),
      { line: 4, path: "$.locations[0].catalogPrices[0].variantId", reason: /not above/ },
    ],
    [
      "an order's customer is nobody",
      (w) => (w.order.customerId = 9),
      { line: 5, path: "$.customerId", reason: /not above/ },
    ],
    [
      "an order's location is nowhere",
      (w) => (w.order.companyLocationId = 9),
      { line: 5, path: "$.companyLocationId", reason: /not above/ },
    ],
    [
      "an order's variant is none",
      (w) => (line(w).variantId = 9),
      { line: 5, path: "$.lines[0].variantId", reason: /not above/ },
    ],
    ["an order has no lines", (w) => (w.order.lines = []), { line: 5, path: "$.lines", reason: /./ }],
    ["a quantity is 0", (w) => (line(w).quantity = 0), { line: 5, path: "$.lines[0].quantity", reason: /./ }],
    [
      "lines share an id",
      (w) => w.order.lines.push(sampleLine(1)),
      { line: 5, path: "$.lines[1].id", reason: /already/ },
    ],
    [
      "an instant lies ahead",
      (w) => (refund(w).createdAt = "2026-01-01T00:00:01Z"),
      { line: 5, path: "$.refunds[0].createdAt", reason: /after now/ },
    ],
    [
      "a refund comes before its order",
      (w) => (refund(w).createdAt = "2025-01-01T00:00:00Z"),
      { line: 5, path: "$.refunds[0].createdAt", reason: /before/ },
    ],
    [
      "a discount is larger than its line",
      (w) => (line(w).discount = "30.01"),
      { line: 5, path: "$.lines[0].discount", reason: /larger/ },
    ],
    [
      "an order's discount is larger than its goods",
      (w) => (w.order.orderDiscount = "27.01"),
      { line: 5, path: "$.orderDiscount", reason: /larger/ },
    ],
    [
      "an order's discount has only gift cards to go to",
      (w) => Object.assign(w.order, { orderDiscount: "0.01", lines: [{ ...sampleLine(1), giftCard: true }] }),
      { line: 5, path: "$.orderDiscount", reason: /larger/ },
    ],
    [
      "a shipping discount is larger than the shipping",
      (w) => (w.order.shipping.discount = "5.01"),
      { line: 5, path: "$.shipping.discount", reason: /larger/ },
    ],
    [
      "shipping lines do not add up",
      (w) => (w.order.shippingLines = [{ price: "4.00", discount: "0", tax: "0" }]),
      { line: 5, path: "$.shippingLines", reason: /add up/ },
    ],
    [
      "tax lines do not add up",
      (w) => (line(w).taxes = [{ title: "VAT", rate: "0.2", amount: "1.00" }]),
      { line: 5, path: "$.lines[0].taxes", reason: /add up/ },
    ],
    [
      "a live variant's line is called deleted",
      (w) => (line(w).deleted = true),
      { line: 5, path: "$.lines[0].deleted", reason: /no variantId/ },
    ],
    [
      "a contained tax is larger than its line",
      (w) => Object.assign(bare(w), { taxesIncluded: true, lines: [{ ...sampleLine(1), tax: "27.01" }] }),
      { line: 5, path: "$.lines[0].tax", reason: /contained/ },
    ],
    [
      "a contained tax is larger than its shipping",
      (w) => Object.assign(bare(w), { taxesIncluded: true, shipping: { price: "5", discount: "0", tax: "5.01" } }),
      { line: 5, path: "$.shipping.tax", reason: /contained/ },
    ],
    [
      "a refund has more units than were sold",
      (w) => Object.assign(refund(w).lines[0] ?? {}, { quantity: 4 }),
      { line: 5, path: "$.refunds[0].lines[0].quantity", reason: /3 units/ },
    ],
    [
      "a refund gives back more than was asked",
      (w) => Object.assign(refund(w).lines[0] ?? {}, { amount: "27.01" }),
      { line: 5, path: "$.refunds[0].lines[0].amount", reason: /more than was asked/ },
    ],
    [
      "a refund gives back more tax than there was",
      (w) => Object.assign(refund(w).lines[0] ?? {}, { tax: "0.01" }),
      { line: 5, path: "$.refunds[0].lines[0].tax", reason: /tax/ },
    ],
    [
      "a refund is of a line of no such order",
      (w) => Object.assign(refund(w).lines[0] ?? {}, { lineId: 2 }),
      { line: 5, path: "$.refunds[0].lines[0].lineId", reason: /not on the order/ },
    ],
    [
      "refunds give back more shipping than was asked",
      (w) => (refund(w).shipping = "5.01"),
      { line: 5, path: "$.refunds[0].shipping", reason: /shipping/ },
    ],
    [
      "more is refunded than was received",
      (w) => Object.assign(w.order.transactions?.[1] ?? {}, { amount: "32.01" }),
      { line: 5, path: "$.transactions", reason: /received/ },
    ],
    [
      "removals and refunds together exceed a line",
      (w) => (w.order.edits = [{ at: "2025-02-02T00:00:00Z", remove: [{ lineId: 1, quantity: 3 }] }]),
      { line: 5, path: "$.refunds[0].lines[0].quantity", reason: /3 units/ },
    ],
    [
      "an edit removes a line added later",
      (w) =>
        (w.order.edits = [
          { at: "2025-02-02T00:00:00Z", remove: [{ lineId: 2, quantity: 1 }] },
          { at: "2025-02-03T00:00:00Z", add: [sampleLine(2)] },
        ]),
      { line: 5, path: "$.edits[0].remove[0].lineId", reason: /not on the order/ },
    ],
    [
      "the presentment currency is none",
      (w) => (w.order.presentmentCurrency = "XQX"),
      { line: 5, path: "$.presentmentCurrency", reason: /currency/ },
    ],
    [
      "the rate is 0",
      (w) => Object.assign(w.order, { presentmentCurrency: "EUR", presentmentRate: "0.0" }),
      { line: 5, path: "$.presentmentRate", reason: /above 0/ },
    ],
    [
      "the shop's own currency has a rate",
      (w) => (w.order.presentmentRate = "1.1"),
      { line: 5, path: "$.presentmentRate", reason: /is 1/ },
    ],
  ];

  test.each(cases)("%s", (_name, change, expected) => {
    const { line: at, path, reason } = refusal(change);
    expect({ line: at, path }).toEqual({ line: expected.line, path: expected.path });
    expect(reason).toMatch(expected.reason);
  });

  test("an id is used twice", () => {
    const { product, customer, company, order } = sample();
    for (const again of [product, customer, company, order]) {
      expect(refusal(nothing, again)).toMatchObject({ line: 6, path: "$.id", reason: /already/ });
    }
    const other = { ...sampleOrder(), id: 2, lines: [sampleLine(2)], transactions: [] };
    expect(refusal(nothing, { ...other, lines: [sampleLine(1)], refunds: [] }).path).toBe("$.lines[0].id");
    expect(refusal(nothing, { ...other, refunds: [{ ...sampleOrder().refunds?.[0], lines: [] }] }).path).toBe(
      "$.refunds[0].id",
    );
  });

  test("the shop does not come first, comes twice, or is missing", () => {
    const { shop, customer } = sample();
    const read =
      (...objects: unknown[]) =>
      () =>
        parseWorld(
          objects.map((one) => JSON.stringify(one)),
          { now: SAMPLE_NOW },
        );
    expect(read(customer, shop)).toThrow("line 1, $.type: the shop comes first");
    expect(read(shop, shop)).toThrow("line 2, $: a world has one shop");
    expect(read()).toThrow("has no shop");
  });

  test("a line is not JSON", () => {
    const { shop } = sample();
    expect(() => parseWorld([JSON.stringify(shop), "{oops"], { now: SAMPLE_NOW })).toThrow(/^line 2, \$: not JSON/);
  });

  test("a customer is merged who is not there, was merged before, or is the same", () => {
    const second = { ...sample().customer, id: 2 };
    const merge = (fromCustomerId: number, intoCustomerId: number) => ({
      type: "event",
      kind: "customerMerge",
      at: "2025-03-01T00:00:00Z",
      fromCustomerId,
      intoCustomerId,
    });
    expect(refusal(nothing, merge(9, 1)).path).toBe("$.fromCustomerId");
    expect(refusal(nothing, second, merge(2, 2)).path).toBe("$.intoCustomerId");
    expect(refusal(nothing, second, merge(2, 1), merge(1, 2)).reason).toMatch(/merged away/);
  });
});
