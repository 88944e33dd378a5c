/** What Shopify answered when it did not answer what was asked. */
export type ShopifyErrorCode =
  /** The token is gone: the app was uninstalled, or the token was revoked. */
  | "token-revoked"
  /** An access scope is missing. */
  | "access-denied"
  /** Over the rate limit for longer than is reasonable to wait. */
  | "throttled"
  /** Shopify is down, slow, or answered something that is not its API. */
  | "unavailable"
  /** Shopify refused the request as wrong: a bug in the app. */
  | "refused"
  /** A bulk operation ended without its result. */
  | "bulk-failed"
  /** A bulk result that ends too early or does not read as JSON Lines. */
  | "bulk-broken";

export class ShopifyError extends Error {
  override readonly name = "ShopifyError";
  constructor(
    readonly code: ShopifyErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
