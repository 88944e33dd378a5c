import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { demoWorld } from "./demo-world.ts";
import { type GeneratorOptions, generateWorld } from "./generator.ts";

const USAGE = `Writes a generated world as JSON Lines.

  tsx tests/local-shopify/world/generate.ts --out FILE [--customers N] [--orders N] [--lines-per-order N]
    [--seed S] [--now ISO] [--days N] [--currency USD] [--timezone ZONE] [--plan BASIC|ADVANCED|PLUS] [--taxes-included] [--no-companies]
    [--mix plain|usual|everything]   how much that is special happens; usual unless said
    [--demo]   the world of the demo; other options change it
`;

const { values } = parseArgs({
  options: {
    out: { type: "string" },
    customers: { type: "string" },
    orders: { type: "string" },
    "lines-per-order": { type: "string" },
    seed: { type: "string" },
    now: { type: "string" },
    days: { type: "string" },
    currency: { type: "string" },
    timezone: { type: "string" },
    plan: { type: "string" },
    "taxes-included": { type: "boolean" },
    "no-companies": { type: "boolean" },
    mix: { type: "string" },
    demo: { type: "boolean" },
    help: { type: "boolean" },
  },
});

function count(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`--${name} needs a whole number above 0`);
  return number;
}

function planFrom(text: string | undefined) {
  if (text === undefined || text === "BASIC" || text === "ADVANCED" || text === "PLUS") return text;
  throw new RangeError("--plan is BASIC, ADVANCED or PLUS");
}

function mixFrom(text: string | undefined) {
  if (text === undefined || text === "plain" || text === "usual" || text === "everything") return text;
  throw new RangeError("--mix is plain, usual or everything");
}

function instantFrom(text: string | undefined): Date {
  const instant = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(instant.getTime())) throw new RangeError("--now needs an ISO 8601 instant");
  return instant;
}

function optionsFromArguments(): GeneratorOptions {
  const { seed, currency, timezone } = values;
  const given = {
    seed,
    currency,
    timezone,
    customers: count(values.customers, "customers"),
    orders: count(values.orders, "orders"),
    linesPerOrder: count(values["lines-per-order"], "lines-per-order"),
    days: count(values.days, "days"),
    plan: planFrom(values.plan),
    mix: mixFrom(values.mix),
    taxesIncluded: values["taxes-included"],
    companies: values["no-companies"] === undefined ? undefined : false,
  };
  // What was not given must not take the place of what the demo says.
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...(values.demo ? demoWorld : { seed: 1, customers: 1000 }), now: instantFrom(values.now), ...set };
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
