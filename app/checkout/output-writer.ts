/** A Function wrote something that is no value, such as an object with fewer properties than it said. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

interface Open {
  readonly value: unknown[] | Record<string, unknown>;
  /** How many items or properties are still to come. */
  missing: number;
  /** The property whose value comes next. */
  key: string | null;
}

/**
 * Puts together the output of a Function from the calls that it makes, and refuses what Shopify would refuse: every length is
 * said before, keys are texts, and there is one value in the end.
 */
export class OutputWriter {
  #open: Open[] = [];
  #result: { readonly value: unknown } | null = null;

  clear(): void {
    this.#open = [];
    this.#result = null;
  }

  put(value: unknown): void {
    const open = this.#open.at(-1);
    if (!open) {
      if (this.#result) throw new OutputError("A second value after the output was complete");
      this.#result = { value };
      return;
    }
    if (!Array.isArray(open.value) && open.key === null) {
      if (typeof value !== "string") throw new OutputError("A property's name has to be a text");
      if (Object.hasOwn(open.value, value)) throw new OutputError(`The property ${value} is there twice`);
      open.key = value;
      return;
    }
    if (open.missing === 0) throw new OutputError("There are more values than were announced");
    open.missing -= 1;
    if (Array.isArray(open.value)) {
      open.value.push(value);
    } else if (open.key !== null) {
      open.value[open.key] = value;
      open.key = null;
    }
  }

  begin(value: unknown[] | Record<string, unknown>, length: number): void {
    this.put(value);
    this.#open.push({ value, missing: length, key: null });
  }

  end(kind: "list" | "object"): void {
    const open = this.#open.pop();
    if (!open || Array.isArray(open.value) !== (kind === "list")) throw new OutputError(`There is no open ${kind}`);
    if (open.missing > 0 || open.key !== null) throw new OutputError(`The ${kind} lacks ${open.missing} values`);
  }

  /** @throws OutputError if there is no complete value */
  result(): unknown {
    if (!this.#result || this.#open.length > 0) throw new OutputError("The output is not complete");
    return this.#result.value;
  }
}
