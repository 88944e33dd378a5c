import type { Server } from "node:http";
import type { ServerBuild } from "@remix-run/node";
import type { Express } from "express";
import { getApp, type App } from "#app/composition.server.ts";
import { createHttpApp } from "#app/http-app.server.ts";
import { jobHandlers } from "#app/worker.server.ts";

/** What is still being done by then is given up: requests end, and a job is taken up again by the next worker. */
const STOP_WITHIN_MS = 20_000;

const listen = (http: Express, port: number, host: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = http.listen(port, host, () => resolve(server));
    server.once("error", reject);
  });

const within = async (ms: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, deadline]);
  clearTimeout(timer);
};

/** Takes no more requests; resolves when those that are being answered are done. */
const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });

/** Ends the process in order on SIGTERM or SIGINT: first what comes in, then what is being done, then the database. */
const stopOnSignal = (app: App, finish: () => Promise<unknown>): void => {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    app.logger.info({ signal }, "stopping");
    await within(STOP_WITHIN_MS, finish());
    await within(STOP_WITHIN_MS / 4, app.stop());
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void stop(signal));
};

/** Starts the web server and, unless PARETO_WORKER is off, a worker in the same process. */
export const start = async (build: ServerBuild): Promise<void> => {
  const app = await getApp();
  let isStopping = false;
  const http = createHttpApp(app, build, () => isStopping);
  const server = await listen(http, app.env.PORT, app.env.HOST);
  if (app.env.PARETO_WORKER === "on") await app.jobs.work(jobHandlers(app));
  app.logger.info({ port: app.env.PORT, worker: app.env.PARETO_WORKER }, "ready");
  stopOnSignal(app, () => {
    isStopping = true;
    return Promise.all([close(server), app.jobs.stop()]);
  });
};

/** Starts a worker alone, beside web processes on the same database. */
export const startWorker = async (): Promise<void> => {
  const app = await getApp();
  await app.jobs.work(jobHandlers(app));
  app.logger.info("worker ready");
  stopOnSignal(app, () => app.jobs.stop());
};
