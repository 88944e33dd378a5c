import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { machine } from "#tests/bench/machine.ts";
import { planOf } from "./plan.ts";
import { openGround, type Round } from "./rounds.ts";

const HELP = `npm run sync-faults -- [--orders 5000] [--kills 20] [--seed N] [--out DIR]

First syncs of one shop, each with something that goes wrong: every fault by itself, then mixed with kill -9 of the worker, the web
process and the database server. Whenever the work stands still, what the page asks for is done. Every shop's exports have to be
those of a first sync that nothing disturbed, byte for byte.

  --kills  kill -9, each of the three kinds once before any comes again
  --out    where the exports go that differ
`;

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "5000" },
    kills: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    out: { type: "string", default: ".cache/sync-faults" },
    help: { type: "boolean", default: false },
  },
});

const keep = async (round: Round, nth: number): Promise<void> => {
  if (round.different.length === 0) return;
  await mkdir(values.out, { recursive: true });
  for (const { file, faulted, undisturbed } of round.different) {
    await writeFile(path.join(values.out, `${nth}-faulted-${file}`), faulted);
    await writeFile(path.join(values.out, `${nth}-undisturbed-${file}`), undisturbed);
  }
};

/** How often each fault was done, in the rounds that could be. */
const countsOf = (rounds: readonly Round[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const fault of rounds.flatMap(({ faults, skipped }) => (skipped === null ? faults : [])))
    counts[fault] = (counts[fault] ?? 0) + 1;
  return counts;
};

const main = async (): Promise<void> => {
  if (values.help) return void process.stdout.write(HELP);
  const { seed } = values;
  const [orders, kills] = [Number(values.orders), Number(values.kills)];
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const say = (text: string) => process.stderr.write(`${String(seconds()).padStart(5)} s  ${text}\n`);
  say(`seed ${seed}; first an undisturbed sync of ${orders} orders`);
  const ground = await openGround({ seed, orders, say });
  const rounds: Round[] = [];
  try {
    say(`it took ${(ground.syncMs / 1000).toFixed(1)} s`);
    for (const faults of planOf({ kills, seed })) {
      say(faults.join(", "));
      const round = await ground.round(faults);
      rounds.push(round);
      say(round.skipped === null ? `  finished after ${round.seconds.toFixed(1)} s` : `  skipped: ${round.skipped}`);
      if (round.different.length > 0) say(`  DIFFERENT: ${round.different.map(({ file }) => file).join(", ")}`);
      await keep(round, rounds.length);
    }
  } finally {
    await ground.stop();
  }
  const different = rounds.flatMap(({ faults, different: files }) => files.map(({ file }) => ({ faults, file })));
  const result = {
    name: "sync-faults",
    machine: machine(),
    seed,
    orders,
    undisturbedSeconds: ground.syncMs / 1000,
    faults: countsOf(rounds),
    stops: rounds.flatMap(({ stops }) => stops.map(({ code }) => code)),
    unsaid: rounds.flatMap(({ stops }) => stops.filter(({ isSaid }) => !isSaid).map(({ code }) => code)),
    skipped: rounds.flatMap(({ faults, skipped }) => (skipped === null ? [] : [{ faults, skipped }])),
    seconds: seconds(),
    different,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = different.length > 0 ? 1 : 0;
};

await main();
