import { parseArgs } from "node:util";
import { loadFunction } from "#app/checkout/load-function.ts";
import { builtModule } from "#tests/functions/built-function.ts";
import { inputOf } from "#tests/functions/carts/input.ts";
import { PLAN_NAMES, sizedCart, type PlanName } from "#tests/functions/carts/sized.ts";
import { measuring, type Measured } from "#tests/functions/metering/measure.ts";
import { machine, median } from "../machine.ts";

const HELP = `npm run bench -- functions

Counts what the discount Function executes: one for each operator, in carts of 1 to 500 lines with UUIDs as ids and a price and
a floor of its own on every line, in another currency than the shop's. Beside it what Shopify would count with the host's share
(guest + 21,000 + 10,400 x lines), and how many carts a second one core runs for preview and back-test.
`;

const SIZES = [1, 10, 50, 200, 500];
const ROUNDS = 5;
const SECONDS_PER_ROUND = 0.6;

const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(20) : cell.padStart(11))).join("");
const number = (value: number): string => Math.round(value).toLocaleString("en");
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const print = (plan: PlanName, lines: number, one: Measured): void => {
  const { guest, estimate, limit, input, output, hostCalls } = one;
  const counts = [lines, guest, estimate, hostCalls, input, output].map(number);
  process.stderr.write(`${row([plan, ...counts, percent(estimate / limit)])}\n`);
};

/** Carts of five lines a second, the median of some rounds. */
const speed = (wasm: Uint8Array): number => {
  const discount = loadFunction(wasm);
  const input = inputOf(sizedCart(5, "every part"));
  const rounds = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    let runs = 0;
    let seconds = 0;
    for (; seconds < SECONDS_PER_ROUND; seconds = (performance.now() - started) / 1000) {
      for (let i = 0; i < 50; i += 1) discount.run(input);
      runs += 50;
    }
    return runs / seconds;
  });
  return median(rounds.slice(1));
};

/** `npm run bench -- functions`: instructions, bytes and speed of the checkout Function. */
export const functionsBench = async (args: string[]): Promise<unknown> => {
  const { values } = parseArgs({ args, options: { help: { type: "boolean", default: false } } });
  if (values.help) return HELP;
  const started = performance.now();
  const wasm = builtModule();
  const measure = measuring(wasm);
  process.stderr.write(`module: ${number(wasm.byteLength)} bytes\n`);
  process.stderr.write(`${row(["plan", "lines", "guest", "estimate", "calls", "input", "output", "of limit"])}\n`);
  const counts: Record<string, Record<string, Measured>> = {};
  const ratios: Record<string, Record<string, number>> = {};
  for (const plan of PLAN_NAMES) {
    const ofPlan: Record<string, Measured> = {};
    for (const lines of SIZES) {
      ofPlan[lines] = measure(inputOf(sizedCart(lines, plan)), lines);
      print(plan, lines, ofPlan[lines]);
    }
    counts[plan] = ofPlan;
    ratios[plan] = Object.fromEntries(
      Object.entries(ofPlan).map(([lines, { estimate, limit }]) => [lines, estimate / limit]),
    );
  }
  const runsPerSecond = speed(wasm);
  process.stderr.write(`${number(runsPerSecond)} carts of 5 lines a second\n`);
  return {
    name: "functions",
    machine: machine(),
    sizes: { lines: SIZES, plans: PLAN_NAMES, moduleBytes: wasm.byteLength },
    seconds: (performance.now() - started) / 1000,
    ratios,
    counts,
    runsPerSecond,
  };
};
