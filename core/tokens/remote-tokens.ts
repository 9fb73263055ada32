import type { App } from '../../shared/apps/app.ts';
import { parseInput } from '../../shared/parse-input.ts';
import type { ProviderId, TokenAction } from '../../shared/providers/provider.ts';
import {
  type Authority,
  type ManagementExchange,
  type RemoteComparison,
  type RemoteToken,
  type RemoteWish,
  remoteWishSchema,
} from '../../shared/tokens/remote-token.ts';
import type { Token, TokenKey } from '../../shared/tokens/token.ts';
import type { Provider } from '../providers/provider.ts';
import type { IssuedToken, ManagementCall, TokenManagement } from '../providers/token-management.ts';
import { excerpt } from '../redaction/excerpt.ts';
import { chooseToken } from '../requests/choose-token.ts';
import type { Vault } from '../vault/vault.ts';
import { type Asked, askProvider, type SendToProvider } from './ask-provider.ts';
import { factsOf, matchOf } from './remote-facts.ts';
import { cannot, noAuthority, noProvider, notLinked } from './remote-refusals.ts';
import { recordOf } from './token-records.ts';
import type { Tokens } from './tokens.ts';

/** Of the name that a provider gives a token. */
const SHOWN_CHARACTERS = 200;

export interface RemoteTokensOptions {
  readonly vault: Vault;
  readonly tokens: Tokens;
  readonly appOf: (appId: string) => App;
  readonly providerOf: (id: ProviderId | null) => Provider | null;
  readonly sendTo: (appId: string) => SendToProvider;
  /** Masks the app's secrets in a text. */
  readonly redact: (appId: string, text: string) => string;
}

/** A token that the provider has made or given a new value. */
export interface RemoteChange {
  readonly token: Token;
  /** `null` where the value stays. Wiped by the caller. */
  readonly secret: Buffer | null;
  readonly exchanges: readonly ManagementExchange[];
}

/**
 * Tokens at the provider, where its API manages them: made, changed, given a new value and revoked there and
 * in the vault, in an order that loses no value that was given out.
 */
export class RemoteTokens {
  readonly #options: RemoteTokensOptions;

  constructor(options: RemoteTokensOptions) {
    this.#options = options;
  }

  /** What a token may be given, as the provider says at the moment; its documented scopes where it says nothing. */
  async scopes(appId: string, authority: Authority, signal: AbortSignal): Promise<readonly string[]> {
    const { provider, management } = this.#managerOf(appId);
    const asked: string[] = [];
    for (const call of management.scopes?.() ?? []) {
      const { result } = await this.#ask({ appId, provider, authority, signal }, call);
      asked.push(...result);
    }
    return asked.length === 0 ? provider.scopes : [...new Set(asked)];
  }

