import { join } from 'node:path';
import { AppError } from '../shared/app-error.ts';
import type { RestoreSummary } from '../shared/backup/backup.ts';
import type { SavedRequest, SaveRequest } from '../shared/collections/collection.ts';
import type { RunSummary } from '../shared/collections/run.ts';
import type { RenamedReferences, TokenReferences } from '../shared/collections/token-reference.ts';
import { sameName } from '../shared/name.ts';
import type { Request } from '../shared/requests/request.ts';
import type { Token, TokenKey, TokenListItem } from '../shared/tokens/token.ts';
import type { TokenCheckSummary } from '../shared/tokens/token-check.ts';
import { tokenState } from '../shared/tokens/token-state.ts';
import { KDF_COSTS } from '../shared/vault/vault.ts';
import { Apps } from './apps/apps.ts';
import { Backups } from './backup/backups.ts';
import { openBackup } from './backup/open-backup.ts';
import { type ExpiryCalendar, expiryCalendar } from './calendar/expiry-calendar.ts';
import { Collections, type FoundSecret, secretInName } from './collections/collections.ts';
import { findTokenReferences, renameTokenReferences } from './collections/token-references.ts';
import { AppConnections } from './connections/app-connections.ts';
import { ConnectionPools } from './connections/connection-pools.ts';
import { Cookies, secretsOfCookie } from './cookies/cookies.ts';
import { chooseTokens, type ExecOptions, execEnvironment } from './exec/exec-environment.ts';
import { Health } from './health/health.ts';
import { SameValues } from './health/same-values.ts';
import { Logins } from './logins/logins.ts';
import { providerOf } from './providers/providers.ts';
import { AppRedactors } from './redaction/app-redactors.ts';
import { holdsSecret } from './redaction/holds-secret.ts';
import type { Redactor } from './redaction/redactor.ts';
import { AppRequests } from './requests/app-requests.ts';
import { loadAgent } from './requests/connections.ts';
import { refreshToken } from './requests/refresh-token.ts';
import type { Answer } from './requests/send-request.ts';
import { SettingsFile } from './settings/settings-file.ts';
import { SpoolFolder } from './spool/spool-folder.ts';
import type { CheckOptions, RunOptions, SendOptions, TesseraOptions } from './tessera-options.ts';
import { checkTokens } from './tokens/check-tokens.ts';
import { RemoteTokens } from './tokens/remote-tokens.ts';
import { Tokens } from './tokens/tokens.ts';
import { Confirmation } from './vault/confirmation.ts';
import type { Keychain } from './vault/keychain.ts';
import { Vault } from './vault/vault.ts';

/** Everything that Tessera does, without a window: the window's main process and the command are both built on it. */
export class Tessera {
  readonly vault: Vault;
  readonly keychain: Keychain;
  readonly apps: Apps;
  readonly tokens: Tokens;
  readonly logins: Logins;
  readonly cookies: Cookies;
  readonly remoteTokens: RemoteTokens;
  readonly collections: Collections;
  readonly settings: SettingsFile;
  readonly confirmation: Confirmation;
  readonly backups: Backups;
  readonly health: Health;
  readonly spoolFolder: SpoolFolder;
  readonly #now: () => Date;
  readonly connections: AppConnections;
  readonly #pools: ConnectionPools;
  readonly #redactors: AppRedactors;
  readonly #requests: AppRequests;
  /** Aborted when the vault is locked, so that no request outlives the right to make it. */
  #unlocked = new AbortController();

