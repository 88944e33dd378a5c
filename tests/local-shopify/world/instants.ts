import { jsonPath } from "./world-error.ts";

// Fields that hold an instant end in `At` or are named `at`. All instants of a read world have the one form
// 2025-01-01T00:00:00Z, so that their order is that of their text; this runs over every value of every order.

/**
 * The latest instant anywhere in an object, or "" when it holds none.
 *
 * @example latestIn({ createdAt: "2025-01-01T00:00:00Z", refunds: [] }) // "2025-01-01T00:00:00Z"
 */
export function latestIn(object: object): string {
  let latest = "";
  for (const [key, value] of Object.entries(object)) {
    let here = "";
    if (typeof value === "string") here = isInstant(key) ? value : "";
    else if (typeof value === "object" && value !== null) here = latestIn(value);
    if (here > latest) latest = here;
  }
  return latest;
}

/** The JSON path of the first instant in the object that is after the given one, or null. */
export function pathOfLater(object: object, than: string, above: readonly PropertyKey[] = []): string | null {
  for (const [key, value] of Object.entries(object)) {
    const here = [...above, Array.isArray(object) ? Number(key) : key];
    if (typeof value === "string" && isInstant(key) && value > than) return jsonPath(here);
    const below = typeof value === "object" && value !== null ? pathOfLater(value, than, here) : null;
    if (below !== null) return below;
  }
  return null;
}

/** An instant in the one form of a read world. */
export function instantText(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function isInstant(key: string): boolean {
  return key === "at" || key.endsWith("At");
}
