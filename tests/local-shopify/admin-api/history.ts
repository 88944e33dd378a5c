export type HistoryKind =
  "order" | "customer" | "product" | "variant" | "inventoryItem" | "company" | "companyLocation";

/** When objects came and changed while the shop was open. What was there before has no entry: of that only the world knows. */
export class History {
  private readonly arrivals = new Map<string, string>();
  private readonly changes = new Map<string, string>();

  came(kind: HistoryKind, id: number, at: string): void {
    this.arrivals.set(`${kind} ${id}`, at);
    this.changed(kind, id, at);
  }

  changed(kind: HistoryKind, id: number, at: string): void {
    this.changes.set(`${kind} ${id}`, at);
  }

  /** Since when an object is there that came while the shop was open. */
  cameAt(kind: HistoryKind, id: number): string | undefined {
    return this.arrivals.get(`${kind} ${id}`);
  }

  /** The later of an instant and the latest change of the object. */
  latest(kind: HistoryKind, id: number, otherwise: string): string {
    const at = this.changes.get(`${kind} ${id}`);
    return at !== undefined && at > otherwise ? at : otherwise;
  }
}
