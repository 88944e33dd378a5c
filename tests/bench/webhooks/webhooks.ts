import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { startEmbeddedPostgres } from "#app/platform/embedded-postgres.server.ts";
import { generateWorld } from "#tests/local-shopify/world/generator.ts";
import { parseWorld, type World } from "#tests/local-shopify/world/world.ts";
import { secretsOf } from "#tests/setup/app-process.ts";
import { openSide, type Side } from "#tests/storm/side.ts";
import { output } from "../ingest/loaded-shop.ts";
import { machine, median, peakMegabytesOf } from "../machine.ts";
import { measureFreshness } from "./freshness.ts";
import { orderBody } from "./order-body.ts";

const HELP = `npm run bench -- webhooks [--orders 5000] [--rate 300] [--seconds 60] [--rounds 3] [--changes 20]

The app as in production, a web process and a worker, and one shop of the plan Plus, whose rate limit holds in real time.
How soon webhooks are answered at a rate; how many are answered at most, against a server that only checks signatures; and
how soon a customer's figures follow a changed order.
`;

const sending = z.object({
  sent: z.int(),
  perSecond: z.number(),
  statuses: z.record(z.string(), z.int()),
  milliseconds: z.object({ p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() }),
});
type Sending = z.infer<typeof sending>;

const SATURATING = { seconds: 10, connections: 128 };
const CALM_MS = 3000;

const worldOf = (orders: number, now: Date): World => {
  const options = { seed: "webhooks", customers: Math.round(orders / 3), orders, now, plan: "PLUS" as const };
  const lines = [...generateWorld(options)].map((object) => JSON.stringify(object));
  return parseWorld(lines, { now });
};

/** Sends webhooks about the shop's orders from a process of its own. */
const send = async (
  to: { port: number; secret: string; shop: string; bodies: string; prefix: string },
  how: { seconds: number; rate: number | null; connections: number },
): Promise<Sending> => {
  const config = { host: "127.0.0.1", path: "/webhooks", ...to, ...how };
  const result = sending.parse(JSON.parse(await output("tests/bench/webhooks/sender.ts", [JSON.stringify(config)])));
  const others = Object.keys(result.statuses).filter((status) => status !== "200");
  if (others.length > 0) throw new Error(`Not all webhooks were taken: ${JSON.stringify(result.statuses)}`);
  return result;
};

const startBaseline = (secret: string): Promise<{ process: ChildProcess; port: number }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", "tests/bench/webhooks/baseline.ts", secret], {
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.once("exit", () => reject(new Error("The baseline has ended")));
    child.stdout.once("data", (port: Buffer) => resolve({ process: child, port: Number(port.toString()) }));
  });

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;

interface Bench {
  readonly side: Side;
  readonly secret: string;
  readonly bodies: string;
  readonly say: (text: string) => void;
}

/** As many as are answered, by the app and by the baseline in turn. */
const saturate = async ({ side, secret, bodies, say }: Bench, rounds: number) => {
  const baseline = await startBaseline(secret);
  const shop = side.shopify.shopDomain;
  const [app, least]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const to = { secret, shop, bodies, prefix: `saturating-${round}` };
      const how = { ...SATURATING, rate: null };
      least.push((await send({ ...to, port: baseline.port }, how)).perSecond);
      app.push((await send({ ...to, port: side.fleet.ports[0] ?? 0 }, how)).perSecond);
      say(`a second: ${Math.round(app.at(-1) ?? 0)} by the app, ${Math.round(least.at(-1) ?? 0)} by the baseline`);
    }
  } finally {
    baseline.process.kill();
  }
  return { app: median(app), baseline: median(least) };
};

const measure = async (bench: Bench, sizes: { rate: number; seconds: number; rounds: number; changes: number }) => {
  const { side, secret, bodies, say } = bench;
  const fresh = await measureFreshness(side, sizes.changes, sizes.seconds);
  const freshness = { p50: quantile(fresh.milliseconds, 0.5), p95: quantile(fresh.milliseconds, 0.95) };
  say(`a customer's figures after ${JSON.stringify(freshness)} ms`);
  if (fresh.lost > 0) throw new Error(`${fresh.lost} customers were not refreshed at all`);
  await new Promise((resolve) => setTimeout(resolve, CALM_MS));
  const to = { port: side.fleet.ports[0] ?? 0, secret, shop: side.shopify.shopDomain, bodies, prefix: "at-rate" };
  const answered = await send(to, { seconds: sizes.seconds, rate: sizes.rate, connections: 200 });
  say(`answered after ${JSON.stringify(answered.milliseconds)} ms`);
  const perSecond = await saturate(bench, sizes.rounds);
  const pids = [...side.fleet.pids().values()];
  return {
    milliseconds: { answer: answered.milliseconds, freshness: { ...freshness, max: fresh.milliseconds.at(-1) ?? 0 } },
    perSecond,
    ratios: { appToBaseline: perSecond.app / perSecond.baseline },
    peakMegabytes: Math.max(...(await Promise.all(pids.map(peakMegabytesOf)))),
  };
};

/** `npm run bench -- webhooks` */
export const webhooksBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({
    args,
    options: {
      orders: { type: "string", default: "5000" },
      rate: { type: "string", default: "300" },
      seconds: { type: "string", default: "60" },
      rounds: { type: "string", default: "3" },
      changes: { type: "string", default: "20" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return HELP;
  const [orders, rate, seconds, rounds, changes] = [
    ...[Number(values.orders), Number(values.rate), Number(values.seconds)],
    ...[Number(values.rounds), Number(values.changes)],
  ] as [number, number, number, number, number];
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const dir = path.resolve(`.cache/bench/webhooks-${process.pid}`);
  await mkdir(dir, { recursive: true });
  const database = await startEmbeddedPostgres({ dir: path.join(dir, "postgres"), keep: false });
  const world = worldOf(orders, new Date());
  const bodies = path.join(dir, "bodies.json");
  const texts = world.orders.slice(-1000).map(orderBody);
  await writeFile(bodies, JSON.stringify(texts));
  const side = await openSide({
    dir,
    databaseUrl: database.url,
    world,
    clockOffsetMs: 0,
    size: { webs: 1, workers: 1 },
    shopify: { bucketSpeed: 1 },
  });
  try {
    say("Reading the shop ...");
    await side.install([]);
    const { apiSecret: secret } = await secretsOf(dir);
    const measured = await measure({ side, secret, bodies, say }, { rate, seconds, rounds, changes });
    const bodyBytes = Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length);
    return {
      name: "webhooks",
      machine: machine(),
      sizes: { orders, rate, seconds, changes, bodyBytes, saturating: { ...SATURATING, rounds } },
      ...measured,
    };
  } finally {
    await side.stop();
    await database.stop();
    await rm(dir, { recursive: true, force: true });
  }
};
