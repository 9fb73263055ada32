import { createHash } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import type { Login, LoginTrial } from '../../shared/logins/login.ts';
import { isObtained, type Token, type TokenKey } from '../../shared/tokens/token.ts';
import { hasExpired } from '../../shared/tokens/token-state.ts';
import type { Introspection } from '../oauth/introspection.ts';
import type { OAuthSteps } from '../oauth/oauth-steps.ts';
import type { Redactor } from '../redaction/redactor.ts';
import type { Connections } from '../requests/connections.ts';
import { redactError } from '../requests/redact-facts.ts';
import { refreshToken } from '../requests/refresh-token.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { Vault } from '../vault/vault.ts';
import {
  authorizeByOAuth,
  endByScheme,
  introspectByScheme,
  loginContext,
  type Reach,
  renewByScheme,
} from './by-scheme.ts';
import { bundleAfter, type Grant, metadataAfter } from './grant.ts';
import {
  notObtained,
  passwordNeeded,
  personNeeded,
  renewalError,
  renewedElsewhere,
  twoFactorNeeded,
} from './login-errors.ts';
import { packBundle } from './secret-bundle.ts';
import { sendCode, signIn, tryLogin, verifyCode } from './sign-in.ts';

export interface LoginsOptions {
  readonly vault: Vault;
  readonly tokens: Tokens;
  readonly appOf: (appId: string) => App;
  readonly connectionsOf: (appId: string) => Connections;
  /** Knows every secret of an app. */
  readonly redactorOf: (appId: string) => Redactor;
  readonly now: () => Date;
  /** Aborted when the vault is locked. */
  readonly unlocked: () => AbortSignal;
}

/** What a person gives to sign in. */
export interface SignInInput {
  /** Left out: the one that is kept. */
  readonly password?: string;
  /** Of the second step, where there is one. */
  readonly code?: string;
  /** For OAuth, where the user has something to do elsewhere; left out: there is nobody to do it. */
  readonly steps?: OAuthSteps;
}

export interface SignOutResult {
  readonly token: Token;
  /** Why the provider may not know that the session is over. */
  readonly problem: AppError | null;
}

/** Gets access tokens, renews them, and gives them back: for every token whose provider wants a sign-in. */
export class Logins {
  readonly #options: LoginsOptions;
  /** At most one exchange for each token: whoever else wants its access token waits for that. */
  readonly #underway = new Map<string, Promise<Token>>();
  /** What a provider has refused. The same is not sent again: it might lock the account. */
  readonly #refused = new Map<string, { readonly mark: string; readonly error: AppError }>();

  constructor(options: LoginsOptions) {
    this.#options = options;
  }

  /**
   * Gets a new access token where `seen` is still the newest; however many ask at the same time, the provider
   * is asked once. What is new is written to the vault before it is used.
   *
   * @param seen the token's count of renewals, as the caller knows it
   * @throws AppError `REFRESH_FAILED`, `LOGIN_NEEDED`, `TWO_FACTOR_NEEDED`, `ORIGIN_NOT_ALLOWED`,
   * `VAULT_READ_ONLY`, `CANCELLED`; the old values are kept
   */
  renew(key: TokenKey, seen: number, signal: AbortSignal): Promise<Token> {
    const renewal = this.#underway.get(key.tokenId) ?? this.#once(key, () => this.#renew(key, seen));
    return abandonable(renewal, signal);
  }

