import type { DamagedRecord } from '../../shared/vault/vault.ts';
import type { AppFile } from './app-file.ts';
import type { AppFiles } from './app-files.ts';
import type { VaultDocument } from './vault-document.ts';
import type { VaultStorage } from './vault-storage.ts';

export interface OpenVault {
  readonly key: Buffer;
  document: VaultDocument;
  apps: Map<string, AppFile>;
  damaged: DamagedRecord[];
}

/** What the parts of a vault work with. */
export interface VaultAccess {
  readonly storage: VaultStorage;
  readonly files: AppFiles;
  /** `null`: it is locked. */
  readonly current: () => OpenVault | null;
  /** @throws AppError `VAULT_LOCKED`, `VAULT_NOT_FOUND` */
  readonly unlocked: () => OpenVault;
  /** Takes the right to write, and reads what others wrote before. @throws AppError `VAULT_READ_ONLY` */
  readonly beforeChange: () => void;
  readonly save: (changes: Partial<Pick<VaultDocument, 'slots' | 'apps'>>) => void;
  /** Whoever listens is told how the vault is now. */
  readonly tell: () => void;
  readonly now: () => Date;
}
