/**
 * Shopify's search term for what was changed at an instant or later; Shopify's clock counts whole seconds.
 *
 * @example updatedAtLeast(new Date("2026-10-01T12:00:00.5Z")) // "updated_at:>='2026-10-01T12:00:00Z'"
 */
export const updatedAtLeast = (since: Date): string => `updated_at:>='${since.toISOString().slice(0, 19)}Z'`;

/** The argument of a connection that leaves out what was not changed since an instant; none where there is no instant. */
export const updatedSince = (since: Date | null | undefined): string =>
  since ? `(query: "${updatedAtLeast(since)}")` : "";
