import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const PREFIX = "v1:";

/** An encrypted value that was changed, or was encrypted with another key. */
export class UndecipherableError extends Error {
  override readonly name = "UndecipherableError";
  constructor(options?: ErrorOptions) {
    super("A stored token cannot be decrypted with TOKEN_ENCRYPTION_KEY", options);
  }
}

export interface TokenCipher {
  readonly encrypt: (plain: string) => string;
  /** @throws UndecipherableError */
  readonly decrypt: (stored: string) => string;
}

/** AES-256-GCM with a fresh nonce for each value: `v1:` and base64 of nonce, tag and ciphertext. */
export const createTokenCipher = (keyBase64: string): TokenCipher => {
  const key = Buffer.from(keyBase64, "base64");
  return {
    encrypt: (plain) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, iv);
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64");
    },
    decrypt: (stored) => {
      if (!stored.startsWith(PREFIX)) throw new UndecipherableError();
      const bytes = Buffer.from(stored.slice(PREFIX.length), "base64");
      try {
        // Without the length, Node takes a tag of 4 bytes for one, and a tag is as hard to forge as it is long.
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
      } catch (cause) {
        throw new UndecipherableError({ cause });
      }
    },
  };
};
