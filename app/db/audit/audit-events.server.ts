import type pg from "pg";
import { z } from "zod";
import type { AuditAction, AuditEvent } from "#app/core/audit/audit-event.ts";

const stored: z.ZodType<AuditAction> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("policy-saved"), method: z.string() }),
  z.object({ kind: z.literal("cost-rules-saved"), version: z.int() }),
  z.object({ kind: z.literal("costs-imported"), costs: z.int() }),
  z.object({ kind: z.literal("pin-set"), customer: z.string(), tier: z.string() }),
  z.object({ kind: z.literal("pin-removed"), customer: z.string() }),
  z.object({ kind: z.literal("plan-saved"), version: z.int() }),
  z.object({ kind: z.literal("plan-published"), version: z.int() }),
  z.object({ kind: z.literal("plan-withdrawn") }),
  z.object({ kind: z.literal("pay-now-charged"), order: z.string() }),
  z.object({ kind: z.literal("pay-now-dismissed"), order: z.string() }),
  z.object({ kind: z.literal("backtest-requested"), version: z.int() }),
  z.object({ kind: z.literal("backtest-deleted"), backtest: z.int() }),
  z.object({ kind: z.literal("rebate-confirmed"), order: z.string() }),
  z.object({ kind: z.literal("rebate-given"), order: z.string() }),
  z.object({ kind: z.literal("rebate-dismissed"), order: z.string() }),
  z.object({ kind: z.literal("sync-requested") }),
  z.object({ kind: z.literal("catch-up-requested") }),
  z.object({ kind: z.literal("webhooks-retried"), events: z.int() }),
  z.object({ kind: z.literal("job-retried"), job: z.string() }),
  z.object({ kind: z.literal("reconcile-requested") }),
  z.object({ kind: z.literal("recompute-requested") }),
  z.object({ kind: z.literal("data-request-downloaded"), request: z.int() }),
]);

/** Adds an event to the shop's record. There is no way to change or to take one back. */
export const recordAudit = async (pool: pg.Pool, shopId: number, event: AuditEvent): Promise<void> => {
  const { kind, ...details } = event.action;
  await pool.query("INSERT INTO audit_event (shop_id, at, actor, action, details) VALUES ($1, $2, $3, $4, $5)", [
    shopId,
    event.at,
    event.actor,
    kind,
    JSON.stringify(details),
  ]);
};

const EVENTS_PER_PAGE = 50;

/** An event as it stands in the record. */
export interface RecordedEvent extends AuditEvent {
  readonly id: number;
}

/** The shop's record, latest first. @param page from 1 */
export const auditEvents = async (
  pool: pg.Pool,
  shopId: number,
  page: number,
): Promise<{ perPage: number; total: number; events: readonly RecordedEvent[] }> => {
  const [counted, listed] = await Promise.all([
    pool.query<{ total: number }>("SELECT count(*)::int AS total FROM audit_event WHERE shop_id = $1", [shopId]),
    pool.query<Omit<RecordedEvent, "action"> & { action: unknown }>(
      `SELECT id, at, actor, details || jsonb_build_object('kind', action) AS action FROM audit_event
       WHERE shop_id = $1 ORDER BY id DESC LIMIT $2 OFFSET $3`,
      [shopId, EVENTS_PER_PAGE, (page - 1) * EVENTS_PER_PAGE],
    ),
  ]);
  return {
    perPage: EVENTS_PER_PAGE,
    total: counted.rows[0]?.total ?? 0,
    events: listed.rows.map((row) => ({ ...row, action: stored.parse(row.action) })),
  };
};
