import type { AdminOperations } from "@shopify/admin-api-client";
import { GraphqlQueryError, HttpResponseError, HttpThrottlingError } from "@shopify/shopify-api";
import type { AdminApiContext } from "@shopify/shopify-app-remix/server";
import { z } from "zod";
import { ShopifyError } from "#app/platform/errors.ts";
import { ORDER_EDIT_ADD_CUSTOM_ITEM, ORDER_EDIT_COMMIT } from "./operations/order-edits.ts";
import { STORE_CREDIT_GIVE, STORE_CREDIT_TAKE } from "./operations/rebates.ts";

/** Asks the Admin API one of the app's documents; the answer has the type that the document has. */
export type Ask = <Operation extends keyof AdminOperations>(
  operation: Operation,
  variables: AdminOperations[Operation]["variables"],
) => Promise<AdminOperations[Operation]["return"]>;

/** The rate limit as the latest answer left it, and what has been spent, in points. */
export class RateLimit {
  spent = 0;
  available = 0;
  /** Points that come back each second; null before the first answer. */
  restoreRate: number | null = null;

  /** Notes what an answer says it cost; answers that say nothing change nothing. */
  note(extensions: unknown): void {
    const status = answeredCost.safeParse(extensions);
    if (!status.success) return;
    const { actualQueryCost, throttleStatus: bucket } = status.data.cost;
    this.spent += actualQueryCost ?? 0;
    this.available = bucket.currentlyAvailable;
    this.restoreRate = bucket.restoreRate;
  }

  /**
   * Seconds until so many more points can have been spent, null before the first answer.
   *
   * @example 1,000 points to go, 200 there, 100 a second: 8
   */
  secondsFor(points: number): number | null {
    return this.restoreRate === null ? null : Math.max(0, Math.ceil((points - this.available) / this.restoreRate));
  }
}

const THROTTLE_ATTEMPTS = 60;
const OUTAGE_ATTEMPTS = 4;
/** Far longer than an answer takes. Node itself would wait for five minutes. */
const ANSWER_WITHIN_MS = 60_000;

const throttleStatus = z.object({
  cost: z.object({
    requestedQueryCost: z.number(),
    throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
  }),
});

const answeredCost = z.object({
  cost: throttleStatus.shape.cost.extend({ actualQueryCost: z.number().nullish() }),
});

const graphqlErrors = z.object({
  errors: z.object({
    graphQLErrors: z.array(
      z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() }),
    ),
  }),
  extensions: z.unknown().optional(),
});

/** They change what is owed and take no key: without an answer nobody knows whether they were done, and they are not asked again. */
const ASKED_ONCE: ReadonlySet<keyof AdminOperations> = new Set([
  ORDER_EDIT_ADD_CUSTOM_ITEM,
  ORDER_EDIT_COMMIT,
  STORE_CREDIT_GIVE,
  STORE_CREDIT_TAKE,
] as const);

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds until the bucket holds what the query costs; a second where Shopify does not say. */
const untilRefilled = (extensions: unknown): number => {
  const status = throttleStatus.safeParse(extensions);
  if (!status.success) return 1000;
  const { requestedQueryCost, throttleStatus: bucket } = status.data.cost;
  return Math.max(50, (1000 * (requestedQueryCost - bucket.currentlyAvailable)) / bucket.restoreRate);
};

type Failure =
  | { readonly retry: "when-refilled"; readonly afterMs: number }
  | { readonly retry: "later" }
  | { readonly retry: "never"; readonly error: ShopifyError };

const never = (code: ShopifyError["code"], message: string, cause: unknown): Failure => ({
  retry: "never",
  error: new ShopifyError(code, message, { cause }),
});

const classifyGraphql = (cause: GraphqlQueryError): Failure => {
  const body = graphqlErrors.safeParse(cause.body);
  const errors = body.success ? body.data.errors.graphQLErrors : [];
  const codes = errors.map((error) => error.extensions?.code);
  if (codes.includes("THROTTLED")) {
    return { retry: "when-refilled", afterMs: untilRefilled(body.success ? body.data.extensions : undefined) };
  }
  const message = errors.map((error) => error.message).join("; ") || cause.message;
  return never(codes.includes("ACCESS_DENIED") ? "access-denied" : "refused", message, cause);
};

/** The client throws a Response for what a route would answer to App Bridge; the status is Shopify's. */
const classifyResponse = (cause: Response): Failure => {
  if (cause.status === 429) return { retry: "when-refilled", afterMs: 1000 };
  return cause.status >= 500 ? { retry: "later" } : never("token-revoked", `Shopify answered ${cause.status}`, cause);
};

const classify = (cause: unknown): Failure => {
  if (cause instanceof Response) return classifyResponse(cause);
  if (cause instanceof HttpThrottlingError) {
    return { retry: "when-refilled", afterMs: 1000 * (cause.response.retryAfter ?? 1) };
  }
  if (cause instanceof GraphqlQueryError) return classifyGraphql(cause);
  if (cause instanceof HttpResponseError) {
    const status = cause.response.code;
    if (status === 401 || status === 403) return never("token-revoked", `Shopify answered ${status}`, cause);
    if (status < 500) return never("refused", `Shopify answered ${status}`, cause);
  }
  return { retry: "later" };
};

/**
 * Asks through the shop's Admin API client. Waits when over the rate limit, tries again when Shopify is down or does not answer,
 * but for what may be done once only.
 *
 * @param limit where what the answers cost is noted
 * @param answerWithinMs after so long without an answer a call is given up
 * The returned function throws ShopifyError, always with a code that a page can explain.
 */
export const createAsk = (
  admin: Pick<AdminApiContext, "graphql">,
  limit = new RateLimit(),
  answerWithinMs = ANSWER_WITHIN_MS,
): Ask => {
  return async (operation, variables) => {
    let throttled = 0;
    let outages = 0;
    for (;;) {
      try {
        const response = await admin.graphql(operation, { variables, signal: AbortSignal.timeout(answerWithinMs) });
        const { data, extensions } = await response.json();
        limit.note(extensions);
        if (data === undefined || data === null) throw new ShopifyError("unavailable", "Shopify answered without data");
        return data;
      } catch (cause) {
        const failure = classify(cause);
        if (failure.retry === "never") throw failure.error;
        if (failure.retry === "when-refilled") {
          throttled += 1;
          if (throttled > THROTTLE_ATTEMPTS) throw new ShopifyError("throttled", "Over the rate limit", { cause });
          await wait(failure.afterMs);
        } else {
          outages += 1;
          if (outages >= OUTAGE_ATTEMPTS || ASKED_ONCE.has(operation))
            throw new ShopifyError("unavailable", "Shopify did not answer", { cause });
          await wait(250 * 4 ** outages);
        }
      }
    }
  };
};
