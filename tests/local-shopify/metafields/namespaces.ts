import { createHash } from "node:crypto";

const RESERVED = /^app--(\d+)(?:--|$)/;

/** The number that Shopify knows an app by; the local one's is decided by its API key. */
export function appIdOf(apiKey: string): number {
  return createHash("sha256").update(`app ${apiKey}`).digest().readUInt32BE(0);
}

/**
 * A namespace as it is kept: the app's own written out. None is the app's own.
 *
 * @example namespaceOf("$app:plan", 7) // "app--7--plan"
 */
export function namespaceOf(given: string | null, appId: number): string {
  if (given === null || given === "$app") return `app--${appId}`;
  return given.startsWith("$app:") ? `app--${appId}--${given.slice("$app:".length)}` : given;
}

/** Whether a namespace, written out, is reserved for another app. */
export function isForeign(namespace: string, appId: number): boolean {
  const owner = RESERVED.exec(namespace)?.[1];
  return owner !== undefined && Number(owner) !== appId;
}