  /**
   * Makes a token at the provider and keeps it.
   *
   * @throws AppError `NAME_TAKEN` before anything is sent; `PROVIDER_REFUSED`
   */
  async create(
    appId: string,
    input: RemoteWish,
    authority: Authority,
    signal: AbortSignal,
  ): Promise<RemoteChange> {
    const wish = parseInput(remoteWishSchema, input, 'Token');
    const { provider, management } = this.#managerFor(appId, 'create');
    this.#options.vault.acquireWriter();
    this.#options.tokens.checkName(appId, wish.name);
    const call = management.create(wish, authority.password);
    const asking = { appId, provider, authority, signal };
    const { result, exchange } = await this.#ask(asking, call);
    try {
      return { ...this.#keep(appId, provider, wish, result), exchanges: [exchange] };
    } catch (error) {
      // Nobody would know its value: better that there is none.
      for (const undo of management.revoke?.([result.remoteId], authority.password) ?? []) {
        await this.#ask(asking, undo).catch(() => undefined);
      }
      throw error;
    }
  }

  /** Changes a token at the provider, then in the vault. @throws AppError `PROVIDER_REFUSED`, `NAME_TAKEN` */
  async edit(
    key: TokenKey,
    input: RemoteWish,
    authority: Authority,
    signal: AbortSignal,
  ): Promise<RemoteChange> {
    const wish = parseInput(remoteWishSchema, input, 'Token');
    const { provider, management } = this.#managerFor(key.appId, 'edit');
    this.#options.vault.acquireWriter();
    this.#options.tokens.checkName(key.appId, wish.name, key.tokenId);
    const token = this.#options.tokens.get(key);
    const call = management.edit(remoteIdOf(token, provider), wish, authority.password);
    const { exchange } = await this.#ask({ appId: key.appId, provider, authority, signal }, call);
    return { token: this.#options.tokens.edit(key, wish), secret: null, exchanges: [exchange] };
  }

  /** A new value for a token; the one before is invalid from now on. @throws AppError `PROVIDER_REFUSED` */
  async regenerate(key: TokenKey, authority: Authority, signal: AbortSignal): Promise<RemoteChange> {
    const { tokens, vault } = this.#options;
    const { provider, management } = this.#managerFor(key.appId, 'regenerate');
    vault.acquireWriter();
    const token = tokens.get(key);
    const call = management.regenerate(remoteIdOf(token, provider), authority.password);
    const asking = {
      appId: key.appId,
      provider,
      authority: ownAuthority(token, management, authority),
      signal,
    };
    // A disk that takes nothing is found out while the old value still works: the new one is said only once.
    vault.app(key.appId).put(recordOf(token));
    const { result, exchange } = await this.#ask(asking, call);
    const secret = Buffer.from(result.secret, 'utf8');
    tokens.rotate(key, secret, { overlapDays: 0 });
    const [kept = tokens.get(key)] = tokens.saveFacts(
      key.appId,
      new Map([[key.tokenId, factsOf(this.#masked(key.appId, result))]]),
    );
    return { token: kept, secret, exchanges: [exchange] };
  }

  /** Revokes tokens of an app at the provider, then takes them out of the vault. There is no way back. */
  async revoke(
    appId: string,
    tokenIds: readonly string[],
    authority: Authority,
    signal: AbortSignal,
  ): Promise<readonly ManagementExchange[]> {
    const { tokens, vault } = this.#options;
    const { provider, management } = this.#managerFor(appId, 'revoke');
    vault.acquireWriter();
    const asking = management.bySelf === true ? null : this.#askingToken(appId, authority);
    const chosen = tokenIds
      .map((tokenId) => tokens.get({ appId, tokenId }))
      // What the provider is asked by goes last: without it, it could not be asked about the rest.
      .toSorted((a, b) => Number(a.id === asking?.id) - Number(b.id === asking?.id));
    const remoteIds = chosen.map((token) => remoteIdOf(token, provider));
    const calls = management.revoke(remoteIds, authority.password);
    const exchanges: ManagementExchange[] = [];
    for (const [index, call] of calls.entries()) {
      // With one call for each token, a failure leaves in the vault what is still at the provider.
      const group = calls.length === chosen.length ? chosen.slice(index, index + 1) : chosen;
      const by = group[0] === undefined ? authority : ownAuthority(group[0], management, authority);
      exchanges.push((await this.#ask({ appId, provider, authority: by, signal }, call)).exchange);
      for (const token of group) tokens.remove({ appId, tokenId: token.id });
    }
    return exchanges;
  }

  /**
   * Compares the provider's list with the vault. A token that was made elsewhere and has the name of one in
   * the list is taken for that one, where there is no doubt.
   */
  async compare(appId: string, authority: Authority, signal: AbortSignal): Promise<RemoteComparison> {
    const { tokens } = this.#options;
    const { provider, management } = this.#managerFor(appId, 'list');
    const { result, exchange } = await this.#ask({ appId, provider, authority, signal }, management.list());
    const remote = result.map((token) => this.#masked(appId, token));
    const own = tokens.list(appId).filter(({ retiresAt }) => retiresAt === null);
    const pairs = own.flatMap((token) => {
      const match = matchOf(token, own, remote);
      return match === null ? [] : [[token, match] as const];
    });
    const facts = new Map(pairs.map(([token, match]) => [token.id, factsOf(match)]));
    const listed = new Set(pairs.map(([, { remoteId }]) => remoteId));
    return {
      updated: tokens.saveFacts(appId, facts),
      missing: own.filter(({ id, remoteId }) => remoteId !== null && !facts.has(id)),
      others: remote.filter(({ remoteId }) => !listed.has(remoteId)),
      exchanges: [exchange],
    };
  }

  #keep(
    appId: string,
    provider: Provider,
    wish: RemoteWish,
    { secret, ...remote }: IssuedToken,
  ): Pick<RemoteChange, 'token' | 'secret'> {
    const [scheme] = provider.schemes;
    const facts = factsOf(this.#masked(appId, remote));
    const token = this.#options.tokens.add(appId, {
      ...wish,
      scheme: scheme?.scheme ?? 'bearer',
      field: scheme?.field ?? null,
      secret,
    });
    const [kept = token] = this.#options.tokens.saveFacts(appId, new Map([[token.id, facts]]));
    return { token: kept, secret: Buffer.from(secret, 'utf8') };
  }

  /** What a provider calls things is text from elsewhere: the app's secrets are masked in it too. */
  #masked(appId: string, token: RemoteToken): RemoteToken {
    const masked = (text: string) => this.#options.redact(appId, text);
    return {
      ...token,
      name: excerpt(token.name, SHOWN_CHARACTERS, masked),
      scopes: token.scopes.map(masked),
    };
  }

  /**
   * @param action what is to be done, for people
   * @throws AppError `PROVIDER_CANNOT` where the app has no provider whose API manages tokens
   */
  #managerOf(appId: string, action: TokenAction = 'list'): Manager {
    const app = this.#options.appOf(appId);
    const provider = this.#options.providerOf(app.provider);
    if (provider === null) throw noProvider(app);
    if (provider.manage === undefined) throw cannot(provider, action);
    return { provider, management: provider.manage };
  }

  /** @throws AppError `PROVIDER_CANNOT`, also where this is not among what it does */
  #managerFor<Action extends TokenAction>(appId: string, action: Action): Manager<Action> {
    const { provider, management } = this.#managerOf(appId, action);
    if (!canDo(management, action)) throw cannot(provider, action);
    return { provider, management };
  }

  #ask<Result extends object | true>(
    { appId, provider, authority, signal }: Asking,
    call: ManagementCall<Result>,
  ): Promise<Asked<Result>> {
    if (authority.by === null && this.#askingToken(appId, authority) === null) {
      throw noAuthority(provider, this.#options.appOf(appId));
    }
    return askProvider(provider, call, authority, this.#options.sendTo(appId), signal);
  }

  /** @throws AppError `TOKEN_NOT_FOUND`, `TOKEN_OF_OTHER_APP` */
  #askingToken(appId: string, { by }: Pick<Authority, 'by'>): Token | null {
    const inherit = { kind: 'inherit' } as const;
    const auth = by === null ? inherit : ({ kind: 'token', name: by } as const);
    return chooseToken(auth, inherit, this.#options.tokens.ofApp(this.#options.appOf(appId))).token;
  }
}

/** A provider whose API manages tokens, and does this among it. */
interface Manager<Action extends TokenAction = never> {
  readonly provider: Provider;
  readonly management: ManagementWith<Action>;
}

type ManagementWith<Action extends TokenAction> = TokenManagement & Required<Pick<TokenManagement, Action>>;

function canDo<Action extends TokenAction>(
  management: TokenManagement,
  action: Action,
): management is ManagementWith<Action> {
  return management[action] !== undefined;
}

interface Asking {
  readonly appId: string;
  readonly provider: Provider;
  readonly authority: Authority;
  readonly signal: AbortSignal;
}

/** What the provider calls it; nothing where a token is the only one that it can be changed by. */
function remoteIdOf(token: Token, provider: Provider): string {
  if (token.remoteId !== null) return token.remoteId;
  if (provider.manage?.bySelf === true) return '';
  throw notLinked(token, provider);
}

function ownAuthority(token: Token, { bySelf }: TokenManagement, authority: Authority): Authority {
  return bySelf === true ? { ...authority, by: token.name } : authority;
}
