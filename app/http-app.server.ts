import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type Express, type RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import type { App } from "#app/composition.server.ts";
import { requestIdFrom, withRequestId } from "#app/platform/request-id.server.ts";
import { isReady, readiness } from "#app/readiness.server.ts";
import { securityHeaders } from "#app/security-headers.server.ts";
import { webhookRequests } from "#app/webhook-requests.server.ts";

const WEBHOOKS = "/webhooks";
const YEAR = "1y";
const MINUTE_MS = 60_000;
/** Shopify's largest webhooks are orders of some hundred lines; forms are far smaller. */
const MOST_BODY_BYTES = 8 * 1024 * 1024;

/** Refuses bodies that are too large, or do not say how large they are, before anything of them is read. */
const limitBody: RequestHandler = (request, response, next) => {
  const length = request.headers["content-length"];
  if (request.headers["transfer-encoding"] !== undefined && length === undefined) response.status(411).end();
  else if (Number(length ?? 0) > MOST_BODY_BYTES) response.status(413).end();
  else next();
};

const tellRequest: RequestHandler = (request, response, next) => {
  const id = requestIdFrom(request.headers["x-request-id"]);
  response.setHeader("X-Request-Id", id);
  withRequestId(id, next);
};

/** So many requests a minute from one address, in this process. */
const limitRate = (limit: number): RequestHandler =>
  rateLimit({ windowMs: MINUTE_MS, limit, standardHeaders: "draft-7", legacyHeaders: false });

const answerHealth = (http: Express, app: App, isStopping: () => boolean): void => {
  http.get("/healthz", (_request, response) => {
    app.pool.query("SELECT 1").then(
      () => response.json({ ok: true }),
      () => response.status(503).json({ ok: false, reason: "database" }),
    );
  });
  http.get("/readyz", (_request, response) => {
    void readiness(app).then((found) => {
      const ok = isReady(found) && !isStopping();
      return response.status(ok ? 200 : 503).json({ ok, ...found, stopping: isStopping() });
    });
  });
};

/** @param isStopping says whether the process is about to end: from then on it is not ready for new requests */
export const createHttpApp = (app: App, build: ServerBuild, isStopping: () => boolean): Express => {
  const { RATE_LIMIT, TRUSTED_PROXIES, SHOPIFY_APP_URL, NODE_ENV } = app.env;
  const http = express();
  http.disable("x-powered-by");
  // As many proxies as there are in front of the app are believed; what comes from further away anyone may have written.
  http.set("trust proxy", TRUSTED_PROXIES);
  http.post(WEBHOOKS, webhookRequests(app, MOST_BODY_BYTES));
  http.use(tellRequest);
  http.use((_request, response, next) => {
    response.set(securityHeaders(SHOPIFY_APP_URL));
    next();
  });
  http.use(["/auth", "/healthz", "/readyz"], limitRate(RATE_LIMIT));
  http.use(limitBody);
  http.use(compression());
  answerHealth(http, app, isStopping);
  http.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: YEAR, fallthrough: false }));
  http.use(express.static("build/client", { maxAge: "1h" }));
  http.all("*", createRequestHandler({ build, mode: NODE_ENV }));
  return http;
};
