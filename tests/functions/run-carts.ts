import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { z } from "zod";
import { builtFunction } from "./built-function.ts";
import { checkEveryRule } from "./carts/every-rule.ts";

const HELP = `npm run carts [-- --count 1000000 --seed 1 --workers N]

Prices random carts with random plans by the Function as built, compares every line with the reference, and holds every rule
that a discount has to keep against each cart. Carts come in batches of 10,000, each with a seed of its own: a batch that fails
prints the cart and the command that runs it again. The last line is a JSON object.
`;

const BATCH = 10_000;
/** At least so many of all carts have to get a discount, or the rules would hold for want of any. */
const SHARE = 0.6;

interface Batch {
  readonly seed: number;
  readonly carts: number;
}

const report = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), discounted: z.number() }),
  z.object({ kind: z.literal("failed"), message: z.string() }),
]);

/** A process that is sent batches, and answers each. */
const work = (): void => {
  const discount = builtFunction();
  process.on("message", (batch: Batch) => {
    try {
      process.send?.({ kind: "done", discounted: checkEveryRule(discount, batch.carts, batch.seed) });
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.message}` : "";
      process.send?.({ kind: "failed", message: `${String(error)}${cause}` });
    }
  });
};

/** Hands batches to a process of its own until none is left or one has failed. */
const handOut = (next: () => Batch | undefined, done: (batch: Batch, discounted: number) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, ["--worker"]);
    let batch: Batch | undefined;
    const give = (): void => {
      batch = next();
      if (batch) child.send(batch);
      else child.disconnect();
    };
    child.on("message", (message) => {
      const said = report.parse(message);
      if (said.kind === "failed") {
        child.disconnect();
        const again = `npm run carts -- --count ${batch?.carts} --seed ${batch?.seed}`;
        reject(new Error(`${said.message}\n\nTo run it again: ${again}`));
        return;
      }
      if (batch) done(batch, said.discounted);
      give();
    });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`A worker ended with ${code}`))));
    give();
  });

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "1000000" },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: String(Math.min(availableParallelism(), 4)) },
      help: { type: "boolean", default: false },
      worker: { type: "boolean", default: false },
    },
  });
  if (values.worker) return work();
  if (values.help) return void process.stdout.write(HELP);
  const [count, seed, workers] = [Number(values.count), Number(values.seed), Number(values.workers)];
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_one, index): Batch => {
    return { seed: seed + index, carts: Math.min(BATCH, count - index * BATCH) };
  });
  const all = batches.length;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  let carts = 0;
  let discounted = 0;
  const done = (batch: Batch, one: number): void => {
    carts += batch.carts;
    discounted += one;
    if (carts === count || carts % (BATCH * 10) === 0) {
      process.stderr.write(
        `${carts} carts, ${Math.round((discounted / carts) * 100)} % discounted, ${seconds().toFixed(0)} s\n`,
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, all) }, () => handOut(() => batches.shift(), done)));
  const share = discounted / carts;
  if (share < SHARE) process.exitCode = 1;
  const result = {
    name: "carts",
    carts,
    seed,
    lastSeed: seed + all - 1,
    workers,
    discounted: share,
    seconds: seconds(),
  };
  process.stdout.write(`${JSON.stringify({ ...result, cartsPerSecond: carts / result.seconds })}\n`);
};

await main();
