/** What a call of the output API returns. */
const DONE = 0;
const REFUSED = {
  expectedKey: 2,
  objectLength: 3,
  alreadyWritten: 4,
  notAnObject: 5,
  arrayLength: 7,
  notAnArray: 8,
} as const;

interface OpenObject {
  readonly kind: "object";
  readonly entries: Map<string, unknown>;
  readonly length: number;
  key: string | null;
}

interface OpenArray {
  readonly kind: "array";
  readonly items: unknown[];
  readonly length: number;
}

/** What a Function writes, value by value; lengths are told before an object or array is opened. */
export class FunctionOutput {
  private readonly open: (OpenObject | OpenArray)[] = [];
  private root: { readonly value: unknown } | null = null;
  /** The first call that was refused, as its code. */
  private refusal: number | null = null;

  value(value: unknown): number {
    const parent = this.open.at(-1);
    if (!parent) {
      if (this.root) return this.refuse(REFUSED.alreadyWritten);
      this.root = { value };
      return DONE;
    }
    if (parent.kind === "array") {
      if (parent.items.length === parent.length) return this.refuse(REFUSED.arrayLength);
      parent.items.push(value);
      return DONE;
    }
    if (parent.key === null) {
      if (typeof value !== "string") return this.refuse(REFUSED.expectedKey);
      if (parent.entries.size === parent.length) return this.refuse(REFUSED.objectLength);
      parent.key = value;
      return DONE;
    }
    parent.entries.set(parent.key, value);
    parent.key = null;
    return DONE;
  }

  openObject(length: number): number {
    return this.begin({ kind: "object", entries: new Map(), length, key: null });
  }

  openArray(length: number): number {
    return this.begin({ kind: "array", items: [], length });
  }

  closeObject(): number {
    const last = this.open.at(-1);
    if (last?.kind !== "object") return this.refuse(REFUSED.notAnObject);
    if (last.key !== null || last.entries.size !== last.length) return this.refuse(REFUSED.objectLength);
    this.open.pop();
    return this.value(Object.fromEntries(last.entries));
  }

  closeArray(): number {
    const last = this.open.at(-1);
    if (last?.kind !== "array") return this.refuse(REFUSED.notAnArray);
    if (last.items.length !== last.length) return this.refuse(REFUSED.arrayLength);
    this.open.pop();
    return this.value(last.items);
  }

  /**
   * The value that was written.
   *
   * @throws Error when it is not complete, or a call was refused
   */
  finish(): unknown {
    if (this.refusal !== null) throw new Error(`a call of the output was refused with ${this.refusal}`);
    if (this.open.length > 0 || !this.root) throw new Error("the output is not complete");
    return this.root.value;
  }

  private begin(part: OpenObject | OpenArray): number {
    const parent = this.open.at(-1);
    if (!parent && this.root) return this.refuse(REFUSED.alreadyWritten);
    if (parent?.kind === "object" && parent.key === null) return this.refuse(REFUSED.expectedKey);
    this.open.push(part);
    return DONE;
  }

  private refuse(code: number): number {
    this.refusal ??= code;
    return code;
  }
}
