/** Whom a data request or an erasure is about, as Shopify names the person. */
export interface DataSubject {
  readonly customerId: bigint | null;
  /** As Shopify has it, not normalised. */
  readonly email: string | null;
  readonly orderIds: readonly bigint[];
}

const DAY_MS = 86_400_000;

/** How long the file of a data request is there for the merchant to download. */
export const DATA_REQUEST_DAYS = 30;

/** How long webhooks are remembered that have been worked off: Shopify repeats one for a day at most. */
export const INBOX_DAYS = 30;

/** The instant so many days before. @example daysBefore(new Date("2026-01-31T12:00:00Z"), 30) // 2026-01-01T12:00:00Z */
export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);

/** Until when the file of a data request is there. */
export const dataRequestEnds = (requestedAt: Date): Date =>
  new Date(requestedAt.getTime() + DATA_REQUEST_DAYS * DAY_MS);
