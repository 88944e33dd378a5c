import type pg from "pg";
import type { EntryKind } from "#app/core/ledger/entry.ts";
import type { DayRange } from "#app/core/tiers/policy.ts";
import { formatDay } from "#app/core/time/shop-day.ts";

/** A window, and how late the entries in it may be. */
export interface Seen {
  readonly days: DayRange;
  /** What happened later was not known then. */
  readonly asOf: Date;
}

/**
 * What each kind of entry comes to in the window of now less what it came to in a window before, by customer. Both are
 * summed from the ledger as it stands: an entry from before that was learned of or changed since is not told apart.
 */
export const entryChanges = async (
  pool: pg.Pool,
  shopId: number,
  customerIds: readonly bigint[],
  { before, after }: { readonly before: Seen; readonly after: Seen },
): Promise<ReadonlyMap<bigint, ReadonlyMap<EntryKind, bigint>>> => {
  const changes = new Map<bigint, Map<EntryKind, bigint>>();
  if (customerIds.length === 0) return changes;
  const { rows } = await pool.query<{ customerId: bigint; kind: EntryKind; change: bigint }>(
    `SELECT "order".customer_id AS "customerId", kind,
       (coalesce(sum(amount) FILTER (WHERE day BETWEEN $3 AND $4), 0)
         - coalesce(sum(amount) FILTER (WHERE day BETWEEN $5 AND $6 AND occurred_at <= $7), 0))::bigint AS change
     FROM "order" JOIN ledger_entry ON ledger_entry.shop_id = "order".shop_id AND ledger_entry.order_id = "order".id
     WHERE "order".shop_id = $1 AND "order".customer_id = ANY ($2) AND counted
     GROUP BY "order".customer_id, kind`,
    [
      shopId,
      customerIds,
      formatDay(after.days.from),
      formatDay(after.days.to),
      formatDay(before.days.from),
      formatDay(before.days.to),
      before.asOf,
    ],
  );
  for (const { customerId, kind, change } of rows) {
    const own = changes.get(customerId) ?? new Map<EntryKind, bigint>();
    changes.set(customerId, own.set(kind, change));
  }
  return changes;
};
