import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import { type AppProfile, appProfileSchema } from '../../shared/apps/app.ts';
import type { BackupApp, BackupPreview, RestoreMode, RestoreSummary } from '../../shared/backup/backup.ts';
import { DEFAULT_CONNECTION } from '../../shared/connections/connection-settings.ts';
import { sameName } from '../../shared/name.ts';
import { isDefaultToken } from '../../shared/tokens/default-token.ts';
import type { KdfCost } from '../../shared/vault/vault.ts';
import { explainWriteFailure } from '../storage/explain-write-failure.ts';
import { writeWholeFile } from '../storage/write-whole-file.ts';
import type { AppFile } from '../vault/app-file.ts';
import type { Vault } from '../vault/vault.ts';
import { copyConnectionSecrets } from './copy-connection-secrets.ts';
import { copyCookies } from './copy-cookies.ts';
import { copyTokens } from './copy-tokens.ts';
import { makeBackup } from './make-backup.ts';
import type { OpenBackup } from './open-backup.ts';
import { type TokenRelation, TokenRelations } from './token-relations.ts';

/** Backups of a vault and exports of one app: sealed files with a passphrase of their own. */
export class Backups {
  readonly #vault: Vault;
  readonly #cost: KdfCost;
  readonly #now: () => Date;

  constructor(vault: Vault, cost: KdfCost, now: () => Date) {
    this.#vault = vault;
    this.#cost = cost;
    this.#now = now;
  }

  /** Everything in the vault that opens. @throws AppError `WRITE_FAILED`, `VAULT_LOCKED` */
  async save(path: string, passphrase: string): Promise<void> {
    const apps = () => this.#vault.appIds().map((appId) => this.#vault.app(appId));
    await this.#write(path, apps, 'vault', passphrase, (app) => app.profile());
  }

  /**
   * One app for somebody else: without what is of this computer, its collections' folders and how it connects,
   * and without cookies.
   */
  async exportApp(appId: string, path: string, passphrase: string): Promise<void> {
    const apps = () => [this.#vault.app(appId)];
    await this.#write(path, apps, 'app', passphrase, (app) => ({
      ...profileOf(app),
      collections: [],
      connection: DEFAULT_CONNECTION,
    }));
  }

  preview(backup: OpenBackup): BackupPreview {
    const known = this.#vault.appIds().map((appId) => this.#vault.app(appId));
    return {
      kind: backup.kind,
      createdAt: backup.createdAt,
      apps: backup.apps.map((app) => previewApp(app, counterpart(app, known))),
      damaged: [
        ...backup.damaged,
        ...backup.apps.flatMap(({ damaged }) => damaged.map(({ reason }) => `a token: ${reason}`)),
      ],
      removes: known
        .filter((app) => !backup.apps.some((each) => isSameApp(each, app)))
        .map((app) => profileOf(app).name),
    };
  }

  /**
   * Takes over what is in a backup, having kept a copy of what was there.
   *
   * @throws AppError `INVALID_INPUT` for one app that would replace a whole vault, or for a damaged backup that would
   */
  restore(backup: OpenBackup, mode: RestoreMode): RestoreSummary {
    if (mode === 'replace') refuseToReplace(backup);
    const before = this.#vault.appIds();
    if (before.length > 0) this.#vault.repair.keepCopy();
    if (mode === 'replace') for (const appId of before) this.#vault.removeApp(appId);
    const known = this.#vault.appIds().map((appId) => this.#vault.app(appId));
    const tokens = backup.apps.map((app) => {
      const target = counterpart(app, known);
      const restored = target === undefined ? this.#addApp(app) : mergeTokens(app, target);
      if (target !== undefined) copyCookies(app, target);
      return restored;
    });
    return {
      apps: backup.apps.length,
      tokens: tokens.reduce((sum, count) => sum + count, 0),
      canUndo: before.length > 0,
    };
  }

  /** Puts the apps back to what they were before the last restore. @throws AppError `BACKUP_NOT_FOUND` */
  undo(): void {
    this.#vault.repair.returnToCopy();
  }

  #addApp(app: AppFile): number {
    const isFree = !this.#vault.appIds().includes(app.appId);
    const added = this.#vault.addApp(isFree ? app.appId : randomUUID(), restoredProfile(app));
    copyCookies(app, added);
    copyConnectionSecrets(app, added);
    return copyTokens(app, added);
  }

  async #write(
    path: string,
    apps: () => readonly AppFile[],
    kind: 'vault' | 'app',
    passphrase: string,
    profile: (app: AppFile) => unknown,
  ): Promise<void> {
    const options = { kind, passphrase, cost: this.#cost, now: this.#now(), profileOf: profile };
    const document = await makeBackup(apps, options);
    explainWriteFailure(path, () =>
      writeWholeFile(path, `${JSON.stringify(document)}\n`, { isPrivate: true }),
    );
  }
}

/** Its default token may not have opened, or may be one that nobody kept. */
function restoredProfile(app: AppFile): AppProfile {
  const profile = profileOf(app);
  const isThere = app
    .records('token')
    .some(({ id, metadata }) => isDefaultToken({ id, name: metadata.name }, profile));
  return isThere ? profile : { ...profile, defaultToken: null };
}

function refuseToReplace({ kind, damaged }: OpenBackup): void {
  if (kind === 'app') {
    throw new AppError(
      'INVALID_INPUT',
      'This is one app, not a whole vault: it can be added, and replaces nothing.',
    );
  }
  if (damaged.length > 0) {
    throw new AppError('BACKUP_DAMAGED', `A damaged backup replaces nothing: ${damaged[0]}. Add it instead.`);
  }
}

function previewApp(app: AppFile, known: AppFile | undefined): BackupApp {
  const { name, provider } = profileOf(app);
  const relations = new TokenRelations(app, known);
  const compared = app.records('token').map((record) => ({
    name: record.metadata.name,
    relation: relations.of(record),
  }));
  const named = (wanted: TokenRelation) =>
    compared.filter(({ relation }) => relation === wanted).map((each) => each.name);
  return {
    name,
    provider,
    tokens: compared.length,
    isKnown: known !== undefined,
    adds: named('new'),
    differs: named('differs'),
  };
}

/** Adds what is missing. A token that differs from its namesake comes in under a name of its own. */
function mergeTokens(app: AppFile, target: AppFile): number {
  const relations = new TokenRelations(app, target);
  const ids = new Set(target.records('token').map(({ id }) => id));
  return copyTokens(app, target, (record) => {
    const relation = relations.of(record);
    if (relation === 'same') return null;
    const token = record.metadata;
    const name = relation === 'new' ? token.name : relations.freeName(`${token.name} (restored)`);
    relations.take(name);
    return { id: ids.has(record.id) ? randomUUID() : record.id, metadata: { ...token, name } };
  });
}

function counterpart(app: AppFile, known: readonly AppFile[]): AppFile | undefined {
  return known.find((each) => each.appId === app.appId) ?? known.find((each) => isSameApp(each, app));
}

function isSameApp(one: AppFile, other: AppFile): boolean {
  return one.appId === other.appId || sameName(profileOf(one).name, profileOf(other).name);
}

function profileOf(app: AppFile): AppProfile {
  return appProfileSchema.parse(app.profile());
}
