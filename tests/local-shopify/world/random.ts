/** Draws from a seed: the same seed gives the same draws, on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** An index, each as likely as its weight. */
  weighted(weights: readonly number[]): number;
  normal(): number;
  gamma(shape: number): number;
  beta(a: number, b: number): number;
  exponential(rate: number): number;
}

/** Makes a stream of draws; several parts of the seed give independent streams. */
export function seededRandom(...seed: readonly (string | number)[]): Random {
  const next = sfc32(hash(seed.join("\u0000")));
  const random: Random = {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (from) => {
      const value = from[Math.floor(next() * from.length)];
      if (value === undefined) throw new RangeError("nothing to pick from");
      return value;
    },
    weighted: (weights) => weightedIndex(next(), weights),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    gamma: (shape) => gamma(random, shape),
    beta: (a, b) => {
      const x = random.gamma(a);
      return x / (x + random.gamma(b));
    },
    exponential: (rate) => -Math.log(1 - next()) / rate,
  };
  return random;
}

function weightedIndex(draw: number, weights: readonly number[]): number {
  let left = draw * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return index;
  }
  return weights.length - 1;
}

// Marsaglia and Tsang, 2000; shapes below 1 by the boost G(a) = G(a + 1) U^(1/a).
function gamma(random: Random, shape: number): number {
  if (shape < 1) return random.gamma(shape + 1) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function hash(text: string): [number, number, number, number] {
  const state: [number, number, number, number] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const [a, b, c, d] = state;
    state[0] = b ^ Math.imul(a ^ code, 597399067);
    state[1] = c ^ Math.imul(b ^ code, 2869860233);
    state[2] = d ^ Math.imul(c ^ code, 951274213);
    state[3] = a ^ Math.imul(d ^ code, 2716044179);
  }
  return state;
}

function sfc32([a, b, c, d]: [number, number, number, number]): () => number {
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let warmUp = 0; warmUp < 15; warmUp += 1) next();
  return next;
}
