import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createSignatureCheck } from "#app/shopify/webhook-signature.server.ts";

const SECRET = "hush";
const isSigned = createSignatureCheck(SECRET);
const sign = (body: Uint8Array, secret = SECRET): string => createHmac("sha256", secret).update(body).digest("base64");

const anyBody = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

test("a body is taken with its own signature by the app's secret", () => {
  // printf '{"id":1}' | openssl dgst -sha256 -hmac hush -binary | base64
  expect(isSigned(Buffer.from('{"id":1}'), "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=")).toBe(true);
  fc.assert(fc.property(anyBody, (body) => isSigned(body, sign(body))));
});

test("and with nothing else: another body's, another secret's, a part of it, or the same bytes written otherwise", () => {
  fc.assert(
    fc.property(anyBody, anyBody, (body, other) => {
      if (body.equals(other)) return;
      expect(isSigned(body, sign(other))).toBe(false);
      expect(isSigned(body, sign(body, "guessed"))).toBe(false);
    }),
  );
  const body = Buffer.from('{"id":1}');
  const signature = sign(body);
  const bytes = Buffer.from(signature, "base64");
  for (const told of ["", signature.slice(0, -1), `${signature}=`, ` ${signature}`, bytes.toString("hex")]) {
    expect(isSigned(body, told)).toBe(false);
  }
});
