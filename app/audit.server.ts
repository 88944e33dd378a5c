import type { AuditAction } from "#app/core/audit/audit-event.ts";
import type { SignedIn } from "./sign-in.server.ts";

/** Records who did what, now that it is done. */
export const record = ({ app, shop, actor }: SignedIn, action: AuditAction): Promise<void> =>
  app.pages.recordAudit(shop.id, { at: app.now(), actor, action });
