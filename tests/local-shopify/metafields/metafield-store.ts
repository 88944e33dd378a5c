import { createHash } from "node:crypto";
import { z } from "zod";

/** Whose metafield it is, in which namespace (with the app's own written out) and under which key. */
export const metafieldPlaceSchema = z.object({ ownerId: z.string(), namespace: z.string(), key: z.string() });
export const metafieldWriteSchema = metafieldPlaceSchema.extend({ type: z.string(), value: z.string() });

export type MetafieldPlace = z.output<typeof metafieldPlaceSchema>;
export type MetafieldWrite = z.output<typeof metafieldWriteSchema>;

export interface MetafieldRecord extends MetafieldWrite {
  readonly id: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** All metafields of a shop, by owner. They come while the shop is open: a world file holds none. */
export class MetafieldStore {
  private readonly owners = new Map<string, Map<string, MetafieldRecord>>();
  private readonly records = new Map<number, MetafieldRecord>();
  private lastId = 0;

  get(place: MetafieldPlace): MetafieldRecord | undefined {
    return this.owners.get(place.ownerId)?.get(nameOf(place));
  }

  byId(id: number): MetafieldRecord | undefined {
    return this.records.get(id);
  }

  /** Upwards by id. */
  of(ownerId: string): MetafieldRecord[] {
    return [...(this.owners.get(ownerId)?.values() ?? [])].sort((a, b) => a.id - b.id);
  }

  /** Writes a value. What is written as it was before keeps its instants. */
  set(write: MetafieldWrite, at: string): void {
    const { ownerId, namespace, key, type, value } = write;
    const before = this.get(write);
    if (before && before.type === type && before.value === value) return;
    const record = {
      ...{ ownerId, namespace, key, type, value },
      id: before?.id ?? (this.lastId += 1),
      createdAt: before?.createdAt ?? at,
      updatedAt: at,
    };
    let own = this.owners.get(ownerId);
    if (!own) this.owners.set(ownerId, (own = new Map()));
    own.set(nameOf(write), record);
    this.records.set(record.id, record);
  }

  delete(place: MetafieldPlace): void {
    const record = this.get(place);
    if (!record) return;
    this.owners.get(place.ownerId)?.delete(nameOf(place));
    this.records.delete(record.id);
  }

  /** An owner goes with all that it carries. */
  deleteOwner(ownerId: string): void {
    for (const record of this.of(ownerId)) this.records.delete(record.id);
    this.owners.delete(ownerId);
  }
}

/** What changes whenever the metafield does. */
export function compareDigestOf({ type, value }: MetafieldRecord): string {
  return createHash("sha256")
    .update(JSON.stringify([type, value]))
    .digest("hex");
}

function nameOf({ namespace, key }: MetafieldPlace): string {
  return `${namespace} ${key}`;
}
