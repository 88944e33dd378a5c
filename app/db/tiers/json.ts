import { z } from "zod";

/** An amount as JSON holds it, which has no bigint: a decimal integer in a string. */
export const amount = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);

export const count = z.int().nonnegative();

/** A value as JSON holds it, amounts as strings. */
export const toJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? one.toString() : one)));
