import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { DamagedRecord, VaultStatus } from '../../shared/vault/vault.ts';
import type { DocumentStore, OpenDocument } from '../storage/document-store.ts';
import { AppFile } from './app-file.ts';
import { AttemptDelay } from './attempt-delay.ts';
import { DEFAULT_KDF, deriveKey, type KdfParameters, SALT_BYTES } from './kdf.ts';
import { KEY_BYTES, type SealContext, seal, unseal } from './seal.ts';
import {
  type PassphraseSlot,
  readVaultDocument,
  VAULT_FORMAT,
  VAULT_VERSION,
  type VaultDocument,
  vaultDamaged,
  vaultManifestSchema,
} from './vault-document.ts';
import { WriterLock } from './writer-lock.ts';

export interface VaultOptions {
  readonly home: string;
  readonly openDocument: OpenDocument;
  /** Of new slots; left out: the full cost. */
  readonly kdf?: KdfParameters;
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
  readonly #openDocument: OpenDocument;
  readonly #store: DocumentStore;
  readonly #kdf: KdfParameters;
  readonly #now: () => Date;
  readonly #writerLock: WriterLock;
  readonly #delay = new AttemptDelay();
  readonly #listeners = new Set<(status: VaultStatus) => void>();
  #open: OpenVault | null = null;

  constructor({ home, openDocument, kdf, now }: VaultOptions) {
    this.home = home;
    this.#openDocument = openDocument;
    this.#store = openDocument(join(home, 'vault.json'));
    this.#kdf = kdf ?? DEFAULT_KDF;
    this.#now = now ?? (() => new Date());
    this.#writerLock = new WriterLock(join(home, 'vault.lock'));
  }

