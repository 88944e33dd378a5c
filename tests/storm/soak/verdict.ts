import type { Sample } from "./samples.ts";

/** A row of figures, one for each sample. */
export interface Course {
  /** The first after the warm-up. */
  readonly first: number;
  readonly last: number;
  /** Of those after the warm-up. */
  readonly max: number;
}

export interface MemoryCourse extends Course {
  /** Megabytes by least squares over the second half. */
  readonly perHour: number;
  /** What that comes to in the second half. */
  readonly grown: number;
}

export interface Verdict {
  readonly megabytes: Readonly<Record<string, MemoryCourse>>;
  readonly connections: Course;
  readonly queue: Course;
  readonly errors: number;
  /** Why the soak has failed; nothing when it has not. */
  readonly wrong: readonly string[];
}

export interface Allowance {
  /** By how many megabytes a process may grow in the second half, as fitted. */
  readonly megabytes: number;
  /** By how many the connections of the last quarter may be more than those of the second one, in the mean. */
  readonly connections: number;
}

/** In the first fifth caches fill and code is compiled. */
const WARM_UP_SHARE = 0.2;
const SECONDS_AN_HOUR = 3600;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const partOf = <T>(all: readonly T[], from: number, to: number): T[] =>
  all.slice(Math.floor(all.length * from), Math.max(Math.floor(all.length * from) + 1, Math.ceil(all.length * to)));

const courseOf = (values: readonly number[]): Course => {
  const warm = partOf(values, WARM_UP_SHARE, 1);
  return { first: warm[0] ?? 0, last: warm.at(-1) ?? 0, max: Math.max(...warm) };
};

/**
 * The slope of the line that is nearest to the points by least squares.
 *
 * @example (0, 1), (1, 3), (2, 5): 2
 */
export const slopeOf = (points: readonly (readonly [x: number, y: number])[]): number => {
  const x = mean(points.map(([at]) => at));
  const y = mean(points.map(([, value]) => value));
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  if (spread === 0) return 0;
  return points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / spread;
};

const memoryOf = (samples: readonly Sample[], name: string): MemoryCourse => {
  const half = partOf(samples, 0.5, 1);
  const slope = slopeOf(half.map(({ seconds, megabytes }) => [seconds, megabytes.get(name) ?? 0]));
  return {
    ...courseOf(samples.map(({ megabytes }) => megabytes.get(name) ?? 0)),
    perHour: slope * SECONDS_AN_HOUR,
    grown: slope * ((half.at(-1)?.seconds ?? 0) - (half[0]?.seconds ?? 0)),
  };
};

/** What the samples come to. @throws RangeError without any */
export const judge = (samples: readonly Sample[], allowance: Allowance): Verdict => {
  const [start] = samples;
  if (!start) throw new RangeError("no samples were taken");
  const names = [...start.megabytes.keys()];
  const megabytes = Object.fromEntries(names.map((name) => [name, memoryOf(samples, name)]));
  const held = samples.map(({ connections }) => connections);
  const [early, late] = [mean(partOf(held, 0.25, 0.5)), mean(partOf(held, 0.75, 1))];
  const errors = samples.at(-1)?.errors ?? 0;
  const wrong = [
    ...names.flatMap((name) => {
      const grown = megabytes[name]?.grown ?? 0;
      return grown > allowance.megabytes ? [`${name} grew by ${grown.toFixed(0)} MB in the second half`] : [];
    }),
    ...(late > early + allowance.connections
      ? [`${late.toFixed(1)} connections at the end, ${early.toFixed(1)} before`]
      : []),
    ...(errors > 0 ? [`${errors} errors were logged`] : []),
  ];
  return {
    megabytes,
    connections: courseOf(held),
    queue: courseOf(samples.map(({ queue }) => queue)),
    errors,
    wrong,
  };
};
