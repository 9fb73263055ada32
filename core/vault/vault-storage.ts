import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentStore, JsonDocument, OpenDocument } from '../storage/document-store.ts';
import { explainWriteFailure } from '../storage/explain-write-failure.ts';
import { removeDrafts } from '../storage/remove-drafts.ts';
import { readVaultDocument, type VaultDocument } from './vault-document.ts';
import { WriterLock } from './writer-lock.ts';

/** The files of a vault, and the right to write them, which one process has at a time. */
export class VaultStorage {
  readonly home: string;
  readonly path: string;
  readonly #openDocument: OpenDocument;
  readonly #store: DocumentStore;
  readonly #writerLock: WriterLock;

  constructor(home: string, openDocument: OpenDocument) {
    this.home = home;
    this.path = join(home, 'vault.json');
    this.#openDocument = openDocument;
    this.#store = openDocument(this.path);
    this.#writerLock = new WriterLock(join(home, 'vault.lock'));
  }

  exists(): boolean {
    return existsSync(this.path);
  }

  /**
   * Read anew: another process may have written since.
   *
   * @throws AppError `VAULT_NOT_FOUND`, `VAULT_DAMAGED`, `VAULT_NEWER_FORMAT`
   */
  read(): VaultDocument {
    const document = readVaultDocument(this.#openDocument(this.path));
    if (document !== undefined) return document;
    throw this.notFound();
  }

  notFound(): AppError {
    return new AppError('VAULT_NOT_FOUND', `There is no vault in ${this.home} yet. Create one first.`);
  }

  write(document: VaultDocument): void {
    this.guardWrite(() => this.#store.write(document));
  }

  openAppFile(appId: string): DocumentStore {
    return this.#openDocument(this.#appPath(appId));
  }

  removeAppFile(appId: string): void {
    rmSync(this.#appPath(appId), { force: true });
  }

  /** As text, whatever is in it; `null` where there is none. */
  readAppFile(appId: string): string | null {
    try {
      return readFileSync(this.#appPath(appId), 'utf8');
    } catch {
      return null;
    }
  }

  /** Files beside the apps' that belong to none of `appIds`, by name. */
  strayFiles(appIds: readonly string[]): string[] {
    const known = new Set(appIds.map((appId) => `${appId}.json`));
    const folder = join(this.home, 'apps');
    return existsSync(folder) ? readdirSync(folder).filter((name) => !known.has(name)) : [];
  }

  /** Keeps what was taken out of the vault. @returns where */
  writeQuarantine(content: JsonDocument): string {
    const path = join(this.home, 'quarantine', `${Date.now()}.json`);
    explainWriteFailure(this.home, () => {
      mkdirSync(join(this.home, 'quarantine'), { recursive: true, mode: 0o700 });
      this.#openDocument(path).write(content);
    });
    return path;
  }

  /** The copy that a restore can be undone with: one at a time. */
  keepCopy(document: VaultDocument): void {
    this.dropCopy();
    explainWriteFailure(this.home, () => {
      mkdirSync(join(this.#copyPath, 'apps'), { recursive: true, mode: 0o700 });
      for (const appId of Object.keys(document.apps)) {
        if (existsSync(this.#appPath(appId))) {
          copyFileSync(this.#appPath(appId), join(this.#copyPath, 'apps', `${appId}.json`));
        }
      }
      this.#openDocument(join(this.#copyPath, 'vault.json')).write(document);
    });
  }

  /** @throws AppError `BACKUP_NOT_FOUND` */
  readCopy(): VaultDocument {
    const document = readVaultDocument(this.#openDocument(join(this.#copyPath, 'vault.json')));
    if (document !== undefined) return document;
    throw new AppError(
      'BACKUP_NOT_FOUND',
      'There is no copy to go back to. It is kept when a backup is restored.',
    );
  }

  restoreCopiedApps(appIds: readonly string[]): void {
    for (const appId of appIds) {
      const copied = this.#openDocument(join(this.#copyPath, 'apps', `${appId}.json`)).read();
      if (copied !== undefined) this.guardWrite(() => this.openAppFile(appId).write(copied));
    }
  }

  dropCopy(): void {
    explainWriteFailure(this.home, () => rmSync(this.#copyPath, { recursive: true, force: true }));
  }

  get #copyPath(): string {
    return join(this.home, 'before-restore');
  }

  /** Process id of another writer; `null` where there is none. */
  otherWriter(): number | null {
    return this.#writerLock.otherHolder();
  }

  /**
   * Takes the right to write, or makes sure of it.
   *
   * @returns whether it was taken just now: others may have written before
   * @throws AppError `VAULT_READ_ONLY`, `WRITE_FAILED`
   */
  acquireWriter(): boolean {
    return explainWriteFailure(this.home, () => {
      const apps = join(this.home, 'apps');
      mkdirSync(apps, { recursive: true, mode: 0o700 });
      const taken = this.#writerLock.acquire();
      // Nobody else is writing now: what lies there was left by a process that was killed.
      if (taken) removeDrafts([this.home, apps]);
      return taken;
    });
  }

  /** Only the holder of the lock writes; it may have been taken away since. */
  guardWrite(change: () => void): void {
    explainWriteFailure(this.home, () => {
      if (this.#writerLock.acquire()) {
        this.#writerLock.release();
        throw new AppError(
          'VAULT_READ_ONLY',
          'The right to write was lost for a moment, and another process may have written. Nothing was changed; try again.',
        );
      }
      change();
    });
  }

  release(): void {
    this.#writerLock.release();
  }

  #appPath(appId: string): string {
    return join(this.home, 'apps', `${appId}.json`);
  }
}