  status(): VaultStatus {
    const holder = this.#writerLock.otherHolder();
    return {
      state: this.#open !== null ? 'unlocked' : existsSync(this.#store.path) ? 'locked' : 'missing',
      home: this.home,
      slots: this.#open?.document.slots.map(({ kind }) => kind) ?? ['passphrase'],
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

  /** A new vault, left unlocked. @throws AppError `VAULT_EXISTS`, `WRITE_FAILED` */
  async create(passphrase: string): Promise<void> {
    if (existsSync(this.#store.path)) {
      throw new AppError(
        'VAULT_EXISTS',
        `There is a vault in ${this.home} already. Unlock it, or choose another home.`,
      );
    }
    this.#beforeChange();
    const key = randomBytes(KEY_BYTES);
    const vaultId = randomUUID();
    const slot = await this.#newPassphraseSlot(vaultId, key, passphrase);
    this.#open = {
      key,
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
      this.#save({ slots: [slot], apps: {} });
    } catch (error) {
      this.#wipe();
      throw error;
    }
    this.#tell();
  }

  /** @throws AppError `WRONG_PASSPHRASE`, after a delay that grows; nothing is written */
  async unlock(passphrase: string): Promise<void> {
    if (this.#open !== null) return;
    const document = this.#openDocumentAnew();
    await this.#delay.wait();
    const key = await this.#keyFrom(document, passphrase);
    if (key === null) {
      this.#delay.failed();
      throw new AppError('WRONG_PASSPHRASE', 'This is not the passphrase of the vault.');
    }
    this.#delay.succeeded();
    this.#open = this.#openApps(key, document);
    this.#tell();
  }

  /** Wipes the keys and drops everything that was opened. */
  lock(): void {
    if (this.#open === null) return;
    this.#wipe();
    this.#tell();
  }

  /** Locks, and gives the right to write back. */
  close(): void {
    this.lock();
    this.#writerLock.release();
  }

  /** @returns the function that ends the subscription */
  onChange(listener: (status: VaultStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
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
    rmSync(this.#appPath(appId), { force: true });
  }

  #unlocked(): OpenVault {
    if (this.#open !== null) return this.#open;
    if (!existsSync(this.#store.path)) {
      throw new AppError('VAULT_NOT_FOUND', `There is no vault in ${this.home} yet. Create one first.`);
    }
    throw new AppError('VAULT_LOCKED', 'The vault is locked. Unlock it first.');
  }

  /** Another process may have written since this one last read. */
  #openDocumentAnew(): VaultDocument {
    const document = readVaultDocument(this.#openDocument(this.#store.path));
    if (document !== undefined) return document;
    throw new AppError('VAULT_NOT_FOUND', `There is no vault in ${this.home} yet. Create one first.`);
  }

  async #keyFrom({ vaultId, slots }: VaultDocument, passphrase: string): Promise<Buffer | null> {
    for (const slot of slots) {
      const slotKey = await deriveKey(passphrase, Buffer.from(slot.kdf.salt, 'base64'), slot.kdf);
      try {
        return unseal(slotKey, slot.wrappedKey, slotContext(vaultId, slot));
      } catch {
        // Not this slot's passphrase, or a damaged slot: both look alike, and must.
      } finally {
        slotKey.fill(0);
      }
    }
    return null;
  }

  async #newPassphraseSlot(vaultId: string, key: Buffer, passphrase: string): Promise<PassphraseSlot> {
    const salt = randomBytes(SALT_BYTES);
    const open = {
      id: randomUUID(),
      kind: 'passphrase' as const,
      createdAt: this.#now().toISOString(),
      kdf: { algorithm: 'argon2id' as const, ...this.#kdf, salt: salt.toString('base64') },
    };
    const slotKey = await deriveKey(passphrase, salt, this.#kdf);
    try {
      return { ...open, wrappedKey: seal(slotKey, key, slotContext(vaultId, open)) };
    } finally {
      slotKey.fill(0);
    }
  }

  #openApps(key: Buffer, document: VaultDocument, opened = new Map<string, AppFile>()): OpenVault {
    const damaged: DamagedRecord[] = this.#checkManifest(key, document);
    const apps = new Map(opened);
    for (const [appId, { wrappedKey }] of Object.entries(document.apps)) {
      if (apps.has(appId)) continue;
      try {
        const appKey = unseal(key, wrappedKey, this.#appKeyContext(document.vaultId, appId));
        apps.set(appId, AppFile.open(this.#appOptions(document.vaultId, appId, appKey)));
      } catch (error) {
        const reason =
          error instanceof AppError
            ? String(error.details?.reason ?? error.message)
            : 'its key was changed on disk';
        damaged.push({ recordId: null, appId, reason });
      }
    }
    return { key, document, apps, damaged };
  }

  /** An app whose key was taken out of the vault's file, or put in from elsewhere. */
  #checkManifest(key: Buffer, document: VaultDocument): DamagedRecord[] {
    const listed = this.#openManifest(key, document);
    const present = Object.keys(document.apps);
    return [
      ...listed.apps
        .filter((appId) => !present.includes(appId))
        .map((appId) => ({ recordId: null, appId, reason: 'its key was taken out of the vault' })),
      ...present
        .filter((appId) => !listed.apps.includes(appId))
        .map((appId) => ({ recordId: null, appId, reason: 'its key was put into the vault from elsewhere' })),
    ];
  }

  #openManifest(key: Buffer, { vaultId, revision, manifest }: VaultDocument) {
    try {
      return vaultManifestSchema.parse(
        JSON.parse(unseal(key, manifest, manifestContext(vaultId, revision)).toString('utf8')),
      );
    } catch {
      throw vaultDamaged(this.#store.path, 'its list of apps was changed');
    }
  }

  #save(changes: Partial<Pick<VaultDocument, 'slots' | 'apps'>>): void {
    const vault = this.#unlocked();
    const next = { ...vault.document, ...changes, revision: vault.document.revision + 1 };
    const manifest = { slots: next.slots.map(({ id }) => id), apps: Object.keys(next.apps) };
    const sealed = seal(
      vault.key,
      Buffer.from(JSON.stringify(manifest), 'utf8'),
      manifestContext(next.vaultId, next.revision),
    );
    const document = { ...next, manifest: sealed };
    this.#write(() => this.#store.write(document));
    vault.document = document;
  }

  #appOptions(vaultId: string, appId: string, key: Buffer) {
    const store = this.#openDocument(this.#appPath(appId));
    return {
      vaultId,
      appId,
      key,
      store,
      beforeChange: () => this.#beforeChange(),
      write: (change: () => void) => this.#write(change),
    };
  }

  #appPath(appId: string): string {
    return join(this.home, 'apps', `${appId}.json`);
  }

  #appKeyContext(vaultId: string, appId: string): SealContext {
    return [VAULT_FORMAT, VAULT_VERSION, vaultId, 'app-key', appId];
  }

  /** The writer's lock; where it was free until now, what others wrote meanwhile is read first. */
  #beforeChange(): void {
    const taken = this.#guarded(() => {
      mkdirSync(join(this.home, 'apps'), { recursive: true, mode: 0o700 });
      return this.#writerLock.acquire();
    });
    if (taken && this.#open !== null) this.#reload(this.#open);
  }

  /** Files that are open stay the same objects: whoever is changing one goes on with what is in it now. */
  #reload(vault: OpenVault): void {
    const document = this.#openDocumentAnew();
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

  /** Only the holder of the lock writes; it may have been taken away since. */
  #write(change: () => void): void {
    this.#guarded(() => {
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

  /** What the disk refuses becomes an error that says so; the files are then as they were. */
  #guarded<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      if (error instanceof AppError) throw error;
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
      throw new AppError(
        'WRITE_FAILED',
        `Nothing could be written to ${this.home} (${reason}). The vault is as it was before.`,
        { home: this.home, reason },
      );
    }
  }

  #wipe(): void {
    this.#open?.key.fill(0);
    for (const app of this.#open?.apps.values() ?? []) app.wipe();
    this.#open = null;
  }

  #tell(): void {
    const status = this.status();
    for (const listener of this.#listeners) listener(status);
  }
}

/** Binds a wrapped key to everything that stands beside it: a slot's cost cannot be changed without breaking it. */
function slotContext(vaultId: string, { id, kind, kdf }: Omit<PassphraseSlot, 'wrappedKey'>): SealContext {
  return [
    VAULT_FORMAT,
    VAULT_VERSION,
    vaultId,
    'slot',
    id,
    kind,
    kdf.algorithm,
    kdf.memoryKiB,
    kdf.iterations,
    kdf.parallelism,
    kdf.salt,
  ];
}

function manifestContext(vaultId: string, revision: number): SealContext {
  return [VAULT_FORMAT, VAULT_VERSION, vaultId, 'manifest', revision];
}
