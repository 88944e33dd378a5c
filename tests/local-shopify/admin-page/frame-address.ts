import { createHmac } from "node:crypto";

// What Shopify hands over in the frame's address, and takes away again for the admin's own.
const OWN_PARAMS = ["embedded", "shop", "host", "timestamp", "session", "locale", "id_token", "hmac"];

/**
 * The frame's address for a page of the app, as Shopify makes it: who frames it, for which shop, with an id token, and
 * signed when the app's secret is known.
 */
export function frameAddress(page: {
  appOrigin: string;
  path: string;
  shop: string;
  store: string;
  idToken: string;
  now: Date;
  apiSecret: string | undefined;
}): string {
  const url = new URL(page.path, page.appOrigin);
  const given: Record<string, string> = {
    embedded: "1",
    host: Buffer.from(`admin.shopify.com/store/${page.store}`).toString("base64").replace(/=+$/, ""),
    id_token: page.idToken,
    locale: "en",
    session: createHmac("sha256", page.shop).update("session").digest("hex"),
    shop: page.shop,
    timestamp: String(Math.floor(page.now.getTime() / 1000)),
  };
  for (const name of OWN_PARAMS) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(given)) url.searchParams.set(name, value);
  if (page.apiSecret !== undefined) {
    const sorted = new URLSearchParams([...url.searchParams].sort(([a], [b]) => a.localeCompare(b)));
    const signed = sorted.toString().replaceAll("+", "%20");
    url.searchParams.set("hmac", createHmac("sha256", page.apiSecret).update(signed).digest("hex"));
  }
  return url.href;
}
