import { randomBytes } from "node:crypto";
import { z } from "zod";
import { StateFile } from "../state.ts";

const accessTokenSchema = z.object({
  token: z.string(),
  kind: z.enum(["offline", "online"]),
  /** Epoch milliseconds; null for the old kind that never expires. */
  expiresAt: z.number().nullable(),
});

const refreshTokenSchema = z.object({
  token: z.string(),
  expiresAt: z.number(),
  /** When it was used first; from then on it only repeats, until its replacement is used. */
  usedAt: z.number().nullable(),
  /** The token whose use brought this one. */
  replaces: z.string().nullable(),
});

const stateSchema = z.object({
  installed: z.boolean(),
  scopes: z.array(z.string()),
  accessTokens: z.array(accessTokenSchema),
  refreshTokens: z.array(refreshTokenSchema),
});

export type AccessToken = z.output<typeof accessTokenSchema>;
type State = z.output<typeof stateSchema>;

const OFFLINE_LIFETIME_S = 3600;
const ONLINE_LIFETIME_S = 86_399;
const REFRESH_LIFETIME_S = 90 * 86_400;
const REFRESH_REPEAT_S = 30 * 86_400;

export interface IssuedOfflineToken {
  readonly accessToken: AccessToken;
  readonly expiresIn: number | null;
  readonly refreshToken: string | null;
  readonly refreshTokenExpiresIn: number | null;
}

/** Whether the app is installed, what it was granted, and all tokens that are out; kept over a restart. */
export class TokenStore {
  private readonly file: StateFile<State>;
  private readonly now: () => Date;
  private state: State;

  constructor(stateDir: string, now: () => Date) {
    this.file = new StateFile(stateDir, "oauth", stateSchema);
    this.now = now;
    this.state = this.file.read({ installed: false, scopes: [], accessTokens: [], refreshTokens: [] });
  }

  get installed(): boolean {
    return this.state.installed;
  }

  get scopes(): readonly string[] {
    return this.state.scopes;
  }

  install(scopes: readonly string[]): void {
    this.state = { ...this.state, installed: true, scopes: [...scopes] };
    this.save();
  }

  uninstall(): void {
    this.state = { installed: false, scopes: [], accessTokens: [], refreshTokens: [] };
    this.save();
  }

  setScopes(scopes: readonly string[]): void {
    this.state.scopes = [...scopes];
    this.save();
  }

  revokeTokens(): void {
    this.state = { ...this.state, accessTokens: [], refreshTokens: [] };
    this.save();
  }

  revokeToken(token: string): void {
    this.state.accessTokens = this.state.accessTokens.filter((one) => one.token !== token);
    this.save();
  }

  /** The token if it may be used now. What it may see is what is granted now, as at Shopify. */
  accessToken(token: string): AccessToken | null {
    const found = this.state.accessTokens.find((one) => one.token === token);
    if (!found || !this.state.installed || this.isOver(found.expiresAt)) return null;
    return found;
  }

  issueOffline(expiring: boolean): IssuedOfflineToken {
    const accessToken = this.newAccessToken("offline", expiring ? OFFLINE_LIFETIME_S : null);
    const refreshToken = expiring ? this.newRefreshToken(null) : null;
    this.save();
    return {
      accessToken,
      expiresIn: expiring ? OFFLINE_LIFETIME_S : null,
      refreshToken,
      refreshTokenExpiresIn: expiring ? REFRESH_LIFETIME_S : null,
    };
  }

  issueOnline(): { accessToken: AccessToken; expiresIn: number } {
    const accessToken = this.newAccessToken("online", ONLINE_LIFETIME_S);
    this.save();
    return { accessToken, expiresIn: ONLINE_LIFETIME_S };
  }

  /**
   * Turns a refresh token into a new pair, or null when it is no longer good. A used token may be sent again (its answer may
   * have got lost) until the token that replaced it is used, for 30 days at most.
   */
  refresh(token: string): IssuedOfflineToken | null {
    const found = this.state.refreshTokens.find((one) => one.token === token);
    if (!found || !this.state.installed || this.isOver(found.expiresAt)) return null;
    if (found.usedAt !== null && this.isOver(found.usedAt + REFRESH_REPEAT_S * 1000)) return null;
    found.usedAt ??= this.now().getTime();
    const retired = found.replaces;
    this.state.refreshTokens = this.state.refreshTokens.filter(
      (one) => one.token !== retired && one.replaces !== found.token,
    );
    const accessToken = this.newAccessToken("offline", OFFLINE_LIFETIME_S);
    const refreshToken = this.newRefreshToken(found.token);
    this.save();
    return {
      accessToken,
      expiresIn: OFFLINE_LIFETIME_S,
      refreshToken,
      refreshTokenExpiresIn: REFRESH_LIFETIME_S,
    };
  }

  private newAccessToken(kind: AccessToken["kind"], lifetimeS: number | null): AccessToken {
    const prefix = kind === "offline" ? "shpat" : "shpua";
    const expiresAt = lifetimeS === null ? null : this.now().getTime() + lifetimeS * 1000;
    const token = { token: `${prefix}_${secret()}`, kind, expiresAt };
    const alive = this.state.accessTokens.filter((one) => !this.isOver(one.expiresAt));
    this.state.accessTokens = [...alive, token];
    return token;
  }

  private newRefreshToken(replaces: string | null): string {
    const token = `shprt_${secret()}`;
    const expiresAt = this.now().getTime() + REFRESH_LIFETIME_S * 1000;
    this.state.refreshTokens.push({ token, expiresAt, usedAt: null, replaces });
    return token;
  }

  private isOver(at: number | null): boolean {
    return at !== null && at <= this.now().getTime();
  }

  private save(): void {
    this.file.write(this.state);
  }
}

function secret(): string {
  return randomBytes(16).toString("hex");
}
