import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable, type EntryContext, type HandleErrorFunction } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { getApp } from "#app/composition.server.ts";
import { hardenPage } from "#app/security-headers.server.ts";

export { start, startWorker } from "#app/start.server.ts";

const ABORT_AFTER_MS = 5000;

/** What a loader or an action threw that is no answer in itself. */
export const handleError: HandleErrorFunction = (error, { request }) => {
  if (!request.signal.aborted) void logFailure(error, new URL(request.url).pathname);
};

const logFailure = async (error: unknown, path: string): Promise<void> => {
  const { logger } = await getApp();
  logger.error({ err: error, path }, "request failed");
};

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  const { env, shopify, logger } = await getApp();
  shopify.addDocumentResponseHeaders(request, headers);
  if (env.NODE_ENV === "production") hardenPage(headers);
  const readyEvent = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";
  return new Promise((resolve, reject) => {
    let failed = false;
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={context} url={request.url} />, {
      [readyEvent]: () => {
        const body = new PassThrough();
        headers.set("Content-Type", "text/html");
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: failed ? 500 : status }));
        pipe(body);
      },
      onShellError: reject,
      onError: (error: unknown) => {
        failed = true;
        logger.error({ err: error }, "page failed to render");
      },
    });
    setTimeout(abort, ABORT_AFTER_MS).unref();
  });
}
