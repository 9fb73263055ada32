import { randomUUID } from 'node:crypto';
import { AppError, type ErrorCode } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import { compareNames, sameName } from '../../shared/name.ts';
import { parseInput } from '../../shared/parse-input.ts';
import { type Rotation, rotationSchema } from '../../shared/tokens/rotation.ts';
import {
  changedTokenSchema,
  isObtained,
  keyOf,
  type NewToken,
  newTokenSchema,
  type Token,
  type TokenChanges,
  type TokenKey,
  type TokenMetadata,
  tokenChangesSchema,
  tokenMetadataSchema,
} from '../../shared/tokens/token.ts';
import type { TokensOfApp } from '../requests/choose-token.ts';
import type { AppFile, NewRecord } from '../vault/app-file.ts';
import type { Vault } from '../vault/vault.ts';
import type { CheckFound } from './check-tokens.ts';
import { defaultAmong, withDefault, withRenamedDefault } from './default-token.ts';
import { edited } from './edited.ts';
import { type RemovedFromApp, RemovedTokens } from './removed-tokens.ts';
import { renewed, retiredBy } from './rotation.ts';
import { byApp, idOf, isLater, isOver, metadataOf, parametersOf, recordOf } from './token-records.ts';
import { checkAfterCreation, notByHand, sameSecret, tokenOfOtherApp } from './token-refusals.ts';
import { sealedSecret, signsInAlone, TokenSecrets } from './token-secrets.ts';
import { TokenUsage } from './token-usage.ts';

/** Why a result cannot be kept, which does not make it wrong. */
const UNWRITABLE: readonly ErrorCode[] = ['VAULT_READ_ONLY', 'WRITE_FAILED'];

interface ReadTokens {
  readonly revision: number;
  /** By name. */
  readonly tokens: readonly Token[];
  readonly byId: ReadonlyMap<string, Token>;
}

/** The tokens of a vault; what is sealed of them is opened by `TokenSecrets`. */
export class Tokens {
  readonly secrets: TokenSecrets;
  readonly removed: RemovedTokens;
  readonly usage: TokenUsage;
  readonly #vault: Vault;
  readonly #now: () => Date;
  /** What was read of one state of an app's file: reading ten thousand tokens anew takes a while. */
  readonly #read = new WeakMap<AppFile, ReadTokens>();

  constructor(vault: Vault, now: () => Date) {
    this.#vault = vault;
    this.#now = now;
    this.secrets = new TokenSecrets(vault, (key) => this.get(key));
    this.removed = new RemovedTokens(vault);
    this.usage = new TokenUsage((uses) => {
      for (const [appId, ofApp] of uses) this.#writeUses(appId, ofApp);
    }, now);
    vault.beforeLock(() => this.usage.flush());
  }

