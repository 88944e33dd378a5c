import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { demoWorld } from "./demo-world.ts";
import { type GeneratorOptions, generateWorld } from "./generator.ts";

const USAGE = `Writes a generated world as JSON Lines.

  tsx tests/local-shopify/world/generate.ts --out FILE [--customers N] [--orders N] [--seed S] [--now ISO]
    [--days N] [--currency USD] [--timezone ZONE] [--plan BASIC|ADVANCED|PLUS] [--taxes-included] [--no-companies]
    [--demo]   the world of the demo; other options change it
`;

const { values } = parseArgs({
  options: {
    out: { type: "string" },
    customers: { type: "string" },
    orders: { type: "string" },
    seed: { type: "string" },
    now: { type: "string" },
    days: { type: "string" },
    currency: { type: "string" },
    timezone: { type: "string" },
    plan: { type: "string" },
    "taxes-included": { type: "boolean" },
    "no-companies": { type: "boolean" },
    demo: { type: "boolean" },
    help: { type: "boolean" },
  },
});

function count(text: string, name: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`--${name} needs a whole number above 0`);
  return number;
}

function optionsFromArguments(): GeneratorOptions {
  const { plan } = values;
  if (plan !== undefined && plan !== "BASIC" && plan !== "ADVANCED" && plan !== "PLUS") {
    throw new RangeError("--plan is BASIC, ADVANCED or PLUS");
  }
  const now = values.now === undefined ? new Date() : new Date(values.now);
  if (Number.isNaN(now.getTime())) throw new RangeError("--now needs an ISO 8601 instant");
  return {
    ...(values.demo ? demoWorld : { seed: 1, customers: 1000 }),
    now,
    ...(values.seed === undefined ? {} : { seed: values.seed }),
    ...(values.customers === undefined ? {} : { customers: count(values.customers, "customers") }),
    ...(values.orders === undefined ? {} : { orders: count(values.orders, "orders") }),
    ...(values.days === undefined ? {} : { days: count(values.days, "days") }),
    ...(values.currency === undefined ? {} : { currency: values.currency }),
    ...(values.timezone === undefined ? {} : { timezone: values.timezone }),
    ...(plan === undefined ? {} : { plan }),
    ...(values["taxes-included"] ? { taxesIncluded: true } : {}),
    ...(values["no-companies"] ? { companies: false } : {}),
  };
}

function* jsonLines(options: GeneratorOptions): Generator<string> {
  let chunk = "";
  for (const object of generateWorld(options)) {
    chunk += `${JSON.stringify(object)}\n`;
    if (chunk.length < 65536) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

async function main(): Promise<void> {
  if (values.help || values.out === undefined) {
    process.stdout.write(USAGE);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  await pipeline(jsonLines(optionsFromArguments()), createWriteStream(values.out));
}

await main();
