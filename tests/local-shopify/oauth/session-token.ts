import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** What App Bridge hands the app: who looks at it, in which shop; it lives a minute. */
export interface SessionTokenClaims {
  iss: string;
  dest: string;
  aud: string;
  sub: string;
  exp: number;
  nbf: number;
  iat: number;
  jti: string;
  sid: string;
}

const LIFETIME_S = 60;
const TOLERANCE_S = 10;

const headerSchema = z.object({ alg: z.literal("HS256") });
const claimsSchema = z.object({
  iss: z.string(),
  dest: z.string(),
  aud: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number(),
  iat: z.number(),
  jti: z.string(),
  sid: z.string(),
});

/** Signs a session token as Shopify's admin does. */
export function signSessionToken(
  who: { shop: string; userId: number; apiKey: string; now: Date },
  secret: string,
): string {
  const seconds = Math.floor(who.now.getTime() / 1000);
  const claims: SessionTokenClaims = {
    iss: `https://${who.shop}/admin`,
    dest: `https://${who.shop}`,
    aud: who.apiKey,
    sub: String(who.userId),
    exp: seconds + LIFETIME_S,
    nbf: seconds,
    iat: seconds,
    jti: randomUUID(),
    sid: randomUUID(),
  };
  const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${signature(content, secret).toString("base64url")}`;
}

/** The claims of a token that is rightly signed, for this app and shop, and neither too old nor too early; else null. */
export function verifySessionToken(
  token: string,
  expected: { shop: string; apiKey: string; now: Date },
  secret: string,
): SessionTokenClaims | null {
  const [header = "", payload = "", mac = "", ...rest] = token.split(".");
  if (rest.length > 0 || !headerSchema.safeParse(decode(header)).success) return null;
  const wanted = signature(`${header}.${payload}`, secret);
  const given = Buffer.from(mac, "base64url");
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const claims = claimsSchema.safeParse(decode(payload));
  if (!claims.success) return null;
  const seconds = expected.now.getTime() / 1000;
  const { aud, dest, exp, nbf } = claims.data;
  if (aud !== expected.apiKey || dest !== `https://${expected.shop}`) return null;
  return exp + TOLERANCE_S > seconds && nbf - TOLERANCE_S <= seconds ? claims.data : null;
}

function signature(content: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(content).digest();
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return null;
  }
}
