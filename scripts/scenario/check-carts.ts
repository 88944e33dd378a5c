import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { CartInput } from "#tests/local-shopify/checkout/cart.ts";
import { checkoutJson } from "#tests/local-shopify/checkout/checkout-result.ts";
import type { LocalShopify } from "#tests/local-shopify/server.ts";

const id = z.int().positive();

/** A cart as it stands in a line of --carts. docs/cart.schema.json is made from this. */
export const cartSchema = z
  .strictObject({
    cart: z.string().describe("Its name in checkout.jsonl."),
    companyLocationId: id.nullish().describe("Bought for a company, at this location."),
    contactId: id.nullish().describe("The customer who buys for the company."),
    customerId: id.nullish().describe("A customer who is logged in."),
    email: z.string().nullish().describe("What a guest typed."),
    attributes: z.record(z.string(), z.string()).optional(),
    presentmentCurrency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    presentmentRate: z.string().optional(),
    language: z.string().optional(),
    lines: z
      .array(z.strictObject({ variantId: id, quantity: id, sellingPlan: z.string().optional() }))
      .min(1)
      .max(500),
  })
  .meta({ title: "Cart", description: "A line of the file that `npm run scenario -- --carts` reads." });

export type CartToCheck = z.infer<typeof cartSchema>;

/** @throws Error naming the line, the place in it and the reason */
export const readCarts = async (file: string): Promise<CartToCheck[]> => {
  const lines = (await readFile(file, "utf8")).split("\n");
  return lines.flatMap((line, index): CartToCheck[] => {
    if (line.trim() === "") return [];
    const fail = (reason: string): never => {
      throw new Error(`${file}, line ${index + 1}: ${reason}`);
    };
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      return fail("is not JSON");
    }
    const read = cartSchema.safeParse(json);
    if (read.success) return [read.data];
    return fail(read.error.issues.map(({ path, message }) => `${path.join(".") || "(root)"}: ${message}`).join("; "));
  });
};

const toInput = ({ companyLocationId, contactId, customerId, email, ...cart }: CartToCheck): CartInput => ({
  ...cart,
  companyLocationId: companyLocationId ?? null,
  contactId: contactId ?? null,
  customerId: customerId ?? null,
  email: email ?? null,
});

/** Pushes carts through the shop's checkout and writes what it says of each, one a line. @returns how many */
export const checkCarts = async (
  shopify: Pick<LocalShopify, "checkout">,
  carts: readonly CartToCheck[],
  file: string,
): Promise<number> => {
  const lines = function* (): Generator<string> {
    for (const cart of carts) yield `${JSON.stringify(checkoutJson(cart.cart, shopify.checkout(toInput(cart))))}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(file));
  return carts.length;
};
