// Fields that hold an instant end in `At` or are named `at`. All instants of a read world have the one form
// 2025-01-01T00:00:00Z, so that their order is that of their text.

/** Holds texts of the buyer's under keys of the shop's. */
const ATTRIBUTES = "attributes";

/**
 * The latest instant anywhere in an object, or "" when it holds none. Kept plain, since it looks at every value of a world.
 *
 * @example latestIn({ createdAt: "2025-01-01T00:00:00Z", refunds: [] }) // "2025-01-01T00:00:00Z"
 */
export function latestIn(object: object): string {
  let latest = "";
  for (const [key, value] of Object.entries(object)) {
    if (key === ATTRIBUTES) continue;
    let here = "";
    if (typeof value === "string") here = isInstant(key) ? value : "";
    else if (typeof value === "object" && value !== null) here = latestIn(value);
    if (here > latest) latest = here;
  }
  return latest;
}

/**
 * All instants in an object, each with its JSON path.
 *
 * @example [...instantsOf({ id: 1, createdAt: "2025-01-01T00:00:00Z" })] // [["2025-01-01T00:00:00Z", "$.createdAt"]]
 */
export function* instantsOf(object: object, path = "$"): Generator<readonly [at: string, path: string]> {
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    if (key === ATTRIBUTES) continue;
    const here = Array.isArray(object) ? `${path}[${key}]` : `${path}.${key}`;
    if (typeof value === "string") {
      if (isInstant(key)) yield [value, here];
    } else if (typeof value === "object" && value !== null) {
      yield* instantsOf(value, here);
    }
  }
}

/** An instant in the one form of a read world. */
export function instantText(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Seconds since the epoch as Shopify prints instants. */
export function instantOf(seconds: number): string {
  return `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19)}Z`;
}

function isInstant(key: string): boolean {
  return key === "at" || key.endsWith("At");
}
