import { z } from "zod";
import type { DataSubject } from "#app/core/privacy/data-subject.ts";

/** Whom an event is about, as the inbox keeps it until it is done: JSON, ids as decimal strings. */
export const printSubject = ({ customerId, email, orderIds }: DataSubject): string =>
  JSON.stringify({ customerId: customerId?.toString() ?? null, email, orderIds: orderIds.map(String) });

const id = z.string().regex(/^\d+$/).transform(BigInt);

const stored = z.object({ customerId: id.nullable(), email: z.string().nullable(), orderIds: z.array(id) });

/** @throws ZodError for what was not printed by `printSubject` */
export const parseSubject = (details: unknown): DataSubject => stored.parse(details);