  /** Of one app, or of all with `null`; by name. With uses that are not written yet. */
  list(appId: string | null): Token[] {
    const tokens =
      appId === null
        ? this.#vault
            .appIds()
            .flatMap((id) => this.#tokensOf(id))
            .sort(compareNames)
        : this.#tokensOf(appId);
    return tokens.map((token) => {
      const lastUsedAt = this.usage.pending(keyOf(token));
      return lastUsedAt === null ? token : { ...token, lastUsedAt };
    });
  }

  /** By name, else by id, as a request does. @throws AppError `TOKEN_NOT_FOUND`, `TOKEN_OF_OTHER_APP` */
  find(appId: string, nameOrId: string): Token {
    const { tokens, byId } = this.#readApp(appId);
    const token = tokens.find(({ name }) => sameName(name, nameOrId)) ?? byId.get(nameOrId);
    if (token !== undefined) return token;
    if (this.isOfOtherApp(appId, nameOrId)) throw tokenOfOtherApp();
    throw new AppError('TOKEN_NOT_FOUND', `This app has no token named "${nameOrId.slice(0, 100)}".`);
  }

  /** What the requests of an app choose from. */
  ofApp(app: App): TokensOfApp {
    return {
      app,
      tokens: this.list(app.id),
      isOfOtherApp: (nameOrId) => this.isOfOtherApp(app.id, nameOrId),
    };
  }

  /** Whether an app but this one has a token of that name or id. */
  isOfOtherApp(appId: string, nameOrId: string): boolean {
    return this.#vault
      .appIds()
      .some((id) => id !== appId && this.#tokensOf(id).some((token) => isMeant(token, nameOrId)));
  }

  /** @throws AppError `TOKEN_NOT_FOUND`, `TOKEN_OF_OTHER_APP` */
  get({ appId, tokenId }: TokenKey): Token {
    const token = this.#readApp(appId).byId.get(tokenId);
    if (token !== undefined) return token;
    if (this.isOfOtherApp(appId, tokenId)) throw tokenOfOtherApp();
    throw new AppError('TOKEN_NOT_FOUND', 'This token is not in the vault. It may have been removed.');
  }

  /** @throws AppError `NAME_TAKEN` by another token of the app than `except` */
  checkName(appId: string, name: string, except?: string): void {
    if (!this.#tokensOf(appId).some((token) => token.id !== except && sameName(token.name, name))) return;
    throw new AppError('NAME_TAKEN', `This app has a token named "${name}" already. Choose another name.`, {
      path: 'name',
    });
  }

  /** @throws AppError `NAME_TAKEN` */
  add(appId: string, input: NewToken): Token {
    const { secret, ...fields } = parseInput(newTokenSchema, input, 'Token');
    this.checkName(appId, fields.name);
    const metadata: TokenMetadata = tokenMetadataSchema.parse({
      ...fields,
      // Such a token lives by its sign-in.
      ...(isObtained(fields) ? { expiresAt: null, isRenewable: signsInAlone(fields, secret) } : {}),
      createdAt: this.#now().toISOString(),
    });
    const id = randomUUID();
    const bytes = sealedSecret(fields, secret);
    try {
      this.#vault.app(appId).put({ id, kind: 'token', metadata, secret: bytes });
    } finally {
      bytes.fill(0);
    }
    return { id, appId, ...metadata };
  }

  /** A new token with another one's parameters, but for those that are given. @throws AppError as `add` */
  duplicate(key: TokenKey, given: Pick<NewToken, 'name' | 'secret' | 'expiresAt' | 'tokenId'>): Token {
    return this.add(key.appId, { ...parametersOf(this.get(key)), ...given });
  }

  /**
   * Changes all but the secret. An app whose default token it is goes on using it under its new name.
   *
   * @param options.allowExpired that an expiry before the token came here is meant
   * @throws AppError `TOKEN_NOT_FOUND`, `NAME_TAKEN`, `INVALID_INPUT`
   */
  edit(key: TokenKey, input: TokenChanges, options: { readonly allowExpired?: boolean } = {}): Token {
    const changes = parseInput(tokenChangesSchema, input, 'Token');
    this.#vault.acquireWriter();
    const token = this.get(key);
    if (changes.name !== undefined) this.checkName(key.appId, changes.name, key.tokenId);
    const changed = edited(token, changes, options.allowExpired === true);
    const file = this.#vault.app(key.appId);
    const renamed =
      changed.name === token.name ? undefined : withRenamedDefault(file, token.name, changed.name);
    file.putAll([{ id: key.tokenId, kind: 'token', metadata: changed }], renamed);
    if (token.login?.keepsPassword === true && changed.login?.keepsPassword === false) {
      this.secrets.dropPassword(key);
    }
    return { ...changed, ...idOf(key) };
  }

  /**
   * Puts a new secret in the token's place: it keeps its name and its id, so that everything that refers to
   * it goes on. The secret before becomes a retired token of its own until the overlap ends.
   *
   * @param secret wiped by the caller
   * @returns the token, and the retired one where there is an overlap
   */
  rotate(key: TokenKey, secret: Buffer, input: Rotation = {}): { token: Token; retired: Token | null } {
    const rotation = parseInput(rotationSchema, input, 'Rotation');
    this.#vault.acquireWriter();
    const before = this.get(key);
    if (isObtained(before)) throw notByHand(before);
    const old = this.secrets.open(key);
    try {
      if (old.equals(secret)) throw sameSecret();
      const now = this.#now();
      const metadata = parseInput(changedTokenSchema, renewed(metadataOf(before), rotation, now), 'Token');
      if (metadata.expiresAt !== before.expiresAt) checkAfterCreation(metadata.expiresAt, before.createdAt);
      const records: NewRecord[] = [{ id: key.tokenId, kind: 'token', metadata, secret }];
      const retired = retiredBy(rotation, before, this.#tokensOf(key.appId), now);
      if (retired !== null) {
        records.push({ id: retired.id, kind: 'token', metadata: metadataOf(retired), secret: old });
      }
      this.#vault.app(key.appId).putAll(records);
      return { token: { ...metadata, ...idOf(key) }, retired };
    } finally {
      old.fill(0);
    }
  }

  /** That somebody else may have them: requests refuse them from now on. Or that this was a mistake. */
  markCompromised(keys: readonly TokenKey[], isCompromised: boolean): void {
    this.#vault.acquireWriter();
    const compromisedAt = isCompromised ? this.#now().toISOString() : null;
    for (const [appId, ids] of byApp(keys)) {
      const changed = this.#select(appId, ids)
        .filter((token) => (token.compromisedAt === null) === isCompromised)
        .map((token) => ({ ...token, compromisedAt }));
      this.#put(appId, changed);
    }
  }

  /**
   * Notes what the provider says of tokens, in one write; their secrets stay.
   *
   * @param facts by the token's id @returns those that changed
   */
  saveFacts(appId: string, facts: ReadonlyMap<string, Partial<TokenMetadata>>): Token[] {
    this.#vault.acquireWriter();
    const changed = this.#select(appId, [...facts.keys()]).flatMap((token) => {
      const next = { ...token, ...facts.get(token.id) };
      return JSON.stringify(next) === JSON.stringify(token) ? [] : [next];
    });
    this.#put(appId, changed);
    return changed;
  }

  /** For good. An app whose default token it was has none from now on, in the same write. */
  remove(key: TokenKey): void {
    this.#vault.acquireWriter();
    this.get(key);
    this.#takeOut(key.appId, [key.tokenId]);
  }

  /** As `remove`, many in one write an app. @returns the id by which `removed` undoes it */
  removeSeveral(keys: readonly TokenKey[]): string {
    this.#vault.acquireWriter();
    const ids = byApp(keys);
    for (const [appId, ofApp] of ids) this.#select(appId, ofApp);
    return this.removed.keep(new Map([...ids].map(([appId, ofApp]) => [appId, this.#takeOut(appId, ofApp)])));
  }

  /** Takes out what is retired and whose overlap has ended. @throws AppError `VAULT_READ_ONLY`, `WRITE_FAILED` */
  removeRetired(): void {
    const now = this.#now();
    for (const appId of this.#vault.appIds()) {
      const over = () =>
        this.#vault
          .app(appId)
          .records('token')
          .filter(({ metadata }) => isOver(metadata, now))
          .map(({ id }) => id);
      if (over().length > 0) this.#vault.whileWriting(() => this.#takeOut(appId, over()));
    }
  }

  /**
   * Notes what checks found, in one write. A token that is gone, or has another secret by now, is left alone.
   *
   * @returns whether it could be written
   */
  keepChecks(appId: string, found: readonly CheckFound[]): boolean {
    try {
      this.#vault.acquireWriter();
      const current = this.#readApp(appId).byId;
      const changed = found.flatMap(({ token: { id, rotatedAt }, changesOf }) => {
        const token = current.get(id);
        return token?.rotatedAt === rotatedAt ? [{ ...token, ...changesOf(token) }] : [];
      });
      this.#put(appId, changed);
      return true;
    } catch (error) {
      if (error instanceof AppError && UNWRITABLE.includes(error.code)) return false;
      throw error;
    }
  }

  /** By name. */
  #tokensOf(appId: string): readonly Token[] {
    return this.#readApp(appId).tokens;
  }

  #readApp(appId: string): ReadTokens {
    const file = this.#vault.app(appId);
    const { revision } = file;
    const known = this.#read.get(file);
    if (known?.revision === revision) return known;
    const tokens = file
      .records('token')
      .map(({ id, metadata }) => ({ id, appId, ...metadata }))
      .sort(compareNames);
    const read = { revision, tokens, byId: new Map(tokens.map((token) => [token.id, token])) };
    this.#read.set(file, read);
    return read;
  }

  /** @throws AppError `TOKEN_NOT_FOUND` where one of them is missing */
  #select(appId: string, ids: readonly string[]): Token[] {
    return ids.map((tokenId) => this.get({ appId, tokenId }));
  }

  /** Their secrets stay. */
  #put(appId: string, changed: readonly Token[]): void {
    if (changed.length > 0) this.#vault.app(appId).putAll(changed.map(recordOf));
  }

  #takeOut(appId: string, ids: readonly string[]): RemovedFromApp {
    const file = this.#vault.app(appId);
    const defaultToken = defaultAmong(file, ids);
    const profile = defaultToken === null ? undefined : withDefault(file, null);
    return { records: file.removeAll('token', ids, profile), defaultToken };
  }

  #writeUses(appId: string, uses: ReadonlyMap<string, string>): void {
    const used = () =>
      this.#tokensOf(appId).flatMap((token) => {
        const lastUsedAt = uses.get(token.id);
        return lastUsedAt !== undefined && isLater(lastUsedAt, token.lastUsedAt)
          ? [{ ...token, lastUsedAt }]
          : [];
      });
    if (used().length === 0) return;
    this.#vault.whileWriting(() => this.#put(appId, used()));
  }
}

function isMeant({ id, name }: Token, nameOrId: string): boolean {
  return id === nameOrId || sameName(name, nameOrId);
}
