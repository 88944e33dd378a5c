import type { Form, OpenApp } from "./open-app.ts";
import type { Targets } from "./targets.ts";

/** How long answers took, in milliseconds. */
export interface Answers {
  readonly requests: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

interface Timed {
  readonly target: string;
  readonly milliseconds: number;
}

/** Asks so many times, for the targets in turn, by so many at once. */
const askAll = async (
  targets: readonly string[],
  count: number,
  concurrency: number,
  time: (target: string) => Promise<number>,
): Promise<Timed[]> => {
  const answers: Timed[] = [];
  let next = 0;
  const asker = async (): Promise<void> => {
    while (next < count) {
      const target = targets[next++ % targets.length] ?? "";
      answers.push({ target, milliseconds: await time(target) });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, asker));
  return answers.sort((a, b) => a.milliseconds - b.milliseconds);
};

const rounded = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

const summaryOf = (sorted: readonly Timed[]): Answers => {
  const at = (share: number): number =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.milliseconds ?? 0);
  return { requests: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) };
};

const WARM_UP = 10;
const SLOWEST_SHOWN = 5;

/** Of each page as a document and as data, one request at a time and four at once, and of the baseline. */
export const measureAnswers = async (app: OpenApp, targets: Targets, requests: number) => {
  const forms: readonly Form[] = ["document", "data"];
  const pages: Record<string, Record<string, Answers>> = {};
  const note = (page: string, how: string, sorted: readonly Timed[]): void => {
    const answers = summaryOf(sorted);
    pages[page] = { ...pages[page], [how]: answers };
    process.stderr.write(`${page}, ${how}: p50 ${answers.p50}, p95 ${answers.p95}, max ${answers.max} ms\n`);
  };
  for (const concurrency of [1, 4]) {
    const suffix = concurrency === 1 ? "" : `, ${concurrency} at once`;
    note("baseline", `healthz${suffix}`, await askAll(["/healthz"], 150, concurrency, app.timePlain));
    for (const [page, list] of Object.entries(targets)) {
      for (const form of forms) {
        const time = (target: string): Promise<number> => app.time(target, form);
        if (concurrency === 1) await askAll(list, WARM_UP, 1, time);
        const sorted = await askAll(list, requests, concurrency, time);
        note(page, `${form}${suffix}`, sorted);
        for (const { target, milliseconds } of list.length > 1 ? sorted.slice(-SLOWEST_SHOWN).reverse() : []) {
          process.stderr.write(`    ${rounded(milliseconds)} ms ${target}\n`);
        }
      }
    }
  }
  return pages;
};
