import { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import { UndecipherableError, type TokenCipher } from "#app/platform/token-cipher.server.ts";

const mapTokens = (session: Session, change: (token: string) => string): Session => {
  const { accessToken, refreshToken, ...rest } = session.toObject();
  return new Session({
    ...rest,
    ...(accessToken === undefined ? {} : { accessToken: change(accessToken) }),
    ...(refreshToken === undefined ? {} : { refreshToken: change(refreshToken) }),
  });
};

/** A session storage whose access and refresh tokens are encrypted before `inner` sees them. */
export const encryptedSessionStorage = (inner: SessionStorage, cipher: TokenCipher): SessionStorage => {
  // A session under another key is as good as none: the next page view exchanges a token again.
  const open = (session: Session | undefined): Session | undefined => {
    try {
      return session && mapTokens(session, cipher.decrypt);
    } catch (error) {
      if (error instanceof UndecipherableError) return undefined;
      throw error;
    }
  };
  return {
    storeSession: (session) => inner.storeSession(mapTokens(session, cipher.encrypt)),
    loadSession: async (id) => open(await inner.loadSession(id)),
    deleteSession: (id) => inner.deleteSession(id),
    deleteSessions: (ids) => inner.deleteSessions(ids),
    findSessionsByShop: async (shop) =>
      (await inner.findSessionsByShop(shop)).flatMap((session) => open(session) ?? []),
  };
};
