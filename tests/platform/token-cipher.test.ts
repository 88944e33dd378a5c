import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createTokenCipher, UndecipherableError } from "#app/platform/token-cipher.server.ts";

const newKey = (): string => randomBytes(32).toString("base64");
const cipher = createTokenCipher(newKey());

const anyToken = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.constantFrom("", "shpat_0123456789abcdef"));

const bytesOf = (stored: string): Buffer => Buffer.from(stored.slice("v1:".length), "base64");
const stored = (bytes: Buffer): string => `v1:${bytes.toString("base64")}`;

test("whatever is encrypted comes back as it was", () => {
  fc.assert(
    fc.property(anyToken, (token) => {
      expect(cipher.decrypt(cipher.encrypt(token))).toBe(token);
    }),
  );
});

test("nothing of a token can be read in the stored text, and the same token is never stored the same", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 6, maxLength: 60, unit: fc.constantFrom(..."abcdef0123456789_".split("")) }),
      (token) => {
        const text = cipher.encrypt(token);
        expect(text).toMatch(/^v1:[A-Za-z0-9+/]+=*$/);
        expect(text).not.toContain(token);
        expect(bytesOf(text).toString("latin1")).not.toContain(token.slice(0, 6));
        expect(cipher.encrypt(token)).not.toBe(text);
      },
    ),
  );
});

test("a stored text of which any bit was changed is refused", () => {
  fc.assert(
    fc.property(anyToken, fc.nat(), fc.nat(7), (token, at, bit) => {
      const bytes = bytesOf(cipher.encrypt(token));
      const place = at % bytes.length;
      bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
      expect(() => cipher.decrypt(stored(bytes))).toThrow(UndecipherableError);
    }),
  );
});

test("a stored text that was cut short anywhere is refused", () => {
  for (const token of ["", "shpat_0123456789abcdef"]) {
    const bytes = bytesOf(cipher.encrypt(token));
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => cipher.decrypt(stored(bytes.subarray(0, length))), `${length} bytes`).toThrow(UndecipherableError);
    }
  }
});

test("another key does not open it, and the refusal names the variable and not the token", () => {
  const text = cipher.encrypt("shpat_secret");
  const other = createTokenCipher(newKey());
  expect(() => other.decrypt(text)).toThrow("TOKEN_ENCRYPTION_KEY");
  expect(() => other.decrypt(text)).not.toThrow("shpat_secret");
});

test("a token that was stored in the clear is refused", () => {
  for (const text of ["shpat_0123456789abcdef", "", "v1:", "v2:AAAA"]) {
    expect(() => cipher.decrypt(text)).toThrow(UndecipherableError);
  }
});
