import { AppError } from '../../shared/app-error.ts';
import type { VaultReport } from '../../shared/vault/vault.ts';
import type { VaultAccess } from './open-vault.ts';

/** Looks for damage, sets it aside, and keeps a copy to return to. */
export class VaultRepair {
  readonly #access: VaultAccess;

  constructor(access: VaultAccess) {
    this.#access = access;
  }

  /** Reads every file anew and opens everything in it, secrets included; changes nothing. */
  report(): VaultReport {
    const { key } = this.#access.unlocked();
    const document = this.#access.storage.read();
    const { apps, damaged } = this.#access.files.open(key, document);
    const files = [...apps.values()];
    try {
      return {
        apps: files.length,
        records: files.reduce((count, file) => count + file.size, 0),
        damaged: [...damaged, ...files.flatMap((file) => file.openAll())],
        strayFiles: this.#access.storage.strayFiles(Object.keys(document.apps)),
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
    this.#access.beforeChange();
    const vault = this.#access.unlocked();
    const { vaultId, apps } = vault.document;
    const lost = Object.entries(apps).filter(([appId]) => !vault.apps.has(appId));
    const files = [...vault.apps.values()].filter(({ damaged }) => damaged.length > 0);
    if (lost.length === 0 && files.length === 0 && vault.damaged.length === 0) return null;
    const path = this.#access.storage.writeQuarantine({
      format: 'tessera-quarantine',
      version: 1,
      vaultId,
      takenOutAt: this.#access.now().toISOString(),
      apps: Object.fromEntries(
        lost.map(([appId, app]) => [appId, { ...app, file: this.#access.storage.readAppFile(appId) }]),
      ),
      records: Object.fromEntries(files.map((file) => [file.appId, file.damagedEntries()])),
    });
    for (const file of files) file.takeOutDamaged();
    this.#access.save({
      apps: Object.fromEntries(Object.entries(apps).filter(([appId]) => vault.apps.has(appId))),
    });
    for (const [appId] of lost) this.#access.storage.removeAppFile(appId);
    vault.damaged = [];
    this.#access.tell();
    return path;
  }

  /** Keeps a copy of all apps as they are now, in place of an earlier copy. */
  keepCopy(): void {
    this.#access.beforeChange();
    const { document } = this.#access.unlocked();
    this.#access.storage.keepCopy(document);
  }

  /** Puts the apps back to the kept copy; the ways to open the vault stay as they are. @throws AppError `BACKUP_NOT_FOUND` */
  returnToCopy(): void {
    this.#access.beforeChange();
    const vault = this.#access.unlocked();
    const { vaultId, apps } = this.#access.storage.readCopy();
    if (vaultId !== vault.document.vaultId) {
      throw new AppError('BACKUP_NOT_FOUND', 'The copy that was kept is of another vault.');
    }
    this.#access.storage.restoreCopiedApps(Object.keys(apps));
    const added = Object.keys(vault.document.apps).filter((appId) => apps[appId] === undefined);
    this.#access.save({ apps });
    for (const appId of added) this.#access.storage.removeAppFile(appId);
    this.#access.storage.dropCopy();
    for (const file of vault.apps.values()) file.wipe();
    Object.assign(vault, this.#access.files.open(vault.key, vault.document));
    this.#access.tell();
  }
}
