import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { z } from "zod";
import type { AdminContext } from "./context.ts";
import { costOf, MAX_QUERY_COST, type QueryCost } from "./cost.ts";
import { executeAdmin } from "./execute.ts";
import { adminSchema } from "./schema.ts";
import type { ThrottleBucket } from "./throttle.ts";

const bodySchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** What one call of the Admin API came to; for the statistics. */
export interface CallReport {
  readonly operationName: string;
  readonly outcome: "answered" | "throttled" | "refused";
  readonly requestedCost: number;
  readonly actualCost: number;
}

export interface AdminReply {
  readonly status: number;
  readonly body: unknown;
  readonly report: CallReport | null;
}

interface ValidDocument {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

/** The app sends the same few documents over and over; checking one against this schema takes milliseconds. */
const REMEMBERED_DOCUMENTS = 200;
const documents = new Map<string, ValidDocument>();

/** What answers are made of: the shop's bucket, and whether to say that it is too empty whatever it holds. */
export interface Throttling {
  readonly bucket: ThrottleBucket;
  readonly forced: boolean;
}

/** Answers the body of a POST to graphql.json, the way Shopify does: validation, cost, throttle, execution. */
export function answerGraphql(text: string, context: AdminContext, { bucket, forced }: Throttling): AdminReply {
  const body = parseBody(text);
  if (!body) return { status: 400, body: { errors: { query: "Required parameter missing or invalid" } }, report: null };
  const { document, errors } = checkedDocument(body.query);
  if (errors.length > 0) return refusal({ errors });
  const operation = getOperationAST(document, body.operationName);
  if (!operation) return refusal({ errors: [new GraphQLError("An operation name is required")] });
  const variables = body.variables ?? {};
  const cost = costOf(document, operation, variables);
  const name = nameOf(operation);
  if (cost.requested > MAX_QUERY_COST) return refusal({ errors: [tooDear(cost.requested)] }, name, cost);
  if (forced || !bucket.take(cost.requested)) return throttled(cost, bucket, name);
  const result = executeAdmin({ document, variables, operationName: body.operationName ?? undefined }, context);
  const actual = cost.actual(result.data);
  bucket.giveBack(cost.requested - actual);
  return {
    status: 200,
    body: { ...withReadableErrors(result), extensions: { cost: costExtension(cost, actual, bucket) } },
    report: { operationName: name, outcome: "answered", requestedCost: cost.requested, actualCost: actual },
  };
}

/** The answer of a bucket that is too empty. */
function throttled(cost: QueryCost, bucket: ThrottleBucket, name: string): AdminReply {
  const extensions = { code: "THROTTLED", documentation: "https://shopify.dev/api/usage/rate-limits" };
  return {
    status: 200,
    body: {
      errors: [{ message: "Throttled", extensions }],
      extensions: { cost: costExtension(cost, null, bucket) },
    },
    report: { operationName: name, outcome: "throttled", requestedCost: cost.requested, actualCost: 0 },
  };
}

function costExtension(cost: QueryCost, actual: number | null, bucket: ThrottleBucket) {
  return { requestedQueryCost: cost.requested, actualQueryCost: actual, throttleStatus: bucket.status() };
}

function parseBody(text: string): z.output<typeof bodySchema> | null {
  try {
    return bodySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Parses and validates a document, and remembers the result. */
export function checkedDocument(query: string): ValidDocument {
  const known = documents.get(query);
  if (known) return known;
  const checked = check(query);
  const oldest = documents.size >= REMEMBERED_DOCUMENTS ? documents.keys().next().value : undefined;
  if (oldest !== undefined) documents.delete(oldest);
  documents.set(query, checked);
  return checked;
}

function check(query: string): ValidDocument {
  try {
    const document = parse(query);
    return { document, errors: validate(adminSchema(), document) };
  } catch (error) {
    if (error instanceof GraphQLError) return { document: { kind: Kind.DOCUMENT, definitions: [] }, errors: [error] };
    throw error;
  }
}

/** Without data: Shopify did not begin to execute. */
function refusal(body: { errors: readonly GraphQLError[] }, name = "", cost?: QueryCost): AdminReply {
  const requestedCost = cost?.requested ?? 0;
  return { status: 200, body, report: { operationName: name, outcome: "refused", requestedCost, actualCost: 0 } };
}

function tooDear(cost: number): GraphQLError {
  const message =
    `Query cost is ${cost}, which exceeds the single query max cost limit (${MAX_QUERY_COST}).\n\n` +
    "See https://shopify.dev/docs/api/usage/rate-limits for more information on how the\ncost of a query is calculated.\n\n" +
    "To query larger amounts of data with fewer limits, bulk operations should be used instead.\n" +
    "See https://shopify.dev/docs/api/usage/bulk-operations/queries for usage details.\n";
  const documentation = "https://shopify.dev/api/usage/rate-limits";
  return new GraphQLError(message, {
    extensions: { code: "MAX_COST_EXCEEDED", cost, maxCost: MAX_QUERY_COST, documentation },
  });
}

function withReadableErrors(result: ReturnType<typeof executeAdmin>) {
  const { data, errors } = result;
  return errors && errors.length > 0 ? { errors, data: data ?? null } : { data: data ?? null };
}

function nameOf(operation: OperationDefinitionNode): string {
  const first = operation.selectionSet.selections[0];
  return operation.name?.value ?? (first && "name" in first ? first.name.value : "");
}
