import { randomBytes, randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import {
  KDF_COSTS,
  type KdfCost,
  type PersonalKey,
  type VaultKey,
  type VaultStatus,
} from '../../shared/vault/vault.ts';
import type { OpenDocument } from '../storage/document-store.ts';
import type { AppFile } from './app-file.ts';
import { AppFiles } from './app-files.ts';
import { Fingerprints } from './fingerprints.ts';
import { describeSlot, type StoredSlot } from './key-slot.ts';
import { newPassphraseSlot } from './key-slots.ts';
import type { Keychain } from './keychain.ts';
import type { OpenVault, VaultAccess } from './open-vault.ts';
import { KEY_BYTES } from './seal.ts';
import { newVaultDocument, type VaultDocument } from './vault-document.ts';
import { VaultKeys } from './vault-keys.ts';
import { sealManifest } from './vault-manifest.ts';
import { VaultRepair } from './vault-repair.ts';
import { VaultStorage } from './vault-storage.ts';

export interface VaultOptions {
  readonly home: string;
  readonly openDocument: OpenDocument;
  readonly keychain: Keychain;
  /** Of new passphrase slots; left out: the standard one. */
  readonly kdf?: KdfCost;
  readonly now?: () => Date;
}

/** The encrypted store. Locked, it knows nothing; unlocked, it holds the vault key and one key an app. */
export class Vault {
  readonly home: string;
  readonly repair: VaultRepair;
  readonly #storage: VaultStorage;
  readonly #kdf: KdfCost;
  readonly #now: () => Date;
  readonly #files: AppFiles;
  readonly #keys: VaultKeys;
  readonly #listeners = new Set<(status: VaultStatus) => void>();
  readonly #lockListeners = new Set<() => void>();
  readonly #savedListeners = new Set<() => void>();
  #open: OpenVault | null = null;
  #fingerprints: Fingerprints | null = null;

  constructor({ home, openDocument, keychain, kdf, now }: VaultOptions) {
    this.home = home;
    this.#storage = new VaultStorage(home, openDocument);
    this.#kdf = kdf ?? KDF_COSTS.standard;
    this.#now = now ?? (() => new Date());
    const beforeChange = () => this.#beforeChange();
    this.#files = new AppFiles({ storage: this.#storage, beforeChange, onSaved: () => this.#tellSaved() });
    const access: VaultAccess = {
      storage: this.#storage,
      files: this.#files,
      current: () => this.#open,
      unlocked: () => this.#unlocked(),
      beforeChange,
      save: (changes) => this.#save(changes),
      tell: () => this.#tell(),
      now: this.#now,
    };
    this.#keys = new VaultKeys(access, keychain);
    this.repair = new VaultRepair(access);
  }

  status(): VaultStatus {
    const holder = this.#storage.otherWriter();
    return {
      state: this.#open !== null ? 'unlocked' : this.#storage.exists() ? 'locked' : 'missing',
      home: this.home,
      slots: this.#slots().map(describeSlot),
      readOnly:
        holder === null ? null : `Another Tessera (process ${holder}) has this vault open for writing.`,
      damaged:
        this.#open === null
          ? []
          : [...this.#open.damaged, ...[...this.#open.apps.values()].flatMap((app) => app.damaged)],
    };
  }

  /** Takes the right to write now, and keeps it. @throws AppError `VAULT_READ_ONLY` */
  acquireWriter(): void {
    this.#beforeChange();
  }

  /**
   * Runs changes for which this process need not become the writer: it gives the right back where it had none.
   *
   * @throws AppError `VAULT_READ_ONLY`
   */
  whileWriting(change: () => void): void {
    const taken = this.#storage.acquireWriter();
    try {
      if (taken && this.#open !== null) this.#reload(this.#open);
      change();
    } finally {
      if (taken) this.#storage.release();
    }
  }

  /** A new vault, left unlocked. @throws AppError `VAULT_EXISTS`, `WRITE_FAILED` */
  async create(passphrase: string): Promise<void> {
    if (this.#storage.exists()) {
      throw new AppError(
        'VAULT_EXISTS',
        `There is a vault in ${this.home} already. Unlock it, or choose another home.`,
      );
    }
    this.#beforeChange();
    const vaultKey = randomBytes(KEY_BYTES);
    const vaultId = randomUUID();
    const slot = await newPassphraseSlot({ vaultId, vaultKey, now: this.#now() }, passphrase, this.#kdf);
    this.#open = {
      key: vaultKey,
      document: newVaultDocument(vaultId, [slot]),
      apps: new Map(),
      damaged: [],
    };
    try {
      this.#save({});
    } catch (error) {
      this.#wipe();
      throw error;
    }
    this.#tell();
  }

  /**
   * @throws AppError `WRONG_PASSPHRASE`, `WRONG_RECOVERY_CODE`, `KEYCHAIN_KEY_MISSING`: after a delay that
   * grows, and nothing is written; `KEYCHAIN_UNAVAILABLE`
   */
  async unlock(key: VaultKey): Promise<void> {
    if (this.#open !== null) return;
    const document = this.#storage.read();
    const vaultKey = await this.#keys.open(document, key);
    // A second call may have been quicker.
    if (this.#open !== null) {
      vaultKey.fill(0);
      return;
    }
    try {
      this.#open = this.#files.open(vaultKey, document);
    } catch (error) {
      vaultKey.fill(0);
      throw error;
    }
    this.#tell();
  }

  /** Makes sure that the owner is there, while the vault is open. @throws as `unlock` */
  async check(key: PersonalKey): Promise<void> {
    const vaultKey = await this.#keys.open(this.#unlocked().document, key);
    vaultKey.fill(0);
  }

  /** @see VaultKeys.setPassphrase */
  async setPassphrase(passphrase: string, cost: KdfCost = this.#kdf): Promise<void> {
    await this.#keys.setPassphrase(passphrase, cost);
  }

  /** @see VaultKeys.setRecoveryCode */
  setRecoveryCode(): Promise<string> {
    return this.#keys.setRecoveryCode();
  }

  /** @throws AppError `KEYCHAIN_UNAVAILABLE` */
  async addKeychainSlot(): Promise<void> {
    await this.#keys.addKeychainSlot();
  }

  /** @throws AppError `LAST_KEY_SLOT`, `KEY_SLOT_NOT_FOUND` */
  async removeSlot(slotId: string): Promise<void> {
    await this.#keys.removeSlot(slotId);
  }

  /** Wipes the keys and drops everything that was opened. */
  lock(): void {
    if (this.#open === null) return;
    try {
      for (const listener of this.#lockListeners) listener();
    } finally {
      this.#wipe();
      this.#tell();
    }
  }

  /** Locks, and gives the right to write back. */
  close(): void {
    this.lock();
    this.#storage.release();
  }

  /** @returns the function that ends the subscription */
  onChange(listener: (status: VaultStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls `listener` while the vault is still open, for what has to be written before it is locked. */
  beforeLock(listener: () => void): void {
    this.#lockListeners.add(listener);
  }

  /** Calls `listener` when this process has written a change, which it looks at later: the call is in the midst of it. */
  onSaved(listener: () => void): void {
    this.#savedListeners.add(listener);
  }

  /**
   * A keyed fingerprint: the same bytes have the same text, in this vault only. Without the vault's key it
   * tells nothing of them and cannot be tried out, so that it may be stored in the clear.
   *
   * @param purpose keeps fingerprints of different kinds from being compared
   */
  fingerprint(purpose: string, bytes: Buffer): string {
    this.#fingerprints ??= new Fingerprints(this.#unlocked().key);
    return this.#fingerprints.of(purpose, bytes);
  }

  appIds(): string[] {
    return [...this.#unlocked().apps.keys()];
  }

  /** @throws AppError `APP_NOT_FOUND`, `RECORD_DAMAGED` where its file cannot be opened */
  app(appId: string): AppFile {
    const { apps, damaged } = this.#unlocked();
    const file = apps.get(appId);
    if (file !== undefined) return file;
    const damage = damaged.find((each) => each.appId === appId);
    if (damage !== undefined)
      throw new AppError('RECORD_DAMAGED', `This app cannot be opened: ${damage.reason}.`, { appId });
    throw new AppError('APP_NOT_FOUND', 'This app is not in the vault. It may have been removed.', { appId });
  }

  /** The app's file first, then its key: a crash in between leaves a file that no key opens, not a key without a file. */
  addApp(appId: string, profile: unknown): AppFile {
    this.#beforeChange();
    const vault = this.#unlocked();
    const { file, wrappedKey } = this.#files.create(vault, appId, profile);
    this.#save({ apps: { ...vault.document.apps, [appId]: { wrappedKey } } });
    vault.apps.set(appId, file);
    return file;
  }

  /** The key first: without it the file is noise, whether or not it could be deleted. */
  removeApp(appId: string): void {
    this.#beforeChange();
    const vault = this.#unlocked();
    const { [appId]: _removed, ...apps } = vault.document.apps;
    this.#save({ apps });
    vault.apps.get(appId)?.wipe();
    vault.apps.delete(appId);
    this.#storage.removeAppFile(appId);
  }

  #unlocked(): OpenVault {
    if (this.#open !== null) return this.#open;
    if (!this.#storage.exists()) throw this.#storage.notFound();
    throw new AppError('VAULT_LOCKED', 'The vault is locked. Unlock it first.');
  }

  /** As the file has them now; none where it cannot be read. */
  #slots(): readonly StoredSlot[] {
    if (this.#open !== null) return this.#open.document.slots;
    try {
      return this.#storage.read().slots;
    } catch {
      return [];
    }
  }

  #save(changes: Partial<Pick<VaultDocument, 'slots' | 'apps'>>): void {
    const vault = this.#unlocked();
    const next = { ...vault.document, ...changes, revision: vault.document.revision + 1 };
    const document = { ...next, manifest: sealManifest(vault.key, next) };
    this.#storage.write(document);
    vault.document = document;
    this.#tellSaved();
  }

  #tellSaved(): void {
    for (const listener of this.#savedListeners) listener();
  }

  /** The writer's lock; where it was free until now, what others wrote meanwhile is read first. */
  #beforeChange(): void {
    const taken = this.#storage.acquireWriter();
    if (taken && this.#open !== null) this.#reload(this.#open);
  }

  /** Files that are open stay the same objects: whoever is changing one goes on with what is in it now. */
  #reload(vault: OpenVault): void {
    const document = this.#storage.read();
    for (const [appId, app] of vault.apps) {
      if (document.apps[appId] !== undefined) {
        app.reload();
        continue;
      }
      app.wipe();
      vault.apps.delete(appId);
    }
    if (document.revision === vault.document.revision) return;
    const { apps, damaged } = this.#files.open(vault.key, document, vault.apps);
    Object.assign(vault, { document, apps, damaged });
  }

  #wipe(): void {
    this.#fingerprints?.wipe();
    this.#fingerprints = null;
    this.#open?.key.fill(0);
    for (const app of this.#open?.apps.values() ?? []) app.wipe();
    this.#open = null;
  }

  #tell(): void {
    const status = this.status();
    for (const listener of this.#listeners) listener(status);
  }
}
