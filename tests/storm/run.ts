import { writeFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { machine } from "#tests/bench/machine.ts";
import { cronRuns, doneTwice, jobsIn, overlaps } from "./job-log.ts";
import { EXPORTS } from "./exports.ts";
import { runStorm } from "./storm.ts";

const HELP = `npm run storm -- [--orders 5000] [--webhooks 20000] [--kills 0] [--webs 1] [--workers 1] [--seconds N] [--seed S] [--out DIR]

A shop lives through its story while webhooks are late, doubled, lost and in any order; then it catches up once. Its exports
have to be those of a clean first sync of what it has become, byte for byte. Without kills, no job may be done twice, and no two that take turns at the same time.

  --kills    kill -9 of a random process (web, worker, database), one every ten seconds
  --seconds  how long the story takes; by default as long as the kills, and 300 webhooks a second at most
  --out      where both sides' exports go when they differ
`;

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "5000" },
    webhooks: { type: "string", default: "20000" },
    kills: { type: "string", default: "0" },
    webs: { type: "string", default: "1" },
    workers: { type: "string", default: "1" },
    seconds: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    out: { type: "string", default: ".cache/storm" },
    help: { type: "boolean", default: false },
  },
});

/** What the logs say of the jobs that were done. */
const jobsSaid = (logs: readonly string[]) => {
  const jobs = jobsIn(logs);
  return {
    done: jobs.filter(({ isDone }) => isDone).length,
    doneTwice: doneTwice(jobs).length,
    overlapping: overlaps(jobs).length,
    scheduledTwice: [...cronRuns(jobs).values()].filter((count) => count > 1).length,
  };
};

const main = async (): Promise<void> => {
  if (values.help) return void process.stdout.write(HELP);
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const [webhooks, kills] = [Number(values.webhooks), Number(values.kills)];
  const { stormed, clean, counts, logs } = await runStorm({
    seed: values.seed,
    orders: Number(values.orders),
    webhooks,
    kills,
    webs: Number(values.webs),
    workers: Number(values.workers),
    seconds: Number(values.seconds ?? Math.max(webhooks / 300, kills * 12)),
    say: (text) => process.stderr.write(`${String(seconds()).padStart(5)} s  ${text}\n`),
  });
  const different = EXPORTS.filter((file) => stormed[file] !== clean[file]);
  for (const file of different) {
    await mkdir(values.out, { recursive: true });
    await writeFile(path.join(values.out, `stormed-${file}`), stormed[file]);
    await writeFile(path.join(values.out, `clean-${file}`), clean[file]);
    process.stderr.write(`${file} differs: see ${values.out}\n`);
  }
  const jobs = jobsSaid(logs);
  const bytes = Object.fromEntries(EXPORTS.map((file) => [file, stormed[file].length]));
  const result = {
    name: "storm",
    machine: machine(),
    seed: values.seed,
    counts,
    jobs,
    bytes,
    seconds: seconds(),
    different,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  // Whoever is killed may have done a job and not have said so: then it is done once more.
  const isWrong = kills === 0 && jobs.doneTwice + jobs.overlapping + jobs.scheduledTwice > 0;
  process.exitCode = different.length > 0 || isWrong ? 1 : 0;
};

await main();
