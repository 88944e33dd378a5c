import { z } from "zod";
import type { ShopClock } from "../clock.ts";
import { signSessionToken, verifySessionToken } from "./session-token.ts";
import { type AccessToken, type IssuedOfflineToken, TokenStore } from "./token-store.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";

const requestSchema = z.discriminatedUnion("grant_type", [
  z.object({
    grant_type: z.literal(TOKEN_EXCHANGE),
    client_id: z.string(),
    client_secret: z.string(),
    subject_token: z.string(),
    subject_token_type: z.string(),
    requested_token_type: z.string(),
    expiring: z.union([z.string(), z.number()]).optional(),
  }),
  z.object({
    grant_type: z.literal("refresh_token"),
    client_id: z.string(),
    client_secret: z.string(),
    refresh_token: z.string(),
  }),
]);

type TokenRequest = z.output<typeof requestSchema>;

export interface OauthOptions {
  readonly shop: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly stateDir: string;
  readonly clock: ShopClock;
  /** What the merchant grants when the app is installed. */
  readonly scopesAtInstall: readonly string[];
  readonly onInstalled?: () => void;
  readonly onUninstalled: () => void;
  readonly onScopesChanged: (change: { previous: string[]; current: string[] }) => void;
}

export interface OauthReply {
  readonly status: number;
  readonly body: unknown;
}

/** The app's standing in the shop: installed or not, scopes, tokens; and the token endpoint. */
export class Oauth {
  private readonly options: OauthOptions;
  private readonly tokens: TokenStore;

  constructor(options: OauthOptions) {
    this.options = options;
    this.tokens = new TokenStore(options.stateDir, () => options.clock.now());
  }

  get isInstalled(): boolean {
    return this.tokens.installed;
  }

  get grantedScopes(): readonly string[] {
    return this.tokens.scopes;
  }

  /** The merchant installs the app and grants its scopes, or only some of them. */
  install(scopes: readonly string[] = this.options.scopesAtInstall): void {
    this.tokens.install(scopes);
    this.options.onInstalled?.();
  }

  /** The merchant removes the app: its tokens are dead at once, and app/uninstalled goes out. */
  uninstall(): void {
    if (!this.isInstalled) return;
    this.tokens.uninstall();
    this.options.onUninstalled();
  }

  /** The merchant grants other scopes; tokens live on with the new ones, and app/scopes_update goes out. */
  changeScopes(current: readonly string[]): void {
    const previous = [...this.grantedScopes];
    this.tokens.setScopes(current);
    this.options.onScopesChanged({ previous, current: [...current] });
  }

  revokeScopes(scopes: readonly string[]): void {
    this.changeScopes(this.grantedScopes.filter((scope) => !scopes.includes(scope)));
  }

  revokeToken(token: string): void {
    this.tokens.revokeToken(token);
  }

  /** All access and refresh tokens stop working, though the app stays installed. */
  revokeTokens(): void {
    this.tokens.revokeTokens();
  }

  /**
   * The token that App Bridge would give the app for a person of the shop's staff.
   *
   * @throws Error when the app is not installed: the admin does not open it then
   */
  mintSessionToken(userId = 1): string {
    if (!this.isInstalled) throw new Error(`the app is not installed in ${this.options.shop}`);
    const { shop, apiKey, apiSecret, clock } = this.options;
    return signSessionToken({ shop, userId, apiKey, now: clock.now() }, apiSecret);
  }

  accessToken(token: string): AccessToken | null {
    return this.tokens.accessToken(token);
  }

  /** Answers POST /admin/oauth/access_token; the body may be JSON or a form. */
  answer(text: string, contentType: string): OauthReply {
    const parsed = requestSchema.safeParse(parseBody(text, contentType));
    if (!parsed.success) return failure(400, "invalid_request", "The request is missing a required parameter.");
    const request = parsed.data;
    const { apiKey, apiSecret } = this.options;
    if (request.client_id !== apiKey || request.client_secret !== apiSecret) {
      return failure(401, "invalid_client", "Client authentication failed.");
    }
    return request.grant_type === TOKEN_EXCHANGE ? this.exchange(request) : this.refresh(request.refresh_token);
  }

  private exchange(request: Extract<TokenRequest, { subject_token: string }>): OauthReply {
    const { shop, apiKey, apiSecret, clock } = this.options;
    if (request.subject_token_type !== ID_TOKEN) {
      return failure(400, "invalid_request", "subject_token_type is not supported.");
    }
    const claims = verifySessionToken(request.subject_token, { shop, apiKey, now: clock.now() }, apiSecret);
    if (!claims || !this.isInstalled) {
      return failure(400, "invalid_subject_token", "The subject token is invalid or has expired.");
    }
    if (request.requested_token_type === ONLINE) return this.onlineReply(Number(claims.sub));
    if (request.requested_token_type !== OFFLINE) {
      return failure(400, "invalid_request", "requested_token_type is not supported.");
    }
    return this.offlineReply(this.tokens.issueOffline(String(request.expiring ?? "0") === "1"));
  }

  private refresh(token: string): OauthReply {
    const issued = this.tokens.refresh(token);
    if (!issued) return failure(400, "invalid_grant", "Token has been expired or revoked.");
    return this.offlineReply(issued);
  }

  private offlineReply(issued: IssuedOfflineToken): OauthReply {
    const body = { access_token: issued.accessToken.token, scope: this.grantedScopes.join(",") };
    if (issued.refreshToken === null) return { status: 200, body };
    return {
      status: 200,
      body: {
        ...body,
        expires_in: issued.expiresIn,
        refresh_token: issued.refreshToken,
        refresh_token_expires_in: issued.refreshTokenExpiresIn,
      },
    };
  }

  private onlineReply(userId: number): OauthReply {
    const { accessToken, expiresIn } = this.tokens.issueOnline();
    const scope = this.grantedScopes.join(",");
    return {
      status: 200,
      body: {
        access_token: accessToken.token,
        scope,
        expires_in: expiresIn,
        associated_user_scope: scope,
        associated_user: {
          id: userId,
          first_name: "Shop",
          last_name: "Owner",
          email: `owner@${this.options.shop}`,
          account_owner: true,
          locale: "en",
          collaborator: false,
          email_verified: true,
        },
      },
    };
  }
}

function failure(status: number, error: string, description: string): OauthReply {
  return { status, body: { error, error_description: description } };
}

function parseBody(text: string, contentType: string): unknown {
  if (contentType.startsWith("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
