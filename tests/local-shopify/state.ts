import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";

/**
 * One part of the local Shopify's state, kept as a small JSON file so that it survives a restart. It is written whole and
 * put in place by a rename, so that a crash leaves the old or the new one.
 */
export class StateFile<T> {
  private readonly path: string;
  private readonly schema: z.ZodType<T>;

  constructor(directory: string, name: string, schema: z.ZodType<T>) {
    mkdirSync(directory, { recursive: true });
    this.path = join(directory, `${name}.json`);
    this.schema = schema;
  }

  /** The saved state, or the given one when nothing was saved yet. */
  read(otherwise: T): T {
    let text: string;
    try {
      text = readFileSync(this.path, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return otherwise;
      throw error;
    }
    return this.schema.parse(JSON.parse(text));
  }

  write(state: T): void {
    const draft = `${this.path}.draft`;
    writeFileSync(draft, JSON.stringify(state, null, 1));
    renameSync(draft, this.path);
  }
}
