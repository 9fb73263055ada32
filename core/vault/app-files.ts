import { randomBytes } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import { AppFile } from './app-file.ts';
import type { OpenVault } from './open-vault.ts';
import { KEY_BYTES, type SealContext, seal, unseal } from './seal.ts';
import { type VaultDocument, vaultDamaged } from './vault-document.ts';
import { VAULT_FORMAT, VAULT_VERSION } from './vault-format.ts';
import { checkManifest } from './vault-manifest.ts';
import type { VaultStorage } from './vault-storage.ts';

export interface AppFilesOptions {
  readonly storage: VaultStorage;
  readonly beforeChange: () => void;
  readonly onSaved: () => void;
}

/** The files of the apps, each under a key of its own, which the vault's key wraps. */
export class AppFiles {
  readonly #options: AppFilesOptions;

  constructor(options: AppFilesOptions) {
    this.#options = options;
  }

  /** A new file under a new key. */
  create(vault: OpenVault, appId: string, profile: unknown) {
    const { vaultId } = vault.document;
    const key = randomBytes(KEY_BYTES);
    const wrappedKey = seal(vault.key, key, appKeyContext(vaultId, appId));
    return { file: AppFile.create(this.#optionsOf(vaultId, appId, key), profile), wrappedKey };
  }

  /**
   * Those of a document, but for those that are open already; what cannot be opened is damaged.
   *
   * @throws AppError `VAULT_DAMAGED` where the list of apps is not as it was sealed
   */
  open(key: Buffer, document: VaultDocument, opened = new Map<string, AppFile>()): OpenVault {
    const damaged = checkManifest(key, document);
    if (damaged === null) throw vaultDamaged(this.#options.storage.path, 'its list of apps was changed');
    const apps = new Map(opened);
    for (const [appId, { wrappedKey }] of Object.entries(document.apps)) {
      if (apps.has(appId)) continue;
      let appKey: Buffer | undefined;
      try {
        appKey = unseal(key, wrappedKey, appKeyContext(document.vaultId, appId));
        apps.set(appId, AppFile.open(this.#optionsOf(document.vaultId, appId, appKey)));
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

  #optionsOf(vaultId: string, appId: string, key: Buffer) {
    const { storage, beforeChange, onSaved } = this.#options;
    return {
      vaultId,
      appId,
      key,
      store: storage.openAppFile(appId),
      beforeChange,
      write: (change: () => void) => {
        storage.guardWrite(change);
        onSaved();
      },
    };
  }
}

function appKeyContext(vaultId: string, appId: string): SealContext {
  return [VAULT_FORMAT, VAULT_VERSION, vaultId, 'app-key', appId];
}
