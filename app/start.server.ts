import type { Server } from "node:http";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type Express, type RequestHandler } from "express";
import { getApp, type App } from "#app/composition.server.ts";
import { jobHandlers } from "#app/worker.server.ts";

const YEAR = "1y";
/** Shopify's largest webhooks are orders of some hundred lines; forms are far smaller. */
const MOST_BODY_BYTES = 8 * 1024 * 1024;

/** Refuses bodies that are too large, or do not say how large they are, before anything of them is read. */
const limitBody: RequestHandler = (request, response, next) => {
  const length = request.headers["content-length"];
  if (request.headers["transfer-encoding"] !== undefined && length === undefined) response.status(411).end();
  else if (Number(length ?? 0) > MOST_BODY_BYTES) response.status(413).end();
  else next();
};

const createHttpApp = (app: App, build: ServerBuild): Express => {
  const http = express();
  http.disable("x-powered-by");
  // Shopify's load balancers, and anyone's own, end TLS in front of the app.
  http.set("trust proxy", true);
  http.use(limitBody);
  http.use(compression());
  http.get("/healthz", (_request, response) => {
    app.pool.query("SELECT 1").then(
      () => response.json({ ok: true }),
      () => response.status(503).json({ ok: false, reason: "database" }),
    );
  });
  http.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: YEAR, fallthrough: false }));
  http.use(express.static("build/client", { maxAge: "1h" }));
  http.all("*", createRequestHandler({ build, mode: app.env.NODE_ENV }));
  return http;
};

const listen = (http: Express, port: number, host: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = http.listen(port, host, () => resolve(server));
    server.once("error", reject);
  });

/** Starts the web server and the worker in this process, and stops both in order on SIGTERM or SIGINT. */
export const start = async (build: ServerBuild): Promise<void> => {
  const app = await getApp();
  const server = await listen(createHttpApp(app, build), app.env.PORT, app.env.HOST);
  await app.jobs.work(jobHandlers(app));
  app.logger.info({ port: app.env.PORT }, "ready");

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    app.logger.info({ signal }, "stopping");
    server.close();
    server.closeIdleConnections();
    await app.stop();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void stop(signal));
};
