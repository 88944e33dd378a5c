/** A world that breaks a rule: which line, which value, and why. */
export class WorldError extends Error {
  override readonly name = "WorldError";
  readonly line: number;
  readonly path: string;
  readonly reason: string;

  constructor(at: { line: number; path: string; reason: string }) {
    super(`${at.line > 0 ? `line ${at.line}, ` : ""}${at.path}: ${at.reason}`);
    this.line = at.line;
    this.path = at.path;
    this.reason = at.reason;
  }
}

/** A broken rule inside one object, before the line it stands on is known. */
export class RuleBroken extends Error {
  override readonly name = "RuleBroken";
  readonly path: string;

  constructor(path: string, reason: string) {
    super(reason);
    this.path = path;
  }
}

/**
 * Writes a path into an object the way JSON readers print it.
 *
 * @example jsonPath(["lines", 0, "discount"]) // "$.lines[0].discount"
 */
export function jsonPath(parts: readonly PropertyKey[]): string {
  return parts.reduce<string>(
    (path, part) => (typeof part === "number" ? `${path}[${part}]` : `${path}.${String(part)}`),
    "$",
  );
}
