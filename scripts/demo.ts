import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { demoWorld } from "#tests/local-shopify/world/demo-world.ts";
import { generateWorld } from "#tests/local-shopify/world/generator.ts";
import { readWorldFile } from "#tests/local-shopify/world/world.ts";
import { runApp } from "#tests/setup/running-app.ts";

const USAGE = `npm run demo [-- --world FILE] [--port N] [--fresh]

  --world FILE  a shop of your own as JSON Lines (docs/world.schema.json says how) instead of the demo's
  --port N      where the demo answers (3456)
  --fresh       forget everything from earlier starts
`;

const DATA_DIR = ".data/demo";
/** Slow enough to see the first sync happen, fast enough not to wait for it. */
const BULK_OBJECTS_PER_SECOND = 6000;
/** The rate limit of the shop's plan, refilled this many times faster. */
const BUCKET_SPEED = 10;

const { values } = parseArgs({
  options: {
    world: { type: "string" },
    port: { type: "string", default: "3456" },
    fresh: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const portOf = (text: string): number => {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_534)
    throw new RangeError("--port needs a number from 1 to 65534");
  return port;
};

/** The demo's world, made at the first start and kept, so that a second start shows the same shop. */
const worldFile = async (): Promise<string> => {
  if (values.world !== undefined) return values.world;
  const file = path.join(DATA_DIR, "world.jsonl");
  if (existsSync(file)) return file;
  const lines = function* (): Generator<string> {
    for (const object of generateWorld({ ...demoWorld, now: new Date() })) yield `${JSON.stringify(object)}\n`;
  };
  await pipeline(lines(), createWriteStream(file));
  return file;
};

const main = async (): Promise<void> => {
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const port = portOf(values.port);
  if (values.fresh) await rm(DATA_DIR, { recursive: true, force: true });
  await mkdir(DATA_DIR, { recursive: true });
  const world = await readWorldFile(await worldFile(), { now: new Date() });
  const running = await runApp({
    world,
    dataDir: DATA_DIR,
    port,
    framePort: port + 1,
    shopify: { bulkObjectsPerSecond: BULK_OBJECTS_PER_SECOND, bucketSpeed: BUCKET_SPEED },
  });
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      process.stdout.write("Stopping ...\n");
      void running.stop().then(() => process.exit(0));
    });
  }
  running.process.once("exit", (code) => {
    if (stopping) return;
    process.stderr.write(`The app ended with code ${code}. Its log: ${path.join(DATA_DIR, "app.log")}\n`);
    process.exit(1);
  });
  process.stdout.write(`Pareto demo ready: http://localhost:${port}\n`);
};

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
