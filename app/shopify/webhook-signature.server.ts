import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Checks that a webhook's body was signed with the app's secret. Shopify's library checks the same, but takes several times
 * as long as all else that is done about a webhook before it is answered; and `authenticate.webhook` also refreshes an
 * expired token first, while a webhook must be answered within seconds even when Shopify's own API is slow.
 */
export const createSignatureCheck =
  (apiSecret: string) =>
  (body: Buffer, signature: string): boolean => {
    const own = Buffer.from(createHmac("sha256", apiSecret).update(body).digest("base64"));
    const told = Buffer.from(signature);
    return own.length === told.length && timingSafeEqual(own, told);
  };
