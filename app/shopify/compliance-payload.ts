import { z } from "zod";
import type { DataSubject } from "#app/core/privacy/data-subject.ts";
import type { ComplianceTopic } from "#app/core/webhooks/topics.ts";

const ids = z.array(z.int().nonnegative().transform(BigInt)).default([]);

const ofPerson = z.object({
  customer: z.object({
    id: z.int().nonnegative().transform(BigInt).nullable().default(null),
    email: z.string().max(320).nullable().default(null),
  }),
  orders_requested: ids,
  orders_to_redact: ids,
});

/** A body of shop/redact names nobody: one that does is of another topic, which the signature does not cover. */
const ofShop = z.object({ customer: z.never().optional() });

/**
 * Whom the body of a compliance webhook is about; null for the shop as a whole. The telephone number is left out: the app
 * holds none.
 *
 * @returns undefined for a body that is not of this topic
 */
export const complianceSubject = (topic: ComplianceTopic, body: unknown): DataSubject | null | undefined => {
  if (topic === "shop/redact") return ofShop.safeParse(body).success ? null : undefined;
  const read = ofPerson.safeParse(body);
  if (!read.success) return undefined;
  const { customer, orders_requested: requested, orders_to_redact: toRedact } = read.data;
  return {
    customerId: customer.id,
    email: customer.email,
    orderIds: topic === "customers/redact" ? toRedact : requested,
  };
};
