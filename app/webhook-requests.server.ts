import type { IncomingMessage } from "node:http";
import type { RequestHandler, Response } from "express";
import { ipKeyGenerator } from "express-rate-limit";
import type { App } from "#app/composition.server.ts";
import { requestIdFrom, withRequestId } from "#app/platform/request-id.server.ts";
import { Refusals } from "#app/refusals.server.ts";
import { securityHeaders } from "#app/security-headers.server.ts";
import { receiveWebhook } from "#app/webhook-inbox.server.ts";

/** Of what is not said in the clear, nothing is read: Shopify compresses no webhook. */
const isPlain = ({ headers }: IncomingMessage): boolean => {
  const encoding = headers["content-encoding"];
  return encoding === undefined || encoding === "identity";
};

/** What a request sends, as long as it said it would be; null when it broke off. */
const bodyOf = (request: IncomingMessage): Promise<Buffer | null> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once("close", () => resolve(null));
    request.once("error", () => resolve(null));
  });

const isRefused = (status: number): boolean => status >= 400 && status < 500;

/**
 * Answers webhooks, before anything that only pages need: Shopify sends as many as there are changes in all shops, and each
 * has to be answered at once. Whoever is refused again and again is not listened to for a while.
 *
 * @param mostBytes of a body; larger ones, and those that do not say how large they are, are refused unread
 */
export const webhookRequests = (app: App, mostBytes: number): RequestHandler => {
  const always = securityHeaders(app.env.SHOPIFY_APP_URL);
  const refusals = new Refusals(app.env.RATE_LIMIT);
  const answer = (response: Response, status: number, more: Readonly<Record<string, string>>): void => {
    if (response.headersSent) return;
    response.writeHead(status, { ...always, ...more, "Content-Length": "0" }).end();
  };
  /** Why nothing of it is read; null: it is. */
  const refusalUnread = (request: IncomingMessage): number | null => {
    const length = request.headers["content-length"];
    if (length === undefined) return 411;
    if (Number(length) > mostBytes) return 413;
    return isPlain(request) ? null : 415;
  };
  const take = async (request: IncomingMessage): Promise<number | null> => {
    const unread = refusalUnread(request);
    if (unread !== null) return unread;
    const body = await bodyOf(request);
    return body && receiveWebhook(app, request.headers, body);
  };
  return (request, response) => {
    const id = requestIdFrom(request.headers["x-request-id"]);
    const headers = { "X-Request-Id": id };
    const address = (): string => ipKeyGenerator(request.ip ?? "");
    const wait = refusals.waitOf(address, performance.now());
    if (wait > 0) return answer(response, 429, { ...headers, "Retry-After": String(wait) });
    take(request).then(
      (status) => {
        if (status === null) return;
        if (isRefused(status)) refusals.note(address(), performance.now());
        answer(response, status, headers);
      },
      (error: unknown) => {
        // What was wrong with it is the sender's to know; of what went wrong here, the log tells.
        withRequestId(id, () => app.logger.error({ err: error }, "webhook not kept"));
        answer(response, 500, headers);
      },
    );
  };
};
