import { randomBytes, randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import {
  type DamagedRecord,
  KDF_COSTS,
  type KdfCost,
  type PersonalKey,
  type VaultKey,
  type VaultReport,
  type VaultStatus,
} from '../../shared/vault/vault.ts';
import type { OpenDocument } from '../storage/document-store.ts';
import { AppFile } from './app-file.ts';
import { AttemptDelay } from './attempt-delay.ts';
import { Fingerprints } from './fingerprints.ts';
import { describeSlot, type StoredSlot } from './key-slot.ts';
import {
  newKeychainSlot,
  newPassphraseSlot,
  newRecoverySlot,
  openWithKey,
  type SlotTarget,
  wrongKey,
} from './key-slots.ts';
import type { Keychain } from './keychain.ts';
import { KEY_BYTES, type SealContext, seal, unseal } from './seal.ts';
import { type VaultDocument, vaultDamaged } from './vault-document.ts';
import { VAULT_FORMAT, VAULT_VERSION } from './vault-format.ts';
import { checkManifest, sealManifest } from './vault-manifest.ts';
import { VaultStorage } from './vault-storage.ts';

export interface VaultOptions {
  readonly home: string;
  readonly openDocument: OpenDocument;
  readonly keychain: Keychain;
  /** Of new passphrase slots; left out: the standard one. */
  readonly kdf?: KdfCost;
  readonly now?: () => Date;
}

interface OpenVault {
  readonly key: Buffer;
  document: VaultDocument;
  apps: Map<string, AppFile>;
  damaged: DamagedRecord[];
}

/** The encrypted store. Locked, it knows nothing; unlocked, it holds the vault key and one key an app. */
export class Vault {
  readonly home: string;
  readonly #storage: VaultStorage;
  readonly #keychain: Keychain;
  readonly #kdf: KdfCost;
  readonly #now: () => Date;
  readonly #delay = new AttemptDelay();
  readonly #listeners = new Set<(status: VaultStatus) => void>();
  readonly #lockListeners = new Set<() => void>();
  readonly #savedListeners = new Set<() => void>();
  #open: OpenVault | null = null;
  #fingerprints: Fingerprints | null = null;

  constructor({ home, openDocument, keychain, kdf, now }: VaultOptions) {
    this.home = home;
    this.#storage = new VaultStorage(home, openDocument);
    this.#keychain = keychain;
    this.#kdf = kdf ?? KDF_COSTS.standard;
    this.#now = now ?? (() => new Date());
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
      document: {
        format: VAULT_FORMAT,
        version: VAULT_VERSION,
        vaultId,
        revision: 0,
        slots: [slot],
        apps: {},
        manifest: '',
      },
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
    const vaultKey = await this.#tryKey(document, key);
    // A second call may have been quicker.
    if (this.#open !== null) {
      vaultKey.fill(0);
      return;
    }
    try {
      this.#open = this.#openApps(vaultKey, document);
    } catch (error) {
      vaultKey.fill(0);
      throw error;
    }
    this.#tell();
  }

  /** Makes sure that the owner is there, while the vault is open. @throws as `unlock` */
  async check(key: PersonalKey): Promise<void> {
    const vaultKey = await this.#tryKey(this.#unlocked().document, key);
    vaultKey.fill(0);
  }

  /**
   * Puts a new passphrase in place of the old: the vault key is wrapped anew, nothing else is encrypted again.
   * The same passphrase under another cost changes the cost.
   */
  async setPassphrase(passphrase: string, cost: KdfCost = this.#kdf): Promise<void> {
    await this.#replaceSlots('passphrase', (target) => newPassphraseSlot(target, passphrase, cost));
  }

  /** A code that opens the vault, in place of an earlier one. @returns the code, which is stored nowhere */
  async setRecoveryCode(): Promise<string> {
    let printed = '';
    await this.#replaceSlots('recovery', (target) => {
      const { slot, code } = newRecoverySlot(target);
      printed = code;
      return Promise.resolve(slot);
    });
    return printed;
  }

  /** @throws AppError `KEYCHAIN_UNAVAILABLE` */
  async addKeychainSlot(): Promise<void> {
    const slot = await this.#newSlot((target) => newKeychainSlot(target, this.#keychain));
    try {
      this.#save({ slots: [...this.#unlocked().document.slots, slot] });
    } catch (error) {
      await this.#keychain.remove(slot.id).catch(() => undefined);
      throw error;
    }
    this.#tell();
  }

  /** @throws AppError `LAST_KEY_SLOT` for the last one that its owner can type in, `KEY_SLOT_NOT_FOUND` */
  async removeSlot(slotId: string): Promise<void> {
    this.#beforeChange();
    const { slots } = this.#unlocked().document;
    const removed = slots.find(({ id }) => id === slotId);
    if (removed === undefined) {
      throw new AppError('KEY_SLOT_NOT_FOUND', 'The vault is not opened by this any more.');
    }
    const kept = slots.filter((slot) => slot !== removed);
    // A keychain alone is lost with its computer.
    if (!kept.some(({ kind }) => kind !== 'keychain')) {
      throw new AppError(
        'LAST_KEY_SLOT',
        'This is the last passphrase or recovery code. Add another one first: a keychain is lost with its computer.',
      );
    }
    this.#save({ slots: kept });
    // In another computer's keychain, or with none at hand, half a key stays behind that opens nothing.
    if (removed.kind === 'keychain') await this.#keychain.remove(slotId).catch(() => undefined);
    this.#tell();
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
    const key = randomBytes(KEY_BYTES);
    const wrappedKey = seal(vault.key, key, this.#appKeyContext(vault.document.vaultId, appId));
    const file = AppFile.create(this.#appOptions(vault.document.vaultId, appId, key), profile);
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

  /** Reads every file anew and opens everything in it, secrets included; changes nothing. */
  report(): VaultReport {
    const { key } = this.#unlocked();
    const document = this.#storage.read();
    const { apps, damaged } = this.#openApps(key, document);
    const files = [...apps.values()];
    try {
      return {
        apps: files.length,
        records: files.reduce((count, file) => count + file.size, 0),
        damaged: [...damaged, ...files.flatMap((file) => file.openAll())],
        strayFiles: this.#storage.strayFiles(Object.keys(document.apps)),
      };
    } finally {
      for (const file of files) file.wipe();
    }
  }

  /**
   * Takes what could not be opened out of the vault, into a file of its own.
   *
   * @returns that file; `null` where nothing is damaged
   */
  setDamagedAside(): string | null {
    this.#beforeChange();
    const vault = this.#unlocked();
    const { vaultId, apps } = vault.document;
    const lost = Object.entries(apps).filter(([appId]) => !vault.apps.has(appId));
    const files = [...vault.apps.values()].filter(({ damaged }) => damaged.length > 0);
    if (lost.length === 0 && files.length === 0 && vault.damaged.length === 0) return null;
    const path = this.#storage.writeQuarantine({
      format: 'tessera-quarantine',
      version: 1,
      vaultId,
      takenOutAt: this.#now().toISOString(),
      apps: Object.fromEntries(
        lost.map(([appId, app]) => [appId, { ...app, file: this.#storage.readAppFile(appId) }]),
      ),
      records: Object.fromEntries(files.map((file) => [file.appId, file.damagedEntries()])),
    });
    for (const file of files) file.takeOutDamaged();
    this.#save({ apps: Object.fromEntries(Object.entries(apps).filter(([appId]) => vault.apps.has(appId))) });
    for (const [appId] of lost) this.#storage.removeAppFile(appId);
    vault.damaged = [];
    this.#tell();
    return path;
  }

  /** Keeps a copy of all apps as they are now, in place of an earlier copy. */
  keepCopy(): void {
    this.#beforeChange();
    const { document } = this.#unlocked();
    this.#storage.keepCopy(document);
  }

  /** Puts the apps back to the kept copy; the ways to open the vault stay as they are. @throws AppError `BACKUP_NOT_FOUND` */
  returnToCopy(): void {
    this.#beforeChange();
    const vault = this.#unlocked();
    const { vaultId, apps } = this.#storage.readCopy();
    if (vaultId !== vault.document.vaultId) {
      throw new AppError('BACKUP_NOT_FOUND', 'The copy that was kept is of another vault.');
    }
    this.#storage.restoreCopiedApps(Object.keys(apps));
    const added = Object.keys(vault.document.apps).filter((appId) => apps[appId] === undefined);
    this.#save({ apps });
    for (const appId of added) this.#storage.removeAppFile(appId);
    this.#storage.dropCopy();
    for (const file of vault.apps.values()) file.wipe();
    Object.assign(vault, this.#openApps(vault.key, vault.document));
    this.#tell();
  }

  #unlocked(): OpenVault {
    if (this.#open !== null) return this.#open;
    if (!this.#storage.exists()) {
      throw new AppError('VAULT_NOT_FOUND', `There is no vault in ${this.home} yet. Create one first.`);
    }
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

  async #tryKey({ vaultId, slots }: VaultDocument, key: VaultKey): Promise<Buffer> {
    await this.#delay.wait();
    const vaultKey = await openWithKey(vaultId, slots, key, this.#keychain);
    if (vaultKey === null) {
      this.#delay.failed();
      throw wrongKey(key.kind);
    }
    this.#delay.succeeded();
    return vaultKey;
  }

  /** Deriving takes a while: a vault that was locked meanwhile has wiped the key that is being wrapped. */
  async #newSlot<Slot extends StoredSlot>(make: (target: SlotTarget) => Promise<Slot>): Promise<Slot> {
    this.#beforeChange();
    const vault = this.#unlocked();
    const slot = await make({ vaultId: vault.document.vaultId, vaultKey: vault.key, now: this.#now() });
    if (this.#open === vault) return slot;
    throw new AppError(
      'VAULT_LOCKED',
      'The vault was locked before the change was saved. Nothing was changed.',
    );
  }

  async #replaceSlots(
    kind: StoredSlot['kind'],
    make: (target: SlotTarget) => Promise<StoredSlot>,
  ): Promise<void> {
    const slot = await this.#newSlot(make);
    this.#save({ slots: [...this.#unlocked().document.slots.filter((each) => each.kind !== kind), slot] });
    this.#tell();
  }

  #openApps(key: Buffer, document: VaultDocument, opened = new Map<string, AppFile>()): OpenVault {
    const damaged = checkManifest(key, document);
    if (damaged === null) throw vaultDamaged(this.#storage.path, 'its list of apps was changed');
    const apps = new Map(opened);
    for (const [appId, { wrappedKey }] of Object.entries(document.apps)) {
      if (apps.has(appId)) continue;
      let appKey: Buffer | undefined;
      try {
        appKey = unseal(key, wrappedKey, this.#appKeyContext(document.vaultId, appId));
        apps.set(appId, AppFile.open(this.#appOptions(document.vaultId, appId, appKey)));
      } catch (error) {
        appKey?.fill(0);
        const reason =
          error instanceof AppError
            ? String(error.details?.reason ?? error.message)
            : 'its key was changed on disk';
        damaged.push({ recordId: null, appId, reason });
      }
    }
    return { key, document, apps, damaged };
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

  #appOptions(vaultId: string, appId: string, key: Buffer) {
    return {
      vaultId,
      appId,
      key,
      store: this.#storage.openAppFile(appId),
      beforeChange: () => this.#beforeChange(),
      write: (change: () => void) => {
        this.#storage.guardWrite(change);
        this.#tellSaved();
      },
    };
  }

  #appKeyContext(vaultId: string, appId: string): SealContext {
    return [VAULT_FORMAT, VAULT_VERSION, vaultId, 'app-key', appId];
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
    const { apps, damaged } = this.#openApps(vault.key, document, vault.apps);
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
