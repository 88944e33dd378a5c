import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Oauth } from "../oauth/oauth.ts";
import { ADMIN_API_VERSION } from "./api-version.ts";
import type { AdminContext } from "./context.ts";
import { answerGraphql, type CallReport } from "./endpoint.ts";
import type { ThrottleBucket } from "./throttle.ts";

const GRAPHQL_PATH = /^\/admin\/api\/([^/]+)\/graphql\.json$/;

/** What was asked of the Admin API, by operation name. */
export interface CallStats {
  calls: number;
  throttled: number;
  refused: number;
  requestedCost: number;
  actualCost: number;
}

/** Faults of the next Admin API calls; each count is used up call by call. */
export class AdminFaults {
  private throttles = 0;
  private failures: number[] = [];
  private timeouts = 0;
  private readonly lost: { operationName: string; meanwhile: () => void }[] = [];

  /** The next n calls are answered THROTTLED. */
  throttleNext(n: number): void {
    this.throttles += n;
  }

  /** The next n calls are answered with an HTTP status such as 500 or 503. */
  failNext(n: number, status: number): void {
    this.failures.push(...Array.from({ length: n }, () => status));
  }

  /** The next n calls are never answered. */
  timeoutNext(n: number): void {
    this.timeouts += n;
  }

  /**
   * The next call of an operation is carried out, and the connection ends without an answer.
   *
   * @param meanwhile done once it is carried out
   */
  loseAnswerOf(operationName: string, meanwhile: () => void = () => undefined): void {
    this.lost.push({ operationName, meanwhile });
  }

  /** How many faults are still to come. */
  get pending(): number {
    return this.throttles + this.failures.length + this.timeouts + this.lost.length;
  }

  /** Whether the answer of this call is lost. */
  loses(operationName: string): boolean {
    const index = this.lost.findIndex((one) => one.operationName === operationName);
    if (index < 0) return false;
    for (const { meanwhile } of this.lost.splice(index, 1)) meanwhile();
    return true;
  }

  take(): { kind: "none" } | { kind: "timeout" } | { kind: "throttle" } | { kind: "status"; status: number } {
    if (this.timeouts > 0) {
      this.timeouts -= 1;
      return { kind: "timeout" };
    }
    const status = this.failures.shift();
    if (status !== undefined) return { kind: "status", status };
    if (this.throttles === 0) return { kind: "none" };
    this.throttles -= 1;
    return { kind: "throttle" };
  }
}

export interface AdminHostOptions {
  readonly oauth: Oauth;
  readonly bucket: ThrottleBucket;
  readonly contextNow: () => AdminContext;
}

/** Answers what a shop's own host is asked: the token endpoint and the Admin API. */
export class AdminHost {
  readonly faults = new AdminFaults();
  readonly stats = new Map<string, CallStats>();
  private readonly options: AdminHostOptions;

  constructor(options: AdminHostOptions) {
    this.options = options;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://shop");
    if (pathname === "/admin/oauth/access_token" && request.method === "POST") {
      const { status, body } = this.options.oauth.answer(await textOf(request), request.headers["content-type"] ?? "");
      return reply(response, status, body);
    }
    const version = GRAPHQL_PATH.exec(pathname)?.[1];
    if (version !== ADMIN_API_VERSION || request.method !== "POST")
      return reply(response, 404, { errors: "Not Found" });
    const text = await textOf(request);
    const fault = this.faults.take();
    if (fault.kind === "timeout") return;
    if (fault.kind === "status") return reply(response, fault.status, { errors: "Internal Server Error" });
    const refusal = this.refusalOf(request.headers["x-shopify-access-token"]);
    if (refusal) return reply(response, refusal.status, { errors: refusal.message });
    const { bucket, contextNow } = this.options;
    const answer = answerGraphql(text, contextNow(), { bucket, forced: fault.kind === "throttle" });
    if (answer.report) this.count(answer.report);
    if (answer.report && this.faults.loses(answer.report.operationName)) {
      response.destroy();
      return;
    }
    reply(response, answer.status, answer.body);
  }

  private refusalOf(header: string | string[] | undefined): { status: number; message: string } | null {
    const token = typeof header === "string" ? this.options.oauth.accessToken(header) : null;
    if (!token) {
      const message = "[API] Invalid API key or access token (unrecognized login or wrong password)";
      return { status: 401, message };
    }
    if (token.expiresAt === null) {
      const message =
        "[API] Non-expiring access tokens are no longer accepted for the Admin API. Start using expiring offline tokens: " +
        "https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens#expiring-vs-non-expiring-offline-tokens";
      return { status: 403, message };
    }
    return null;
  }

  private count({ operationName, outcome, requestedCost, actualCost }: CallReport): void {
    const stats = this.stats.get(operationName) ?? {
      calls: 0,
      throttled: 0,
      refused: 0,
      requestedCost: 0,
      actualCost: 0,
    };
    stats.calls += 1;
    if (outcome !== "answered") stats[outcome] += 1;
    stats.requestedCost += requestedCost;
    stats.actualCost += actualCost;
    this.stats.set(operationName, stats);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "x-shopify-api-version": ADMIN_API_VERSION,
    "x-request-id": randomUUID(),
  });
  response.end(JSON.stringify(body));
}
