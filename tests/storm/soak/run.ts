import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { machine } from "#tests/bench/machine.ts";
import { WORLD_NOW } from "#tests/factories/generated-world.ts";
import { startStormDatabase } from "../database.ts";
import { RULES } from "../exports.ts";
import { openSide, type Side } from "../side.ts";
import { storyOf, type Story } from "../story.ts";
import { live, publish, readAgain, visit } from "./life.ts";
import { errorsIn, takeSamples } from "./samples.ts";
import { judge } from "./verdict.ts";

const HELP = `npm run soak -- [--minutes 20] [--orders 5000] [--webhooks 4] [--allowance 40] [--seed S]

A web process and a worker on an installed PostgreSQL, and one shop that lives on: so many webhooks a second, pages that are looked
at, a plan that is published every few minutes, the whole shop read again once. Every ten seconds it is looked at what the
processes hold. Ends with code 1 when memory or connections grow, or an error was logged.

  --allowance  by how many megabytes a process may grow in the second half, by least squares
`;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "20" },
    orders: { type: "string", default: "5000" },
    webhooks: { type: "string", default: "4" },
    allowance: { type: "string", default: "40" },
    seed: { type: "string", default: "soak" },
    help: { type: "boolean", default: false },
  },
});

const CONNECTIONS_ALLOWED = 3;
const PUBLISHES_EVERY_MINUTES = 3;

const started = Date.now();
const say = (text: string): void => {
  process.stderr.write(`${String(Math.round((Date.now() - started) / 1000)).padStart(5)} s  ${text}\n`);
};

const quantile = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);

const soak = async (side: Side, story: Story, minutes: number) => {
  const ms = minutes * 60_000;
  await side.install(RULES);
  say(`installed, ${story.early.orders.length} orders; ${story.steps.length} things happen now`);
  const publications = Math.max(2, Math.round(minutes / PUBLISHES_EVERY_MINUTES));
  const [samples, visits] = await Promise.all([
    takeSamples(side, ms, ({ megabytes, connections, queue, errors }) => {
      const held = [...megabytes].map(([name, size]) => `${name} ${size.toFixed(0)} MB`).join(", ");
      say(`${held}, ${connections} connections, ${queue} jobs, ${errors} errors`);
    }),
    visit(side, values.seed, ms),
    live(side, story.steps, ms),
    publish(side, publications, ms),
    readAgain(side, ms),
  ]);
  await side.idle();
  const verdict = judge(samples, { megabytes: Number(values.allowance), connections: CONNECTIONS_ALLOWED });
  const { attempts, taken } = side.fleet.balancer.webhooks;
  const { milliseconds, failures } = visits;
  const restarts = side.fleet.restarts();
  for (const line of [...new Set([...errorsIn(await side.fleet.logs()), ...failures])].slice(0, 20)) say(line);
  return {
    samples: samples.length,
    ...verdict,
    wrong: [
      ...verdict.wrong,
      ...(failures.length > 0 ? [`${failures.length} pages were not answered`] : []),
      ...(restarts > 0 ? [`processes ended ${restarts} times`] : []),
    ],
    requests: { count: milliseconds.length, p50: quantile(milliseconds, 0.5), p95: quantile(milliseconds, 0.95) },
    webhooks: { attempts, taken },
    publications,
  };
};

const main = async (): Promise<void> => {
  if (values.help) return void process.stdout.write(HELP);
  const [minutes, orders] = [Number(values.minutes), Number(values.orders)];
  const webhooks = Math.round(minutes * 60 * Number(values.webhooks));
  const story = storyOf({ seed: values.seed, orders, webhooks, now: WORLD_NOW });
  const dir = await mkdtemp(path.join(tmpdir(), "pareto-soak-"));
  const database = await startStormDatabase();
  try {
    const side = await openSide({
      dir,
      databaseUrl: await database.create("soak"),
      world: story.early,
      clockOffsetMs: WORLD_NOW.getTime() - Date.now(),
      size: { webs: 1, workers: 1 },
    });
    const result = await soak(side, story, minutes).finally(() => side.stop());
    const of = { name: "soak", machine: machine(), database: database.version, minutes, orders, seed: values.seed };
    process.stdout.write(`${JSON.stringify({ ...of, ...result })}\n`);
    process.exitCode = result.wrong.length > 0 ? 1 : 0;
  } finally {
    await database.stop();
    await rm(dir, { recursive: true, force: true });
  }
};

await main();
