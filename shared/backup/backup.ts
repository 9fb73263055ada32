import { z } from 'zod';
import type { ProviderId } from '../providers/provider.ts';

/** `vault`: everything; `app`: one app, to hand to somebody. */
export const BACKUP_KINDS = ['vault', 'app'] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];

/** `merge` adds what is missing and changes nothing; `replace` makes the vault what the backup is. */
const RESTORE_MODES = ['merge', 'replace'] as const;
export type RestoreMode = (typeof RESTORE_MODES)[number];
export const restoreModeSchema = z.enum(RESTORE_MODES);

/** What restoring would do with one app. */
export interface BackupApp {
  readonly name: string;
  readonly provider: ProviderId | null;
  readonly tokens: number;
  /** Whether the vault has an app of this id or name. */
  readonly isKnown: boolean;
  /** Names of tokens that a merge would add. */
  readonly adds: readonly string[];
  /** Names of tokens that are there with another content; a merge keeps both. */
  readonly differs: readonly string[];
}

export interface BackupPreview {
  readonly kind: BackupKind;
  readonly createdAt: string;
  readonly apps: readonly BackupApp[];
  /** Apps of the backup that cannot be opened, and why. */
  readonly damaged: readonly string[];
  /** Names of apps that `replace` would remove. */
  readonly removes: readonly string[];
}

export interface RestoreSummary {
  readonly apps: number;
  readonly tokens: number;
  /** Whether the state before can be brought back. */
  readonly canUndo: boolean;
}