  constructor(options: TesseraOptions) {
    this.#now = options.now ?? (() => new Date());
    this.vault = new Vault(options);
    this.keychain = options.keychain;
    this.apps = new Apps(this.vault, this.#now);
    this.tokens = new Tokens(this.vault, this.#now);
    this.cookies = new Cookies(this.vault);
    this.remoteTokens = new RemoteTokens({
      vault: this.vault,
      tokens: this.tokens,
      appOf: (appId) => this.apps.get(appId),
      providerOf,
      sendTo: (appId) => (request, options) => this.send(appId, request, options),
      redact: (appId, text) => this.redact(appId, text),
    });
    this.connections = new AppConnections(this.vault, this.apps);
    this.#pools = new ConnectionPools({
      openSecret: (appId, recordId) => this.connections.openSecret(appId, recordId),
      resolveProxy: options.resolveProxy,
    });
    this.#redactors = new AppRedactors({
      fileOf: (appId) => this.vault.app(appId),
      secretsOf: (appId) => this.#secretsOf(appId),
    });
    this.collections = new Collections(options.home, {
      folders: (appId) => this.apps.get(appId).collections,
      setFolders: (appId, folders) => this.apps.setCollections(appId, folders),
    });
    this.logins = new Logins({
      vault: this.vault,
      tokens: this.tokens,
      appOf: (appId) => this.apps.get(appId),
      connectionsOf: (appId) => this.#pools.of(this.apps.get(appId)),
      redactorOf: (appId) => this.#redactors.of(appId),
      now: this.#now,
      unlocked: () => this.#unlocked.signal,
    });
    this.spoolFolder = new SpoolFolder(join(options.home, 'spool'));
    this.#requests = new AppRequests({
      apps: this.apps,
      tokens: this.tokens,
      logins: this.logins,
      cookies: this.cookies,
      spoolFolder: this.spoolFolder,
      connectionsOf: (app) => this.#pools.of(app),
      redactorOf: (appId) => this.#redactors.of(appId),
      now: this.#now,
      unlocked: () => this.#unlocked.signal,
      untilLocked: (signal) => this.#untilLocked(signal),
    });
    this.settings = new SettingsFile(options.home, options.openDocument);
    this.confirmation = new Confirmation(this.vault, () => this.settings.read().confirmationMinutes);
    this.backups = new Backups(this.vault, options.kdf ?? KDF_COSTS.standard, this.#now);
    this.health = new Health({
      apps: this.apps,
      listTokens: () => this.listTokens(null),
      sameValues: new SameValues(this.vault, this.tokens),
      now: this.#now,
    });
    this.vault.onChange((status) => {
      if (status.state === 'unlocked') this.removeRetired();
      else this.#forget();
    });
  }

  /** Loads what sends, ahead of the first request. What cannot be loaded is told of by that. */
  loadNetwork(): void {
    loadAgent().catch(() => undefined);
  }

  /** @see AppRequests.send */
  send(appId: string, request: Request, options: SendOptions = {}): Promise<Answer> {
    return this.#requests.send(appId, request, options);
  }

  /** Tokens with their state at this moment, by the levels that are set; of one app, or of all with `null`. */
  listTokens(appId: string | null): TokenListItem[] {
    const now = this.#now();
    const { expiryLevels } = this.settings.read();
    return this.tokens
      .list(appId)
      .map((token) => ({ ...token, state: tokenState(token, now, expiryLevels) }));
  }

  /** The same of one. */
  describeToken(token: Token): TokenListItem {
    return { ...token, state: tokenState(token, this.#now(), this.settings.read().expiryLevels) };
  }

  /** Takes out what is retired and whose overlap has ended, where this process may write: else another does. */
  removeRetired(): void {
    try {
      this.tokens.removeRetired();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }

  /** A calendar file of what expires in an app, or in all with `null`; known secrets in names are masked. */
  expiryCalendar(appId: string | null): ExpiryCalendar {
    return expiryCalendar(
      this.listTokens(appId).map((token) => ({ ...token, name: this.redact(token.appId, token.name) })),
      {
        appName: (id) => this.redact(id, this.apps.get(id).name),
        levels: this.settings.read().expiryLevels,
        now: this.#now(),
      },
    );
  }

  /** Runs a collection of an app, request after request. */
  run(appId: string, folder: string, options: RunOptions = {}): Promise<RunSummary> {
    return this.#requests.run(appId, folder, options);
  }

  /**
   * Asks the provider about tokens of an app, at most four at a time, and keeps what it says.
   *
   * @param tokenIds `null`: all of them
   * @throws AppError `CHECK_NOT_SET`, `TOKEN_NOT_FOUND`, `VAULT_LOCKED`
   */
  checkTokens(
    appId: string,
    tokenIds: readonly string[] | null,
    options: CheckOptions = {},
  ): Promise<TokenCheckSummary> {
    const tokens =
      tokenIds === null
        ? this.tokens.list(appId)
        : tokenIds.map((tokenId) => this.tokens.get({ appId, tokenId }));
    return checkTokens(tokens, {
      app: this.apps.get(appId),
      providerOf,
      send: (request, signal) => this.send(appId, request, { signal }),
      introspect: ({ id }, signal) => this.logins.introspect({ appId, tokenId: id }, signal),
      redact: (text) => this.redact(appId, text),
      claims: ({ id }) => this.tokens.secrets.claims({ appId, tokenId: id }),
      keep: (found) => this.tokens.keepChecks(appId, found),
      now: this.#now,
      replacesTyped: options.replacesTyped ?? false,
      signal: this.#untilLocked(options.signal),
      onResult: options.onResult ?? (() => undefined),
    });
  }

  /**
   * What a program is started with, and what masks its output: that is the caller's to wipe, because the
   * program goes on after the vault is locked. Access tokens whose end is near are renewed before.
   *
   * @throws AppError as `execEnvironment` and `Logins.renew`
   */
  async prepareExec(
    appId: string,
    options: ExecOptions,
    signal: AbortSignal,
  ): Promise<{ readonly variables: Readonly<Record<string, string>>; readonly redactor: Redactor }> {
    const app = this.apps.get(appId);
    for (const { token } of chooseTokens(options, { app, tokens: this.tokens })) {
      const renewToken = ({ id, renewals }: Token) =>
        this.logins.renew({ appId, tokenId: id }, renewals, signal);
      await refreshToken(token, { renewToken, now: this.#now, sendExpired: options.sendExpired });
    }
    const variables = execEnvironment(options, { app, tokens: this.tokens, now: this.#now() });
    return { variables, redactor: this.#redactors.make(appId) };
  }

  /** Saves a request into a collection; a file that would hold one of the app's secrets is refused. */
  saveRequest(appId: string, saved: SaveRequest): SavedRequest {
    return this.collections.save(appId, saved, {
      secretIn: (text) => this.secretIn(appId, text),
      tokenShape: (name) => this.tokens.list(appId).find((token) => sameName(token.name, name)) ?? null,
    });
  }

  /** Where the app's collections name one of its tokens. */
  tokenReferences(appId: string, name: string): Promise<TokenReferences> {
    return findTokenReferences(this.apps.get(appId).collections, name);
  }

  /**
   * Where files would have to follow a token that is to be renamed. To be asked before it is: afterwards they would name
   * a token that is not there.
   *
   * @throws AppError `SECRET_IN_FILE` where the new name holds a secret, which would stand in them
   */
  async checkRename(appId: string, from: string, to: string): Promise<TokenReferences> {
    const references = await this.tokenReferences(appId, from);
    const found = references.files.length === 0 ? null : this.secretIn(appId, to);
    if (found !== null) throw secretInName(found);
    return references;
  }

  /**
   * Lets the files of the app's collections follow a token that was renamed. One that cannot be read or
   * written does not stop the others.
   *
   * @param from the name that it had
   * @throws AppError `TOKEN_NOT_FOUND`, `TOKEN_OF_OTHER_APP`; `NAME_TAKEN` where another token has that name;
   * as {@link checkRename}
   */
  async renameReferences(key: TokenKey, from: string): Promise<RenamedReferences> {
    const { appId } = key;
    const { name } = this.tokens.get(key);
    if (sameName(from, name)) return { changed: [], failed: [] };
    this.tokens.checkName(appId, from);
    const { files, unread } = await this.checkRename(appId, from, name);
    const { changed, failed } = renameTokenReferences(files, from, name);
    return { changed, failed: [...failed, ...unread] };
  }

  /**
   * Which secret of the app stands in `text`, plain or encoded; `null` where none does. Guards every file that is
   * written outside the vault.
   */
  secretIn(appId: string, text: string): FoundSecret | null {
    const token = this.tokens
      .list(appId)
      .find(({ id }) => holdsSecret(text, this.tokens.secrets.all({ appId, tokenId: id })));
    if (token !== undefined) return { kind: 'token', name: token.name };
    const cookie = this.cookies.list(appId).find((each) => holdsSecret(text, secretsOfCookie(each)));
    if (cookie !== undefined) return { kind: 'cookie', name: cookie.name };
    return holdsSecret(text, this.connections.secretsOf(appId)) ? { kind: 'connection', name: null } : null;
  }

  /** Text with the app's secrets masked, for what is written outside the vault. */
  redact(appId: string, text: string): string {
    return this.#redactors.of(appId).text(text).text;
  }

  /**
   * Makes a vault of a backup where there is none, under the backup's passphrase.
   *
   * @throws AppError as `openBackup`, `VAULT_EXISTS`
   */
  async restoreAsNew(path: string, passphrase: string): Promise<RestoreSummary> {
    const backup = await openBackup(path, passphrase);
    try {
      await this.vault.create(passphrase);
      return this.backups.restore(backup, 'merge');
    } finally {
      backup.close();
    }
  }

  async close(): Promise<void> {
    this.vault.close();
    await this.#pools.close();
  }

  #secretsOf(appId: string): Buffer[] {
    return [
      ...this.tokens.list(appId).flatMap(({ id }) => this.tokens.secrets.all({ appId, tokenId: id })),
      ...this.connections.secretsOf(appId),
      ...this.cookies.secretsOf(appId),
    ];
  }

  /** Aborted when the vault is locked, or before that by whoever asked. */
  #untilLocked(signal: AbortSignal | undefined): AbortSignal {
    const locked = this.#unlocked.signal;
    return signal === undefined ? locked : AbortSignal.any([locked, signal]);
  }

  #forget(): void {
    this.#unlocked.abort();
    this.cookies.forget();
    this.#unlocked = new AbortController();
    void this.#pools.close();
    this.#redactors.wipe();
    this.logins.forget();
  }
}
