type Dated = readonly [at: string, path: string];

/**
 * All instants in an object of a world, each with its JSON path. Fields that hold an instant end in `At` or are named `at`.
 *
 * @example [...instantsOf({ id: 1, createdAt: "2025-01-01T00:00:00Z" })] // [["2025-01-01T00:00:00Z", "$.createdAt"]]
 */
export function* instantsOf(object: object, path = "$"): Generator<Dated> {
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    const here = Array.isArray(object) ? `${path}[${key}]` : `${path}.${key}`;
    if (typeof value === "string") {
      if (key === "at" || key.endsWith("At")) yield [value, here];
    } else if (typeof value === "object" && value !== null) {
      yield* instantsOf(value, here);
    }
  }
}
