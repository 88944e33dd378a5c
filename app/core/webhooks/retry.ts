const MINUTE_MS = 60_000;

/** How long is waited after the first failure, the second and so on. */
const WAITS_MS = [0.5, 2, 10, 30, 120].map((minutes) => minutes * MINUTE_MS);

/**
 * When an event that has failed is tried again; null when it has failed so often that it is set aside, for a person to look
 * at.
 *
 * @param failures how often it has failed, the latest time included
 * @example nextTry(1, now) // half a minute later
 * @example nextTry(6, now) // null, after some three hours
 */
export const nextTry = (failures: number, now: Date): Date | null => {
  const wait = WAITS_MS[failures - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait);
};
