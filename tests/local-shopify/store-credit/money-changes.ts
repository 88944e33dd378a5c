import { z } from "zod";
import { creditOwnerSchema } from "./store-credit-book.ts";

// What apps do with money, as the shop's log of changes keeps it. Amounts are minor units as text.

export const storeCreditGivenSchema = z.object({
  owner: creditOwnerSchema,
  currency: z.string(),
  amount: z.string(),
  expiresAt: z.string().nullable(),
});
export type StoreCreditGiven = z.output<typeof storeCreditGivenSchema>;

export const storeCreditTakenSchema = z.object({ accountId: z.number(), amount: z.string() });
export type StoreCreditTaken = z.output<typeof storeCreditTakenSchema>;

/** The refund that a key has brought about. */
export const refundOnceSchema = z.object({ key: z.string(), fingerprint: z.string(), refundId: z.number() });
export type RefundOnce = z.output<typeof refundOnceSchema>;
