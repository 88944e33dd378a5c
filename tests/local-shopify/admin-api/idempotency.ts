import { createHash } from "node:crypto";
import { getDirectiveValues, GraphQLError, type GraphQLResolveInfo } from "graphql";
import type { Args } from "./define-type.ts";
import { adminSchema } from "./schema.ts";

/** The key that a mutation was called with, and what it was called with besides. */
export interface Idempotency {
  readonly key: string;
  /** Tells one request from any other. */
  readonly fingerprint: string;
}

const refusal = (message: string, code: string) => new GraphQLError(message, { extensions: { code } });

/**
 * The `@idempotent` directive of a mutation that must have one. The schema lets it be left out; since 2026-04 Shopify
 * answers such a call with an error.
 *
 * @throws GraphQLError without the directive, or with an empty key
 */
export function idempotencyOf(args: Args, info: GraphQLResolveInfo): Idempotency {
  const directive = adminSchema().getDirective("idempotent");
  const [node] = info.fieldNodes;
  const given = directive && node ? getDirectiveValues(directive, node, info.variableValues) : undefined;
  const key = given?.["key"];
  if (typeof key !== "string" || key.trim() === "") {
    throw refusal(`The @idempotent directive is required for ${info.fieldName}.`, "BAD_REQUEST");
  }
  return { key, fingerprint: createHash("sha256").update(JSON.stringify(args)).digest("hex") };
}

/** @throws GraphQLError where a key that was used comes with another request */
export function requireSame(known: Idempotency, now: Idempotency): void {
  if (known.fingerprint === now.fingerprint) return;
  throw refusal("The idempotency key was used before with other parameters.", "IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
}