  /** Renews whatever is known of the token, at its owner's wish. @throws as `renew` */
  async renewNow(key: TokenKey, signal: AbortSignal): Promise<Token> {
    this.#refused.delete(key.tokenId);
    return this.renew(key, this.#find(key).renewals, signal);
  }

  /**
   * Signs in, or goes on with a sign-in by its code.
   *
   * @throws AppError `TWO_FACTOR_NEEDED` where a code is to be given, by another call; `LOGIN_FAILED`,
   * `LOGIN_NEEDED` where the password is neither given nor kept, `ORIGIN_NOT_ALLOWED`, `NETWORK_…`, `CANCELLED`
   */
  async signIn(key: TokenKey, input: SignInInput, signal: AbortSignal): Promise<Token> {
    await this.#underway.get(key.tokenId)?.catch(() => undefined);
    this.#refused.delete(key.tokenId);
    return this.#once(key, () => this.#signIn(key, input, signal));
  }

  /** Ends the session and drops its tokens; a kept password stays. They are dropped even where the provider does not answer. */
  async signOut(key: TokenKey, signal: AbortSignal): Promise<SignOutResult> {
    await this.#underway.get(key.tokenId)?.catch(() => undefined);
    this.#options.vault.acquireWriter();
    this.#find(key);
    const problem = await this.#endSession(key, signal);
    const token = this.#options.tokens.secrets.changeBundle(key, ({ password, clientSecret }) => ({
      bundle: { ...(password && { password }), ...(clientSecret && { clientSecret }) },
      changes: { connectedAt: null, expiresAt: null, refreshExpiresAt: null, isRenewable: false },
    }));
    return { token, problem };
  }

  /**
   * Asks the authorization server of a token about its access token, which is renewed before where that is due.
   *
   * @returns `null` where it cannot be asked
   * @throws AppError as `renew`; `LOGIN_FAILED` where the answer is not what RFC 7662 says
   */
  async introspect(key: TokenKey, signal: AbortSignal): Promise<Introspection | null> {
    const { tokens, now } = this.#options;
    const token = tokens.get(key);
    if (token.oauth === null || token.oauth.issuer === null) return null;
    const fresh = await refreshToken(token, {
      renewToken: ({ renewals }) => this.renew(key, renewals, signal),
      now,
      sendExpired: false,
    });
    const reach = this.#reach(key, signal);
    const asked = tokens.secrets.withBundle(key, (bundle) => introspectByScheme(fresh, reach, bundle));
    return this.#masked(key.appId, asked);
  }

  /** Signs in with a login that is being described, and keeps nothing. @throws as `signIn` */
  tryOut(appId: string, login: Login, password: string, signal: AbortSignal): Promise<LoginTrial> {
    return this.#masked(appId, tryLogin({ ...this.#reach({ appId }, signal), login }, password));
  }

  /** Drops what it remembers of a vault that has been locked. */
  forget(): void {
    this.#refused.clear();
  }

  #once(key: TokenKey, exchange: () => Promise<Token>): Promise<Token> {
    const underway = this.#masked(key.appId, exchange()).finally(() => this.#underway.delete(key.tokenId));
    this.#underway.set(key.tokenId, underway);
    return underway;
  }

  async #renew(key: TokenKey, seen: number): Promise<Token> {
    const { tokens } = this.#options;
    const newer = this.#newer(key, seen);
    if (newer !== null) return newer;
    const token = this.#find(key);
    return tokens.secrets.withBundle(key, async (bundle) => {
      const mark = createHash('sha256')
        .update(packBundle(bundle))
        .update(JSON.stringify([token.login, token.oauth]))
        .digest('hex');
      const refused = this.#refused.get(key.tokenId);
      if (refused?.mark === mark) throw refused.error;
      try {
        return this.#keep(key, await renewByScheme(token, this.#reach(key), bundle));
      } catch (error) {
        const failure = renewalError(token, error);
        if (failure.details?.isFinal === true) this.#refused.set(key.tokenId, { mark, error: failure });
        throw failure;
      }
    });
  }

  /** Where there is a newer access token already; `null`: this process may get one, and write it down. */
  #newer(key: TokenKey, seen: number): Token | null {
    const { vault, now } = this.#options;
    try {
      // What another process wrote before is read here.
      vault.acquireWriter();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'VAULT_READ_ONLY') throw error;
      vault.app(key.appId).reload();
      const token = this.#find(key);
      if (token.renewals !== seen && !hasExpired(token.expiresAt, now())) return token;
      throw renewedElsewhere(token);
    }
    const token = this.#find(key);
    return token.renewals === seen ? null : token;
  }

  async #signIn(key: TokenKey, input: SignInInput, signal: AbortSignal): Promise<Token> {
    this.#options.vault.acquireWriter();
    const token = this.#find(key);
    const reach = this.#reach(key, signal);
    return this.#options.tokens.secrets.withBundle(key, async (bundle) => {
      if (token.oauth !== null) {
        return this.#keep(key, await authorizeByOAuth(token, reach, bundle, input.steps ?? nobody(token)));
      }
      const context = loginContext(token, reach);
      const pending = bundle.twoFactorToken?.toString();
      if (input.code !== undefined && pending !== undefined && input.password === undefined) {
        return this.#keep(key, await verifyCode(context, pending, input.code));
      }
      const password = input.password ?? bundle.password?.toString();
      if (password === undefined) throw passwordNeeded(token);
      const result = await signIn(context, password);
      if (result.kind === 'grant') return this.#keep(key, result.grant, password);
      if (input.code !== undefined) {
        return this.#keep(key, await verifyCode(context, result.twoFactorToken, input.code), password);
      }
      this.#keepPending(key, result.twoFactorToken, password);
      await sendCode(context, result.twoFactorToken);
      throw twoFactorNeeded(token);
    });
  }

  #keep(key: TokenKey, grant: Grant, password?: string): Token {
    const { tokens, now } = this.#options;
    return tokens.secrets.changeBundle(key, (before, token) => {
      const bundle = { ...bundleAfter(before, grant), ...keptPassword(token, password) };
      return { bundle, changes: metadataAfter(token, bundle, grant, now()) };
    });
  }

  #keepPending(key: TokenKey, twoFactorToken: string, password: string): void {
    this.#options.tokens.secrets.changeBundle(key, (before, token) => ({
      bundle: { ...before, twoFactorToken: Buffer.from(twoFactorToken), ...keptPassword(token, password) },
      changes: {},
    }));
  }

  async #endSession(key: TokenKey, signal: AbortSignal): Promise<AppError | null> {
    const token = this.#find(key);
    try {
      const reach = this.#reach(key, signal);
      await this.#options.tokens.secrets.withBundle(key, (bundle) => endByScheme(token, reach, bundle));
      return null;
    } catch (error) {
      const redacted = this.#redacted(key.appId, error);
      if (redacted instanceof AppError && redacted.code !== 'CANCELLED') return redacted;
      throw redacted;
    }
  }

  #masked<Result>(appId: string, exchange: Promise<Result>): Promise<Result> {
    return exchange.catch((error: unknown) => {
      throw this.#redacted(appId, error);
    });
  }

  /**
   * What was sent is masked where the server's words are read; these may quote any other secret of the app.
   *
   * @throws AppError `VAULT_LOCKED` where nothing is known any more that could be masked
   */
  #redacted(appId: string, error: unknown): unknown {
    return error instanceof AppError ? redactError(error, this.#options.redactorOf(appId), '') : error;
  }

  /** @throws AppError `TOKEN_NOT_FOUND`; as `notObtained` */
  #find(key: TokenKey): Token {
    const token = this.#options.tokens.get(key);
    if (isObtained(token)) return token;
    throw notObtained(token);
  }

  /** Until the vault is locked, or whoever asked says no more. */
  #reach({ appId }: Pick<TokenKey, 'appId'>, cancelled?: AbortSignal): Reach {
    const { appOf, connectionsOf, redactorOf, now, unlocked } = this.#options;
    const signal = cancelled === undefined ? unlocked() : AbortSignal.any([unlocked(), cancelled]);
    const redact = (text: string) => redactorOf(appId).text(text).text;
    return { app: appOf(appId), connections: connectionsOf(appId), signal, redact, now };
  }
}

/** Says no to what only a user could do. */
function nobody(token: Token): OAuthSteps {
  const refuse = () => {
    throw personNeeded(token);
  };
  return { openPage: async () => refuse(), showCode: refuse };
}

function keptPassword({ login }: Token, password: string | undefined): { password?: Buffer } {
  return password !== undefined && login?.keepsPassword === true ? { password: Buffer.from(password) } : {};
}

/** Ends the waiting, and not what others wait for too. */
function abandonable(renewal: Promise<Token>, signal: AbortSignal): Promise<Token> {
  const given = Promise.withResolvers<Token>();
  const cancel = () =>
    given.reject(new AppError('CANCELLED', 'The request was cancelled before it was sent.'));
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  renewal.then(given.resolve, given.reject).finally(() => signal.removeEventListener('abort', cancel));
  return given.promise;
}
